import { expect, test } from "vitest";
import { toldOf } from "./told.fixture.ts";

const SECRETS = ["2500", "2.55", "meridian"];

test.each([
  ['{"count":2500}', "2500"],
  ["accepted 2,500 of them", "2500"],
  ["2500.00 USD", "2500"],
  ['"price":"2.55 USD/h"', "2.55"],
  ["$2.550/accelerator-h", "2.55"],
  ['{"micros":"2550000"}', "2.55"],
  ["of Meridian's", "meridian"],
  ["/parties/meridian?x", "meridian"],
])("%s tells %s", (text, secret) => {
  expect(toldOf(text, SECRETS)).toEqual([secret]);
});

test.each([
  '"expiresAt":"2026-03-09T23:00:02.550Z"',
  '"date":"Mon, 09 Mar 2026 23:25:00 GMT"',
  "9f2500ab",
  "ntc_0h2500x",
  "127.0.0.1:42500",
  "12500",
  "12.55",
  "2.551",
  "1773002500123",
])("%s tells nothing", (text) => {
  expect(toldOf(text, SECRETS)).toEqual([]);
});
