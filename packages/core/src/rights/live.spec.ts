import { describe, expect, test } from "vitest";
import { agreement, r1 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { AgreementId, ClauseId } from "../kernel/index.ts";
import { type LiveRight, orderStages, stageKindOf } from "./live.ts";

function live(id: string, changed: Partial<RightClause>): LiveRight {
  const clause = r1({ id: id as ClauseId, ...changed });
  const version = agreement("a", { clauses: [clause] });
  return {
    ref: { agreement: "a" as AgreementId, clause: clause.id, version: 1 },
    clause,
    version,
    holder: clause.holder,
    alternatives: [0],
  };
}

const shape = (rights: readonly LiveRight[]): [string, string[]][] =>
  orderStages(rights).map((stage) => [stage.kind, stage.rights.map((right) => right.clause.id)]);

describe("the order in which holders are asked", () => {
  test("[RGT12] consents, options, exclusivity, then first refusal by rank, whatever order they were found in", () => {
    const found = [
      live("second", { rank: 20 }),
      live("only", { kind: "exclusivity", rank: 99 }),
      live("first", { rank: 10 }),
      live("hold", { kind: "soft-hold", rank: 50 }),
      live("yes", { kind: "consent", rank: 70 }),
    ];
    expect(shape(found)).toEqual([
      ["consent", ["yes"]],
      ["option", ["hold"]],
      ["exclusivity", ["only"]],
      ["refusal", ["first"]],
      ["refusal", ["second"]],
    ]);
    expect(shape([...found].reverse())).toEqual(shape(found));
  });

  test("[RGT12] one rank is asked together, neighbouring ranks only where both are parallel", () => {
    expect(shape([live("a", { rank: 10 }), live("b", { rank: 10 })])).toEqual([["refusal", ["a", "b"]]]);
    expect(shape([live("a", { rank: 10, parallel: true }), live("b", { rank: 20, parallel: true })])).toEqual([
      ["refusal", ["a", "b"]],
    ]);
    expect(shape([live("a", { rank: 10, parallel: true }), live("b", { rank: 20 })])).toEqual([
      ["refusal", ["a"]],
      ["refusal", ["b"]],
    ]);
    const first = live("a", { rank: 10, parallel: true, kind: "first-offer" });
    expect(shape([first, live("b", { rank: 20, parallel: true })])).toHaveLength(2);
    expect(shape([first, live("b", { rank: 10, parallel: true })])).toHaveLength(1);
  });

  test("[RGT12] a refusal right that waits for an offer is no stage of its own", () => {
    expect(stageKindOf(r1({ trigger: "third-party-offer" }))).toBe("match");
    expect(shape([live("m", { kind: "match", trigger: "third-party-offer" })])).toEqual([]);
  });
});
