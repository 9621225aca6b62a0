import type { AgreementEvent, FactEvent } from "../book/events.ts";
import { unreachable } from "../kernel/index.ts";
import { agreementFor } from "./agreement-shown.ts";
import { isOpenUnder } from "./advance.ts";
import { noticeFor } from "./notice-shown.ts";
import type { DisclosedEvent } from "./own-events.ts";
import { type DisclosureState, holderOf } from "./state.ts";
import { Told } from "./told.ts";

/** Facts of a party go to it and to the keeper; what the keeper keeps for itself goes nowhere else. */
export function factDisclosures(state: DisclosureState, event: FactEvent): Told {
  const told = new Told();
  switch (event.type) {
    case "bookOpened":
      return told.to(event.header.keeper, event);
    case "calendarRecorded":
    case "exchangeRateRecorded":
    case "indexValueRecorded":
    case "policyRecorded":
    case "outageRecorded":
      return told.to(state.keeper, event);
    case "partyRecorded": {
      const { competitors: _, ...party } = event.party;
      return told.to(state.keeper, event).to(party.id, { type: "ownPartyRecorded", at: event.at, party });
    }
    case "eligibilityRecorded":
      return told.to(state.keeper, event).to(event.party, event);
    case "defaultRecorded":
      return toParties(told.to(state.keeper, event).to(event.party, event), state, event.agreement, event);
    case "blockRecorded": {
      const { rootId: _1, parentId: _2, ...block } = event.block;
      return told.to(state.keeper, event).to(block.provider, { type: "ownBlockRecorded", at: event.at, block });
    }
    case "blockWithdrawn":
      return told.to(state.keeper, event).to(state.blocks.get(event.block), event);
    case "offerListed":
      return told.to(state.keeper, event).to(event.offer.provider, event);
    case "offerWithdrawn":
      return told.to(state.keeper, event).to(state.offers.get(event.offer), event);
    case "standingAnswerGiven": {
      const { id, party } = event.standing;
      const kept: DisclosedEvent = { type: "standingAnswerKept", at: event.at, id, party };
      return told.to(state.keeper, party === state.keeper ? event : kept).to(party, event);
    }
    case "standingAnswerRevoked":
      return told.to(state.keeper, event).to(state.standing.get(event.id), event);
    case "resaleConsented":
      return told.to(state.keeper, event).to(event.by, event).to(event.to, event);
    default:
      return unreachable(event);
  }
}

/** What happens to an agreement goes to those who are party to it; how it stands to others is the keeper's alone. */
export function agreementDisclosures(state: DisclosureState, event: AgreementEvent): Told {
  const told = new Told();
  switch (event.type) {
    case "conflictFound":
    case "conflictDecided":
    case "retroReviewListed":
      return told.to(state.keeper, event);
    case "agreementRecorded": {
      const { agreement } = event;
      const shown: DisclosedEvent = { type: "ownAgreementRecorded", at: event.at, agreement: agreementFor(agreement) };
      told.to(state.keeper, event).to(agreement.buyer, shown).to(agreement.provider, shown);
      for (const party of agreement.otherParties) told.to(party, shown);
      return toParties(told, state, agreement.id, shown);
    }
    case "agreementStatusChanged": {
      const { at, agreement, status } = event;
      told.to(state.keeper, event);
      // A conflict is one with an agreement of somebody else; while it lasts, the parties are told nothing new.
      if (status === "conflicted" || status === state.agreements.get(agreement)?.told) return told;
      return toParties(told, state, agreement, { type: "ownAgreementStatusChanged", at, agreement, status });
    }
    case "agreementTerminated":
    case "renewalNoticeGiven":
    case "agreementRenewed":
      return toParties(told.to(state.keeper, event), state, event.agreement, event);
    case "agreementAssigned":
      return assigned(state, event);
    case "controlChanged":
      return told.to(state.keeper, event).to(event.party, event);
    case "waiverGranted":
      return told.to(state.keeper, event).to(holderOf(state, event.waiver.right), event);
    case "waiverRevoked":
      return told.to(state.keeper, event).to(state.waivers.get(event.waiver), event);
    default:
      return unreachable(event);
  }
}

/** Who takes an agreement over has seen nothing of it yet: it is shown the agreement, and the notices that it may now answer. */
function assigned(state: DisclosureState, event: Extract<AgreementEvent, { type: "agreementAssigned" }>): Told {
  const told = new Told().to(state.keeper, event);
  const newest = state.agreements.get(event.agreement)?.versions.at(-1);
  if (event.effective && newest !== undefined && !isParty(state, event.agreement, event.to)) {
    const open = [...state.requests.values()]
      .flatMap((dossier) => [...dossier.notices.values()])
      .filter((one) => isOpenUnder(one, event));
    told.to(event.to, {
      type: "ownAgreementTakenOver",
      at: event.at,
      agreement: agreementFor(newest),
      from: event.from,
      notices: open.map((one) => noticeFor(state, one.notice, event.to)),
    });
  }
  return toParties(told, state, event.agreement, event);
}

const isParty = (
  state: DisclosureState,
  agreement: Parameters<typeof state.agreements.get>[0],
  party: string,
): boolean => state.agreements.get(agreement)?.parties.some((one) => one === party) === true;

function toParties(
  told: Told,
  state: DisclosureState,
  agreement: Parameters<DisclosureState["agreements"]["get"]>[0],
  event: DisclosedEvent,
): Told {
  for (const party of state.agreements.get(agreement)?.parties ?? []) told.to(party, event);
  return told;
}
