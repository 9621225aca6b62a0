import { rational } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import { isWritten, says, valueAt, writtenAs } from "./written.ts";

const PRICE = { microsPerHour: 2_600_000n, currency: "USD" };
const EVENT = {
  type: "x",
  at: 1_790_035_200_000,
  notice: {
    holder: "alfa",
    count: 1024,
    price: PRICE,
    regions: ["us-east", "us-west"],
    right: { agreement: "lab-alfa", clause: "r1", version: 1 },
  },
};

describe("values as documents write them", () => {
  test("are found by dotted paths, through lists too", () => {
    expect(valueAt(EVENT, "notice.count")).toBe(1024);
    expect(valueAt(EVENT, "notice.regions.1")).toBe("us-west");
    expect(valueAt(EVENT, "notice.regions.length")).toBe(2);
    expect(valueAt(EVENT, "notice.nothing.more")).toBeUndefined();
  });

  test.each([
    ["at", "2026-09-22T00:00:00Z", "2026-09-22T00:00:00.001Z"],
    ["notice.count", 1024, "1024"],
    ["notice.price", "2.60 USD/h", "2.60 USD"],
    ["notice.right", "lab-alfa/r1", "lab-beta/r1"],
    ["notice.regions", "us-east, us-west", "us-east"],
    ["notice.nothing", "none", "nothing"],
  ])("%s is %s and not %s", (path, right, wrong) => {
    expect(isWritten(valueAt(EVENT, path), right)).toBe(true);
    expect(isWritten(valueAt(EVENT, path), wrong)).toBe(false);
  });

  test("fractions are compared exactly, whatever unit stands behind them", () => {
    expect(isWritten(rational(20n), "20%")).toBe(true);
    expect(isWritten(rational(1n, 2n), "0.5% a day")).toBe(true);
    expect(isWritten(rational(1n, 3n), "0.33")).toBe(false);
  });

  test("are shown so that a reader could write them", () => {
    expect(writtenAs(EVENT.notice.price)).toBe("2.60 USD/h");
    expect(writtenAs(EVENT.at)).toBe("2026-09-22T00:00:00Z");
    expect(writtenAs(EVENT.notice.right)).toBe("lab-alfa/r1");
    expect(writtenAs({ kind: "use", acceleratorSeconds: 7_200n })).toBe("2 accelerator-hours");
    expect(writtenAs(undefined)).toBe("nothing");
  });
});

describe("whether something says a text", () => {
  test("is asked of words, numbers, amounts and instants", () => {
    for (const text of ["alfa", "ALFA", "1024", "1,024", "2.6", "2.600", "$2.60", "2.60 USD/h", "2026-09-22T00:00:00Z"])
      expect([text, says(EVENT, text)]).toEqual([text, true]);
  });

  test("is not told by parts of words and of numbers", () => {
    for (const text of ["alf", "102", "2.61", "260", "2.60 EUR", "lab-alf"])
      expect([text, says(EVENT, text)]).toEqual([text, false]);
  });
});
