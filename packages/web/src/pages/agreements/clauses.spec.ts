import { expect, test } from "vitest";
import { type ClauseTold, clauseRows, dayOf, lastDayOf } from "./clauses.ts";

const LOS_ANGELES = "America/Los_Angeles";

test("a day is that of the zone where it begins there, else that of UTC", () => {
  expect(dayOf("2026-01-01T08:00:00Z", LOS_ANGELES)).toBe("1 Jan 2026");
  expect(dayOf("2026-01-01T00:00:00Z", LOS_ANGELES)).toBe("1 Jan 2026");
  expect(dayOf("2026-01-01T03:30:00Z", LOS_ANGELES)).toBe("31 Dec 2025");
});

test("what ends before an instant has its last day before it", () => {
  expect(lastDayOf("2031-01-01T08:00:00Z", LOS_ANGELES)).toBe("31 Dec 2030");
  expect(lastDayOf("2031-01-01T00:00:00Z", LOS_ANGELES)).toBe("31 Dec 2030");
  expect(lastDayOf("2030-12-31T20:30:00Z", LOS_ANGELES)).toBe("31 Dec 2030");
});

test("a commitment says who promised what to whom until when, how far it is drawn, and what a gap costs", () => {
  const clause = {
    id: "spend",
    kind: "commitment",
    type: "spend",
    obligor: "aurora-labs",
    beneficiary: "meridian",
    schedule: [
      {
        from: "2026-01-01T00:00:00Z",
        to: "2028-01-01T00:00:00Z",
        amount: { amount: "50000000", currency: "USD" },
        drawn: { amount: "11200000", currency: "USD" },
      },
    ],
    shortfallBp: 10_000,
  } as unknown as ClauseTold;
  expect(clauseRows(clause, (party) => party.toUpperCase(), LOS_ANGELES)).toEqual([
    ["Type", "spend"],
    ["Promised by", "AURORA-LABS, to MERIDIAN"],
    ["To 31 Dec 2027", "$50,000,000.00, $11,200,000.00 of it drawn, from 1 Jan 2026"],
    ["What is missing", "costs 100.0 % of it"],
  ]);
});
