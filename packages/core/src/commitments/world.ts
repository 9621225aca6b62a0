import type { CommitmentClause } from "../agreements/clause.ts";
import {
  type AgreementId,
  type ClauseId,
  type Currency,
  type Instant,
  type Money,
  type PartyId,
  parseInstant,
  type TimeWindow,
} from "../kernel/index.ts";
import type { Commitment, CommitmentPeriod } from "./commitment.ts";
import type { PlainUse } from "./plain-use.ts";

/** Makers for specs, after the fixture F0 of the conformance table. */

export const USD = "USD" as Currency;

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`Broken belief: ${text} is an instant`);
  return instant;
}

export function span(from: string, to: string): TimeWindow {
  return { from: at(`${from}T00:00:00Z`), to: at(`${to}T00:00:00Z`) };
}

export function dollars(amount: number): Money {
  return { micros: BigInt(Math.round(amount * 100)) * 10_000n, currency: USD };
}

export const YEAR_2027 = span("2027-01-01", "2028-01-01");

/** ALFA's spend commitment of one period, of which `missing` dollars are expected to be missing. */
export function spend(
  missing: number,
  changed: Partial<CommitmentClause> = {},
  period: Partial<CommitmentPeriod> = {},
): Commitment {
  const clause: CommitmentClause = {
    kind: "commitment",
    id: "c1" as ClauseId,
    lineageId: "c1",
    defaults: [],
    type: "spend",
    obligor: "lab" as PartyId,
    beneficiary: "alfa" as PartyId,
    scope: { IsGlobalScope: true },
    status: "active",
    schedule: [{ ...YEAR_2027, amount: dollars(missing + 1_000_000), expectedOther: dollars(1_000_000), ...period }],
    shortfallBp: 10_000,
    stackPriority: 1,
    ...changed,
  };
  return { agreement: "lab-alfa" as AgreementId, clause };
}

/** 1,024 accelerators at a price in dollars per accelerator-hour. */
export function use(price: number, window: TimeWindow, count = 1_024): PlainUse {
  return { window, count, hourlyMicros: BigInt(Math.round(price * 1_000_000)) * BigInt(count) };
}
