import type { PartyId } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import type { BookName } from "../log/record.ts";
import { sha256 } from "../memory/index.ts";
import { emptyFeed, type FeedHead, FeedVerifier, grown, parseReceipt, type Receipt, type Verified } from "./index.ts";

const OWNER = { book: "b1", party: "alfa" };
const BODIES = Array.from({ length: 12 }, (_, n) => `{"v":1,"type":"own${n % 3}","at":${1_000 + n},"text":"é ${n}"}`);

/** An exported feed, and the receipt for its first entries. */
function exported(bodies = BODIES, owner = OWNER): { lines: string[]; receipt: (length: number) => Receipt } {
  const heads: FeedHead[] = [emptyFeed(owner.book as BookName, owner.party as PartyId, sha256)];
  const lines = [JSON.stringify({ schema: "offtake/feed@1", ...owner })];
  for (const body of bodies) {
    const before = heads.at(-1) as FeedHead;
    const head = grown(before, body, sha256);
    heads.push(head);
    lines.push(JSON.stringify({ position: before.length, hash: head.hash, body }));
  }
  const receipt = (length: number): Receipt => ({
    schema: "offtake/receipt@1",
    ...owner,
    ...(heads[length] as FeedHead),
  });
  return { lines, receipt };
}

function verify(lines: readonly string[], ...receipts: Receipt[]): Verified {
  const verifier = new FeedVerifier(sha256, receipts);
  for (const line of lines) verifier.take(line);
  return verifier.end();
}

const found = (lines: readonly string[], ...receipts: Receipt[]): [string, number | undefined][] =>
  verify(lines, ...receipts).problems.map(({ code, line }) => [code, line]);

describe("an exported feed", () => {
  const { lines, receipt } = exported();

  test("that is as it was told is without a problem, with receipts for any part of it", () => {
    const all = Array.from({ length: 13 }, (_, length) => receipt(length));
    expect(verify(lines, ...all)).toMatchObject({ ...OWNER, head: { length: 12 }, receipts: 13, problems: [] });
    expect(verify([...lines, "", "  "]).problems).toEqual([]);
  });

  test("is found out at its line wherever a character is changed", () => {
    for (let index = 1; index < lines.length; index += 1) {
      const line = lines[index] ?? "";
      for (let at = 0; at < line.length; at += 7) {
        const changed = line[at] === "1" ? "2" : "1";
        const edited = lines.with(index, `${line.slice(0, at)}${changed}${line.slice(at + 1)}`);
        const [first] = found(edited);
        expect(first?.[1] === index + 1 || first?.[1] === index + 2 ? "found" : edited[index]).toBe("found");
      }
    }
  });

  test("is found out where an entry is left out, doubled, exchanged or put in", () => {
    for (let index = 1; index < lines.length - 1; index += 1) {
      const without = lines.toSpliced(index, 1);
      expect(found(without)).toEqual([["feed_gap", index + 1]]);
      const doubled = lines.toSpliced(index, 0, lines[index] ?? "");
      expect(found(doubled)).toEqual([["feed_order", index + 2]]);
      const exchanged = lines.with(index, lines[index + 1] ?? "").with(index + 1, lines[index] ?? "");
      expect(found(exchanged)).toEqual([
        ["feed_gap", index + 1],
        ["feed_order", index + 2],
      ]);
    }
  });

  test("that is cut off is found out by a receipt, and by nothing else", () => {
    for (let length = 0; length < 12; length += 1) {
      const cut = lines.slice(0, length + 1);
      expect(found(cut)).toEqual([]);
      expect(found(cut, receipt(length))).toEqual([]);
      expect(found(cut, receipt(length + 1))).toEqual([["feed_truncated", undefined]]);
    }
  });

  test("that was made anew, links and all, is found out by a receipt", () => {
    for (let index = 0; index < 12; index += 1) {
      const rewritten = exported(BODIES.with(index, '{"v":1,"type":"other"}')).lines;
      expect(found(rewritten)).toEqual([]);
      for (let length = 0; length <= 12; length += 1)
        expect(found(rewritten, receipt(length))).toEqual(length > index ? [["feed_rewritten", undefined]] : []);
    }
  });

  test("of somebody else does not fit, nor does somebody else's receipt", () => {
    const other = exported(BODIES, { book: "b1", party: "beta" });
    expect(found(lines, other.receipt(3))).toEqual([["receipt_of_other", undefined]]);
    expect(found([other.lines[0] ?? "", ...lines.slice(1)])[0]).toEqual(["feed_edited", 2]);
  });

  test("that is none is said to be", () => {
    expect(found([])).toEqual([["feed_header", undefined]]);
    expect(found(["no json"])).toEqual([["feed_header", 1]]);
    expect(found(lines.slice(1))[0]).toEqual(["feed_header", 1]);
    expect(found([...lines, "[]", "{", '{"position":12}'])).toEqual([
      ["feed_line", 14],
      ["feed_line", 15],
      ["feed_line", 16],
    ]);
    expect(found([lines[0] ?? "", ...Array.from({ length: 500 }, () => "x")])).toHaveLength(20);
  });
});

test("a receipt is read from its file, and nothing else is", () => {
  const { receipt } = exported();
  const text = JSON.stringify(receipt(3), undefined, 2);
  expect(parseReceipt(text)).toEqual(receipt(3));
  for (const other of [
    "",
    "{}",
    "[]",
    text.replace("@1", "@2"),
    text.replace(": 3", ": -3"),
    text.replace('"hash": "', '"hash": "x'),
  ])
    expect(parseReceipt(other)).toBeUndefined();
});
