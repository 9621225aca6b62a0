import type { Schemas } from "@offtake/client";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { Loading } from "../../lists/list-states.tsx";
import { Loaded } from "../../app/loaded.tsx";
import { mayCall } from "../../app/may.ts";
import { reading, useReading } from "../../app/queries.ts";
import { useSingleKeys } from "../../keyboard/single-keys.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { rateText } from "../../amounts/money.ts";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { PageTitle } from "../page-title.tsx";
import { linesText } from "../queue/entries.ts";
import { RequestDocuments } from "./request-documents.tsx";
import { RequestEvents } from "./request-events.tsx";
import { RequestExplained } from "./request-explained.tsx";
import { RequestOutcome } from "./request-outcome.tsx";
import { RequestOverview } from "./request-overview.tsx";
import { RequestSheet } from "./request-sheet.tsx";
import { RequestTimeline } from "./request-timeline.tsx";

export type RequestTold = Schemas["Request"];

/** A request and everything that was told with it. */
export interface Told {
  readonly request: RequestTold;
  readonly notices: readonly Schemas["Notice"][];
  readonly awards: readonly Schemas["Award"][];
}

const ChooseAward = lazy(async () => ({ default: (await import("../awards/choose-award.tsx")).ChooseAward }));

const TABS = [
  ["overview", "Overview"],
  ["award", "Choose"],
  ["outcome", "Bids and awards"],
  ["timeline", "Timeline"],
  ["explain", "Explain"],
  ["documents", "Documents"],
  ["events", "Events"],
  ["json", "JSON"],
  ["sheet", "Sheet"],
] as const;
type Tab = (typeof TABS)[number][0];

/** What a tab reads beside the request: who may not read that has no such tab. */
const READS: Readonly<Partial<Record<Tab, string>>> = { award: "awardScenarios", events: "feedRead" };

/** One request: where it stands, by when, who supplies, and why. */
export function RequestPage() {
  const { request: id = "", tab: named } = useParams({ strict: false });
  const tab = TABS.find(([name]) => name === named)?.[0] ?? "overview";
  const request = useReading("requestRead", { params: { request: id } });
  return (
    <Loaded query={request} what="the request">
      {({ data }) => <RequestShown request={data} tab={tab} />}
    </Loaded>
  );
}

function RequestShown({ request, tab }: { readonly request: RequestTold; readonly tab: Tab }) {
  const seat = useSeat();
  const { id, view, status } = request;
  useRequestKeys(id);
  const notices = useReading("noticeList", { query: { limit: 1_000, request: id } });
  const awards = useReading("awardList", { query: { limit: 1_000, request: id } });
  const told: Told = {
    request,
    notices: notices.data?.data.filter((one) => one.view.notice.request === id) ?? [],
    awards: awards.data?.data.filter((one) => one.view.as === "keeper" && one.view.award.request === id) ?? [],
  };
  return (
    <>
      <PageTitle
        title={id}
        beside={<Badge {...stateOf("requests", status)} />}
        under={<Summary request={view.request} />}
        actions={
          <CopyAs
            cli={commandOf(tab, id)}
            call={{
              method: "GET",
              path: `/v1/books/${seat.book}/${tab === "explain" ? "explanations" : "requests"}/${id}`,
            }}
          />
        }
      />
      <Tabs id={id} />
      <div className="mt-5">
        <TabShown tab={tab} told={told} />
      </div>
    </>
  );
}

/** What tells at a terminal what a view shows. */
function commandOf(tab: Tab, id: string): readonly string[] {
  if (tab === "explain") return ["explain", id, "--broker"];
  if (tab === "award") return ["award", "scenarios", id];
  return tab === "json" ? ["request", "show", id, "--json"] : ["request", "show", id];
}

/** Keys of a request: e explains it, [ and ] go to the one before and after it in the list. */
function useRequestKeys(id: string): void {
  const navigate = useNavigate();
  const broker = useBroker();
  const queries = useQueryClient();
  /** Which is beside it is asked once somebody wants to know: nothing of a list is kept up with the feed here. */
  const goBy = async (steps: number): Promise<void> => {
    const query = { limit: 1_000, order: "created", descending: "true" } as const;
    const { data } = await queries.fetchQuery(reading(broker, "requestList", { query }));
    const at = data.findIndex((one) => one.id === id);
    const beside = at < 0 ? undefined : data[at + steps];
    if (beside !== undefined) await navigate({ to: "/requests/$request", params: { request: beside.id } });
  };
  useSingleKeys({
    e: () => void navigate({ to: "/requests/$request/$tab", params: { request: id, tab: "explain" } }),
    "[": () => void goBy(-1),
    "]": () => void goBy(1),
  });
}

function TabShown({ tab, told }: { readonly tab: Tab; readonly told: Told }): ReactNode {
  switch (tab) {
    case "overview":
      return <RequestOverview {...told} />;
    case "award":
      return (
        <Suspense fallback={<Loading what="the ways to award it" />}>
          <ChooseAward {...told} />
        </Suspense>
      );
    case "outcome":
      return <RequestOutcome {...told} />;
    case "timeline":
      return <RequestTimeline {...told} />;
    case "explain":
      return <RequestExplained id={told.request.id} />;
    case "documents":
      return <RequestDocuments {...told} />;
    case "sheet":
      return <RequestSheet {...told} />;
    case "events":
      return <RequestEvents {...told} />;
    case "json":
      return (
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="The request as JSON"
          className="max-h-[70vh] overflow-auto rounded-lg border border-line bg-sunken p-4 font-mono text-xs leading-5"
        >
          {JSON.stringify(told.request, undefined, 2)}
        </pre>
      );
  }
}

function Summary({ request }: { readonly request: RequestTold["view"]["request"] }) {
  const [line] = request.lines;
  if (line === undefined) return undefined;
  const parts: ReactNode[] = [
    linesText(request.lines),
    <Window key="window" span={line.window} />,
    ...(line.regions.length === 0 ? [] : [line.regions.join(", ")]),
    ...line.purposes.map(({ purpose }) => purpose),
    ...(line.cap === undefined ? [] : [`at most ${rateText(line.cap)}`]),
  ];
  return parts.map((part, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the parts of one sentence never change their order
    <span key={index}>
      {index === 0 ? "" : " · "}
      {part}
    </span>
  ));
}

function Tabs({ id }: { readonly id: string }) {
  const { roles } = useSeat();
  const tabs = TABS.filter(([name]) => mayCall(roles, READS[name] ?? "requestRead"));
  return (
    <nav aria-label="Views of the request" className="-mb-px overflow-x-auto border-b border-line print:hidden">
      <ul className="flex gap-1">
        {tabs.map(([name, label]) => (
          <li key={name}>
            {name === "overview" ? (
              <Link
                to="/requests/$request"
                params={{ request: id }}
                activeOptions={{ exact: true, includeSearch: false }}
                className={TAB}
              >
                {label}
              </Link>
            ) : (
              <Link to="/requests/$request/$tab" params={{ request: id, tab: name }} className={TAB}>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

const TAB =
  "inline-flex h-9 items-center whitespace-nowrap border-b-2 border-transparent px-3 text-ink-soft hover:text-ink data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-ink forced-colors:border-b-0 forced-colors:data-[status=active]:border-b-4";
