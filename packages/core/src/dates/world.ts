import type { Party } from "../agreements/party.ts";
import type { AgreementState } from "../agreements/timeline.ts";
import type { AgreementId, ClauseId, Instant, PartyId, RequestId } from "../kernel/index.ts";
import type { Clearance, OpenNotice } from "../notices/notice.ts";
import type { CalendarOf } from "../notices/rules.ts";
import type { RightRef, Waiver } from "../rights/assessment.ts";

/** An award that waits for its signature. */
export interface AwaitedSignature {
  readonly right: RightRef;
  readonly request: RequestId;
  readonly provider: PartyId;
  readonly count: number;
  /** The last instant in time. */
  readonly signBy: Instant;
}

/** What dates follow from: agreements, and what runs under them. */
export interface DatesWorld {
  readonly keeper: PartyId;
  readonly agreements: readonly AgreementState[];
  readonly party: (id: PartyId) => Party | undefined;
  readonly calendarOf: CalendarOf;
  readonly waivers: readonly Waiver[];
  /** Open ones. */
  readonly notices: readonly OpenNotice[];
  /** Those with an end. */
  readonly clearances: readonly Clearance[];
  readonly signatures: readonly AwaitedSignature[];
  /** What is left to be called or taken; undefined where nothing has been. */
  readonly leftOf: (agreement: AgreementId, clause: ClauseId, count: number) => number;
}
