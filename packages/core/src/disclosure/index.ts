export { advanceDisclosure } from "./advance.ts";
export type { PartyAgreement, PartyClause, PartyCommitment, PartyEntitlement, PartyRight } from "./agreement-shown.ts";
export { disclose, DISCLOSED_BY, disclosures } from "./disclose.ts";
export { feedOf, feedsOf } from "./feed.ts";
export { concernedBy, madeBy } from "./concerned.ts";
export { type Draft as ViewDraft, emptyDraft as emptyView } from "./draft.ts";
export { foldEvent, foldView } from "./fold-view.ts";
export type * from "./bidder-events.ts";
export { handle, type HandleKind } from "./handle.ts";
export type * from "./holder-events.ts";
export { foldKnown } from "./known-book.ts";
export { LIST_STATUSES, type ListStatus } from "./list-statuses.ts";
export { type Listed, listed } from "./listed.ts";
export type * from "./own-events.ts";
export { type CapacityView, partyCapacity } from "./party-capacity.ts";
export { type DatedView, partyDatesWorld } from "./party-dates.ts";
export { type PositionCell, positionOf, type PositionView } from "./party-position.ts";
export type { Shown } from "./shown.ts";
export {
  type AgreementOnRecord,
  type BidOnRecord,
  type DisclosureOptions,
  type DisclosureState,
  type Dossier,
  emptyDisclosure,
  type HandleMaker,
  type NamedHost,
  type NoticeOnRecord,
  resolveInvitation,
} from "./state.ts";
export type { Disclosure } from "./told.ts";
export type * from "./view.ts";
