import { unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import type { AwardStatus, HostingView } from "./view.ts";

/** What a party is told of awards: the keeper of all of them, others of what they supply, buy or run a part of. */
export type AboutAward = Shown<
  | "awardIssued"
  | "awardHeldForDecision"
  | "awardConfirmed"
  | "awardDefaulted"
  | "hostNamed"
  | "ownAwardIssued"
  | "ownAwardConfirmed"
  | "ownAwardDefaulted"
>;

export function foldAward(draft: Draft, event: AboutAward): void {
  switch (event.type) {
    case "awardIssued": {
      const { award } = event;
      draft.awards.set(award.id, { as: "keeper", award, status: "issued" });
      return update(draft.requests, award.request, (one) => ({ ...one, awards: [...one.awards, award.id] }));
    }
    case "hostNamed": {
      const { part, seller, count, window } = event;
      return host(draft, { part, seller, count, window, awarded: false });
    }
    case "ownAwardIssued": {
      const { type: _1, at: _2, ...award } = event;
      draft.awards.set(event.award, { as: "party", ...award, status: "issued" });
      for (const part of event.hosted) host(draft, { ...part, awarded: true });
      return;
    }
    case "awardHeldForDecision":
      return becomes(draft, event.award, "held", event.why);
    case "awardConfirmed":
    case "ownAwardConfirmed":
      return becomes(draft, event.award, "confirmed");
    case "awardDefaulted":
    case "ownAwardDefaulted":
      return becomes(draft, event.award, "defaulted", event.why);
    default:
      return unreachable(event);
  }
}

function host(draft: Draft, part: HostingView): void {
  draft.hostings.set(part.part, part);
}

function becomes(draft: Draft, award: string, status: AwardStatus, why?: string): void {
  update(draft.awards, award, (one) => ({ ...one, status, ...(why === undefined ? {} : { why }) }));
}
