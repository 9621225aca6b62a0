import { afterEach, describe, expect, test } from "vitest";
import { agreement, r1, r2 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import { audit } from "../audit/index.ts";
import type { CalendarId, Currency, PartyId, RequestId } from "../kernel/index.ts";
import { at, usd, YEAR_2027 } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const OWN = "own" as CalendarId;
const COUNTED = { n: 5, unit: "business-days", calendars: [OWN] } as const;
const LATE = "2026-12-30T18:00:00Z";
const IN_2028 = { window: { from: at("2028-01-01T00:00:00Z"), to: at("2029-01-01T00:00:00Z") } };

/** A calendar of the book's own, from 2026 to a year. */
function record(world: F0, time: string, to: number): F0 {
  return world.send(time, "lab", {
    type: "recordCalendar",
    calendar: { id: OWN, name: "own", source: "spec", years: { from: 2026, to }, weekend: [6, 7], holidays: [] },
  });
}

function sign(world: F0, provider: string, clause: RightClause): F0 {
  return world.send("2026-01-02T00:00:00Z", "lab", {
    type: "recordAgreement",
    activate: true,
    agreement: agreement(`lab-${provider}`, { provider: provider as PartyId, clauses: [clause] }),
  });
}

function whyHeld(world: F0, request = "q1"): (string | undefined)[] {
  return (world.state.requests.get(request as RequestId)?.lots ?? []).map((lot) =>
    lot.phase === "held" ? lot.why : undefined,
  );
}

describe("a calendar that does not cover the year", () => {
  /** ALFA is asked for a day, BETA behind it by a calendar that ends with 2026. */
  const behind = (): F0 => {
    const world = record(
      new F0({ r1: { window: { n: 24, unit: "hours" } }, without: ["r2"] }),
      "2026-01-02T00:00:00Z",
      2026,
    );
    return sign(world, "beta", r2({ kind: "first-refusal", trigger: "request", window: COUNTED }));
  };

  test("[BOK95] holds what needs it, and time goes on for the others", () => {
    const world = behind().submit(LATE, {}, IN_2028);
    world.submit("2026-12-30T19:00:00Z", { id: "q2" as RequestId }, { ...IN_2028, regions: ["eu-west"] });
    world.wait("2027-01-04T18:00:00Z");
    expect(world.rejected).toBeUndefined();
    expect(whyHeld(world)).toEqual(["calendar_year_unknown"]);
    expect(world.of("requestHeld")).toHaveLength(1);
    expect(world.of("bidsOpened").map((event) => event.request)).toEqual(["q2"]);
  });

  test("[BOK95] and it goes on where it was when the year is recorded", () => {
    const world = behind().submit(LATE, {}, IN_2028).wait("2027-01-04T18:00:00Z");
    record(world, "2027-01-05T18:00:00Z", 2026);
    expect(whyHeld(world)).toEqual(["calendar_year_unknown"]);
    record(world, "2027-01-06T18:00:00Z", 2027);
    expect(whyHeld(world)).toEqual([undefined]);
    expect(world.open("beta")).toMatchObject({ respondBy: at("2027-01-14T01:00:00Z") });
    expect(world.of("noticeSent").filter((event) => event.notice.holder === "alfa")).toHaveLength(1);
    world.answer("2027-01-07T18:00:00Z", "beta", { type: "accept" });
    expect(world.awards()).toEqual([["beta", 1024]]);
  });

  test("[BOK95] a notice that nobody has received waits for its next channel, and is not sent twice", () => {
    const world = record(new F0({ without: ["r1", "r2"] }), "2026-01-02T00:00:00Z", 2026);
    const delivery = { rule: "acknowledged", fallbackAfter: { n: 1, unit: "days" } } as const;
    sign(world, "alfa", r1({ delivery, window: COUNTED })).send("2026-01-02T00:00:00Z", "lab", {
      type: "recordParty",
      party: {
        id: "alfa" as PartyId,
        name: "ALFA",
        roles: [{ role: "provider" }],
        competitors: [],
        owners: [],
        notice: { channels: ["mail", "portal"] },
      },
    });
    world.submit(LATE, {}, IN_2028).wait("2027-01-04T18:00:00Z");
    expect([world.rejected, whyHeld(world)]).toEqual([undefined, ["calendar_year_unknown"]]);
    record(world, "2027-01-05T18:00:00Z", 2027);
    expect(world.of("deliveryFailed")).toHaveLength(1);
    expect(world.of("noticeSent")).toHaveLength(1);
    world.answer("2027-01-07T18:00:00Z", "alfa", { type: "accept" });
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });
});

describe("a condition whose date cannot be counted", () => {
  const named = (): F0 => {
    const world = record(new F0({ without: ["r1", "r2"] }), "2026-01-02T00:00:00Z", 2026);
    sign(world, "alfa", r1({ window: { n: 24, unit: "hours" }, contingencies: { allowed: true, waiveBy: COUNTED } }));
    return world
      .submit(LATE, {}, IN_2028)
      .answer("2026-12-30T19:00:00Z", "alfa", { type: "accept", condition: "subject to board approval" });
  };

  test("[BOK95] has it from its answer on, once the year is recorded, though the window of the notice is over by then", () => {
    const world = named().wait("2027-01-04T18:00:00Z");
    expect(whyHeld(world)).toEqual(["calendar_year_unknown"]);
    record(world, "2027-01-05T18:00:00Z", 2027);
    expect(whyHeld(world)).toEqual([undefined]);
    // Wednesday 30 December; 31 December, 1, 4, 5 and 6 January: this calendar knows no holidays.
    expect(world.of("deadlineExtended")).toMatchObject([{ respondBy: at("2027-01-07T01:00:00Z"), why: "contingency" }]);
    world.answer("2027-01-06T18:00:00Z", "alfa", { type: "accept" });
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });

  test("[BOK95] and stays held while the year is still missing", () => {
    const world = record(named(), "2027-01-05T18:00:00Z", 2026);
    expect([whyHeld(world), world.of("deadlineExtended")]).toEqual([["calendar_year_unknown"], []]);
    record(world, "2027-01-08T18:00:00Z", 2027);
    expect(world.of("noticeClosed")).toMatchObject([{ status: "lapsed" }]);
  });
});

describe("a rate that is not recorded", () => {
  const EUR = "EUR" as Currency;
  const rate = (world: F0, time: string, effective: string): F0 =>
    world.send(time, "lab", {
      type: "recordExchangeRate",
      rate: { from: EUR, to: usd(1).currency, rate: { num: 109n, den: 100n }, at: at(effective), source: "spec" },
    });

  test("[BOK96] holds what was put out until it is, with the bids as they are", () => {
    const world = new F0({ without: ["r1", "r2"] });
    const switching = [{ provider: "gamma" as PartyId, cost: { micros: 1_000_000n, currency: EUR } }];
    world.submit("2026-09-14T17:00:00Z", {}, { window: YEAR_2027, switchingCosts: switching });
    world.bid("2026-09-15T17:00:00Z", "gamma", 2.6).wait("2026-09-17T17:00:00Z");
    expect([world.rejected, whyHeld(world), world.awards()]).toEqual([undefined, ["rate_missing"], []]);
    rate(world, "2026-09-18T17:00:00Z", "2026-09-18T00:00:00Z");
    expect(whyHeld(world)).toEqual(["rate_missing"]);
    rate(world, "2026-09-19T17:00:00Z", "2026-09-01T00:00:00Z");
    expect([whyHeld(world), world.awards()]).toEqual([[undefined], [["gamma", 1024]]]);
  });
});
