import { describe, expect, test } from "vitest";
import { type ClauseId, type Instant, type PartyId, parseInstant } from "../kernel/index.ts";
import { type Scope, scopesOverlap } from "../scope/index.ts";
import type { AgreementVersion } from "./agreement.ts";
import type { RightClause } from "./clause.ts";
import { findConflicts } from "./conflicts.ts";
import { agreement, parties, party, r1 } from "./f0.ts";
import { rightsOverlap } from "./overlap.ts";

const on = (channel: string): Scope => ({
  Inclusions: [{ Dimension: "x_Channel", Operator: "In", Values: [channel] }],
});

function right(id: string, holder: string, changed: Partial<RightClause> = {}): RightClause {
  return r1({ id: id as ClauseId, lineageId: id, holder: holder as PartyId, scope: on("api"), ...changed });
}

const exclusive = (id: string, holder: string, changed: Partial<RightClause> = {}) =>
  right(id, holder, { kind: "exclusivity", ...changed });

const withRight = (id: string, ...clauses: RightClause[]): AgreementVersion => agreement(id, { clauses });

interface World {
  readonly parties?: ReturnType<typeof parties>;
  readonly exercised?: boolean;
}

/** Kinds and clauses of the conflicts that the first version brings; `?` where they are not certain. */
function conflicts(version: AgreementVersion, others: AgreementVersion[], world: World = {}): string[] {
  const all = world.parties ?? parties();
  return findConflicts(version, others, scopesOverlap, all, world.exercised ? () => true : undefined).map(
    ({ kind, agreement: id, clause, withAgreement, withClause, certain }) =>
      `${kind} ${id}#${clause} ${withAgreement}#${withClause}${certain ? "" : " ?"}`,
  );
}

describe("exclusivities", () => {
  const azure = withRight("azure", exclusive("x1", "alfa"));
  const aws = withRight("aws", exclusive("x2", "beta"));

  test("[AGR13] A14: two live exclusives over one channel", () => {
    expect(conflicts(aws, [azure])).toEqual(["two_exclusives aws#x2 azure#x1"]);
  });

  test("[AGR13] two in one agreement", () => {
    const version = withRight("both", exclusive("x1", "alfa"), exclusive("x2", "beta"));
    expect(conflicts(version, [])).toEqual(["two_exclusives both#x1 both#x2"]);
  });

  test("[AGR17] not over other scopes, other grantors, other sides, or for one holder or group", () => {
    expect(conflicts(withRight("aws", exclusive("x2", "beta", { scope: on("chat") })), [azure])).toEqual([]);
    expect(conflicts(withRight("aws", exclusive("x2", "beta", { grantor: "other" as PartyId })), [azure])).toEqual([]);
    expect(conflicts(withRight("aws", exclusive("x2", "beta", { burdens: "capacity" })), [azure])).toEqual([]);
    expect(conflicts(withRight("aws", exclusive("x2", "alfa")), [azure])).toEqual([]);
    const group = parties(party("beta", { alfa: 51 }));
    expect(conflicts(aws, [azure], { parties: group })).toEqual([]);
    const apart = parties(party("beta", { alfa: { shareBp: 5_100, independentInterest: true } }));
    expect(conflicts(aws, [azure], { parties: apart })).toHaveLength(1);
  });

  test("[AGR17] not with the same agreement, the same lineage, or terms that do not meet", () => {
    expect(conflicts({ ...aws, id: azure.id }, [azure])).toEqual([]);
    expect(conflicts({ ...aws, lineageId: "azure" }, [azure])).toEqual([]);
    expect(conflicts(withRight("aws", exclusive("x2", "beta", { lineageId: "x1" })), [azure])).toEqual([]);
    const sep = parseInstant("2026-09-16T07:00:00Z") as Instant;
    expect(conflicts({ ...aws, effectiveFrom: sep }, [{ ...azure, effectiveTo: sep }])).toEqual([]);
    expect(conflicts({ ...aws, effectiveFrom: sep }, [{ ...azure, effectiveTo: (sep + 1) as Instant }])).toHaveLength(
      1,
    );
  });

  test("[AGR14] an exclusivity over demand and an option elsewhere, once it is exercised", () => {
    const option = right("o1", "lab", { kind: "option", burdens: "capacity", grantor: "gamma" as PartyId });
    const gamma = withRight("gamma", option);
    expect(conflicts(gamma, [azure], { exercised: true })).toEqual(["exclusive_and_option gamma#o1 azure#x1"]);
    expect(conflicts(azure, [gamma], { exercised: true })).toEqual(["exclusive_and_option azure#x1 gamma#o1"]);
    expect(conflicts(gamma, [azure])).toEqual([]);
    const atAlfa = withRight("alfa", { ...option, grantor: "alfa" as PartyId });
    expect(conflicts(atAlfa, [azure], { exercised: true })).toEqual([]);
  });

  test("[AGR14] an exclusivity and an option on one provider's capacity", () => {
    const burdens = { burdens: "capacity", grantor: "gamma" as PartyId } as const;
    const whole = withRight("whole", exclusive("x1", "lab", burdens));
    const part = withRight("part", right("o1", "rival", { kind: "option", ...burdens }));
    expect(conflicts(part, [whole], { exercised: true })).toEqual(["exclusive_and_option part#o1 whole#x1"]);
  });
});

describe("ranks", () => {
  const first = withRight("a", right("r1", "alfa", { sameRank: "undecided" }));

  test("[AGR15] one rank and nothing that says how to share", () => {
    const second = (changed: Partial<RightClause>) => [withRight("b", right("r9", "beta", changed))];
    expect(conflicts(first, second({ sameRank: "undecided" }))).toEqual(["rank_tie a#r1 b#r9"]);
    expect(conflicts(first, second({ sameRank: "weights" }))).toEqual(["rank_tie a#r1 b#r9"]);
    expect(conflicts(first, second({ sameRank: "undecided", kind: "first-offer" }))).toHaveLength(1);
    expect(conflicts(first, second({ sameRank: "undecided", rank: 20 }))).toEqual([]);
    expect(conflicts(first, second({ sameRank: "undecided", kind: "match" }))).toEqual([]);
    expect(conflicts(first, second({ sameRank: "undecided", trigger: "third-party-offer" }))).toEqual([]);
  });

  test("[AGR15] one rank and one rule for both is no tie, two rules are", () => {
    const weights = withRight("a", right("r1", "alfa", { sameRank: "weights" }));
    const ranked = (sameRank: RightClause["sameRank"]) => [withRight("b", right("r9", "beta", { sameRank }))];
    expect(conflicts(weights, ranked("weights"))).toEqual([]);
    expect(conflicts(weights, ranked("first-come"))).toEqual(["rank_tie a#r1 b#r9"]);
  });

  test("[AGR17] a control group is never a rank tie", () => {
    const other = [withRight("b", right("r9", "alfa2", { sameRank: "undecided" }))];
    expect(conflicts(first, other, { parties: parties(party("alfa2", { alfa: 80 })) })).toEqual([]);
  });
});

describe("cycles", () => {
  const ask = (id: string, grantor: string, holder: string, changed: Partial<RightClause> = {}) =>
    withRight(id, right(`${id}-right`, holder, { burdens: "capacity", grantor: grantor as PartyId, ...changed }));

  test("[AGR16] P1 asks P2, P2 asks P3, P3 asks P1", () => {
    const others = [ask("one", "p1", "p2"), ask("two", "p2", "p3")];
    expect(conflicts(ask("three", "p3", "p1"), others)).toEqual(["cyclic_encumbrance three#three-right two#two-right"]);
    expect(conflicts(ask("three", "p3", "p4"), others)).toEqual([]);
  });

  test("[AGR16] not across sides, not where the scopes are apart, not by a right that encumbers nothing", () => {
    const back = (changed: Partial<RightClause>) =>
      conflicts(ask("two", "p2", "p1", changed), [ask("one", "p1", "p2")]);
    expect(back({})).toHaveLength(1);
    expect(back({ burdens: "demand" })).toEqual([]);
    expect(back({ scope: on("chat") })).toEqual([]);
    expect(back({ kind: "most-favoured" })).toEqual([]);
  });

  test("[AGR16] a cycle inside one version is found once", () => {
    const own = (id: string, grantor: string, holder: string) =>
      right(id, holder, { burdens: "capacity", grantor: grantor as PartyId });
    expect(conflicts(withRight("v", own("a", "p1", "p2"), own("b", "p2", "p1")), [])).toEqual([
      "cyclic_encumbrance v#a v#b",
    ]);
  });
});

describe("what scopes share", () => {
  const overlap = (a: RightClause, b: RightClause) => rightsOverlap(a, b, scopesOverlap);
  const carve = (scope: Scope, own?: string) => ({
    id: "carve",
    scope,
    ...(own !== undefined && { ownBuild: [own as PartyId] }),
  });

  test("[AGR18] a scope that cannot be read is a conflict that is not certain", () => {
    const vague = withRight("vague", exclusive("x2", "beta", { scope: { IsComplexScope: true } }));
    expect(conflicts(vague, [withRight("azure", exclusive("x1", "alfa"))])).toEqual([
      "two_exclusives vague#x2 azure#x1 ?",
    ]);
  });

  test("[AGR18] what is carved out of one is free for the other", () => {
    const all: Scope = { IsGlobalScope: true };
    const carved = right("x1", "alfa", { scope: all, carveOuts: [carve(on("api"))] });
    expect(overlap(carved, right("x2", "beta"))).toBe("no");
    expect(overlap(carved, right("x2", "beta", { scope: on("chat") }))).toBe("yes");
    const both: Scope = {
      Inclusions: [
        { Dimension: "x_Channel", Operator: "In", Values: ["api"] },
        { Dimension: "RegionId", Operator: "In", Values: ["eu-*"] },
      ],
    };
    expect(overlap(right("x1", "alfa", { scope: all, carveOuts: [carve(both)] }), right("x2", "beta"))).toBe("yes");
  });

  test("[AGR18] exclusions of the scope stand beside what is carved out", () => {
    const scope: Scope = {
      IsGlobalScope: true,
      ExclusionOperator: "And",
      Exclusions: [
        { Dimension: "x_Channel", Operator: "In", Values: ["api"] },
        { Dimension: "RegionId", Operator: "In", Values: ["eu-*"] },
      ],
    };
    const carved = right("x1", "alfa", { scope, carveOuts: [carve(on("chat"))] });
    expect(overlap(carved, right("x2", "beta", { scope: on("chat") }))).toBe("no");
    expect(overlap(carved, right("x2", "beta"))).toBe("yes");
  });

  test("[AGR18] what only listed parties build, or what has exclusions of its own, is found at a request", () => {
    const all: Scope = { IsGlobalScope: true };
    expect(
      overlap(right("x1", "alfa", { scope: all, carveOuts: [carve(on("api"), "delta")] }), right("x2", "beta")),
    ).toBe("yes");
    const partly = carve({ ...on("api"), Exclusions: [{ Dimension: "RegionId", Operator: "In", Values: ["eu"] }] });
    expect(overlap(right("x1", "alfa", { scope: all, carveOuts: [partly] }), right("x2", "beta"))).toBe("yes");
  });
});
