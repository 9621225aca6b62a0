import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import { cleanHistory, event, at, usd, YEAR } from "./history.fixture.ts";
import { audit } from "./index.ts";

const AT = at("2026-09-14T17:00Z");
const asked = (count: number, more: object = {}) => ({
  id: "q7",
  version: 1,
  buyer: "lab",
  approvals: ["budget"],
  lines: [{ count, regions: ["us-east", "us-west"], window: YEAR, cap: usd(3_000_000n) }],
  ...more,
});
const submitted = event("requestSubmitted", { at: AT, request: asked(512) });
const revised = (request: ReturnType<typeof asked>) => event("requestRevised", { at: AT, request, material: false });
const given = event("approvalGiven", { at: AT, request: "q7", approval: "budget", by: "cfo" });
const denied = event("approvalDenied", { at: AT, request: "q7", approval: "budget", by: "cfo" });
const LINE = {
  lot: "lot_7",
  provider: "gamma",
  count: 8,
  window: YEAR,
  acceleratorType: "gb200",
  region: "us-central",
  stated: {},
  clearances: [],
  blocks: [],
  basis: "bid",
};
const award = (line: object) =>
  event("awardIssued", {
    at: AT,
    award: { id: "awd_7", request: "q7", issuedAt: AT, lines: [{ ...LINE, ...line }] },
  });
const notice = (kind: string) =>
  event("noticeSent", { at: AT, notice: { id: "ntc_7", kind, request: "q7", lot: "lot_7", sentAt: AT } });

const found = (...events: readonly BookEvent[]): readonly string[] =>
  audit([cleanHistory()[0] as BookEvent, ...events]).flatMap(({ invariant, message }) =>
    invariant === "E5" ? [message] : [],
  );
const SENT = "a notice went out without the approval budget of what the request asks";
const AWARDED = "an award was issued without the approval budget of what the request asks";

describe("E5: what is noticed and awarded is approved", () => {
  test("[AUD18] with the approval nothing is found, without it the notice and the award are", () => {
    expect(found(submitted, given, notice("first-refusal"), award({}))).toEqual([]);
    expect(found(submitted, notice("first-refusal"), award({}))).toEqual([SENT, AWARDED]);
    expect(found(submitted, given, denied, notice("first-refusal"))).toEqual([SENT]);
  });

  test("[AUD18] an approval of less is none of more, and one of the same in other words is", () => {
    expect(found(submitted, given, revised(asked(513)), notice("first-refusal"))).toEqual([SENT]);
    expect(found(submitted, given, revised(asked(512, { budget: usd(9n) })), award({}))).toEqual([AWARDED]);
    expect(found(submitted, given, revised(asked(513)), given, notice("first-refusal"))).toEqual([]);
    const [line] = asked(512).lines;
    const other = { version: 2, notes: "for the board", lines: [{ ...line, regions: ["us-west", "us-east"] }] };
    expect(found(submitted, given, revised(asked(512, other)), notice("first-refusal"))).toEqual([]);
  });

  test("[AUD18] a request that is submitted anew under its name is approved anew", () => {
    expect(found(submitted, given, submitted, notice("first-refusal"))).toEqual([SENT]);
  });

  test("[AUD18] what was accepted, and the rounds after a notice, were approved with the notice", () => {
    const more = revised(asked(513));
    expect(found(submitted, given, more, notice("confirmation"), award({ notice: "ntc_1" }))).toEqual([]);
  });
});
