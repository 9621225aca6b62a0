import type { DisclosedEvent } from "../disclosure/index.ts";
import { countText, shareText } from "./amounts.ts";
import { clauseText } from "./lookup.ts";
import { codeText } from "./codes.ts";
import { listText } from "./phrases.ts";
import { addAssessments } from "./rights-steps.ts";
import type { Shown } from "./shown.ts";
import { lotText, type Telling } from "./telling.ts";
import { moment } from "./moments.ts";

/** From submission to the rights that were looked at. */
export function tellRequest(telling: Telling, event: DisclosedEvent): void {
  const { draft } = telling;
  const at = moment(event.at);
  switch (event.type) {
    case "requestRevised": {
      const what = event.material ? "in what was noticed" : "in nothing that was noticed";
      draft.add("request_revised", `${at}: the request was changed, ${what}`, { rules: ["domain rule G10"] });
      return;
    }
    case "requestWithdrawn":
      draft.add("request_withdrawn", `${at}: the buyer withdrew the request`);
      return;
    case "requestHeld": {
      const waits = event.rights.length > 0 ? "waits for a person" : "waits for the keeper's papers";
      const rights = event.rights.length > 0 ? ` (${listText(event.rights.map(clauseText))})` : "";
      const text = `${lotText(telling, event.lot)}${waits}: ${codeText(event.why)}${rights}`;
      const rules = event.rights.length > 0 ? ["domain step 6"] : ["domain rules G2 and G27"];
      draft.add("request_held", text, { rules, verdict: event.why });
      return;
    }
    case "approvalAwaited": {
      const text = `before the ${event.before}, an approval is needed: ${listText(event.approvals)}`;
      draft.add("approval_awaited", text, { rules: ["domain step 18"] });
      return;
    }
    case "approvalsVoided": {
      const [first] = event.approvals;
      const what =
        event.approvals.length === 1
          ? `approval ${first} no longer counts`
          : `approvals ${listText(event.approvals)} no longer count`;
      draft.add("approvals_voided", `${what}: what was decided on was another request`, {
        rules: ["domain step 18"],
        verdict: event.why,
      });
      return;
    }
    case "approvalGiven":
      draft.add("approval_given", `approval ${event.approval} was given by ${event.by}`, { rules: ["domain step 18"] });
      return;
    case "approvalDenied":
      draft.add("approval_denied", `approval ${event.approval} was denied by ${event.by}`, {
        rules: ["domain step 18"],
      });
      return;
    case "lotFormed":
    case "lotRestated":
      telling.lots.set(event.lot.id, event.lot);
      return;
    case "lotDropped": {
      const text = `${lotText(telling, event.lot)}nothing more of it is awarded: ${codeText(event.why)}`;
      draft.add("lot_dropped", text, { verdict: event.why });
      return;
    }
    case "lotReassessed": {
      const goesOn = event.why === "calendar_recorded" || event.why === "rate_recorded";
      const what = goesOn ? "it goes on where it was" : "the rights were looked at again";
      const text = `${lotText(telling, event.lot)}${what}: ${codeText(event.why)}`;
      draft.add("lot_reassessed", text, { verdict: event.why });
      return;
    }
    case "rightsAssessed": {
      const lot = telling.lots.get(event.lot);
      if (lot === undefined) return;
      const looked = { assessments: event.assessments, at: event.at };
      const step = addAssessments(draft, lot, telling.lotCount === 1, looked, telling.lookup);
      telling.rights.set(event.lot, step);
      return;
    }
    case "deMinimisCounted":
      return tellDeMinimis(telling, event);
    case "shareBreached":
      return tellShare(telling, event);
    case "shareMeasured": {
      const { month, measuredBp, toleranceBp, right } = event;
      const text = `in ${month} ${shareText(measuredBp)} served another purpose, where ${shareText(toleranceBp)} may`;
      draft.add("share_measured", text, { clause: right, rules: ["domain row A6"] });
      return;
    }
    default:
  }
}

function tellDeMinimis({ draft }: Telling, event: Shown<"deMinimisCounted">): void {
  const { count, sum, right, clear } = event;
  const so = clear ? "so that nobody is asked" : "too much to leave it unasked";
  const text = `de minimis: with these ${countText(count)}, ${countText(sum)} count together under ${clauseText(right)}`;
  draft.add("de_minimis", `${text}, ${so}`, { clause: right, rules: ["domain rule G15"] });
}

function tellShare({ draft }: Telling, event: Shown<"shareBreached">): void {
  const { month, measuredBp, toleranceBp, excessCount, newRequest, right } = event;
  const text = `in ${month} ${shareText(measuredBp)} served another purpose, where ${shareText(toleranceBp)} may`;
  draft.add("share_breached", `${text}: ${countText(excessCount)} are asked for anew as request ${newRequest}`, {
    clause: right,
    rules: ["domain row A6"],
  });
}
