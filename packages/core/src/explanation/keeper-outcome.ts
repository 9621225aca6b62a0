import type { DisclosedEvent } from "../disclosure/index.ts";
import { clauseText } from "./lookup.ts";
import { addAward, outcomeText } from "./outcome-steps.ts";
import { codeText } from "./codes.ts";
import type { Shown } from "./shown.ts";
import type { Telling } from "./telling.ts";
import { moment } from "./moments.ts";

/** What came of it. */
export function tellOutcome(telling: Telling, event: DisclosedEvent): void {
  const { draft, lookup } = telling;
  switch (event.type) {
    case "clearanceVoided":
      draft.add("clearance_voided", `a clearance no longer counts: ${codeText(event.why)}`, { verdict: event.why });
      return;
    case "awardBlocked":
      return tellBlocked(telling, event);
    case "awardIssued":
      return addAward(draft, event.award, telling.lots, lookup);
    case "awardHeldForDecision":
      draft.add("award_held", `award ${event.award} waits for a person: ${codeText(event.why)}`, {
        verdict: event.why,
      });
      return;
    case "awardConfirmed":
      draft.add("award_confirmed", `award ${event.award} was confirmed, ${moment(event.at)}`);
      return;
    case "awardDefaulted": {
      const text = `${lookup.name(event.provider)} did not keep award ${event.award}: ${codeText(event.why)}`;
      draft.add("award_defaulted", text, { rules: ["domain step 20"] });
      return;
    }
    case "requestRested":
    case "requestClosed":
      return tellEnd(telling, event);
    default:
  }
}

function tellBlocked({ draft }: Telling, { why, right }: Shown<"awardBlocked">): void {
  const by = right === undefined ? "" : ` (${clauseText(right)})`;
  draft.add("award_blocked", `an award could not be issued: ${codeText(why)}${by}`, {
    rules: ["domain step 16"],
    verdict: why,
    ...(right === undefined ? {} : { clause: right }),
  });
}

/** A request may rest several times before it is closed; only the last end is news. */
function tellEnd(telling: Telling, event: Shown<"requestRested" | "requestClosed">): void {
  const { draft, ended } = telling;
  if (ended !== undefined) draft.root.drop(ended);
  const step = draft.add("outcome", outcomeText(event), { verdict: event.outcome });
  if (event.nearest !== undefined) step.add("nearest", `what would work: ${event.nearest}`);
  telling.ended = step;
}
