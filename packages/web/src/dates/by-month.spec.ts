import { expect, test } from "vitest";
import { actBy, byMonth, type ContractDateTold, ownersOf } from "./by-month.ts";

const date = (parts: Partial<ContractDateTold>): ContractDateTold => ({
  id: "d",
  kind: "end",
  title: "its term ends",
  agreement: "a",
  version: 1,
  due: "2027-12-31",
  at: "2028-01-01T08:00:00Z",
  atIs: "ends",
  zone: "America/Los_Angeles",
  own: true,
  what: {},
  ...parts,
});

test("an end belongs to the last day of its contract, not to the first of the next month", () => {
  expect(byMonth([date({})]).map(({ title }) => title)).toEqual(["December 2027"]);
});

test("what must be sent before counts by the last safe instant to send", () => {
  const notice = date({ id: "n", atIs: "by", at: "2027-10-01T00:00:00Z", sendBy: "2027-09-28T23:00:00Z" });
  expect(actBy(notice)).toBe("2027-09-28T23:00:00Z");
  expect(byMonth([date({}), notice]).map(({ title, dates }) => [title, dates.map(({ id }) => id)])).toEqual([
    ["September 2027", ["n"]],
    ["December 2027", ["d"]],
  ]);
});

test("owners are named once, in their order", () => {
  expect(
    ownersOf([date({ owner: "R. Weiss" }), date({}), date({ owner: "A. Lee" }), date({ owner: "R. Weiss" })]),
  ).toEqual(["A. Lee", "R. Weiss"]);
});
