import { expect, test } from "vitest";
import { horizonOf, spanAhead } from "./horizon.ts";

test("a page looks ahead from the day that it is, in whole days", () => {
  const morning = spanAhead("1y", Date.parse("2026-11-23T04:05:06Z"));
  expect(morning).toEqual({ from: "2026-11-23T00:00:00.000Z", to: "2027-11-24T00:00:00.000Z" });
  expect(spanAhead("1y", Date.parse("2026-11-23T23:59:59Z"))).toEqual(morning);
});

test("what is no horizon in the address is the usual one", () => {
  expect([horizonOf("5y"), horizonOf("9y"), horizonOf(undefined), horizonOf(5)]).toEqual(["5y", "1y", "1y", "1y"]);
});
