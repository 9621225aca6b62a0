import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Approval, forPerson, readsApprovals, useWaiting, WATCHED_MS } from "../../app/approvals.ts";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { countOf } from "../../amounts/counts.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet, TooLarge } from "../../lists/list-states.tsx";
import { Panel } from "../../surface/panel.tsx";
import { PageTitle } from "../page-title.tsx";
import { ApprovalCard } from "./approval-card.tsx";
import { Deputies } from "./deputies.tsx";
import { Rules } from "./rules.tsx";

const TABS = [
  [undefined, "Waiting"],
  ["decided", "Decided"],
] as const;

/** What the rules of the party hold back until somebody else agrees: who asks for what, and what it would bind the party to. */
export function ApprovalsPage() {
  const seat = useSeat();
  const { tab } = useSearch({ from: "/approvals" });
  const navigate = useNavigate();
  const reads = readsApprovals(seat);
  return (
    <>
      <PageTitle
        title="Approvals"
        under={
          reads
            ? "What the rules of your party hold back until somebody else agrees."
            : "Which acts of your party need whose approval, and who stands in for whom."
        }
        actions={
          <CopyAs cli={["approval", "list"]} call={{ method: "GET", path: `/v1/books/${seat.book}/approvals` }} />
        }
      />
      <div
        className={`grid grid-cols-1 items-start gap-4 ${reads ? "xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]" : ""}`}
      >
        {reads ? (
          <div className="space-y-4">
            <div role="group" aria-label="Which approvals" className="flex gap-1">
              {TABS.map(([name, word]) => (
                <button
                  key={word}
                  type="button"
                  aria-pressed={tab === name}
                  onClick={() => void navigate({ to: ".", search: name === undefined ? {} : { tab: name } })}
                  className="h-7 cursor-pointer rounded-md border border-transparent px-2.5 text-ink-soft hover:text-ink aria-pressed:border-line-strong aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-ink"
                >
                  {word}
                </button>
              ))}
            </div>
            {tab === "decided" ? <Decided /> : <Waiting />}
          </div>
        ) : undefined}
        <div className="space-y-4">
          <Deputies />
          <Rules />
        </div>
      </div>
    </>
  );
}

function Waiting() {
  const { person } = useSeat();
  const query = useWaiting(true, WATCHED_MS);
  return (
    <Loaded query={query} what="approvals">
      {({ data }) => {
        const own = forPerson(data, person);
        const others = data.filter((one) => !own.includes(one));
        if (data.length === 0)
          return (
            <Panel padded={false}>
              <NoneYet command="offtake approval list">
                Nothing waits for approval. What somebody proposes, and a rule of your party holds back, will be here.
              </NoneYet>
            </Panel>
          );
        return (
          <div className="space-y-4">
            <p role="status" className="text-ink-soft">
              {own.length === 0 ? "Nothing waits for you" : `${countOf(own.length, "approval")} for you to decide`}
              {others.length === 0 ? "." : `, ${others.length} for others.`}
            </p>
            <Cards approvals={[...own, ...others]} />
          </div>
        );
      }}
    </Loaded>
  );
}

/** So many of what is decided are shown, the newest. */
const DECIDED_MAX = 100;

function Decided() {
  const query = useReading("approvalList", {});
  return (
    <Loaded query={query} what="decided approvals">
      {({ data }) => {
        const decided = data
          .filter(({ standing }) => standing !== "waits")
          .toSorted((a, b) => Date.parse(b.settledAt ?? b.proposedAt) - Date.parse(a.settledAt ?? a.proposedAt));
        if (decided.length === 0)
          return (
            <Panel padded={false}>
              <NoneYet>Nothing has been decided yet. Who agreed, who did not and why will stay here.</NoneYet>
            </Panel>
          );
        return (
          <>
            <Cards approvals={decided.slice(0, DECIDED_MAX)} />
            {decided.length > DECIDED_MAX ? (
              <TooLarge shown={DECIDED_MAX} command="offtake approval list --all" />
            ) : undefined}
          </>
        );
      }}
    </Loaded>
  );
}

function Cards({ approvals }: { readonly approvals: readonly Approval[] }) {
  return (
    <ul className="space-y-3">
      {approvals.map((approval) => (
        <li key={approval.approval}>
          <ApprovalCard approval={approval} />
        </li>
      ))}
    </ul>
  );
}
