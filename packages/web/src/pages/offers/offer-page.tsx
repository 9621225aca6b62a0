import type { Schemas } from "@offtake/client";
import { useParams } from "@tanstack/react-router";
import { countText, percentText } from "../../amounts/counts.ts";
import { rateText } from "../../amounts/money.ts";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { basisOf } from "../../clock/basis.ts";
import { DeadlineClock } from "../../clock/deadline-clock.tsx";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Panel } from "../../surface/panel.tsx";
import { WhyPanel } from "../../why/why-panel.tsx";
import { PageTitle } from "../page-title.tsx";
import { Desk, TermsList } from "../desk.tsx";
import { clauseHref } from "../requests/request-overview.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { AnswersGiven } from "./answers-given.tsx";
import { type AnswerRules, ownOf } from "./answer.ts";
import { useAnswering } from "./answering.ts";
import { lowestAfter } from "./own-capacity.ts";
import { OwnCapacityShown, useOwnSteps } from "./own-capacity-shown.tsx";
import { SeenByOthers } from "./seen-by-others.tsx";

type NoticeTold = Schemas["Notice"];

/** One notice, to whoever must answer it: what is asked, by when, and the answer. */
export function OfferPage() {
  const { notice = "" } = useParams({ strict: false });
  const query = useReading("noticeRead", { params: { notice } });
  return (
    <Loaded query={query} what="the notice">
      {({ data }) => <Offer notice={data} />}
    </Loaded>
  );
}

function Offer({ notice }: { readonly notice: NoticeTold }) {
  const seat = useSeat();
  const { view, id, status } = notice;
  const { count, terms } = view.notice;
  const from = view.as === "party" ? view.notice.fromName : view.notice.request;
  const { agreement, clause } = clauseOf(view);
  const agreed = useReading("agreementRead", { params: { agreement } });
  const why = useReading("explanationRead", { params: { subject: view.notice.request } });
  const passThrough = passThroughOf(agreed.data?.data, clause);
  const rules: AnswerRules = {
    asked: count,
    block: terms.blockSize,
    cap: terms.price,
    currency: terms.price?.currency ?? "USD",
    span: terms.window,
    passThrough,
  };
  const answering = useAnswering(notice, rules);
  const ownSteps = useOwnSteps(terms);
  const ownAnswer = { span: terms.window, own: ownOf(answering.fields, rules), before: heldBy(view.answers) };
  const lowest = lowestAfter(ownSteps.steps, ownAnswer)?.count ?? 0;
  return (
    <>
      <PageTitle
        title={`${countText(count)} × ${terms.acceleratorType}`}
        beside={<Badge {...stateOf("notices", status)} />}
        under={
          <>
            {from} asks you first, by clause {clause} of {agreement}
          </>
        }
        actions={
          <CopyAs cli={["notice", "show", id]} call={{ method: "GET", path: `/v1/books/${seat.book}/notices/${id}` }} />
        }
      />
      <Desk
        answer={
          <>
            {view.clock === undefined ? undefined : (
              <Panel>
                <DeadlineClock
                  at={view.clock.respondBy}
                  zone={view.clock.zone}
                  label="Answer by"
                  basis={basisOf(view.clock)}
                  silence="No answer means the notice lapses: what is asked goes to others."
                  since={view.clock.deemedReceivedAt}
                />
              </Panel>
            )}
            <AnswerForm notice={notice} rules={rules} answering={answering} isOversold={lowest < 0} />
          </>
        }
      >
        <Panel title="What is asked">
          <Terms terms={terms} count={count} passThrough={passThrough} />
        </Panel>
        <Panel title="Your capacity">
          <OwnCapacityShown own={ownSteps} answer={ownAnswer} />
        </Panel>
        <Panel title="What others will see">
          <SeenByOthers notice={notice} fields={answering.fields} rules={rules} />
        </Panel>
        {view.answers.length === 0 ? undefined : <AnswersGiven answers={view.answers} />}
        <Panel title="Why you are asked">
          <Loaded query={why} what="the reasons">
            {({ data }) => <WhyPanel explanation={data} clauseHref={clauseHref} />}
          </Loaded>
        </Panel>
      </Desk>
    </>
  );
}

/** On one's own machines, by the answer that binds: it is held already. */
function heldBy(answers: NoticeTold["view"]["answers"]): number {
  const answer = answers.findLast(({ verdict }) => verdict === "binding")?.answer;
  if (answer?.type !== "accept") return 0;
  return (answer.count ?? 0) - (answer.host === undefined ? 0 : (answer.hostCount ?? 0));
}

function clauseOf(view: NoticeTold["view"]): { readonly agreement: string; readonly clause: string } {
  return view.as === "party" ? view.notice : view.notice.right;
}

/** What the clause says about machines of others; undefined where one was not told it. */
function passThroughOf(agreement: Schemas["Agreement"] | undefined, clause: string): AnswerRules["passThrough"] {
  const clauses = agreement?.view.agreement.clauses ?? [];
  const found = clauses.find(({ id }) => id === clause);
  return found !== undefined && "passThrough" in found ? found.passThrough : undefined;
}

interface TermsProps {
  readonly terms: NoticeTold["view"]["notice"]["terms"];
  readonly count: number;
  readonly passThrough: AnswerRules["passThrough"];
}

function Terms({ terms, count, passThrough }: TermsProps) {
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    ["Accelerators", `${countText(count)}, in multiples of ${countText(terms.blockSize)}`],
    ["Type", terms.acceleratorType],
    ["When", <Window key="when" span={terms.window} />],
    ["Where", terms.regions.length === 0 ? "anywhere" : terms.regions.join(", ")],
    ...(terms.purpose === undefined ? [] : [["Purpose", terms.purpose] as const]),
    ["Price", terms.price === undefined ? "yours to name" : `at most ${rateText(terms.price)}`],
    ...(passThrough === undefined
      ? []
      : [
          [
            "Run by others",
            passThrough.allowed
              ? `up to ${percentText(passThrough.maxShareBp, 10_000)}${passThrough.hosts === undefined ? "" : `, by ${passThrough.hosts.join(", ")}`}`
              : "not allowed",
          ] as const,
        ]),
  ];
  return <TermsList rows={rows} />;
}
