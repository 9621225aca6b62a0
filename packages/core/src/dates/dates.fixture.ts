import { agreement } from "../agreements/f0.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import type { Clause } from "../agreements/clause.ts";
import type { Party } from "../agreements/party.ts";
import type { AutomaticRenewal } from "../agreements/renewal.ts";
import type { AgreementState } from "../agreements/timeline.ts";
import { builtinCalendar } from "../calendar/index.ts";
import { formatInstant, type Instant, type PartyId, parseInstant } from "../kernel/index.ts";
import { dueAt, type Dates, type DatesWorld, datesOf } from "./index.ts";

export const at = (text: string): Instant => parseInstant(text) as Instant;

/** 31 December 2026 24:00 in Los Angeles. */
export const YEAR_END = at("2027-01-01T08:00:00Z");

export const YEARLY: AutomaticRenewal = {
  kind: "automatic",
  term: { n: 12, unit: "months" },
  notice: { n: 30, unit: "days" },
  to: "term",
  noticeBy: "either",
  late: "next-end",
};

/** LAB's agreement with ALFA, its first term to the end of 2026 in Los Angeles. */
export const version = (changed: Partial<AgreementVersion> = {}): AgreementVersion =>
  agreement("lab-alfa", { effectiveTo: YEAR_END, ...changed });

export const withClause = (clause: Clause, changed: Partial<AgreementVersion> = {}): AgreementVersion =>
  version({ clauses: [clause], ...changed });

export function stateOf(versions: readonly AgreementVersion[], changed: Partial<AgreementState> = {}): AgreementState {
  const [first] = versions;
  return {
    id: (first?.id ?? "lab-alfa") as AgreementState["id"],
    versions,
    status: "active",
    endings: [],
    assigned: [],
    claimedAssignees: [],
    ...changed,
  };
}

/** LAB keeps the book; ALFA has no notice address of its own. */
export function world(agreements: readonly AgreementState[], changed: Partial<DatesWorld> = {}): DatesWorld {
  return {
    keeper: "lab" as PartyId,
    agreements,
    party: () => undefined,
    calendarOf: builtinCalendar,
    waivers: [],
    notices: [],
    clearances: [],
    signatures: [],
    leftOf: (_agreement, _clause, count) => count,
    ...changed,
  };
}

export const partyWith =
  (notice: NonNullable<Party["notice"]>): DatesWorld["party"] =>
  (id) => ({
    id,
    name: id,
    roles: [],
    owners: [],
    competitors: [],
    notice,
  });

/** Dates from Monday 23 November 2026 in Los Angeles on; "kind due", and "kind at" where nothing is sent. */
export const FROM = at("2026-11-23T08:00:00Z");

export const found = (of: DatesWorld, to = "2027-05-23T07:00:00Z", from = FROM): Dates =>
  datesOf(of, { from, to: at(to) });

export const listed = (of: DatesWorld, to?: string, from?: Instant): string[] =>
  found(of, to, from).dates.map((date) => `${date.what.kind} ${formatInstant(dueAt(date))}`);
