import { afterEach, describe, expect, test } from "vitest";
import { agreement } from "../agreements/f0.ts";
import type { CommitmentClause } from "../agreements/clause.ts";
import { audit } from "../audit/index.ts";
import { type AcceleratorType, type AgreementId, type ClauseId, type PartyId, rational } from "../kernel/index.ts";
import { usd, YEAR_2027 } from "../requests/f0.ts";
import { bidsLeft } from "./bids-left.ts";
import { countedBy, type Supplied } from "./commitments.ts";
import { auditMade, F0 } from "./f0.ts";

const LAB = "lab" as PartyId;
const GAMMA = "gamma" as PartyId;
const [GB200, H100] = ["gb200", "h100"] as [AcceleratorType, AcceleratorType];

/** Two accelerators that would do, in one region. */
const EITHER = {
  accelerators: [
    { acceleratorType: GB200, factor: rational(1n) },
    { acceleratorType: H100, factor: rational(2n) },
  ],
};

/** GAMMA is promised four million dollars of H100 and of nothing else. */
const PROMISE: CommitmentClause = {
  kind: "commitment",
  id: "promise" as ClauseId,
  lineageId: "promise",
  defaults: [],
  type: "spend",
  obligor: LAB,
  beneficiary: GAMMA,
  scope: { Inclusions: [{ Dimension: "x_AcceleratorClass", Operator: "In", Values: [H100] }] },
  status: "active",
  schedule: [{ ...YEAR_2027, amount: { micros: 4_000_000_000_000n, currency: usd(1).currency } }],
  shortfallBp: 10_000,
  stackPriority: 1,
};

afterEach(() => {
  auditMade(audit);
});

function promised(): F0 {
  const world = new F0({ without: ["r1", "r2"] });
  return world.send("2026-09-01T00:00:00Z", "lab", {
    type: "recordAgreement",
    activate: true,
    agreement: agreement("lab-gamma", { provider: GAMMA, clauses: [PROMISE] }),
  });
}

describe("what a commitment counts", () => {
  test("[BOK103] of two accelerators in one region it counts the one that it is about", () => {
    const world = promised().submit("2026-09-14T17:00:00Z", {}, EITHER);
    const [lot] = world.state.requests.sortedValues()[0]?.lots ?? [];
    const counts = (supplied: Omit<Supplied, "provider">) =>
      countedBy(lot, { agreement: "lab-gamma" as AgreementId, clause: PROMISE }, { provider: GAMMA, ...supplied }) !==
      undefined;
    expect(counts({ acceleratorType: H100, region: "us-central" })).toBe(true);
    expect(counts({ acceleratorType: GB200, region: "us-central" })).toBe(false);
    expect(counts({ acceleratorType: H100 })).toBe(true);
    // Nothing is said: the lot's first alternative. What is none of the lot's counts nowhere.
    expect(counts({})).toBe(false);
    expect(counts({ acceleratorType: H100, region: "eu-west" })).toBe(false);
  });

  test("[BOK103] so a dearer bid of what is promised wins by the shortfall that it avoids", () => {
    const world = promised().submit("2026-09-14T17:00:00Z", {}, { ...EITHER, count: 512, divisible: false });
    // 512 GB200 for a year at $2.60 are $11.66 million; 1,024 H100 at $1.40 are $12.56 million, less the 4 promised.
    world.bid("2026-09-15T00:00:00Z", "beta", 2.6, { acceleratorType: GB200, countMax: 512 });
    world.bid("2026-09-15T00:00:00Z", "gamma", 1.4, { acceleratorType: H100, countMax: 1_024 });
    world.wait("2026-09-18T00:00:00Z");
    const [award] = world.of("awardIssued");
    expect(award?.award.lines.map(({ provider, acceleratorType }) => [provider, acceleratorType])).toEqual([
      ["gamma", "h100"],
    ]);
    expect(world.of("evaluated")[0]?.evaluation.effects?.map(({ avoided }) => avoided.micros)).toEqual([
      4_000_000_000_000n,
    ]);
  });

  test("[BOK103] a bid is used up by as many of its own accelerator as were awarded of it", () => {
    const world = promised().submit("2026-09-14T17:00:00Z", {}, { ...EITHER, count: 512 });
    world.bid("2026-09-15T00:00:00Z", "gamma", 1.3, { acceleratorType: H100, countMax: 512 });
    world.wait("2026-09-18T00:00:00Z");
    const [request] = world.state.requests.sortedValues();
    if (request?.market === undefined) throw new Error("Broken belief: the rest of the request is still open");
    expect(request.awards.map(({ lines }) => lines.map(({ count }) => count))).toEqual([[256]]);
    // 512 H100 replace 256 GB200: all of the bid, and nothing is left of it for the other 256.
    expect(bidsLeft(world.state, request, request.market.bids)[0]?.lines[0]?.countMax).toBe(0);
  });
});
