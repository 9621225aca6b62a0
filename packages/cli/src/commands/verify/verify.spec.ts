import { emptyFeed, grown, type Receipt } from "@offtake/store/feeds";
import { sha256 } from "@offtake/store/memory";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desk } from "../../cli.fixture.ts";

const desk = new Desk();
const OWNER = { book: "stargate-2025", party: "azure" };
const receipts: Receipt[] = [];
const lines: string[] = [];

beforeAll(() => {
  lines.push(JSON.stringify({ schema: "offtake/feed@1", ...OWNER }));
  let head = emptyFeed(OWNER.book as never, OWNER.party as never, sha256);
  for (let n = 0; n < 40; n += 1) {
    const body = `{"v":1,"type":"ownNoticeClosed","at":${n},"notice":"ntc_${n}"}`;
    const next = grown(head, body, sha256);
    lines.push(JSON.stringify({ position: head.length, hash: next.hash, body }));
    head = next;
    receipts.push({ schema: "offtake/receipt@1", ...OWNER, ...head });
  }
  desk.write("feed.ndjson", `${lines.join("\n")}\n`);
  desk.write("receipt.json", JSON.stringify(receipts[29], undefined, 2));
  desk.write("receipts.ndjson", `${[receipts[3], receipts[39]].map((one) => JSON.stringify(one)).join("\n")}\n`);
});
afterAll(() => desk.clear());

describe("offtake verify", () => {
  test("says that a feed holds, and what only a receipt proves", async () => {
    const { code, out, err } = await desk.run(["verify", "feed.ndjson"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("✓ 40 entries told to azure in book stargate-2025: every link holds\n");
    expect(out).toContain(`ends at 40 ${receipts[39]?.hash}`);
    expect(out).toContain("Without a receipt");
  });

  test("takes receipts from files of one and of many", async () => {
    const args = ["verify", "feed.ndjson", "--receipt", "receipt.json", "--receipt", "receipts.ndjson"];
    const { code, out } = await desk.run(args);
    expect(code).toBe(0);
    expect(out).toContain("every link holds, and all 3 receipts fit");
    expect(out).not.toContain("Without a receipt");
  });

  test("names the line of an edit, a gap and a cut", async () => {
    desk.write("edited.ndjson", lines.join("\n").replace("ntc_7", "ntc_8"));
    const edited = await desk.run(["verify", "edited.ndjson"]);
    expect(edited.code).toBe(1);
    expect(edited.out).toBe(
      "✗ edited.ndjson:9 Entry 7 is not what was told: its link does not follow. [feed_edited]\n",
    );
    expect(edited.err).toContain("edited.ndjson is not what was told: 1 problem. [feed_broken]");
    desk.write("gap.ndjson", lines.toSpliced(5, 2).join("\n"));
    const gap = await desk.run(["verify", "gap.ndjson", "--json"]);
    expect(JSON.parse(gap.out)).toMatchObject({
      holds: false,
      problems: [{ code: "feed_gap", line: 6, message: "Entries 4 to 5 are missing before entry 6." }],
    });
    desk.write("cut.ndjson", lines.slice(0, 20).join("\n"));
    const cut = await desk.run(["verify", "cut.ndjson", "--receipt", "receipt.json"]);
    expect([cut.code, cut.out]).toEqual([
      1,
      "✗ cut.ndjson The receipt is for 30 entries; the feed ends after 19. [feed_truncated]\n",
    ]);
  });

  test("says what is no feed, no receipt and not there", async () => {
    desk.write("other.json", "{}");
    expect((await desk.run(["verify", "other.json"])).out).toContain("[feed_header]");
    // What is another file altogether is told once, not line by line.
    desk.write("book.yaml", "schema: offtake/book@1\nkeeper: lab\nzone: UTC\n");
    const book = await desk.run(["verify", "book.yaml"]);
    expect([book.code, book.out.trimEnd().split("\n").length]).toEqual([1, 1]);
    const receipt = await desk.run(["verify", "feed.ndjson", "--receipt", "other.json"]);
    expect([receipt.code, receipt.err]).toEqual([
      7,
      'offtake: other.json:1 is no receipt: it is the "receipt" in the answer to an accepted command. [bad_receipt]\n',
    ]);
    expect(await desk.run(["verify", "nothing.ndjson"])).toMatchObject({
      code: 5,
      err: "offtake: nothing.ndjson: there is no such file. [file_unreadable]\n",
    });
    expect((await desk.run(["verify", "."])).code).toBe(5);
  });
});
