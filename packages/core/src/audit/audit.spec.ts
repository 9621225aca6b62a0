import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import { at, changed, cleanHistory, event, withMarketLine, without } from "./history.fixture.ts";
import { audit, auditReplay, type RecordedCommand } from "./index.ts";

const clean = cleanHistory();
const found = (history: readonly BookEvent[]): string[] =>
  audit(history).map((finding) => `${finding.invariant} ${finding.message}`);

describe("the whole audit", () => {
  test("[AUD15] a clean history gives no finding", () => {
    expect(audit(clean)).toEqual([]);
    expect(audit([])).toEqual([]);
  });

  test("[AUD15] findings come in the order of the history and name what is involved", () => {
    const twice = changed(withMarketLine({ count: 432 }), "lotFormed", 0, (one) => [one, one]);
    const findings = audit(twice);
    expect(findings.map((finding) => finding.position)).toEqual([7, 24, 24, 24]);
    expect(findings[1]).toEqual({
      invariant: "I1",
      position: 24,
      message: "1032 were awarded of a lot of 1024",
      ids: ["lot_1", "awd_1", "q1"],
    });
  });
});

describe("I8: the same decisions again", () => {
  test("[AUD11] two equal runs give no finding, whatever the order of their keys", () => {
    const shuffled = clean.map((one) => Object.fromEntries(Object.entries(one).reverse()) as unknown as BookEvent);
    expect(auditReplay(clean, shuffled)).toEqual([]);
  });

  test("[AUD11] an event with other content, another event, one too few and one too many", () => {
    const other = withMarketLine({ count: 416 });
    expect(auditReplay(clean, other)).toEqual([
      { invariant: "I8", position: 23, message: "awardIssued came out with other content", ids: [] },
    ]);
    const lapsed = changed(clean, "answerReceived", 1, () =>
      event("latenessWaived", { at: at("2026-09-29T17:00Z"), notice: "ntc_2", request: "q1" }),
    );
    expect(auditReplay(clean, lapsed).map((finding) => finding.message)).toEqual([
      "answerReceived was recorded and latenessWaived came out",
    ]);
    expect(auditReplay(clean, clean.slice(0, -1)).map((finding) => finding.position)).toEqual([24]);
    expect(auditReplay(clean.slice(0, -1), clean).map((finding) => finding.message)).toEqual([
      "24 events were recorded and 25 came out",
    ]);
  });
});

describe("I11: a command done once", () => {
  const first: RecordedCommand = { position: 5, key: "k1", fingerprint: "submit q1" };

  test("[AUD13] keys that differ are two commands", () => {
    expect(audit(clean, [first, { position: 10, key: "k2", fingerprint: "answer ntc_1" }])).toEqual([]);
  });

  test("[AUD13] the same command again, and another under its key", () => {
    const again = audit(clean, [first, { ...first, position: 9 }]);
    expect(again).toEqual([
      { invariant: "I11", position: 9, message: "the command took effect before, at 5", ids: ["k1"] },
    ]);
    const other = audit(clean, [first, { ...first, position: 9, fingerprint: "submit q2" }]);
    expect(other.map((finding) => finding.message)).toEqual(["another command with this key took effect before, at 5"]);
  });

  test("[AUD13] an id that is given twice shows a command done twice", () => {
    const types = [
      "lotFormed",
      "noticeSent",
      "answerReceived",
      "clearanceIssued",
      "holdPlaced",
      "tenderOpened",
      "bidReceived",
      "awardIssued",
    ] as const;
    const missed = types.filter((type) => {
      const findings = found(changed(clean, type, 0, (one) => [one, one]));
      return !findings.some((text) => text.startsWith(`I11 ${type} gives an id`));
    });
    expect(missed).toEqual([]);
  });

  test("[AUD13] an event without an id of its own may come again", () => {
    expect(audit(changed(without(clean, "noticeClosed", 1), "bidsOpened", 0, (one) => [one, one]))).toEqual([]);
  });
});
