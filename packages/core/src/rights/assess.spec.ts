import { describe, expect, test } from "vitest";
import type { AgreementVersion } from "../agreements/agreement.ts";
import type { RightClause } from "../agreements/clause.ts";
import { agreement, r1, r2 } from "../agreements/f0.ts";
import type { AgreementState } from "../agreements/timeline.ts";
import type { AgreementId, BlockId, PartyId } from "../kernel/index.ts";
import { at, YEAR_2027 } from "../requests/f0.ts";
import { declareFacts, type Facts } from "../scope/index.ts";
import { assessRights, type LotView, type RightsWorld } from "./assess.ts";
import { overruled, type Waiver } from "./assessment.ts";

const NOW = at("2026-09-14T17:00:00Z");
const LAB = "lab" as PartyId;
const BETA = "beta" as PartyId;

function stateOf(version: AgreementVersion, changed: Partial<AgreementState> = {}): AgreementState {
  return {
    id: version.id,
    versions: [version],
    status: "active",
    endings: [],
    assigned: [],
    claimedAssignees: [],
    ...changed,
  };
}

function withRight(clause: RightClause, changed: Partial<AgreementVersion> = {}): AgreementState {
  return stateOf(agreement("lab-alfa", { clauses: [clause], ...changed }));
}

function worldOf(agreements: readonly AgreementState[], changed: Partial<RightsWorld> = {}): RightsWorld {
  return {
    agreements,
    waivers: [],
    bindsBuyer: (grantor, buyer) => grantor === buyer,
    eligible: () => true,
    inDefault: () => false,
    isNewFor: () => true,
    leftOf: (_option, count) => count,
    sameMachines: (a, b) => a === b,
    ...changed,
  };
}

function facts(changed: Readonly<Record<string, string | undefined>> = {}): Facts {
  return declareFacts({
    RegionId: "us-central",
    x_AcceleratorClass: "gb200",
    x_Purpose: "inference",
    x_SourceClass: "market",
    x_NewCapacity: "true",
    ...changed,
  });
}

function lotOf(changed: Partial<LotView> = {}): LotView {
  return { side: "demand", owner: LAB, window: YEAR_2027, count: 256, facts: [facts()], blocks: [], ...changed };
}

const verdicts = (
  agreements: readonly AgreementState[],
  lot: LotView = lotOf(),
  world: Partial<RightsWorld> = {},
): string[] => assessRights(lot, worldOf(agreements, world), NOW).assessments.map((item) => item.verdict);

const ownBuild = r1({
  carveOuts: [
    {
      id: "own-build",
      scope: {
        Inclusions: [
          { Dimension: "x_Purpose", Operator: "In", Values: ["research", "training"] },
          { Dimension: "x_SourceClass", Operator: "In", Values: ["own_build"] },
        ],
      },
    },
  ],
});

describe("which rights weigh on a lot", () => {
  test("[RGT1] every right is assessed, with the facts that decided, also one that does not apply", () => {
    const both = stateOf(
      agreement("lab-alfa", {
        clauses: [r1(), r2({ scope: { Inclusions: [{ Dimension: "RegionId", Operator: "In", Values: ["eu-*"] }] } })],
      }),
    );
    const { assessments, live } = assessRights(lotOf(), worldOf([both]), NOW);
    expect(assessments.map((item) => [item.right.clause, item.verdict])).toEqual([
      ["r1", "applies"],
      ["r2", "out_of_scope"],
    ]);
    expect(assessments[1]?.facts).toEqual(["RegionId=us-central"]);
    expect(live.map((right) => right.ref)).toEqual([{ agreement: "lab-alfa", clause: "r1", version: 1 }]);
  });

  test("[RGT16] a release concerns those on whom products ship first, and nobody else", () => {
    const both = [
      withRight(r1()),
      stateOf(agreement("lab-beta", { clauses: [r1({ kind: "first-ship", lineageId: "first", holder: BETA })] })),
    ];
    const named = (product: string | undefined) => lotOf({ facts: [facts({ x_Product: product })] });
    expect(verdicts(both, { ...named("mira"), isRelease: true })).toEqual(["nothing_bought", "applies"]);
    expect(verdicts(both, named("mira"))).toEqual(["applies", "applies"]);
    expect(verdicts(both, named("none"))).toEqual(["applies", "no_release"]);
    const undeclared = (product: string | undefined) =>
      assessRights(named(product), worldOf(both), NOW).assessments.map((item) => item.undeclared);
    expect(undeclared(undefined)).toEqual([[], ["x_Product"]]);
    expect(undeclared("mira")).toEqual([[], []]);
  });

  test("[RGT2] a right over capacity does not weigh on demand, nor the other way round", () => {
    expect(verdicts([withRight(r1({ burdens: "capacity" }))])).toEqual(["other_side"]);
    expect(verdicts([withRight(r1())], lotOf({ side: "capacity" }))).toEqual(["other_side"]);
  });

  test("[RGT3] a right binds its grantor, an affiliate only where the clause says so", () => {
    const elsewhere = lotOf({ owner: "sister" as PartyId });
    expect(verdicts([withRight(r1())], elsewhere)).toEqual(["grantor_not_buyer"]);
    expect(
      verdicts([withRight(r1())], elsewhere, { bindsBuyer: (_grantor, _buyer, clause) => clause.affiliates.aggregate }),
    ).toEqual(["applies"]);
  });

  test("[RGT4] the version in force when the right attaches decides", () => {
    const later = agreement("lab-alfa", { version: 2, effectiveFrom: at("2026-09-15T07:00:00Z"), clauses: [] });
    const before = stateOf(agreement("lab-alfa", { clauses: [r1()] }), {
      versions: [agreement("lab-alfa", { clauses: [r1()] }), later],
    });
    expect(verdicts([before])).toEqual(["applies"]);
    expect(assessRights(lotOf(), worldOf([before]), at("2026-09-15T07:00:00Z")).assessments).toEqual([]);
    const inService = withRight(r1({ attachBy: "service-window" }), { effectiveFrom: at("2027-03-01T08:00:00Z") });
    expect(
      verdicts([inService], lotOf({ window: { from: at("2027-04-01T00:00:00Z"), to: at("2027-05-01T00:00:00Z") } })),
    ).toEqual(["applies"]);
  });

  test("[RGT5] a right that has ended does not apply", () => {
    const ended = withRight(r1());
    const over = { ...ended, endings: [{ at: NOW, accruedRightsSurvive: true }] };
    expect(verdicts([over])).toEqual(["ended"]);
    const others = {
      ...ended,
      endings: [{ at: NOW, accruedRightsSurvive: true, clauses: ["other" as RightClause["id"]] }],
    };
    expect(verdicts([others])).toEqual(["applies"]);
  });

  test("[RGT6] a right to new capacity leaves out what is not new to it", () => {
    expect(verdicts([withRight(r1())], lotOf(), { isNewFor: () => false })).toEqual(["not_new_capacity"]);
    expect(verdicts([withRight(r1({ newCapacityOnly: false }))], lotOf(), { isNewFor: () => false })).toEqual([
      "applies",
    ]);
  });

  test("[RGT7] of several alternatives those in scope are burdened", () => {
    const { live } = assessRights(
      lotOf({ facts: [facts({ RegionId: "eu-north" }), facts()] }),
      worldOf([withRight(r1())]),
      NOW,
    );
    expect(live[0]?.alternatives).toEqual([1]);
  });

  test("[RGT8] what nobody declared is in scope, and in no carve-out", () => {
    const undeclared = lotOf({ facts: [facts({ x_Purpose: undefined, x_SourceClass: "own_build" })] });
    const { assessments } = assessRights(undeclared, worldOf([withRight(ownBuild)]), NOW);
    expect(assessments[0]).toMatchObject({ verdict: "applies", undeclared: ["x_Purpose"] });
  });

  test("[RGT9] a carve-out takes out what is known to be in all of it", () => {
    const training = (sourceClass: string): LotView =>
      lotOf({ facts: [facts({ x_Purpose: "training", x_SourceClass: sourceClass })] });
    expect(verdicts([withRight(ownBuild)], training("own_build"))).toEqual(["carved_out"]);
    expect(verdicts([withRight(ownBuild)], training("market"))).toEqual(["applies"]);
  });

  test("[RGT10] a right that is restated is found in the newer agreement", () => {
    const restated = stateOf(
      agreement("lab-alfa-2", { lineageId: "lab-alfa", effectiveFrom: at("2026-06-01T07:00:00Z"), clauses: [r1()] }),
    );
    const { assessments } = assessRights(lotOf(), worldOf([withRight(r1()), restated]), NOW);
    expect(assessments.map((item) => [item.right.agreement, item.verdict])).toEqual([
      ["lab-alfa-2", "applies"],
      ["lab-alfa", "same_lineage"],
    ]);
  });

  test("[RGT11] a standing waiver, a default and ineligibility each drop the right with that reason", () => {
    const waiver: Waiver = {
      id: "w1",
      right: { agreement: "lab-alfa" as AgreementId, clause: r1().id },
      standing: true,
      from: at("2026-09-01T00:00:00Z"),
      limits: {},
      infoNotice: false,
    };
    expect(verdicts([withRight(r1())], lotOf(), { waivers: [waiver] })).toEqual(["standing_waiver"]);
    expect(
      verdicts([withRight(r1())], lotOf(), { waivers: [{ ...waiver, limits: { purposes: ["training"] } }] }),
    ).toEqual(["applies"]);
    expect(verdicts([withRight(r1())], lotOf(), { inDefault: () => true })).toEqual(["holder_in_default"]);
    expect(verdicts([withRight(r1({ suspendOnDefault: false }))], lotOf(), { inDefault: () => true })).toEqual([
      "applies",
    ]);
    expect(verdicts([withRight(r1())], lotOf(), { eligible: () => false })).toEqual(["holder_not_eligible"]);
  });

  test("[RGT13] an option reaches the blocks it names, until its date; a buyer's own right does not stand in its way", () => {
    const option = r1({
      kind: "option",
      burdens: "capacity",
      option: { count: 64, blocks: ["hall-1" as BlockId], until: at("2026-10-01T00:00:00Z") },
    });
    const sale = (blocks: readonly string[], counterparty?: string): LotView =>
      lotOf({
        side: "capacity",
        blocks,
        ...(counterparty === undefined ? {} : { counterparty: counterparty as PartyId }),
      });
    expect(verdicts([withRight(option)], sale(["hall-1"]))).toEqual(["applies"]);
    expect(verdicts([withRight(option)], sale(["hall-2"]))).toEqual(["out_of_scope"]);
    expect(verdicts([withRight(option)], sale(["hall-1"], "alfa"))).toEqual(["holder_is_counterparty"]);
    expect(
      assessRights(sale(["hall-1"]), worldOf([withRight(option)]), at("2026-10-01T00:00:00Z")).assessments[0]?.verdict,
    ).toBe("ended");
  });

  test("[RGT14] the answer holds until the next instant that may change it", () => {
    const ending = { ...withRight(r1()), endings: [{ at: at("2026-12-01T00:00:00Z"), accruedRightsSurvive: true }] };
    expect(assessRights(lotOf(), worldOf([ending]), NOW).staleAt).toBe(at("2026-12-01T00:00:00Z"));
    expect(assessRights(lotOf(), worldOf([withRight(r1())]), NOW).staleAt).toBeUndefined();
  });
});

describe("what nobody stated", () => {
  const named = (clause: RightClause, changed: Partial<AgreementVersion> = {}, lot: Partial<LotView> = {}) => {
    const [one] = assessRights(lotOf(lot), worldOf([withRight(clause, changed)]), NOW).assessments;
    return one?.defaults ?? [];
  };
  const ALL = ["holder", "window", "silence", "rank", "tail.days", "confirmWindow", "burdens", "grantor", "attachBy"];

  test("[RGT15] what applies names the defaults that say who is asked, or by when", () => {
    expect(named(r1({ defaults: ALL }))).toEqual(["window", "silence", "tail.days"]);
    expect(named(r1({ defaults: ["rank", "confirmWindow"] }))).toEqual([]);
    expect(named(r2({ defaults: ["window"] }))).toEqual(["window"]);
  });

  test("[RGT15] of its agreement, the zone and the holidays by which its window is counted", () => {
    const head = { defaults: ["holidays", "zone", "cutoff"] };
    expect(named(r1(), head)).toEqual(["agreement.holidays", "agreement.zone"]);
    expect(named(r1({ window: { n: 48, unit: "hours" } }), head)).toEqual([]);
    expect(named(r1({ window: { n: 5, unit: "days" } }), head)).toEqual(["agreement.zone"]);
    expect(named(r1({ window: { n: 5, unit: "business-days", calendars: [] } }), head)).toEqual(["agreement.zone"]);
  });

  test("[RGT15] what does not apply names the one that it fell by", () => {
    expect(named(r1({ defaults: ALL, burdens: "capacity" }))).toEqual(["burdens"]);
    expect(named(r1({ defaults: ALL, grantor: "beta" as PartyId }))).toEqual(["grantor"]);
    expect(named(r1({ defaults: ALL }), {}, { facts: [facts({ RegionId: "eu" })] })).toEqual([]);
  });

  test("[RGT15] what another reason overruled names none", () => {
    const [one] = assessRights(lotOf(), worldOf([withRight(r1({ defaults: ALL }))]), NOW).assessments;
    if (one === undefined) throw new Error("one right is weighed");
    expect(overruled(one, "yields", ["option_exercised"])).toEqual({
      right: one.right,
      verdict: "yields",
      facts: ["option_exercised"],
      undeclared: [],
      unconfirmedReading: true,
    });
  });
});
