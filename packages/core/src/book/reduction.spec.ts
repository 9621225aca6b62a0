import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { formatInstant, type Instant } from "../kernel/index.ts";
import { q1 } from "../requests/f0.ts";
import { F0, type F0Options, auditMade } from "./f0.ts";

const NONE: F0Options = { r1: { partial: { mode: "none" } as never }, without: ["r2"] };
const ended = (instant: Instant | undefined) => (instant === undefined ? "" : formatInstant(instant));

function cut(world: F0, at: string, version: number, count: number): F0 {
  return world.send(at, "lab", { type: "reviseRequest", request: q1({ version }, { count }) });
}

afterEach(() => {
  auditMade(audit);
});

describe("less than was refused", () => {
  test("[BOK60] is put as a re-offer where the holder could not have taken it, once more for each round", () => {
    const world = new F0(NONE).submit().answer("2026-09-15T17:00:00Z", "alfa", { type: "refuse" });
    cut(world, "2026-09-22T17:00:00Z", 2, 512);
    expect(world.open("alfa")).toMatchObject({ kind: "re-offer", round: 1, finalRound: false, count: 512 });
    expect(ended(world.open("alfa").respondBy)).toBe("2026-09-25T00:00:00Z");
    world.answer("2026-09-23T17:00:00Z", "alfa", { type: "refuse" });
    cut(world, "2026-09-28T17:00:00Z", 3, 256).answer("2026-09-28T18:00:00Z", "alfa", { type: "refuse" });
    cut(world, "2026-09-29T17:00:00Z", 4, 128);
    expect(world.open("alfa")).toMatchObject({ kind: "re-offer", round: 3, finalRound: true });
    world.answer("2026-09-29T18:00:00Z", "alfa", { type: "refuse" });
    cut(world, "2026-09-30T17:00:00Z", 5, 64);
    expect(world.open("alfa")).toMatchObject({ kind: "first-refusal", round: 0 });
  });

  test("[BOK60] is asked for the first time where the notice was open, or other things change too", () => {
    const open = cut(new F0(NONE).submit(), "2026-09-15T17:00:00Z", 2, 512);
    expect(open.open("alfa")).toMatchObject({ kind: "first-refusal", round: 0, count: 512 });
    const other = new F0(NONE).submit().answer("2026-09-15T17:00:00Z", "alfa", { type: "refuse" });
    other.send("2026-09-22T17:00:00Z", "lab", {
      type: "reviseRequest",
      request: q1({ version: 2 }, { count: 512, gangMin: 64 }),
    });
    expect(other.open("alfa")).toMatchObject({ kind: "first-refusal", round: 0, count: 512 });
  });

  test("[BOK60] is not asked about at all where the holder could have taken just that", () => {
    const world = new F0({ without: ["r2"] }).submit().answer("2026-09-15T17:00:00Z", "alfa", { type: "refuse" });
    cut(world, "2026-09-22T17:00:00Z", 2, 512);
    expect(world.of("noticeSent")).toHaveLength(1);
  });
});
