import { describe, expect, test } from "vitest";
import { only, toldTo } from "../../gallery/told.ts";
import { countsOf, partsOf, problemOf, takeableOf } from "./by-hand.ts";
import { changesBetween } from "./changes.ts";
import type { Scenario, Standing } from "./choices.ts";
import { type PolicyTold, policyBody } from "./policy.ts";
import { settledOf, wholeOf } from "./settled.ts";
import { readSheet, sheetOf } from "./sheet.ts";

const told = (until: string) => {
  const { all } = toldTo("aurora-labs", until);
  return { request: only(all("requests")), notices: all("notices"), awards: all("awards") };
};
const AFTER = "2026-12-31T00:00:00Z";
const OPENED = takeableOf(told(AFTER).request);
const [ember, northlight] = OPENED.map(({ key }) => key);

describe("a choice by hand", () => {
  test("is made of the opened bids, in their own units", () => {
    expect(OPENED.map(({ provider, min, max, multiple }) => [provider, min, max, multiple])).toEqual([
      ["ember", 512, 1_024, 4],
      ["northlight", 4, 1_596, 4],
    ]);
    const counts = { [ember ?? ""]: 1_024, [northlight ?? ""]: 0 };
    expect(partsOf(OPENED, counts)).toEqual([{ bid: OPENED[0]?.bid, line: 1, count: 1_024 }]);
    expect(countsOf([{ bid: "b", line: 2, count: 8 }] as unknown as Scenario["parts"])).toEqual({ "b:2": 8 });
  });

  test("says what a bid does not offer", () => {
    const [first] = OPENED;
    if (first === undefined) throw new Error("there are bids");
    expect([0, 512, 1_024].map((count) => problemOf(first, count))).toEqual([undefined, undefined, undefined]);
    expect([8, 1_028, 514].map((count) => problemOf(first, count))).toEqual([
      "At least 512, or none.",
      "At most 1,024.",
      "A multiple of 4.",
    ]);
  });

  test("comes back from a sheet as it went out, by whatever sign the program separates", () => {
    const counts = { [ember ?? ""]: 600, [northlight ?? ""]: 996 };
    const sheet = sheetOf(OPENED, counts);
    expect(readSheet(sheet, OPENED)).toEqual({ ok: true, counts });
    expect(readSheet(`\uFEFF${sheet.replaceAll(",", ";")}`, OPENED)).toEqual({ ok: true, counts });
    const short = `Bid,Count\n${OPENED[1]?.bid ?? ""},"1,084"\n`;
    expect(readSheet(short, OPENED)).toEqual({ ok: true, counts: { [northlight ?? ""]: 1_084 } });
  });

  test("of a sheet that is wrong says where, and takes nothing over", () => {
    const bid = OPENED[0]?.bid ?? "";
    expect(readSheet(`bid,count\n${bid},4.5\nother,4\n${bid},-4\n`, OPENED)).toEqual({
      ok: false,
      problems: [
        { line: 2, text: "4.5 is no whole number, such as 512." },
        { line: 3, text: "There is no opened bid other with a line 1 here." },
        { line: 4, text: "-4 is no whole number, such as 512." },
      ],
    });
    expect(readSheet(`bid,count\n${bid},4\n${bid},8\n`, OPENED)).toMatchObject({ problems: [{ line: 3 }] });
    expect(readSheet("a,b\n1,2\n", OPENED)).toMatchObject({ problems: [{ line: 1 }] });
    expect(readSheet('bid,count\n"open', OPENED)).toMatchObject({ ok: false });
  });

  test("never becomes a formula in a spreadsheet", () => {
    const [first] = OPENED;
    if (first === undefined) throw new Error("there are bids");
    const sheet = sheetOf([{ ...first, provider: "=1+1", lot: '@"x"' }], {});
    expect(sheet).toContain(`,'=1+1,"'@""x""",`);
  });
});

describe("what is settled", () => {
  test("is what was accepted, until it is awarded, and never both", () => {
    const parts = settledOf(told("2026-03-12T22:00:00Z"));
    expect(parts.map(({ provider, host, count, cost }) => [provider, host, count, cost?.amount])).toEqual([
      ["meridian", undefined, 1_700, "9363600.00"],
      ["meridian", "corvid-cloud", 800, "4406400.00"],
    ]);
    const whole = settledOf(told(AFTER));
    expect(whole.reduce((sum, { count }) => sum + count, 0)).toBe(4_096);
    const nothing = { parts: [], filled: 0 };
    expect(wholeOf(whole, nothing, () => 0n)).toMatchObject({
      count: 4_096,
      cost: { amount: "21894019.20" },
      blended: { amount: "2.4746" },
    });
  });
});

describe("what has changed since", () => {
  const scenario = (amount: string): Scenario =>
    ({ scenario: "cheapest", cost: { amount, currency: "USD" }, value: { amount, currency: "USD" } }) as Scenario;
  const standing = (until: string, scenarios: readonly Scenario[]): Standing => ({
    ...told(until),
    choices: { scenarios, etag: `${until}${scenarios.length}` },
  });

  test("is told with what was before and what is now", () => {
    const before = standing("2026-03-12T22:00:00Z", [scenario("8124019.20")]);
    expect(changesBetween(before, before, (id) => id)).toEqual([]);
    const changes = changesBetween(before, standing(AFTER, []), (id) => id.toUpperCase());
    expect(changes).toEqual([
      {
        what: "Somebody has awarded it:",
        now: "MERIDIAN 1,700; MERIDIAN 800, run by CORVID-CLOUD; EMBER 1,024; NORTHLIGHT 572 (Confirmed)",
        family: "secured",
      },
      { what: "The request:", before: "Open", now: "Awarded" },
      { what: "A bid of EMBER", now: "is opened" },
      { what: "A bid of NORTHLIGHT", now: "is opened" },
      { what: "Nothing is left to choose." },
    ]);
    expect(
      changesBetween(before, { ...before, choices: { scenarios: [scenario("8000000")], etag: "2" } }, String),
    ).toEqual([{ what: "Cheapest:", before: "$8,124,019.20", now: "$8,000,000.00" }]);
  });
});

test("the buyer's rules are sent as they stand, but for who chooses", () => {
  const policy: PolicyTold = {
    version: 3,
    tenderWindow: { n: 3, unit: "business-days", zone: "America/Los_Angeles", calendars: ["us-federal"] },
    tie: "improve",
    improveWindow: { n: 24, unit: "hours" },
    inseparable: "reject",
    showCap: false,
    concentrationBp: 6_250,
    minimumUsable: 1,
    invite: ["ember"],
    autoAward: true,
    relatedPartyApproval: "related-party",
    awardConfirmation: "at-once",
    ownBuild: [],
  };
  expect(policyBody(policy, false)).toEqual({
    version: 4,
    tenderWindow: { length: "3 business days", zone: "America/Los_Angeles", holidays: ["us-federal"] },
    tie: "improve",
    improveWindow: "24 hours",
    inseparable: "reject",
    showCap: false,
    concentration: "62.5%",
    minimumUsable: 1,
    invite: ["ember"],
    autoAward: false,
    relatedPartyApproval: "related-party",
    awardConfirmation: "at-once",
  });
  const closing = { n: 2, unit: "days", join: "any", closeMs: 61_200_000 } as const;
  expect(policyBody({ ...policy, tenderWindow: closing }, true).tenderWindow).toEqual({
    length: "2 days",
    join: "any",
    close: "17:00",
  });
});
