import type { ZoneId } from "../calendar/index.ts";
import type { AgreementId, CalendarId, Instant, PartyId } from "../kernel/index.ts";
import type { Clause } from "./clause.ts";
import type { Evidence } from "./evidence.ts";
import type { Renewal } from "./renewal.ts";

/** One version of an agreement: effective time is its own, recorded time is that of the event that brings it. */
export interface AgreementVersion {
  readonly id: AgreementId;
  /** Stays the same when the agreement is amended and restated under another id. */
  readonly lineageId: string;
  readonly version: number;
  readonly title: string;
  readonly buyer: PartyId;
  readonly provider: PartyId;
  /** Others who signed. */
  readonly otherParties: readonly PartyId[];
  readonly zone: ZoneId;
  readonly calendars: readonly CalendarId[];
  readonly join: "all" | "any";
  /** Wall-clock milliseconds of the day: after it a notice counts as received on the next business day. */
  readonly cutoffMs: number;
  /** Wall-clock milliseconds of the day at which business-day windows close. */
  readonly closeMs: number;
  readonly effectiveFrom: Instant;
  /** First instant after its term, of several its first; without end when absent. */
  readonly effectiveTo?: Instant;
  /** How it goes on after its term; it ends when absent. */
  readonly renewal?: Renewal;
  /** Who looks after it in the keeper's house. Nobody else is told. */
  readonly owner?: string;
  readonly signedAt?: Instant;
  /** Set when the change is declared to reach notices that are open, with who signed that. */
  readonly appliesToOpenNotices?: { readonly signedBy: readonly PartyId[] };
  readonly accruedRightsSurvive: boolean;
  /** Ownership from which a party counts as an affiliate, in hundredths of a per cent; control always counts. */
  readonly affiliateBp: number;
  readonly assignmentNeedsConsent: boolean;
  readonly changeOfControl: "continues" | "ends";
  readonly brokerOutage: "extends" | "does-not-extend";
  readonly clauses: readonly Clause[];
  /** Names of its own keys that nobody stated: their values are defaults. Those of its clauses stand in the clauses. */
  readonly defaults?: readonly string[];
  readonly document?: { readonly file: string; readonly sha256: string };
  readonly evidence?: Evidence;
}

export type AgreementStatus = "draft" | "signed" | "active" | "conflicted" | "suspended" | "terminated";
