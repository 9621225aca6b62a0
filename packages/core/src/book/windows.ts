import type { AgreementVersion } from "../agreements/agreement.ts";
import type { WindowSpec } from "../agreements/window.ts";
import {
  type Deadline,
  dayText,
  type DeliveryProfile,
  receiptOf,
  respondBy,
  type SkippedDay,
  type WindowRule,
} from "../calendar/index.ts";
import { HOUR_MS, type Instant, type PartyId } from "../kernel/index.ts";
import { deliveryOf, ruleOf, type WindowDefaults } from "../notices/rules.ts";
import type { BookState } from "./state.ts";
import { reject } from "./turn.ts";

interface Resolved<Value> {
  readonly state: BookState;
  readonly epoch: number;
  readonly value: Value;
}

const rules = new WeakMap<WindowSpec, Resolved<WindowRule>>();
const profiles = new WeakMap<AgreementVersion, Map<PartyId, Resolved<DeliveryProfile>>>();

/** A clause's window with its calendars found. The same clause gives the same object, so that counting is quick. */
export function windowRule(state: BookState, spec: WindowSpec, defaults: WindowDefaults): WindowRule {
  const known = rules.get(spec);
  const epoch = state.factEpoch;
  if (known !== undefined && known.state === state && known.epoch === epoch) return known.value;
  const value = makeRule(state, spec, defaults);
  rules.set(spec, { state, epoch, value });
  return value;
}

function makeRule(state: BookState, spec: WindowSpec, defaults: WindowDefaults): WindowRule {
  const rule = ruleOf(spec, defaults, (id) => state.calendar(id));
  return rule.ok ? rule.value : reject(rule.problem.code, rule.problem.detail);
}

/** How a party takes delivery under an agreement: its own notice address first, the agreement for what that leaves out (G1). */
export function deliveryProfile(state: BookState, version: AgreementVersion, party: PartyId): DeliveryProfile {
  const epoch = Math.max(state.factEpoch, state.epoch);
  const byParty = profiles.get(version) ?? new Map<PartyId, Resolved<DeliveryProfile>>();
  profiles.set(version, byParty);
  const known = byParty.get(party);
  if (known !== undefined && known.state === state && known.epoch === epoch) return known.value;
  const profile = deliveryOf(version, state.parties.get(party)?.notice, (id) => state.calendar(id));
  const value = profile.ok ? profile.value : reject(profile.problem.code, profile.problem.detail);
  byParty.set(party, { state, epoch, value });
  return value;
}

export interface Receipt {
  readonly deemedReceivedAt: Instant;
  readonly skipped: readonly SkippedDay[];
}

export function deemedReceipt(
  state: BookState,
  version: AgreementVersion,
  party: PartyId,
  deliveredAt: Instant,
  rule: WindowRule,
): Receipt {
  // Windows in hours are elapsed time from delivery: no cut-off, no calendar (G2).
  if (rule.unit === "hours") return { deemedReceivedAt: deliveredAt, skipped: [] };
  const profile = deliveryProfile(state, version, party);
  const last = lastReceipts.get(profile);
  if (last !== undefined && last.deliveredAt === deliveredAt) return last.receipt;
  const receipt = receiptOf(deliveredAt, profile);
  if (!receipt.ok) return reject(knownCode(receipt.problem.code), receipt.problem.detail);
  lastReceipts.set(profile, { deliveredAt, receipt: receipt.value });
  return receipt.value;
}

/** What was counted last by a rule or a profile: one command counts the same more than once, for each line that is put to a holder. */
const lastReceipts = new WeakMap<DeliveryProfile, { readonly deliveredAt: Instant; readonly receipt: Receipt }>();
const lastDeadlines = new WeakMap<
  WindowRule,
  { readonly deliveredAt: Instant; readonly deemedReceivedAt: Instant; readonly deadline: Deadline }
>();

export function deadlineOf(rule: WindowRule, deliveredAt: Instant, deemedReceivedAt: Instant): Deadline {
  const last = lastDeadlines.get(rule);
  if (last !== undefined && last.deliveredAt === deliveredAt && last.deemedReceivedAt === deemedReceivedAt)
    return last.deadline;
  const deadline = respondBy(rule, { deliveredAt, deemedReceivedAt });
  if (!deadline.ok) return reject(knownCode(deadline.problem.code), deadline.problem.detail);
  lastDeadlines.set(rule, { deliveredAt, deemedReceivedAt, deadline: deadline.value });
  return deadline.value;
}

/** The end of a window of the keeper's own: in the zone of the book, closing at five in the afternoon. */
export function keeperDeadline(state: BookState, spec: WindowSpec, from: Instant): Instant {
  return deadlineOf(keeperRule(state, spec), from, from).respondBy;
}

/** A window of the keeper's own, with what it leaves out. */
export function keeperRule(state: BookState, spec: WindowSpec): WindowRule {
  const { header } = state;
  if (header === undefined) return reject("book_not_open", "The book is not open.");
  return windowRule(state, spec, { zone: header.zone, calendars: [], join: "all", closeMs: KEEPER_CLOSE_MS });
}

const KEEPER_CLOSE_MS = 17 * HOUR_MS;

function knownCode(code: string): "calendar_year_unknown" | "calendar_missing" | "invalid_window" {
  return code === "calendar_year_unknown" || code === "calendar_missing" ? code : "invalid_window";
}

const trails = new WeakMap<readonly SkippedDay[], readonly string[]>();
const NO_TRAIL: readonly string[] = [];

/** The days that a count passed over, in words: "2026-11-26 Thanksgiving Day". */
export function trailText(skipped: readonly SkippedDay[]): readonly string[] {
  if (skipped.length === 0) return NO_TRAIL;
  const known = trails.get(skipped);
  if (known !== undefined) return known;
  const text = skipped.map((day) => {
    const names = day.closedBy.map((closed) => (closed.reason === "holiday" ? closed.name : "weekend"));
    return `${dayText(day.epochDay)} ${[...new Set(names)].join(", ")}`;
  });
  trails.set(skipped, text);
  return text;
}
