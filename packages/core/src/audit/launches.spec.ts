import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import { at, cleanHistory, event, refusalRight, usd, window, YEAR } from "./history.fixture.ts";
import { audit } from "./index.ts";

const FEBRUARY = at("2027-02-01T00:00Z");
const RIGHT = { agreement: "a1", clause: "first", version: 1 };
const SERVED = { from: FEBRUARY, to: YEAR.to };
const RELEASE = { product: "mira", planned: YEAR.from };
const line = { acceleratorType: "gb200", region: "us-central", stated: {}, clearances: [], blocks: [] };

interface Change {
  readonly answer?: object;
  /** Of the clearance of the announcement, and of the one of what serves the product. */
  readonly said?: object;
  readonly copied?: object;
  readonly window?: typeof YEAR;
}

/** ALFA ships MIRA in February, a month after the day it was asked about; GAMMA serves it from then on. */
function history({ answer, said, copied, window: served = SERVED }: Change = {}): readonly BookEvent[] {
  const clearance = { right: RIGHT, lineageId: "first", holder: "alfa", reason: "supported", count: 512 } as const;
  const cleared = { ...clearance, finalRound: false, startsFrom: FEBRUARY, release: RELEASE };
  const lot = (id: string, request: string) => [
    event("lotFormed", {
      at: at("2026-09-14T17:00Z"),
      lot: { id, request, lineIndex: 0, label: "1", count: 512, window: YEAR, alternatives: [], terms: {} },
    }),
    event("rightsAssessed", {
      at: at("2026-09-14T17:00Z"),
      lot: id,
      request,
      assessments: [{ right: RIGHT, verdict: "applies", facts: [], undeclared: [], unconfirmedReading: false }],
    }),
  ];
  const submitted = (id: string) =>
    event("requestSubmitted", {
      at: at("2026-09-14T17:00Z"),
      request: { id, version: 1, buyer: "lab", lines: [{ count: 512, window: YEAR, cap: usd(3_000_000n) }] },
    });
  return [
    cleanHistory()[0] as BookEvent,
    event("agreementRecorded", {
      at: at("2026-09-14T17:00Z"),
      agreement: {
        id: "a1",
        version: 1,
        buyer: "lab",
        provider: "alfa",
        otherParties: [],
        clauses: [{ ...refusalRight, id: "first", lineageId: "first", kind: "first-ship" }],
      },
    }),
    submitted("release"),
    ...lot("lot_r", "release"),
    event("noticeSent", {
      at: at("2026-09-14T17:00Z"),
      notice: {
        id: "ntc_r",
        kind: "first-ship",
        right: RIGHT,
        request: "release",
        lot: "lot_r",
        holder: "alfa",
        count: 512,
        terms: { window: YEAR },
        sentAt: at("2026-09-14T17:00Z"),
      },
    }),
    event("answerReceived", {
      at: at("2026-09-15T17:00Z"),
      notice: "ntc_r",
      request: "release",
      by: "alfa",
      answer: {
        id: "ans_r",
        receivedAt: at("2026-09-15T17:00Z"),
        verdict: "binding",
        defects: [],
        answer: { type: "accept", orLess: false, rootBlocks: [], window: SERVED },
        ...answer,
      },
    }),
    event("clearanceIssued", {
      at: at("2026-09-15T17:00Z"),
      clearance: {
        id: "clr_r",
        lot: "lot_r",
        request: "release",
        notice: "ntc_r",
        issuedAt: at("2026-09-15T17:00Z"),
        ...cleared,
        ...said,
      },
    }),
    submitted("q1"),
    ...lot("lot_1", "q1"),
    event("clearanceIssued", {
      at: at("2026-09-16T17:00Z"),
      clearance: {
        id: "clr_1",
        lot: "lot_1",
        request: "q1",
        why: "release",
        issuedAt: at("2026-09-16T17:00Z"),
        ...cleared,
        ...copied,
      },
    }),
    event("awardIssued", {
      at: at("2026-09-17T17:00Z"),
      award: {
        id: "awd_1",
        request: "q1",
        issuedAt: at("2026-09-17T17:00Z"),
        lines: [{ ...line, lot: "lot_1", provider: "gamma", basis: "bid", count: 512, window: served }],
      },
    }),
  ] as readonly BookEvent[];
}

const found = (change?: Change) =>
  audit(history(change)).flatMap(({ invariant, message }) => (invariant === "I2" ? [message] : []));
const OTHERWISE = "what a holder said of a release is recorded otherwise than it said it";

describe("I2: what ships first", () => {
  test("[AUD17] from the holder's own launch on others may serve the product", () => {
    expect(found()).toEqual([]);
    expect(
      found({ answer: { verdict: "refusal", answer: { type: "refuse", orLess: false, rootBlocks: [] } } }),
    ).toEqual(["a launch is supported that nobody accepted"]);
  });

  test("[AUD17] an award before the launch is found, and so is a clearance that lets others begin before it", () => {
    expect(found({ window: YEAR })).toEqual(["no clearance of a1 first covers these terms"]);
    expect(found({ window: window("2027-01-31", "2028-01-01") })).toHaveLength(1);
    expect(found({ said: { startsFrom: YEAR.from } })).toEqual([
      "others may begin before the launch that the holder named",
      OTHERWISE,
    ]);
  });

  test("[AUD17] what is said of a release without a notice is what was said last of that release", () => {
    expect(found({ copied: { startsFrom: YEAR.from }, window: YEAR })).toEqual([OTHERWISE]);
    expect(found({ copied: { release: { ...RELEASE, product: "nova" } } })).toEqual([OTHERWISE]);
    expect(found({ copied: { release: { ...RELEASE, channel: "app" } } })).toEqual([OTHERWISE]);
    expect(found({ copied: { startsFrom: undefined, reason: "refused" }, window: YEAR })).toEqual([OTHERWISE]);
    const both = { release: { ...RELEASE, channel: "API" } };
    expect(found({ said: both, copied: { release: { ...RELEASE, channel: "api" } } })).toEqual([]);
  });
});
