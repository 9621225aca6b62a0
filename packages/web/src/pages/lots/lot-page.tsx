import type { Schemas } from "@offtake/client";
import { useParams } from "@tanstack/react-router";
import { countOf, countText } from "../../amounts/counts.ts";
import { rateText } from "../../amounts/money.ts";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { DeadlineClock } from "../../clock/deadline-clock.tsx";
import { Instant } from "../../clock/instant.tsx";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { WhoSees } from "../../sharing/who-sees.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Panel } from "../../surface/panel.tsx";
import { PageTitle } from "../page-title.tsx";
import { Desk, TermsList } from "../desk.tsx";
import { BidForm } from "./bid-form.tsx";
import { OwnBid } from "./own-bid.tsx";

export type InvitationTold = Schemas["Invitation"];

/** One invitation to bid: what is wanted, the sealed bid, and what others can see of it. */
export function LotPage() {
  const { invitation = "" } = useParams({ strict: false });
  const query = useReading("invitationRead", { params: { invitation } });
  return (
    <Loaded query={query} what="the invitation">
      {({ data }) => <Lot invitation={data} />}
    </Loaded>
  );
}

function Lot({ invitation }: { readonly invitation: InvitationTold }) {
  const seat = useSeat();
  const { view, id, status } = invitation;
  const [line] = view.lines;
  const type = line?.alternatives[0]?.acceleratorType ?? "";
  const bids = useReading("bidList", { query: { limit: 1_000 } });
  const own = bids.data?.data.filter((bid) => bid.view.bid.invitation === id) ?? [];
  return (
    <>
      <PageTitle
        title={
          line === undefined
            ? id
            : `Up to ${countText(line.countUpTo)} × ${type}${view.lines.length === 1 ? "" : `, and ${countOf(view.lines.length - 1, "more line")}`}`
        }
        beside={<Badge {...stateOf("invitations", status)} />}
        under={`${view.buyerName} invites you to bid`}
        actions={
          <CopyAs cli={["bid", "open"]} call={{ method: "GET", path: `/v1/books/${seat.book}/invitations/${id}` }} />
        }
      />
      <Desk
        answer={
          <>
            <Panel>
              <DeadlineClock
                at={view.closesAt}
                zone={view.zone}
                label="Bids by"
                silence="No bid means you are not considered. Nobody asks why."
              />
            </Panel>
            {line === undefined ? undefined : <BidForm invitation={invitation} />}
          </>
        }
      >
        <Panel title="What is wanted">
          <div className="space-y-4 [&>*+*]:border-t [&>*+*]:border-line [&>*+*]:pt-4">
            {view.lines.map((one) => (
              <Wanted key={one.line} line={one} isOnly={view.lines.length === 1} />
            ))}
          </div>
        </Panel>
        {own.length === 0 ? undefined : <OwnBids bids={own} />}
        <Panel title="What others can see">
          <WhoSees
            seen={[
              {
                who: "Other providers",
                what: "Nothing: not that you were invited, looked, or bid.",
                nothing: true,
              },
              {
                who: view.buyerName,
                what: (
                  <>
                    That a bid exists, now. Its contents after{" "}
                    <Instant at={view.closesAt} zone={view.zone} isDeadline />.
                  </>
                ),
              },
              ...(view.rules.termsMayBeToldToHoldersOfMatchRights
                ? [
                    {
                      who: "A holder of a right to match",
                      what: "After the close, the terms of the best offer. Not whose they are.",
                    },
                  ]
                : []),
            ]}
            later="After the close you will see whether you were awarded, and your own quantity. Never others' names or prices."
          />
        </Panel>
      </Desk>
    </>
  );
}

interface WantedProps {
  readonly line: InvitationTold["view"]["lines"][number];
  readonly isOnly: boolean;
}

function Wanted({ line, isOnly }: WantedProps) {
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    ["Accelerators", `any number up to ${countText(line.countUpTo)}, in multiples of ${countText(line.blockSize)}`],
    ["Type", line.alternatives.map(({ acceleratorType }) => acceleratorType).join(" or ")],
    ["When", <Window key="when" span={line.window} />],
    ["Where", line.regions.length === 0 ? "anywhere" : line.regions.join(", ")],
    ...(line.purpose === undefined ? [] : [["Purpose", line.purpose] as const]),
    ["Price", line.cap === undefined ? "no public cap" : `at most ${rateText(line.cap)}`],
  ];
  return (
    <section {...(isOnly ? {} : { "aria-label": `Line ${line.line}` })}>
      {isOnly ? undefined : <h3 className="mb-2 font-medium">Line {line.line}</h3>}
      <TermsList rows={rows} />
    </section>
  );
}

function OwnBids({ bids }: { readonly bids: readonly Schemas["Bid"][] }) {
  return (
    <Panel title="Your bids" padded={false}>
      <ul className="divide-y divide-line">
        {bids
          .toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt))
          .map((bid) => (
            <OwnBid key={bid.id} bid={bid} />
          ))}
      </ul>
    </Panel>
  );
}
