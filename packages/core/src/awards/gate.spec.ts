import { describe, expect, test } from "vitest";
import { r1, r2 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import {
  type AgreementId,
  type ClauseId,
  type ClearanceId,
  DAY_MS,
  type Instant,
  type LotId,
  type PartyId,
  type RequestId,
  rational,
} from "../kernel/index.ts";
import type { Clearance } from "../notices/notice.ts";
import { at, q1Terms, usd, YEAR_2027 } from "../requests/f0.ts";
import type { RequestLine } from "../requests/request.ts";
import type { Terms } from "../requests/terms.ts";
import { afterRevision, gate, type GateContext, type GatePart } from "./gate.ts";

/** ALFA refused on 15 September; day 60 of the tail ends at 24:00 of 14 November in Los Angeles. */
const REFUSED: Clearance = {
  id: "clr_1" as ClearanceId,
  lot: "lot_1" as LotId,
  request: "q1" as RequestId,
  right: { agreement: "alfa" as AgreementId, clause: "r1" as ClauseId, version: 1 },
  lineageId: "r1",
  holder: "alfa" as PartyId,
  reason: "refused",
  count: 1_024,
  terms: q1Terms(),
  finalRound: false,
  issuedAt: at("2026-09-15T17:00:00Z"),
  validUntil: at("2026-11-15T08:00:00Z"),
};
/** ALFA ships the product a day after the window begins. */
const LAUNCH = (YEAR_2027.from + DAY_MS) as Instant;
const OCTOBER = at("2026-10-01T17:00:00Z");

interface Case {
  readonly clearance?: Partial<Clearance>;
  readonly right?: RightClause;
  readonly at?: Instant;
  readonly context?: Partial<GateContext>;
}

const part = (changed: Partial<GatePart> = {}): GatePart => ({
  provider: "gamma" as PartyId,
  price: usd(2.6),
  count: 1_024,
  window: YEAR_2027,
  stated: {},
  ...changed,
});

/** The verdict, with what it is about. */
function ask(changed: Partial<GatePart>, given: Case = {}): string {
  const clearance = { ...REFUSED, ...given.clearance };
  const context = { side: "demand", ...given.context } as const;
  const verdict = gate(clearance, given.right ?? r1(), part(changed), given.at ?? OCTOBER, context);
  switch (verdict.verdict) {
    case "reoffer":
      return `reoffer ${verdict.changes.map((change) => change.term).join(" ")}${verdict.roundsLeft ? "" : " no rounds left"}`;
    case "void":
      return `void ${verdict.code}`;
    case "uncovered":
      return `uncovered ${verdict.count}`;
    case "ok":
      return ["ok", ...verdict.optionsNotCleared].join(" ");
    default:
      return verdict.verdict;
  }
}

const later = (days: number) => ({
  from: (YEAR_2027.from + days * DAY_MS) as Instant,
  to: (YEAR_2027.to + days * DAY_MS) as Instant,
});

describe("the tail", () => {
  test("[AWG1] T1: inside 60 days, below the noticed cap", () => {
    expect(ask({})).toBe("ok");
    expect(ask({}, { at: at("2026-11-15T07:59:59.999Z") })).toBe("ok");
    expect(ask({}, { at: at("2026-11-15T08:00:00Z") })).toBe("outside_tail");
  });

  test("[AWG1] the tail comes before everything else, and a clearance may have none", () => {
    expect(ask({ price: usd(9), count: 9_999 }, { at: at("2027-01-01T00:00:00Z") })).toBe("outside_tail");
    const { validUntil: _, ...lasting } = REFUSED;
    expect(gate(lasting, r1(), part(), at("2030-01-01T00:00:00Z"), { side: "demand" }).verdict).toBe("ok");
  });
});

describe("first refusal", () => {
  test("[AWG2] T2: at $3.050 ALFA is asked again", () => {
    expect(ask({ price: usd(3.05) })).toBe("reoffer price");
    expect(ask({ price: usd(3) })).toBe("ok");
  });

  test("[AWG2] T4: prepayment, term, start, availability", () => {
    const { from } = YEAR_2027;
    expect(ask({ stated: { prepayment: rational(20n) } })).toBe("reoffer prepayment");
    expect(ask({ window: { from, to: at("2029-01-01T00:00:00Z") } })).toBe("reoffer length");
    expect(ask({ window: later(45) })).toBe("reoffer start");
    const terms = q1Terms({ stated: { slaUptime: rational(999n, 10n) } });
    expect(ask({ stated: { slaUptime: rational(995n, 10n) } }, { clearance: { terms } })).toBe("reoffer slaUptime");
    expect(ask({ window: later(45), stated: { prepayment: rational(1n) } })).toBe("reoffer start prepayment");
  });

  test("[AWG2] any change, where the clause says any", () => {
    const right = r1({ reoffer: { ...r1().reoffer, on: "any" } });
    expect(ask({}, { right })).toBe("reoffer price");
    expect(ask({ price: usd(3) }, { right })).toBe("ok");
  });

  test("[AWG3] T11: the refusal of the last round covers up to 10 % more, and then there are no more rounds", () => {
    const last = { clearance: { finalRound: true } };
    expect(ask({ price: usd(3.3) }, last)).toBe("ok");
    expect(ask({ price: usd(3.300001) }, last)).toBe("reoffer price no rounds left");
    expect(ask({ price: usd(3.3) })).toBe("reoffer price");
  });

  test("[AWG3] what the clause lets pass", () => {
    const right = r1({ tail: { days: 60, priceToleranceBp: 200, countToleranceBp: 0 } });
    expect(ask({ price: usd(3.06) }, { right })).toBe("ok");
    expect(ask({ price: usd(3.07) }, { right })).toBe("reoffer price");
  });

  test("[AWG4] a clearance without terms covers any terms", () => {
    const { terms: _, ...termless } = REFUSED;
    expect(gate(termless, r1(), part({ price: usd(9), window: later(90) }), OCTOBER, { side: "demand" }).verdict).toBe(
      "ok",
    );
  });

  test("[AWG5] A15: an option that was not noticed goes through and is named", () => {
    expect(ask({ stated: { optionCount: rational(1_024n) } })).toBe("ok optionCount");
  });

  test("[AWG6] where capacity is burdened, a lower price for another buyer is asked again", () => {
    const given: Case = { right: r1({ burdens: "capacity" }), context: { side: "capacity" } };
    expect(ask({ price: usd(2.9) }, given)).toBe("reoffer price");
    expect(ask({ price: usd(3.1) }, given)).toBe("ok");
  });
});

describe("quantity", () => {
  test("[AWG7] T8: what is cleared covers itself, growth needs a notice", () => {
    expect(ask({ count: 1_280 })).toBe("uncovered 256");
    expect(ask({ count: 424 })).toBe("ok");
    expect(ask({ count: 1_280 }, { context: { coveredCount: 1_280 } })).toBe("ok");
    expect(ask({ count: 512 }, { context: { usedCount: 600 } })).toBe("uncovered 88");
  });

  test("[AWG7] growth inside the tolerance is covered", () => {
    const right = r1({ tail: { days: 60, priceToleranceBp: 0, countToleranceBp: 2_500 } });
    expect(ask({ count: 1_280 }, { right })).toBe("ok");
    expect(ask({ count: 1_288 }, { right })).toBe("uncovered 8");
  });
});

describe("other clearances", () => {
  test("[AWG8] T10: the refusal of a match covers one third party only", () => {
    const given: Case = {
      right: r2(),
      clearance: { thirdParty: "gamma" as PartyId, terms: { ...q1Terms(), price: usd(2.6) } },
    };
    expect(ask({}, given)).toBe("ok");
    expect(ask({ provider: "omega" as PartyId }, given)).toBe("void other_third_party");
    expect(ask({ price: usd(2.61) }, given)).toBe("reoffer price");
    expect(ask({ provider: "delta" as PartyId, thirdParty: "gamma" as PartyId }, given)).toBe("ok");
  });

  test("[AWG9] T12: GAMMA at $2.880 beats ALFA's first offer of $2.900, at $2.900 it does not", () => {
    const given: Case = {
      right: r1({ kind: "first-offer" }),
      clearance: { terms: { ...q1Terms(), price: usd(2.9) } },
    };
    expect(ask({ price: usd(2.88) }, given)).toBe("ok");
    expect(ask({ price: usd(2.9) }, given)).toBe("void not_better_than_offer");
    expect(ask({ price: usd(2.91) }, given)).toBe("reoffer price");
    expect(ask({ price: usd(2.88), window: later(1) }, given)).toBe("reoffer start");
    expect(ask({ price: usd(2.9), window: later(-1) }, given)).toBe("ok");
  });

  test("[AWG9] no tolerance lets a first offer be met", () => {
    const tail = { days: 60, priceToleranceBp: 500, countToleranceBp: 0 };
    const given: Case = {
      right: r1({ kind: "first-offer", tail }),
      clearance: { terms: { ...q1Terms(), price: usd(2.9) } },
    };
    expect(ask({ price: usd(2.91) }, given)).toBe("reoffer price");
  });

  test("[AWG15] a launch elsewhere is covered from the holder's own on, at any price", () => {
    const { terms: _, validUntil: __, ...rest } = REFUSED;
    const clearance: Clearance = { ...rest, reason: "supported", startsFrom: LAUNCH };
    const begun = (from: Instant, price = 2.6) =>
      gate(clearance, r1(), part({ window: { from, to: YEAR_2027.to }, price: usd(price) }), OCTOBER, {
        side: "demand",
      });
    expect(begun((LAUNCH - 1_000) as Instant)).toEqual({ verdict: "void", code: "before_first_ship" });
    expect(begun(LAUNCH).verdict).toBe("ok");
    expect(begun(LAUNCH, 99).verdict).toBe("ok");
  });

  test("[AWG10] T14: a waiver for GAMMA, up to 1,024, up to $2.700", () => {
    const limits = { provider: "gamma", countMax: 1_024, priceMaxMicros: 2_700_000n };
    const { terms: _, ...rest } = REFUSED;
    const waived: Clearance = { ...rest, reason: "waived", limits };
    const signing = (changed: Partial<GatePart>) => gate(waived, r1(), part(changed), OCTOBER, { side: "demand" });
    expect(signing({ price: usd(2.7) }).verdict).toBe("ok");
    expect(signing({ price: usd(2.75) })).toEqual({ verdict: "void", code: "waiver_price" });
    expect(signing({ count: 1_032 })).toEqual({ verdict: "void", code: "waiver_count" });
    expect(signing({ provider: "omega" as PartyId })).toEqual({ verdict: "void", code: "waiver_provider" });
  });
});

describe("a revised request", () => {
  const none = r1({ partial: { mode: "none" } });
  const covered = (line: Partial<RequestLine>, right = r1(), before: Terms = q1Terms(), count = 1_024) =>
    afterRevision({ ...REFUSED, count }, right, before, q1Terms(line));

  test("[AWG11] what is not material, or only worse for third parties, keeps the clearance", () => {
    expect(covered({})).toBe(1_024);
    expect(covered({}, r1(), q1Terms(), 424)).toBe(424);
    expect(covered({ cap: usd(2.8) })).toBe(1_024);
    expect(covered({ stated: { slaUptime: rational(99n) } })).toBe(1_024);
    expect(covered({ cap: usd(2.8) }, r1({ reoffer: { ...r1().reoffer, on: "any" } }))).toBe(0);
  });

  test.each<[string, Partial<RequestLine>]>([
    ["a higher cap", { cap: usd(3.01) }],
    ["a later window", { window: later(1) }],
    ["a later latest start", { latestStart: later(1).from }],
    ["another region", { regions: ["us-east"] }],
    ["another purpose", { purposes: [{ purpose: "training" }] }],
    ["a channel", { channel: "api" }],
    ["another block", { blockSize: 16 }],
    ["another gang", { gangMin: 16 }],
    ["prepayment", { stated: { prepayment: rational(5n) } }],
  ])("[AWG11] %s is asked again in full", (_, line) => {
    expect(covered(line)).toBe(0);
  });

  test("[AWG11] a cap or a term that is taken away is asked again", () => {
    const { price: _, ...uncapped } = q1Terms();
    expect(afterRevision(REFUSED, r1(), q1Terms(), uncapped)).toBe(0);
    expect(covered({}, r1(), q1Terms({ stated: { slaUptime: rational(99n) } }))).toBe(0);
  });

  test("[AWG12] T7: cut to 512, covered if the holder could have taken 512", () => {
    expect(covered({ count: 512 })).toBe(512);
    expect(covered({ count: 512 }, none)).toBe(0);
    expect(covered({ count: 512 }, r1({ partial: { mode: "multiple", of: 8, min: 768 } }))).toBe(0);
    expect(covered({ count: 520 }, r1({ partial: { mode: "multiple", of: 16 } }))).toBe(0);
    expect(covered({ count: 512, divisible: false }, r1(), q1Terms({ divisible: false }))).toBe(0);
  });

  test("[AWG13] T8: grown to 1,280, the growth is noticed; with a gang of all, all of it", () => {
    expect(covered({ count: 1_280 })).toBe(1_024);
    expect(covered({ count: 1_280, gangMin: 1_280 })).toBe(0);
    expect(covered({ count: 1_280, gangMin: 512 }, r1(), q1Terms({ gangMin: 512 }))).toBe(0);
    expect(covered({ count: 1_536, gangMin: 512 }, r1(), q1Terms({ gangMin: 512 }))).toBe(1_024);
    const right = r1({ tail: { days: 60, priceToleranceBp: 0, countToleranceBp: 2_500 } });
    expect(covered({ count: 1_280 }, right)).toBe(1_280);
  });
});
