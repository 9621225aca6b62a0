import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtinCalendar, endText, parseZone, type ZoneId } from "../calendar/index.ts";
import { addMs, type CalendarId, DAY_MS, type Instant, type PartyId, parseInstant } from "../kernel/index.ts";
import { agreement } from "./f0.ts";
import {
  type AgreementState,
  type AgreementVersion,
  type AutomaticRenewal,
  effectOfNotice,
  type Evergreen,
  inItsTerm,
  noticeRule,
  type Renewal,
  runsUntil,
  termAt,
  termEnd,
  versionAt,
} from "./index.ts";

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
const RUNS_ON: Evergreen = { kind: "evergreen", notice: { n: 3, unit: "months" }, to: "day", noticeBy: "either" };

/** In Berlin, its first term from 1 January to 31 December 2027 24:00. */
const version = (renewal: Renewal, changed: Partial<AgreementVersion> = {}): AgreementVersion => ({
  ...agreement("lab-alfa"),
  zone: BERLIN,
  calendars: ["target" as CalendarId],
  effectiveFrom: at("2026-12-31T23:00:00Z"),
  effectiveTo: at("2027-12-31T23:00:00Z"),
  renewal,
  ...changed,
});

function withoutEnd(renewal: Renewal): AgreementVersion {
  const { effectiveTo: _, ...rest } = version(renewal);
  return rest;
}

/** When a notice received at an instant ends it, for people; "never" where it counts for nothing. */
function endBy(item: AgreementVersion, received: string): string {
  const renewal = item.renewal as Renewal;
  const rule = noticeRule(item, renewal.notice, builtinCalendar);
  if (!rule.ok) return rule.problem.code;
  const times = { deliveredAt: at(received), deemedReceivedAt: at(received) };
  const effect = effectOfNotice(item, renewal, rule.value, times);
  if (!effect.ok) return effect.problem.code;
  const { endsAt, late } = effect.value;
  return `${endsAt === undefined ? "never" : endText(BERLIN, endsAt)}${late ? ", late" : ""}`;
}

describe("when a notice ends an agreement", () => {
  test.each([
    ["the last instant of the last day is in time", YEARLY, "2027-09-30T21:59:59.999Z", "Fri 31 Dec 2027 24:00 CET"],
    ["the next day is not", YEARLY, "2027-09-30T22:00:00Z", "Sun 31 Dec 2028 24:00 CET, late"],
    [
      "90 days are counted as days: 2 October",
      { ...YEARLY, notice: { n: 90, unit: "days" } },
      "2027-10-02T21:59:59.999Z",
      "Fri 31 Dec 2027 24:00 CET",
    ],
    [
      "and 3 October is late",
      { ...YEARLY, notice: { n: 90, unit: "days" } },
      "2027-10-02T22:00:00Z",
      "Sun 31 Dec 2028 24:00 CET, late",
    ],
    [
      "five business days before the end: 24 December is day 0, 25 and 26 no business days",
      { ...YEARLY, notice: { n: 5, unit: "business-days" } },
      "2027-12-24T22:59:59.999Z",
      "Fri 31 Dec 2027 24:00 CET",
    ],
    ["a late notice may count for nothing", { ...YEARLY, late: "void" }, "2027-09-30T22:00:00Z", "never, late"],
    ["years before, it is for the first end", YEARLY, "2020-01-01T00:00:00Z", "Fri 31 Dec 2027 24:00 CET"],
    ["in the third term, for that one's end", YEARLY, "2029-05-01T00:00:00Z", "Mon 31 Dec 2029 24:00 CET"],
    ["the last renewal ends by itself", { ...YEARLY, max: 1 }, "2028-10-01T10:00:00Z", "never, late"],
    ["within the maximum it counts", { ...YEARLY, max: 1 }, "2027-10-01T10:00:00Z", "Sun 31 Dec 2028 24:00 CET, late"],
  ] as const)("[AGR20 AGR21] %s", (_, renewal, received, expected) => {
    expect(endBy(version(renewal), received)).toBe(expected);
  });

  test.each([
    ["the first term runs to its end", "2027-02-10T10:00:00Z", "Fri 31 Dec 2027 24:00 CET"],
    ["too late for that, it is the next end of a month", "2027-10-05T10:00:00Z", "Mon 31 Jan 2028 24:00 CET, late"],
    ["after it, any end of a month is as good as another", "2028-02-10T10:00:00Z", "Wed 31 May 2028 24:00 CEST"],
  ])("[AGR21] to the end of a month: %s", (_, received, expected) => {
    expect(endBy(version({ ...YEARLY, to: "month" }), received)).toBe(expected);
  });

  test("[AGR21] to the end of a quarter", () => {
    expect(endBy(version({ ...YEARLY, to: "quarter" }), "2028-02-10T10:00:00Z")).toBe("Fri 30 Jun 2028 24:00 CEST");
    expect(endBy(version({ ...YEARLY, to: "quarter" }), "2028-03-31T10:00:00Z")).toBe("Fri 30 Jun 2028 24:00 CEST");
    expect(endBy(version({ ...YEARLY, to: "quarter", late: "void" }), "2027-12-01T10:00:00Z")).toBe("never, late");
  });

  test("[AGR22] evergreen: at the end of the period, of a month, of a quarter; never within the first term", () => {
    expect(endBy(withoutEnd(RUNS_ON), "2027-02-10T10:00:00Z")).toBe("Mon 10 May 2027 24:00 CEST");
    expect(endBy(withoutEnd({ ...RUNS_ON, to: "month" }), "2027-02-10T10:00:00Z")).toBe("Mon 31 May 2027 24:00 CEST");
    expect(endBy(withoutEnd({ ...RUNS_ON, to: "quarter" }), "2027-02-10T10:00:00Z")).toBe("Wed 30 Jun 2027 24:00 CEST");
    expect(endBy(version(RUNS_ON), "2027-02-10T10:00:00Z")).toBe("Fri 31 Dec 2027 24:00 CET");
    expect(endBy(version(RUNS_ON), "2027-11-10T10:00:00Z")).toBe("Thu 10 Feb 2028 24:00 CET");
  });

  test("[AGR20] a year that the calendar does not cover, and a calendar that is not there, are told", () => {
    const inDays: Renewal = { ...YEARLY, notice: { n: 5, unit: "business-days" } };
    expect(endBy(version(inDays), "2100-06-01T00:00:00Z")).toBe("calendar_year_unknown");
    expect(endBy(version(inDays, { calendars: ["mars" as CalendarId] }), "2027-06-01T00:00:00Z")).toBe(
      "calendar_missing",
    );
  });

  test("[AGR20 AGR21] a later notice never ends it earlier, and never within its own period", () => {
    const renewal = fc.record({
      n: fc.integer({ min: 1, max: 24 }),
      notice: fc.integer({ min: 1, max: 200 }),
      to: fc.constantFrom("term" as const, "month" as const, "quarter" as const),
    });
    const days = fc.tuple(fc.integer({ min: 0, max: 2000 * DAY_MS }), fc.integer({ min: 0, max: 100 * DAY_MS }));
    fc.assert(
      fc.property(renewal, days, ({ n, notice, to }, [first, more]) => {
        const item = version({ ...YEARLY, term: { n, unit: "months" }, notice: { n: notice, unit: "days" }, to });
        const rule = noticeRule(item, { n: notice, unit: "days" }, builtinCalendar);
        const ends = [first, first + more].map((ms) => {
          const received = addMs(item.effectiveFrom, ms);
          if (!rule.ok) throw new Error(rule.problem.code);
          const times = { deliveredAt: received, deemedReceivedAt: received };
          const effect = effectOfNotice(item, item.renewal as Renewal, rule.value, times);
          const end = effect.ok ? (effect.value.endsAt ?? Infinity) : -Infinity;
          expect(end).toBeGreaterThan(addMs(received, (notice - 1) * DAY_MS));
          return end;
        });
        expect(ends[0]).toBeLessThanOrEqual(ends[1] ?? 0);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe("in force", () => {
  const notice = (endsAt: string) => ({
    by: "lab" as PartyId,
    deliveredAt: at("2027-01-01T00:00:00Z"),
    deemedReceivedAt: at("2027-01-01T00:00:00Z"),
    endsAt: at(endsAt),
    late: false,
  });
  const state = (versions: readonly AgreementVersion[], ...ends: string[]): AgreementState => ({
    id: versions[0]?.id as AgreementState["id"],
    versions,
    status: "active",
    endings: [],
    assigned: [],
    claimedAssignees: [],
    renewal: { notices: ends.map(notice) },
  });
  const FIRST = "2027-12-31T23:00:00Z";
  const SECOND = "2028-12-31T23:00:00Z";

  test("[AGR24] past its first end, unless a notice ends it there", () => {
    const item = version(YEARLY);
    expect(versionAt(state([item]), at("2035-06-01T00:00:00Z"))).toBe(item);
    expect(versionAt(state([item], FIRST), addMs(at(FIRST), -1))).toBe(item);
    expect(versionAt(state([item], FIRST), at(FIRST))).toBeUndefined();
    expect(runsUntil(state([item]), item, at("2028-06-01T00:00:00Z"))).toBe(at(SECOND));
    expect(runsUntil(state([item], FIRST), item, at("2027-06-01T00:00:00Z"))).toBe(at(FIRST));
  });

  test("[AGR24] up to its last renewal", () => {
    const item = version({ ...YEARLY, max: 1 });
    expect(termEnd(state([item]), item)).toBe(at(SECOND));
    expect(versionAt(state([item]), at(SECOND))).toBeUndefined();
    expect(termAt(item, at(SECOND))).toBeUndefined();
  });

  test("[AGR24] what it is compared by is the end that is known", () => {
    const item = version(YEARLY);
    expect(inItsTerm(state([item]), item)).not.toHaveProperty("effectiveTo");
    expect(inItsTerm(state([item], SECOND), item).effectiveTo).toBe(at(SECOND));
    const plain = agreement("lab-alfa");
    expect(inItsTerm(state([plain], FIRST), plain)).toBe(plain);
  });

  test("[AGR23] of two notices the one that ends it first counts", () => {
    const item = version(YEARLY);
    expect(termEnd(state([item], SECOND, FIRST), item)).toBe(at(FIRST));
  });

  test("[AGR23] a version agreed later keeps the notice, unless it reaches past the end or begins after it", () => {
    const same = version(YEARLY, { version: 2, effectiveFrom: at("2027-06-01T00:00:00Z") });
    const longer = version(YEARLY, { version: 2, effectiveTo: at(SECOND) });
    const afterwards = version(RUNS_ON, {
      version: 2,
      effectiveFrom: at("2028-02-01T00:00:00Z"),
      effectiveTo: at(FIRST),
    });
    expect(termEnd(state([version(YEARLY), same], FIRST), same)).toBe(at(FIRST));
    expect(termEnd(state([version(YEARLY), longer], FIRST), longer)).toBeUndefined();
    expect(termEnd(state([version(YEARLY), afterwards], FIRST), afterwards)).toBeUndefined();
  });
});
