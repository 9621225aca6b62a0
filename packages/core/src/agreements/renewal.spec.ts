import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endText, parseZone, type ZoneId } from "../calendar/index.ts";
import { addMs, type Instant, parseInstant } from "../kernel/index.ts";
import { agreement } from "./f0.ts";
import { type AgreementVersion, type AutomaticRenewal, lastEnd, renewedEnd, termAt } from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const BERLIN = parseZone("Europe/Berlin") as ZoneId;

const YEARLY: AutomaticRenewal = {
  kind: "automatic",
  term: { n: 12, unit: "months" },
  notice: { n: 3, unit: "months" },
  to: "term",
  noticeBy: "either",
  late: "next-end",
};

/** In Berlin, from 1 March 2026 to 28 February 2027 24:00. */
const version = (renewal: Partial<AutomaticRenewal> = {}, to = "2027-02-28T23:00:00Z"): AgreementVersion => ({
  ...agreement("lab-alfa"),
  zone: BERLIN,
  effectiveFrom: at("2026-02-28T23:00:00Z"),
  effectiveTo: at(to),
  renewal: { ...YEARLY, ...renewal },
});

describe("terms", () => {
  test("[AGR19] a year after 28 February is 29 February, and the year after that 28 again", () => {
    const firstEnd = at("2027-02-28T23:00:00Z");
    const ends = [0, 1, 2].map((number) => endText(BERLIN, renewedEnd(BERLIN, firstEnd, YEARLY.term, number)));
    expect(ends).toEqual(["Sun 28 Feb 2027 24:00 CET", "Tue 29 Feb 2028 24:00 CET", "Wed 28 Feb 2029 24:00 CET"]);
  });

  test("[AGR19] an end at an hour of the day keeps it, whatever the clocks do", () => {
    const noon = at("2027-01-31T11:00:00Z");
    expect(renewedEnd(BERLIN, noon, { n: 6, unit: "months" }, 1)).toBe(at("2027-07-31T10:00:00Z"));
    expect(renewedEnd(BERLIN, noon, { n: 1, unit: "months" }, 1)).toBe(at("2027-02-28T11:00:00Z"));
  });

  test("[AGR19] the first term holds all before its end; its end belongs to the next", () => {
    const first = { number: 0, from: at("2026-02-28T23:00:00Z"), to: at("2027-02-28T23:00:00Z") };
    expect(termAt(version(), at("2020-01-01T00:00:00Z"))).toEqual(first);
    expect(termAt(version(), addMs(first.to, -1))).toEqual(first);
    expect(termAt(version(), first.to)).toMatchObject({ number: 1, from: first.to });
  });

  test("[AGR19] after the last renewal there is no term, and its end is known", () => {
    const twice = version({ max: 2 });
    expect(lastEnd(twice)).toBe(at("2029-02-28T23:00:00Z"));
    expect(termAt(twice, at("2029-02-28T22:59:59Z"))).toMatchObject({ number: 2 });
    expect(termAt(twice, at("2029-02-28T23:00:00Z"))).toBeUndefined();
    expect(lastEnd(version())).toBeUndefined();
  });

  test("[AGR19] each instant lies in one term, and the terms follow each other", () => {
    const term = fc.record({
      n: fc.integer({ min: 1, max: 30 }),
      unit: fc.constantFrom("days" as const, "months" as const),
    });
    const end = fc.integer({ min: at("2024-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") });
    fc.assert(
      fc.property(
        term,
        end,
        fc.integer({ min: 0, max: 20 * 31_536_000_000 }),
        fc.boolean(),
        (length, to, after, day) => {
          const firstEnd = (day ? to - (to % 86_400_000) : to) as Instant;
          const renewing = {
            ...version({ term: length }),
            effectiveFrom: at("2000-01-01T00:00:00Z"),
            effectiveTo: firstEnd,
          };
          const when = addMs(firstEnd, after);
          const found = termAt(renewing, when);
          expect(found !== undefined && found.from <= when && when < found.to).toBe(true);
          const number = found?.number ?? 0;
          expect(found?.from).toBe(renewedEnd(BERLIN, firstEnd, length, number - 1));
          expect(termAt(renewing, found?.to as Instant)?.number).toBe(number + 1);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});
