import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { r2 } from "../agreements/f0.ts";
import type { BlockId, PartyId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { F0, type F0Options, auditMade } from "./f0.ts";

const block = (id: string, provider: string, quantity: number) => ({
  type: "recordBlock" as const,
  block: {
    id: id as BlockId,
    rootId: id as BlockId,
    provider: provider as PartyId,
    acceleratorType: "gb200" as never,
    region: "us-central",
    quantity,
    window: { from: at("2026-01-01T00:00:00Z"), to: at("2030-01-01T00:00:00Z") },
    firmness: "firm" as const,
    blockSize: 8,
  },
});

const BLOCKS = ["a-1", "g-1"] as BlockId[];
const GAMMA = "gamma" as PartyId;

/** ALFA has room for all of it on its own machines, and GAMMA's could take all of it too. */
function world(options: F0Options = {}): F0 {
  const start = "2026-01-03T00:00:00Z";
  return new F0(options)
    .send(start, "lab", block("a-1", "alfa", 4_096))
    .send(start, "lab", block("g-1", "gamma", 4_096))
    .submit();
}

const holds = (book: F0) => book.of("holdPlaced").map((event) => [event.host, event.count, event.blocks]);
const lines = (book: F0) =>
  book.of("awardIssued").flatMap((event) => event.award.lines.map((line) => [line.provider, line.host, line.count]));

afterEach(() => {
  auditMade(audit);
});

describe("an acceptance that names how much a host runs", () => {
  test("[BOK18] is held in two parts, each on the machines of the one that runs it", () => {
    const book = world().answer("2026-09-16T18:00:00Z", "alfa", {
      type: "accept",
      host: GAMMA,
      hostCount: 320,
      rootBlocks: BLOCKS,
    });
    expect(holds(book)).toEqual([
      [undefined, 704, [{ block: "a-1", count: 704 }]],
      ["gamma", 320, [{ block: "g-1", count: 320 }]],
    ]);
    expect(lines(book)).toEqual([
      ["alfa", undefined, 704],
      ["alfa", "gamma", 320],
    ]);
  });

  test("[BOK18] keeps the holder's own part where allocation cuts it", () => {
    const parallel = {
      parallel: true,
      rank: 10,
      kind: "first-refusal",
      trigger: "request",
      window: { n: 5, unit: "business-days" },
      partial: { mode: "multiple", of: 8 },
    } as const;
    const book = world({ r1: { parallel: true }, r2: r2(parallel) });
    book.answer("2026-09-15T18:00:00Z", "alfa", {
      type: "accept",
      host: GAMMA,
      hostCount: 320,
      orLess: true,
      rootBlocks: BLOCKS,
    });
    book.answer("2026-09-16T18:00:00Z", "beta", { type: "accept", count: 512, orLess: true });
    expect(book.awards().filter(([party]) => party === "alfa")).toEqual([["alfa", 512]]);
    expect(holds(book).filter(([host]) => host === "gamma")).toEqual([]);
  });

  test("[BOK18] is one part where the host runs all of it, or nobody is named", () => {
    const all = world().answer("2026-09-16T18:00:00Z", "alfa", {
      type: "accept",
      host: GAMMA,
      rootBlocks: ["g-1" as BlockId],
    });
    expect(holds(all)).toEqual([["gamma", 1_024, [{ block: "g-1", count: 1_024 }]]]);
    const own = world().answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", rootBlocks: ["a-1" as BlockId] });
    expect(holds(own)).toEqual([[undefined, 1_024, [{ block: "a-1", count: 1_024 }]]]);
  });
});
