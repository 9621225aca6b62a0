import { expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import { at, cleanHistory, event } from "./history.fixture.ts";
import { audit } from "./index.ts";

const END = at("2027-01-01T00:00Z");
const NEXT = at("2028-01-01T00:00Z");
const recorded = (effectiveTo = END, effectiveFrom = at("2026-01-01T00:00Z"), version = 1): BookEvent =>
  event("agreementRecorded", {
    at: effectiveFrom,
    agreement: {
      id: "a9",
      version,
      buyer: "lab",
      provider: "eta",
      otherParties: [],
      clauses: [],
      effectiveFrom,
      effectiveTo,
    },
  });
const stopped = (endsAt: number): BookEvent =>
  event("renewalNoticeGiven", {
    at: at("2026-10-05T00:00Z"),
    agreement: "a9",
    notice: { by: "lab", endsAt, late: false },
  });
const renewed = (number: number, from: number, to: number, stamp = from): BookEvent =>
  event("agreementRenewed", { at: stamp, agreement: "a9", version: 1, number, from, to });

const e4 = (...more: BookEvent[]): string[] =>
  audit([...cleanHistory(), ...more]).flatMap(({ invariant, message }) => (invariant === "E4" ? [message] : []));

test("[AUD16] terms that follow each other are in order", () => {
  const later = at("2029-01-01T00:00Z");
  expect(e4(recorded(), renewed(1, END, NEXT), renewed(2, NEXT, later))).toEqual([]);
  expect(e4(recorded(), stopped(NEXT), renewed(1, END, NEXT))).toEqual([]);
});

test("[AUD16] a renewal past the end of a notice, before its time, twice, or at no end of a term is found", () => {
  expect(e4(recorded(), stopped(END), renewed(1, END, NEXT))).toEqual(["a9 renewed: a notice had ended it"]);
  expect(e4(recorded(), renewed(1, END, NEXT, at("2026-12-31T00:00Z")))).toEqual(["a9 renewed: its term was not over"]);
  expect(e4(recorded(), renewed(1, END, NEXT), renewed(1, END, NEXT, NEXT))).toEqual([
    "a9 renewed: for a term that it had renewed for already",
  ]);
  expect(e4(recorded(), renewed(1, at("2027-02-01T00:00Z"), NEXT))).toEqual(["a9 renewed: at no end of a term"]);
  expect(e4(recorded(), renewed(1, END, END))).toEqual(["a9 renewed: for a term without length"]);
  expect(e4(renewed(1, END, NEXT))).toEqual(["a9 renewed: it is not on record"]);
});

test("[AUD16] a version agreed later that reaches past the end makes the notice void", () => {
  const extended = recorded(NEXT, at("2026-11-01T00:00Z"), 2);
  expect(e4(recorded(), stopped(END), extended, renewed(1, NEXT, at("2029-01-01T00:00Z")))).toEqual([]);
});
