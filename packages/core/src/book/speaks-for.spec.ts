import { describe, expect, test } from "vitest";
import type { AcceleratorType, AgreementId, BlockId, ClauseId, OfferId, PartyId } from "../kernel/index.ts";
import { agreement, party, r2 } from "../agreements/f0.ts";
import { at, USD, usd } from "../requests/f0.ts";
import type { CommandBody } from "./commands.ts";
import { F0, POLICY } from "./f0.ts";
import { rational } from "../kernel/index.ts";

const WHEN = "2026-09-03T00:00:00Z";
const BETA = "beta" as PartyId;
const GB200 = "gb200" as AcceleratorType;
const window = { from: at("2026-01-01T00:00:00Z"), to: at("2030-01-01T00:00:00Z") };

const block = (id: string, provider = BETA) => ({
  id: id as BlockId,
  rootId: id as BlockId,
  provider,
  acceleratorType: GB200,
  region: "us-central",
  quantity: 64,
  window,
  firmness: "firm" as const,
  blockSize: 8,
});
const offer = (id: string, provider = BETA, blocks: readonly string[] = []) => ({
  id: id as OfferId,
  provider,
  acceleratorType: GB200,
  region: "us-central",
  tiers: [{ from: 1, rate: usd(2) }],
  blockSize: 8,
  blocks: blocks as BlockId[],
  source: "test",
  standing: false,
});
const standing = (id: string, by = BETA) => ({
  id,
  party: by,
  scope: { IsGlobalScope: true as const },
  answer: { type: "refuse" as const },
  byCapacity: false,
});

/** What the core says to a command of somebody; nothing where it is taken. */
const said = (world: F0, by: string, body: CommandBody) => world.send(WHEN, by, body).rejected;

/** The book with a block, an offer, an answer in advance and a waiver of BETA. */
function withThings(): F0 {
  const world = new F0();
  const things: readonly CommandBody[] = [
    { type: "recordBlock", block: block("b1") },
    { type: "listOffer", offer: offer("o1") },
    { type: "giveStandingAnswer", standing: standing("s1") },
    { type: "grantWaiver", waiver: waiver("w1") },
  ];
  for (const thing of things) expect(said(world, "beta", thing)).toBeUndefined();
  return world;
}

const waiver = (id: string) => ({
  id,
  right: { agreement: "lab-beta" as AgreementId, clause: r2().id },
  standing: true,
  from: at(WHEN),
  limits: {},
  infoNotice: false,
});

describe("who may say what", () => {
  test("[BOK205] what stands for everybody is recorded by the keeper alone", () => {
    const lab = "lab-beta" as AgreementId;
    const rate = { from: USD, to: USD, rate: rational(1n), at: at(WHEN), source: "s" };
    const commands: readonly CommandBody[] = [
      { type: "recordParty", party: party("zeta") },
      { type: "recordEligibility", party: BETA, eligibility: { from: at(WHEN), eligible: false, reason: "r" } },
      { type: "recordDefault", party: BETA, agreement: lab, cured: false },
      { type: "recordExchangeRate", rate },
      { type: "recordPolicy", policy: POLICY },
      { type: "recordAgreement", agreement: agreement("lab-gamma", { provider: "gamma" as PartyId }), activate: true },
    ];
    for (const command of commands) {
      const world = new F0();
      expect([command.type, said(world, "gamma", command)]).toEqual([command.type, "not_authorised"]);
      expect([command.type, said(world, "lab", command)]).toEqual([command.type, undefined]);
    }
    const conflict = { agreement: lab, clause: "a" as ClauseId, withAgreement: lab, withClause: "b" as ClauseId };
    const decision = { ...conflict, type: "decideConflict", prevails: lab, by: "x", reason: "y" } as const;
    expect(said(new F0(), "gamma", decision)).toBe("not_authorised");
    expect(said(new F0(), "lab", decision)).toBe("not_found");
  });

  test("[BOK205] a party speaks for itself, and the keeper for everybody", () => {
    const commands: readonly CommandBody[] = [
      { type: "recordBlock", block: block("b1") },
      { type: "listOffer", offer: offer("o1") },
      { type: "giveStandingAnswer", standing: standing("s1") },
      { type: "recordControlChange", party: BETA, effectiveAt: at(WHEN) },
    ];
    for (const command of commands)
      expect(["gamma", "lab", "beta"].map((by) => said(new F0(), by, command))).toEqual([
        "not_authorised",
        undefined,
        undefined,
      ]);
  });

  test("[BOK205] a thing of somebody else's is as if it were not there, and its name cannot be taken over", () => {
    const gamma = "gamma" as PartyId;
    const ends: readonly CommandBody[] = [
      { type: "withdrawBlock", block: "b1" as BlockId },
      { type: "withdrawOffer", offer: "o1" as OfferId },
      { type: "revokeStandingAnswer", id: "s1" },
      { type: "revokeWaiver", waiver: "w1" },
      { type: "listOffer", offer: offer("g1", gamma, ["b1"]) },
    ];
    for (const command of ends) {
      const there = said(withThings(), "gamma", command);
      expect([command.type, there]).toEqual([command.type, said(new F0(), "gamma", command)]);
      expect([command.type, there]).not.toEqual([command.type, undefined]);
    }
    const takes: readonly CommandBody[] = [
      { type: "recordBlock", block: block("b1", gamma) },
      { type: "listOffer", offer: offer("o1", gamma) },
      { type: "giveStandingAnswer", standing: standing("s1", gamma) },
    ];
    for (const command of takes) expect(said(withThings(), "gamma", command)).toBe("duplicate_id");
    expect(said(withThings(), "beta", { type: "listOffer", offer: offer("o1") })).toBeUndefined();
    expect(said(withThings(), "beta", { type: "withdrawOffer", offer: "o1" as OfferId })).toBeUndefined();
  });

  test("[BOK206] an agreement is there for who is a party to it", () => {
    const id = "lab-beta" as AgreementId;
    const commands: readonly CommandBody[] = [
      { type: "terminateAgreement", agreement: id, effectiveAt: at(WHEN) },
      { type: "assignAgreement", agreement: id, from: BETA, to: "gamma" as PartyId, consented: true },
      { type: "changeAgreementStatus", agreement: id, status: "suspended", why: "w" },
      { type: "grantWaiver", waiver: waiver("w2") },
    ];
    for (const command of commands) {
      expect([command.type, said(new F0(), "gamma", command)]).toEqual([command.type, "unknown_agreement"]);
      expect([command.type, said(new F0(), "beta", command)]).toEqual([command.type, undefined]);
    }
    const priced = { ...offer("o2", "gamma" as PartyId), tiers: [], priceBy: id };
    expect(said(new F0(), "gamma", { type: "listOffer", offer: priced })).toBe("not_found");
  });
});
