import { afterEach, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { agreement } from "../agreements/f0.ts";
import type { CommitmentClause } from "../agreements/clause.ts";
import type { AgreementId, ClauseId, PartyId } from "../kernel/index.ts";
import { q1, USD } from "../requests/f0.ts";
import type { ShareOverride } from "../requests/request.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const share: CommitmentClause = {
  id: "share" as ClauseId,
  lineageId: "share",
  defaults: [],
  kind: "commitment",
  type: "minimum-share",
  obligor: "lab" as PartyId,
  beneficiary: "beta" as PartyId,
  scope: { IsGlobalScope: true },
  status: "active",
  schedule: [],
  shortfallBp: 10_000,
  stackPriority: 0,
  shareBp: 6_000,
  projected: { total: 1_000_000n, beneficiary: 600_000n },
};
const OVERRIDE: ShareOverride = {
  agreement: "promise" as AgreementId,
  clause: "share" as ClauseId,
  cost: { micros: 100_000_000_000n, currency: USD },
  by: "cfo",
  reason: "no room",
};

function promised(): F0 {
  const world = new F0({ without: ["r2"] });
  const terms = agreement("promise", { provider: "beta" as PartyId, clauses: [share] });
  return world
    .send("2026-01-03T00:00:00Z", "lab", { type: "recordAgreement", activate: true, agreement: terms })
    .submit()
    .answer("2026-09-15T17:00:00Z", "alfa", { type: "refuse" });
}

function revise(world: F0, override: ShareOverride): F0 {
  return world.send("2026-09-21T18:00:00Z", "lab", {
    type: "reviseRequest",
    request: q1({ version: 2, overrides: [override] }),
  });
}

test("[BOK65] a share that is kept rules the bid out; missed by decision, it bears the cost and is named", () => {
  const world = promised().bid("2026-09-15T18:00:00Z", "gamma", 2.2).wait("2026-09-18T18:00:00Z");
  expect(world.of("evaluated")[0]?.evaluation.considered).toMatchObject([
    { verdict: "infeasible", why: "minimum_share" },
  ]);
  expect(revise(world, OVERRIDE).awards()).toEqual([["gamma", 1024]]);
  const last = world.of("evaluated").at(-1)?.evaluation;
  expect(last?.missed).toEqual([OVERRIDE]);
  expect((last?.value.micros ?? 0n) - (last?.chosen[0]?.cost.micros ?? 0n)).toBe(100_000_000_000n);
});

test("[BOK65] where the share is kept all the same, no decision is named", () => {
  const world = promised().bid("2026-09-15T18:00:00Z", "beta", 2.2);
  revise(world, OVERRIDE).wait("2026-09-22T18:00:00Z");
  expect(world.awards()).toEqual([["beta", 1024]]);
  expect(world.of("evaluated").at(-1)?.evaluation.missed).toBeUndefined();
});

test("[BOK65] a decision is about a minimum share that the buyer has promised", () => {
  const world = promised();
  expect(revise(world, { ...OVERRIDE, clause: "other" as ClauseId }).rejected).toBe("unknown_clause");
  expect(revise(world, { ...OVERRIDE, agreement: "other" as AgreementId }).rejected).toBe("unknown_agreement");
});
