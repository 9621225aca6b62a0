import { ApiProblem, type Schemas } from "@offtake/client";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { seatName, useBook, useBroker, useSeat } from "../../app/broker.ts";
import { countText } from "../../amounts/counts.ts";
import { failureText } from "../../app/acting.ts";
import { waitingIn } from "../../app/approvals.ts";
import { useDraft } from "../../app/drafts.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useNames } from "../../app/names.ts";
import { useReading } from "../../app/queries.ts";
import { useSeen } from "../../app/seen.ts";
import { DeadlineClock } from "../../clock/deadline-clock.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { ChangedSince } from "../../surface/changed-since.tsx";
import { Confirm } from "../../surface/confirm.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Waits } from "../approvals/waits.tsx";
import type { Told } from "../requests/request-page.tsx";
import { type Counts, countsOf, partsOf, problemOf, type Takeable, takeableOf } from "./by-hand.ts";
import { ByHandSheet } from "./by-hand-sheet.tsx";
import { changesBetween, lastChange, nameOfStanding } from "./changes.ts";
import { type Scenario, scenarioName, type Standing, useByHand, useStanding } from "./choices.ts";
import { HeldAwards } from "./held-awards.tsx";
import { ScenarioCards } from "./scenario-cards.tsx";
import { settledOf } from "./settled.ts";
import { WhoChooses } from "./who-chooses.tsx";

/** The awards that are possible, side by side; one is chosen as it was seen, or made by hand. */
export function ChooseAward(told: Told) {
  const standing = useStanding(told.request.id);
  return (
    <Loaded query={standing} what="the ways to award it">
      {(now) => <Choosing now={now} notices={told.notices} />}
    </Loaded>
  );
}

interface ChoosingProps {
  readonly now: Standing;
  readonly notices: Told["notices"];
}

/** By hand one starts from the cheapest. */
const NOTHING_FILLED_IN = { counts: {} };

function Choosing({ now, notices }: ChoosingProps) {
  const nameOf = useNames();
  const { request, awards, choices } = now;
  const takeable = takeableOf(request);
  const [draft, change, drop] = useDraft<{ readonly counts: Counts }>(`award ${request.id}`, NOTHING_FILLED_IN);
  const isFilledIn = Object.keys(draft.fields.counts).length > 0;
  const counts = isFilledIn ? draft.fields.counts : countsOf(choices.scenarios[0]?.parts ?? []);
  const manual = useManual(request.id, takeable, counts);
  const [chosen, setChosen] = useState<Scenario>();
  const sending = useChoosing(request.id, draft.key, drop);
  // One's own choice is the last thing that happened, until somebody does something after it.
  const isOwn = sending.ownAt !== undefined && lastChange(now) <= sending.ownAt;
  // While bids are sealed there is nothing that a choice could rest on.
  const [couldChoose, setCouldChoose] = useState(choices.scenarios.length > 0);
  if (!couldChoose && choices.scenarios.length > 0) setCouldChoose(true);
  const { seen, acknowledge } = useSeen(now, nameOfStanding(now), isOwn || !couldChoose);
  const changes = changesBetween(seen, now, nameOf);
  const onCounts = (next: Counts): void => change({ counts: next });
  return (
    <div className="space-y-4">
      {sending.receipt === undefined ? undefined : (
        <ReceiptCard receipt={sending.receipt} title="Your choice is recorded" />
      )}
      <HeldAwards awards={awards} />
      <Waits approvals={sending.approvals} />
      <ChangedSince
        changes={changes}
        kept={isFilledIn ? "What you filled in by hand is kept." : undefined}
        onSeen={acknowledge}
      />
      {sending.failure === undefined ? undefined : (
        <p role="alert" className="rounded-md border border-breach bg-breach-ground px-3 py-2 text-breach">
          {sending.failure}
        </p>
      )}
      {choices.scenarios.length === 0 ? (
        <NothingToChoose request={request} awards={awards} />
      ) : (
        <>
          <ScenarioCards
            request={request}
            scenarios={choices.scenarios}
            manual={manual.scenario}
            settled={settledOf({ notices, awards })}
            takeable={takeable}
            counts={counts}
            onCounts={onCounts}
            isAsking={manual.isAsking}
            reason={changes.length > 0 ? "Something has changed: look at it first" : sending.reason}
            onChoose={setChosen}
          />
          <ByHandSheet request={request.id} takeable={takeable} counts={counts} onCounts={onCounts} />
        </>
      )}
      {chosen === undefined ? undefined : (
        <Confirm
          isOpen
          onClose={() => setChosen(undefined)}
          onConfirm={() => {
            setChosen(undefined);
            void sending.send(chosen, partsOf(takeable, counts), seen.choices.etag);
          }}
          title={`Award ${request.id}: ${scenarioName(chosen).toLowerCase()}?`}
          typed={request.id}
          label="Award it"
        >
          <p>
            {chosen.parts.map(({ provider, count }) => `${nameOf(provider)} ${countText(count)}`).join(", ")}. Rights to
            match, approvals and the rules of your party follow; then it binds.
          </p>
        </Confirm>
      )}
    </div>
  );
}

/** Sends a choice as it was seen, once, and keeps what came of it. */
function useChoosing(request: string, key: string, drop: () => void) {
  const { client } = useBroker();
  const seat = useSeat();
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const [ownAt, setOwnAt] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const [receipt, setReceipt] = useState<Schemas["Receipt"]>();
  const [approvals, setApprovals] = useState<readonly string[]>([]);
  const send = async ({ scenario }: Scenario, parts: Schemas["BidParts"]["parts"], ifMatch: string): Promise<void> => {
    setSending(true);
    setFailure(undefined);
    const params = { book: seat.book, request };
    try {
      const { value } =
        scenario === "manual"
          ? await client.call("awardChooseManual", { params, body: { parts }, ifMatch, key })
          : await client.call("awardChooseScenario", { params: { ...params, scenario }, ifMatch });
      const waits = waitingIn(value);
      setApprovals(waits);
      if (waits.length > 0) return;
      if (value.data !== null) setOwnAt(Date.parse(value.data.updatedAt));
      setReceipt(value.receipt);
      drop();
    } catch (error) {
      const isMoved = error instanceof ApiProblem && error.status === 412;
      setFailure(
        isMoved ? "Nothing was chosen: somebody was faster. What has changed stands above." : failureText(error),
      );
    } finally {
      // What somebody else did meanwhile is read before anything can be chosen again.
      await queries.invalidateQueries({ queryKey: [seatName(seat)] });
      setSending(false);
    }
  };
  const reason = isSending ? "It is being sent" : undefined;
  return { send, reason, failure, receipt, approvals, ownAt };
}

/** What the choice by hand comes to, priced by the broker with each change; not asked while something cannot be right. */
function useManual(request: string, takeable: readonly Takeable[], counts: Counts) {
  const isSound = takeable.every((one) => problemOf(one, counts[one.key] ?? 0) === undefined);
  const parts = isSound ? partsOf(takeable, counts) : [];
  const asked = useByHand(request, parts);
  return { scenario: parts.length === 0 ? undefined : (asked.data ?? undefined), isAsking: asked.isFetching };
}

/** Why there is nothing to choose: bids are sealed, or it is all decided. */
function NothingToChoose({ request, awards }: Pick<Told, "request" | "awards">) {
  const { zone } = useBook();
  const tender = request.view.tenders.at(-1);
  const isSealed = tender !== undefined && tender.opened.length === 0 && !request.view.closed;
  const policy = useReading("policyRead", {});
  if (isSealed)
    return (
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <Panel title="Sealed until">
          <DeadlineClock
            at={tender.tender.closesAt}
            zone={zone}
            label="Bids by"
            silence="Bids are opened together, right after. Until then nobody can read them."
          />
        </Panel>
        <Loaded query={policy} what="who chooses">
          {({ data }) => (data.view.policy === undefined ? undefined : <WhoChooses policy={data.view.policy} />)}
        </Loaded>
      </div>
    );
  return (
    <Panel>
      {awards.length === 0 ? (
        <NoneYet command={`offtake award scenarios ${request.id}`}>
          Ways to award it will be here once bids have been opened.
        </NoneYet>
      ) : (
        <NoneYet>
          <p>Nothing of it is left to choose: all of it is awarded.</p>
          <p className="mt-2">
            <Link
              to="/requests/$request/$tab"
              params={{ request: request.id, tab: "outcome" }}
              className="text-accent underline underline-offset-3"
            >
              What was awarded
            </Link>
          </p>
        </NoneYet>
      )}
    </Panel>
  );
}
