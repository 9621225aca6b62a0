import type { BookEvent } from "../book/events.ts";
import type { PartyId, RequestId } from "../kernel/index.ts";
import { advanceRequest } from "./advance-requests.ts";
import { type DisclosureState, type Dossier, holderOf, type NoticeOnRecord } from "./state.ts";

type Event<Type extends BookEvent["type"]> = Extract<BookEvent, { readonly type: Type }>;

/**
 * Folds one event into the state, in place, and gives the state back. Called after the event was disclosed: `disclose` looks at
 * what was known before it.
 */
export function advanceDisclosure(state: DisclosureState, event: BookEvent): DisclosureState {
  switch (event.type) {
    case "bookOpened":
      state.keeper = event.header.keeper;
      state.zone = event.header.zone;
      break;
    case "partyRecorded":
      state.names.set(event.party.id, event.party.name);
      break;
    case "policyRecorded":
      state.policy = event.policy;
      break;
    case "blockRecorded":
      state.blocks.set(event.block.id, event.block.provider);
      break;
    case "offerListed":
      state.offers.set(event.offer.id, event.offer.provider);
      break;
    case "standingAnswerGiven":
      state.standing.set(event.standing.id, event.standing.party);
      break;
    case "agreementRecorded":
    case "agreementStatusChanged":
    case "agreementAssigned":
      advanceAgreement(state, event);
      break;
    case "waiverGranted":
      advanceWaiver(state, event);
      break;
    case "requestSubmitted":
      state.requests.set(event.request.id, newDossier(event));
      break;
    case "requestClosed":
      forget(state, event.request);
      break;
    default:
      advanceRequest(state, event);
  }
  return state;
}

function newDossier({ request }: Event<"requestSubmitted">): Dossier {
  return {
    buyer: request.buyer,
    ...(request.sale === undefined ? {} : { saleTo: request.sale.to }),
    lots: new Map(),
    notices: new Map(),
    holds: new Map(),
    tenders: new Map(),
    bids: new Map(),
    awards: new Map(),
  };
}

/** Nothing follows the end of a request that anybody but the keeper is told. */
function forget(state: DisclosureState, request: RequestId): void {
  for (const { invitations } of state.requests.get(request)?.tenders.values() ?? []) {
    for (const invitation of invitations) state.invitations.delete(invitation.id);
  }
  state.requests.delete(request);
}

function advanceAgreement(
  state: DisclosureState,
  event: Event<"agreementRecorded" | "agreementStatusChanged" | "agreementAssigned">,
): void {
  if (event.type === "agreementRecorded") {
    const { agreement } = event;
    const before = state.agreements.get(agreement.id);
    const signed = [agreement.buyer, agreement.provider, ...agreement.otherParties];
    state.agreements.set(agreement.id, {
      assigned: [],
      ...before,
      versions: [...(before?.versions ?? []), agreement],
      parties: [...new Set([...(before?.parties ?? []), ...signed])],
    });
    return;
  }
  const before = state.agreements.get(event.agreement);
  if (before === undefined) return;
  if (event.type === "agreementStatusChanged") {
    if (event.status !== "conflicted") state.agreements.set(event.agreement, { ...before, told: event.status });
    return;
  }
  if (!event.effective) return;
  const { from, to } = event;
  const parties = [...new Set([...before.parties, to])];
  state.agreements.set(event.agreement, { ...before, parties, assigned: [...before.assigned, { from, to }] });
  for (const dossier of state.requests.values()) {
    for (const [id, one] of dossier.notices) {
      if (!isOpenUnder(one, event)) continue;
      dossier.notices.set(id, { ...one, assignees: [...one.assignees, to] });
    }
  }
}

/** The notice is open and its right moves with the agreement that is assigned. */
export function isOpenUnder(
  { notice, open, assignees }: NoticeOnRecord,
  { agreement, from }: { readonly agreement: string; readonly from: PartyId },
): boolean {
  return open && notice.right.agreement === agreement && (notice.holder === from || assignees.includes(from));
}

function advanceWaiver(state: DisclosureState, { waiver }: Event<"waiverGranted">): void {
  const holder = holderOf(state, waiver.right);
  if (holder !== undefined) state.waivers.set(waiver.id, holder);
}
