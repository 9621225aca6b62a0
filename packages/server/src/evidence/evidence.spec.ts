import { createHash } from "node:crypto";
import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { Instant, NoticeId, PartyId } from "@offtake/core/kernel";
import { emptyFeed, grown } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { encodeDisclosed } from "@offtake/wire/codecs";
import { describe, expect, test } from "vitest";
import { referenceOf } from "../files/reference.ts";
import { LAB, MERIDIAN, NORTHLIGHT, Stage } from "../letters/stage.fixture.ts";
import { textReferenceOf } from "../texts/reference.ts";
import { type EvidenceDocument, evidenceDocument, verifyEvidence } from "./index.ts";

const BOOK = "aurora" as BookName;
const sha256 = (text: string | Buffer): string => createHash("sha256").update(text).digest("hex");

/** Evidence of a stage, its chain made as the feed store makes it. */
function evidenceOf(
  feed: readonly DisclosedEvent[],
  party: PartyId,
  notice: NoticeId,
  files: EvidenceDocument["files"] = [],
): EvidenceDocument {
  let head = emptyFeed(BOOK, party, sha256);
  const entries = feed.map((event, position) => {
    const body = JSON.stringify(encodeDisclosed(event));
    head = grown(head, body, sha256);
    return { position, body, hash: head.hash };
  });
  return evidenceDocument.parse({ schema: "offtake/evidence@1", book: BOOK, party, notice, feed: entries, files });
}

/** A notice by courier over Thanksgiving, answered by mail, put on record by the buyer's desk. */
function answered(): { readonly stage: Stage; readonly notice: NoticeId; readonly files: EvidenceDocument["files"] } {
  const stage = new Stage();
  const notice = stage.ask();
  const content = Buffer.from("%PDF-1.7 we take 512");
  const [hash, salt] = [sha256(content), "ab".repeat(32)];
  const reference = referenceOf(hash, salt);
  stage.wait(30);
  const deliveredAt = (stage.now - 3_600_000) as Instant;
  stage.must(
    { type: "confirmDelivery", notice, event: "delivered", channel: "courier", deliveredAt, proof: reference },
    LAB,
  );
  stage.wait(24);
  const answer = { type: "accept", count: 512, orLess: false, rootBlocks: [], signer: "Ada Park" } as const;
  stage.must({ type: "answerNotice", notice, answer, recorded: { medium: "mail", file: reference } }, LAB);
  stage.wait(24 * 12);
  return {
    stage,
    notice,
    files: [{ reference, sha256: hash, salt, name: "answer.pdf", content: content.toString("base64") }],
  };
}

describe("evidence of a notice", () => {
  test.each([
    ["its holder", MERIDIAN],
    ["the keeper", LAB],
  ])("is decided again, from the feed of %s alone", (_, party) => {
    const { stage, notice, files } = answered();
    const checks = verifyEvidence(evidenceOf(stage.feed(party), party, notice, files));
    expect(checks.map(({ check, outcome }) => [check, outcome])).toEqual(
      ["chain", "notice", "clause", "delivery", "deadline", "answer", "end", "file"].map((check) => [check, "holds"]),
    );
    const text = checks.map((one) => one.text).join("\n");
    expect(text).toContain("Before Customer procures Covered Capacity");
    expect(text).toMatch(/delivered by courier at 2026-11-21T23:30:00Z, reported by lab, proof fil_/);
    expect(text).toContain("5 business-days from 2026-11-23T08:00:00Z end at 2026-12-02T01:00:00Z");
    expect(text).toMatch(/put on record by lab from a mail \(fil_/);
    expect(text).toContain("part_accepted (512)");
  });

  test("of one that nobody answered shows that it lapsed, and when", () => {
    const stage = new Stage({ channels: "portal" });
    const notice = stage.ask();
    stage.wait(24 * 30);
    const checks = verifyEvidence(evidenceOf(stage.feed(MERIDIAN), MERIDIAN, notice));
    expect(checks.filter(({ outcome }) => outcome !== "holds")).toEqual([]);
    expect(checks.at(-1)?.text).toMatch(/^lapsed at/);
  });

  test("is not to be had from a feed that does not tell of it", () => {
    const { stage, notice } = answered();
    const checks = verifyEvidence(evidenceOf(stage.feed(NORTHLIGHT), NORTHLIGHT, notice));
    expect(checks.at(-1)).toMatchObject({ check: "notice", outcome: "fails" });
  });

  test("agrees with the receipts that a party kept, and with no others", () => {
    const { stage, notice } = answered();
    const evidence = evidenceOf(stage.feed(MERIDIAN), MERIDIAN, notice);
    const kept = evidence.feed[3];
    const receipt = { position: 3, hash: kept?.hash ?? "" };
    const outcomes = (checks: readonly { check: string; outcome: string }[]): string[] =>
      checks.filter(({ check }) => check === "receipt").map(({ outcome }) => outcome);
    expect(
      outcomes(verifyEvidence(evidence, [receipt, { ...receipt, position: 2 }, { ...receipt, position: 9_999 }])),
    ).toEqual(["holds", "fails", "unknown"]);
  });
});

describe("evidence that was changed", () => {
  const { stage, notice, files } = answered();
  const evidence = evidenceOf(stage.feed(MERIDIAN), MERIDIAN, notice, files);
  const fails = (changed: EvidenceDocument): string[] =>
    verifyEvidence(changed).flatMap(({ check, outcome }) => (outcome === "fails" ? [check] : []));

  test("is found out at every entry, whatever of it is changed", () => {
    for (const [position, entry] of evidence.feed.entries()) {
      const feed = (one: typeof entry): EvidenceDocument => ({ ...evidence, feed: evidence.feed.with(position, one) });
      expect(
        fails(feed({ ...entry, body: entry.body.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) })),
      ).toEqual(["chain"]);
      expect(fails(feed({ ...entry, hash: "0".repeat(64) }))).toEqual(["chain"]);
    }
    expect(fails({ ...evidence, feed: evidence.feed.toSpliced(2, 1) })).toEqual(["chain"]);
    expect(fails({ ...evidence, party: "northlight" })).toEqual(["chain"]);
    expect(fails({ ...evidence, book: "borealis" })).toEqual(["chain"]);
  });

  test("is found out at its files", () => {
    const [file] = files;
    if (file === undefined) throw new Error("There is one.");
    const content = Buffer.from("%PDF-1.7 we take 1024");
    expect(fails({ ...evidence, files: [{ ...file, content: content.toString("base64") }] })).toEqual(["file"]);
    expect(
      fails({ ...evidence, files: [{ ...file, sha256: sha256(content), content: content.toString("base64") }] }),
    ).toEqual(["file"]);
    // Another letter that stands for the same bytes, and what readers of base64 let pass.
    const text = file.content ?? "";
    expect(fails({ ...evidence, files: [{ ...file, content: text }] })).toEqual([]);
    const others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
      .split("")
      .map((letter) => text.replace(/.(?==*$)/, letter))
      .filter((other) => other !== text);
    for (const other of [...others, `${text}\n`, text.replace("=", "")])
      expect([other, fails({ ...evidence, files: [{ ...file, content: other }] })]).toEqual([other, ["file"]]);
  });

  test("is found out at its words, also where no entry about the notice refers to them", () => {
    const [text, salt] = ["Meridian Cloud", "cd".repeat(32)];
    const shown = { reference: textReferenceOf(text, salt), text, salt };
    expect(fails({ ...evidence, texts: [shown] })).toEqual([]);
    expect(fails({ ...evidence, texts: [{ ...shown, text: "Meridian Clout" }] })).toEqual(["text"]);
    expect(fails({ ...evidence, texts: [{ ...shown, salt: "ce".repeat(32) }] })).toEqual(["text"]);
    // Of two openings of one reference neither may hide behind the other.
    expect(fails({ ...evidence, texts: [{ ...shown, text: "Meridian Clout" }, shown] })).toEqual(["text"]);
  });

  // Whoever can write a chain anew can make it whole: then the decisions themselves no longer follow.
  const rewritten = (change: (event: DisclosedEvent) => DisclosedEvent): string[] =>
    fails(evidenceOf(stage.feed(MERIDIAN).map(change), MERIDIAN, notice, files));

  test("with a chain made anew, is found out where the deadline is another", () => {
    expect(
      rewritten((event) =>
        event.type === "ownNoticeReceived" ? { ...event, respondBy: (event.respondBy - 86_400_000) as Instant } : event,
      ),
    ).toContain("deadline");
  });

  test("with a chain made anew, is found out where the answer is another, came later, or is worth more", () => {
    const later = 40 * 86_400_000;
    expect(
      rewritten((event) =>
        event.type === "ownAnswerRecorded"
          ? { ...event, answer: { ...event.answer, receivedAt: (event.answer.receivedAt + later) as Instant } }
          : event,
      ),
    ).toContain("answer");
    expect(
      rewritten((event) =>
        event.type === "ownAnswerRecorded"
          ? { ...event, answer: { ...event.answer, answer: { ...event.answer.answer, signer: "Bob" } } }
          : event,
      ),
    ).toContain("answer");
  });

  test("with a chain made anew, is found out where the notice is said to have lapsed", () => {
    expect(
      rewritten((event) => (event.type === "ownNoticeClosed" ? { ...event, status: "lapsed", count: 0 } : event)),
    ).toContain("end");
  });
});
