import type { AgreementStatus, AgreementVersion } from "../agreements/agreement.ts";
import { isRight, type RightClause } from "../agreements/clause.ts";
import type { Award } from "../awards/award.ts";
import type { Policy } from "../book/documents.ts";
import type {
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  HoldId,
  InvitationId,
  LotId,
  NoticeId,
  OfferId,
  PartyId,
  RequestId,
  TenderId,
  TimeWindow,
} from "../kernel/index.ts";
import type { Notice } from "../notices/notice.ts";
import type { Lot } from "../requests/lot.ts";
import type { RightRef } from "../rights/assessment.ts";
import type { Bid, BidVerdict, Invitation, Tender } from "../tenders/bid.ts";
import { handle, type HandleKind } from "./handle.ts";

/** The host that an answer names, and what it may be told once the answer binds. */
export interface NamedHost {
  readonly host: PartyId;
  readonly seller: PartyId;
  readonly count: number;
  readonly window: TimeWindow;
}

export interface NoticeOnRecord {
  readonly notice: Notice;
  /** Who may answer beside the holder: an assignment moved the right while the notice was open. */
  readonly assignees: readonly PartyId[];
  readonly open: boolean;
  readonly named?: NamedHost;
  /** The host was told: an acceptance that names it binds. */
  readonly hosted: boolean;
}

export interface BidOnRecord {
  readonly bid: Bid;
  readonly verdict: BidVerdict | "voided";
  readonly why: readonly string[];
  readonly opened: boolean;
}

/** What disclosure keeps of one request while it is open. */
export interface Dossier {
  readonly buyer: PartyId;
  readonly saleTo?: PartyId;
  readonly lots: Map<LotId, Lot>;
  readonly notices: Map<NoticeId, NoticeOnRecord>;
  readonly holds: Map<HoldId, PartyId>;
  readonly tenders: Map<TenderId, { readonly tender: Tender; readonly invitations: readonly Invitation[] }>;
  readonly bids: Map<BidId, BidOnRecord>;
  readonly awards: Map<AwardId, Award>;
}

export interface AgreementOnRecord {
  readonly versions: readonly AgreementVersion[];
  /** Everybody who signed, and to whom it was assigned. */
  readonly parties: readonly PartyId[];
  /** Effective assignments in order: who stands where another stood. */
  readonly assigned: readonly { readonly from: PartyId; readonly to: PartyId }[];
  /** Last status that its parties were told. */
  readonly told?: AgreementStatus;
}

/**
 * Who has to do with what: all that `disclose` needs to know of the past. Owned by whoever advances it, which changes it in place.
 * A request leaves it when it is closed.
 */
export interface DisclosureState {
  readonly handleOf: HandleMaker;
  keeper: PartyId | undefined;
  /** Of the book: closes are told in it. */
  zone: string;
  policy: Policy | undefined;
  readonly names: Map<PartyId, string>;
  readonly agreements: Map<AgreementId, AgreementOnRecord>;
  readonly waivers: Map<string, PartyId>;
  readonly blocks: Map<BlockId, PartyId>;
  readonly offers: Map<OfferId, PartyId>;
  readonly standing: Map<string, PartyId>;
  readonly requests: Map<RequestId, Dossier>;
  /** To which request an invitation belongs. */
  readonly invitations: Map<InvitationId, RequestId>;
}

export interface DisclosureOptions {
  /**
   * What each party's handles are mixed with. The party's own id when absent: enough to tell the handles of two parties apart,
   * no protection against somebody who knows the mixing.
   */
  readonly secretOf?: (party: PartyId) => string;
  /** Makes the handles, in the place of the mixing: a server takes a keyed hash. Always the same for the same three. */
  readonly handleOf?: HandleMaker;
}

/** The name under which a party knows a thing of the book. */
export type HandleMaker = (party: PartyId, kind: HandleKind, id: string) => string;

/** Nothing recorded yet. */
export function emptyDisclosure(options: DisclosureOptions = {}): DisclosureState {
  const { secretOf = (party) => party } = options;
  return {
    handleOf: options.handleOf ?? ((party, kind, id) => handle(secretOf(party), kind, id)),
    keeper: undefined,
    zone: "UTC",
    policy: undefined,
    names: new Map(),
    agreements: new Map(),
    waivers: new Map(),
    blocks: new Map(),
    offers: new Map(),
    standing: new Map(),
    requests: new Map(),
    invitations: new Map(),
  };
}

export function nameOf(state: DisclosureState, party: PartyId): string {
  return state.names.get(party) ?? party;
}

/** The clause of a right in the version that is named. */
export function clauseOf(state: DisclosureState, right: RightRef): RightClause | undefined {
  const version = state.agreements.get(right.agreement)?.versions.find((one) => one.version === right.version);
  return version?.clauses.filter(isRight).find((clause) => clause.id === right.clause);
}

/** Who holds a clause of an agreement now. */
export function holderOf(state: DisclosureState, right: Pick<RightRef, "agreement" | "clause">): PartyId | undefined {
  const agreement = state.agreements.get(right.agreement);
  const clause = agreement?.versions
    .at(-1)
    ?.clauses.filter(isRight)
    .find((one) => one.id === right.clause);
  let holder = clause?.holder;
  for (const move of agreement?.assigned ?? []) if (move.from === holder) holder = move.to;
  return holder;
}

/** The invitation of a provider to a tender, where it has one. */
export function invitationOf(dossier: Dossier, tender: TenderId, provider: PartyId): Invitation | undefined {
  return dossier.tenders.get(tender)?.invitations.find((one) => one.provider === provider);
}

/** The number of a lot in the invitations to a tender, counted from 1; 0 where it is not part of it. */
export function lineNumber(dossier: Dossier, tender: TenderId, lot: LotId): number {
  return (dossier.tenders.get(tender)?.tender.lots.findIndex((one) => one.lot === lot) ?? -1) + 1;
}

/**
 * What an invitation stands for inside the book: how a server turns the words of a bidder, who knows the invitation and the numbers
 * of its lines, into a command. Undefined for anybody but the invited party.
 */
export function resolveInvitation(
  state: DisclosureState,
  party: PartyId,
  invitation: InvitationId,
): { readonly request: RequestId; readonly tender: TenderId; readonly lots: readonly LotId[] } | undefined {
  const request = state.invitations.get(invitation);
  const dossier = request === undefined ? undefined : state.requests.get(request);
  for (const { tender, invitations } of dossier?.tenders.values() ?? []) {
    if (request === undefined || !invitations.some((one) => one.id === invitation && one.provider === party)) continue;
    return { request, tender: tender.id, lots: tender.lots.map((one) => one.lot) };
  }
  return undefined;
}
