import type { CommitmentClause } from "../agreements/clause.ts";
import type { Eligibility, Party } from "../agreements/party.ts";
import type { BookEvent } from "../book/events.ts";
import type { BookHeader, Offer, Policy, StandingAnswer } from "../book/documents.ts";
import type { CapacityBlock } from "../capacity/index.ts";
import type {
  AgreementId,
  BlockId,
  HoldId,
  Instant,
  NoticeId,
  PartyId,
  RequestId,
  TimeWindow,
} from "../kernel/index.ts";
import type { Waiver } from "../rights/assessment.ts";
import type { PartyCommitment } from "./agreement-shown.ts";
import type { Shown } from "./shown.ts";

type Conflict = Extract<BookEvent, { readonly type: "conflictFound" }>;
type ConflictDecision = Extract<BookEvent, { readonly type: "conflictDecided" }>;

/** A party: its name alone, or all that the reader was told of it. */
export interface KnownParty {
  readonly id: PartyId;
  /** As the reader was told it; its id is all that is known where it is absent. */
  readonly name?: string;
  readonly party?: Party | Shown<"ownPartyRecorded">["party"];
  readonly eligibility: readonly Eligibility[];
  /** Defaults under agreements that are not cured. */
  readonly defaults: readonly AgreementId[];
  readonly controlChangesAt?: Instant;
}

/** Keeper only: the book itself. */
export interface BookView {
  readonly header?: BookHeader;
  readonly policy?: Policy;
  /** Outages of the broker that are on record. */
  readonly outages: readonly TimeWindow[];
}

/** A commitment in the newest version of an agreement that has it. */
export interface CommitmentView {
  readonly agreement: AgreementId;
  readonly version: number;
  readonly clause: CommitmentClause | PartyCommitment;
}

/** Keeper only. */
export interface ConflictView extends Omit<Conflict, "type" | "at"> {
  readonly decided?: Pick<ConflictDecision, "prevails" | "by" | "reason"> & { readonly at: Instant };
}

export interface WaiverView {
  readonly waiver: Waiver;
  readonly revokedAt?: Instant;
}

export interface BlockView {
  readonly block: CapacityBlock | Shown<"ownBlockRecorded">["block"];
  readonly withdrawn: boolean;
  /** It would come from itself: on record, and never used. */
  readonly cyclic?: boolean;
}

export interface OfferView {
  readonly offer: Offer;
  readonly withdrawn: boolean;
}

/** An answer left in advance: of somebody else the keeper knows that it is there. */
export interface StandingView {
  readonly id: string;
  readonly party: PartyId;
  readonly standing?: StandingAnswer;
  readonly revoked: boolean;
}

/** Capacity that is held for an answer until the award. */
export interface HoldView {
  readonly hold: HoldId;
  readonly notice?: NoticeId;
  readonly request?: RequestId;
  readonly holder?: PartyId;
  readonly host?: PartyId;
  readonly count: number;
  readonly blocks: readonly { readonly block: BlockId; readonly count: number }[];
  readonly window: TimeWindow;
  readonly released: boolean;
}

export interface ConsentView {
  readonly by: PartyId;
  readonly host: PartyId;
  readonly to: PartyId;
}
