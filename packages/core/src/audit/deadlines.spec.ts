import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import { at, changed, cleanHistory, event, without } from "./history.fixture.ts";
import { audit, type Invariant } from "./index.ts";

const clean = cleanHistory();
const found = (history: readonly BookEvent[], invariant: Invariant): string[] =>
  audit(history).flatMap((finding) => (finding.invariant === invariant ? [finding.message] : []));
const DUE = at("2026-09-22T00:00:00Z");
const extended = (to: string) =>
  event("deadlineExtended", {
    at: at("2026-09-15T00:00Z"),
    notice: "ntc_1",
    request: "q1",
    respondBy: at(to),
    why: "outage",
  });
const withExtension = (...to: string[]) => changed(clean, "noticeReceived", 0, (one) => [one, ...to.map(extended)]);

describe("I5: a deadline never moves earlier", () => {
  test("[AUD8] an extension may move it later, never earlier", () => {
    expect(audit(withExtension("2026-09-22T00:00:00Z", "2026-09-23T00:00:00Z"))).toEqual([]);
    expect(found(withExtension("2026-09-21T23:59:59.999Z"), "I5")).toEqual([
      "the deadline moved from 2026-09-22T00:00:00Z to 2026-09-21T23:59:59.999Z",
    ]);
    expect(found(withExtension("2026-09-24T00:00:00Z", "2026-09-23T00:00:00Z"), "I5")).toHaveLength(1);
  });

  test("[AUD8] a second receipt may not shorten it either", () => {
    const again = changed(clean, "noticeReceived", 0, (one) => [one, { ...one, respondBy: at("2026-09-20T00:00Z") }]);
    expect(found(again, "I5")).toHaveLength(1);
  });

  test("[AUD8] silence ends a notice after its deadline, not at it, and never where no clock ran", () => {
    const lapsing = (text: string) =>
      without(
        changed(clean, "noticeClosed", 0, (one) => ({ ...one, at: at(text), status: "lapsed", count: 0 })),
        "answerReceived",
        0,
      )
        .filter((one) => one.type !== "holdPlaced")
        .sort((a, b) => a.at - b.at);
    expect(found(lapsing("2026-09-22T00:00:00.001Z"), "I5")).toEqual([]);
    expect(found(lapsing("2026-09-22T00:00:00Z"), "I5")).toEqual(["a notice lapsed while it could still be answered"]);
    expect(found(without(lapsing("2026-09-22T00:00:00.001Z"), "noticeReceived", 0), "I5")).toHaveLength(1);
  });
});

describe("I5: an acceptance that comes to nothing", () => {
  test("[AUD8] ends as soon as others have taken all", () => {
    const cut = changed(clean, "noticeClosed", 0, (one) => ({ ...one, status: "lapsed", count: 0 }));
    expect(found(cut, "I5")).toEqual([]);
  });
});

describe("E2: late answers", () => {
  const answered = (ms: number) =>
    changed(clean, "answerReceived", 0, (one) => ({
      ...one,
      answer: { ...one.answer, receivedAt: (DUE + ms) as never },
    }));

  test("[AUD9] an answer at the deadline may bind, one a millisecond later may not", () => {
    expect(found(answered(0), "E2")).toEqual([]);
    expect(found(answered(1), "E2")).toEqual(["an answer binds that came after the deadline"]);
  });

  test("[AUD9] it may where its lateness was waived before, not after", () => {
    const waived = event("latenessWaived", { at: at("2026-09-16T09:00Z"), notice: "ntc_1", request: "q1" });
    expect(
      found(
        changed(answered(1), "answerReceived", 0, (one) => [waived, one]),
        "E2",
      ),
    ).toEqual([]);
    expect(
      found(
        changed(answered(1), "answerReceived", 0, (one) => [one, waived]),
        "E2",
      ),
    ).toHaveLength(1);
  });

  test("[AUD9] a ratification counts from its own receipt, at most five seconds before its stamp", () => {
    const ratified = (ms: number) =>
      event("answerRatified", {
        at: DUE + ms,
        notice: "ntc_1",
        request: "q1",
        by: "alfa",
        signer: "officer",
        verdict: "binding",
      });
    const history = (ms: number) => changed(clean, "tenderOpened", 0, (one) => [ratified(ms), one]);
    expect(found(history(5_000), "E2")).toEqual([]);
    expect(found(history(5_001), "E2")).toEqual(["a ratification binds that came after the deadline"]);
  });
});

describe("E3: times in order", () => {
  const received = (change: object) => changed(clean, "noticeReceived", 0, (one) => ({ ...one, ...change }));

  test("[AUD10] sent, delivered, received, due", () => {
    const early = at("2026-09-14T16:59Z");
    const late = at("2026-09-22T00:00:01Z");
    for (const change of [{ deliveredAt: early }, { deemedReceivedAt: early }, { deemedReceivedAt: late }]) {
      expect(found(received(change), "E3")).toEqual(["sent, delivered, received and due are not in this order"]);
    }
    expect(found(received({ deemedReceivedAt: DUE }), "E3")).toEqual([]);
  });

  test("[AUD10] stamps never run backwards", () => {
    expect(found(received({ at: at("2026-09-14T16:59:59.999Z") }), "E3")).toEqual([
      "the stamp is before that of the event before it",
    ]);
  });
});
