import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import { rational } from "../kernel/index.ts";
import {
  at,
  changed,
  cleanHistory,
  event,
  marketAward,
  usd,
  withAssessment,
  withClearance,
  withMarketLine,
  without,
  withRight,
} from "./history.fixture.ts";
import { audit } from "./index.ts";

const clean = cleanHistory();
const i2 = (history: readonly BookEvent[]): string[] =>
  audit(history).flatMap((finding) => (finding.invariant === "I2" ? [finding.message] : []));

const AWARDED = at("2026-09-29T17:00Z");
const NOT_COVERED = ["no clearance of a1 r1 covers these terms"];

describe("I2: which rights must be out of the way", () => {
  test("[AUD2] a clearance is missing, of the right asked first or of the match right", () => {
    expect(i2(without(clean, "clearanceIssued", 0))).toEqual(["a1 r1 applies and no clearance of it stands"]);
    expect(i2(without(clean, "clearanceIssued", 1))).toEqual(["a2 r2 applies and no clearance of it stands"]);
  });

  test("[AUD2] a clearance recorded only after the award does not count", () => {
    const late = clean.find((one) => one.type === "clearanceIssued") as BookEvent;
    expect(i2([...without(clean, "clearanceIssued", 0), { ...late, at: AWARDED }])).toHaveLength(1);
  });

  test("[AUD2] the holder's own supply needs none from itself, an acceptance none of rights asked after it", () => {
    const own = changed(clean, "awardIssued", 0, (one) => ({
      ...one,
      award: { ...one.award, lines: one.award.lines.slice(0, 1) },
    }));
    expect(i2(own.filter((one) => one.type !== "clearanceIssued"))).toEqual([]);
  });

  test("[AUD2] whoever the agreement was assigned to stands for the holder", () => {
    const moved = (effective: boolean) => [
      event("agreementAssigned", { at: AWARDED, agreement: "a2", from: "beta", to: "gamma", effective }),
    ];
    const history = (effective: boolean) =>
      changed(without(clean, "clearanceIssued", 1), "awardIssued", 0, (one) => [...moved(effective), one]);
    expect(i2(history(true))).toEqual([]);
    expect(i2(history(false))).toHaveLength(1);
  });

  test("[AUD2] who is under one control with the holder stands for it, by most shares, and not by half", () => {
    const owned = (owners: readonly object[]) =>
      event("partyRecorded", { at: AWARDED, party: { id: "gamma", owners } });
    const history = (owners: readonly object[]) => [owned(owners), ...without(clean, "clearanceIssued", 1)];
    const share = (party: string, shareBp: number, control = false) => ({ party, shareBp, control });
    expect(i2(history([share("beta", 5_001)]))).toEqual([]);
    expect(i2(history([share("beta", 10, true)]))).toEqual([]);
    expect(i2(history([share("beta", 5_000)]))).toHaveLength(1);
    expect(i2(history([share("beta", 5_001), share("kappa", 6_000)]))).toHaveLength(1);
    const circle = event("partyRecorded", {
      at: AWARDED,
      party: { id: "beta", owners: [share("gamma", 9_000)] },
    });
    expect(i2([circle, ...history([share("beta", 9_000)])])).toEqual([]);
  });

  test("[AUD2] an acceptance needs the clearance of a right that is asked before it", () => {
    const first = withRight(clean, 1, { kind: "exclusivity", trigger: "request", rank: 99 });
    expect(i2(withClearance(first, 1, { thirdParty: undefined, count: 1024, terms: undefined }))).toEqual([]);
    expect(i2(without(first, "clearanceIssued", 1))).toEqual([
      "a2 r2 applies and no clearance of it stands",
      "a2 r2 applies and no clearance of it stands",
    ]);
  });

  test("[AUD2] a right that does not apply, or never blocks, needs none", () => {
    const none = without(clean, "clearanceIssued", 0);
    expect(i2(withAssessment(none, "r1", { verdict: "carved_out" }))).toEqual([]);
    expect(i2(withRight(none, 0, { kind: "most-favoured" }))).toEqual([]);
  });

  test("[AUD2] an alternative outside the right's scope is free, the burdened one is not", () => {
    const none = without(clean, "clearanceIssued", 0);
    expect(i2(withAssessment(none, "r1", { alternatives: [1] }))).toEqual([]);
    expect(i2(withAssessment(none, "r1", { alternatives: [0] }))).toHaveLength(1);
    const wide = changed(none, "lotFormed", 0, (one) => {
      const alternatives = one.lot.alternatives.map((item) => ({ ...item, region: "us-*" }));
      return { ...one, lot: { ...one.lot, alternatives } };
    });
    expect(i2(withAssessment(wide, "r1", { alternatives: [1] }))).toEqual([]);
  });

  test("[AUD2] nobody is asked to match what no third party offers in good faith", () => {
    const proposed = (bonaFide: boolean) =>
      changed(without(clean, "clearanceIssued", 1), "awardIssued", 0, (one) => {
        const lines = [{ line: one.award.lines[1] as object, bonaFide, thirdParty: "gamma" }];
        return [event("awardProposed", { at: one.at, request: "q1", by: "evaluation", lines }), one];
      });
    expect(i2(proposed(false))).toEqual([]);
    expect(i2(proposed(true))).toHaveLength(1);
  });
});

describe("I2: what a clearance is good for", () => {
  test("[AUD3] a voided clearance does not count", () => {
    const voided = event("clearanceVoided", { at: AWARDED, clearance: "clr_1", request: "q1", why: "terms_changed" });
    expect(i2(changed(clean, "awardIssued", 0, (one) => [voided, one]))).toEqual([
      "a1 r1 applies and no clearance of it stands",
    ]);
  });

  test("[AUD3] at the end of the tail it no longer counts, a millisecond before it does", () => {
    expect(i2(withClearance(clean, 0, { validUntil: AWARDED + 1 }))).toEqual([]);
    expect(i2(withClearance(clean, 0, { validUntil: AWARDED }))).toEqual(["every clearance of a1 r1 had ended"]);
    expect(i2(withClearance(clean, 0, { issuedAt: AWARDED + 1 }))).toEqual(["every clearance of a1 r1 had ended"]);
  });

  test("[AUD3] what was accepted by somebody asked inside the tail may be awarded after it", () => {
    const asked = at("2026-09-25T00:00:01Z");
    const accepted = changed(
      withMarketLine({ provider: "beta", basis: "match", notice: "ntc_2", bid: undefined }),
      "answerReceived",
      1,
      (one) => ({
        ...one,
        answer: { ...one.answer, verdict: "binding", answer: { ...one.answer.answer, type: "accept", count: 424 } },
      }),
    );
    expect(i2(withClearance(accepted, 0, { validUntil: asked + 1 }))).toEqual([]);
    expect(i2(withClearance(accepted, 0, { validUntil: asked }))).toEqual(["every clearance of a1 r1 had ended"]);
  });

  test("[AUD3] it covers its quantity once, over all awards together", () => {
    expect(i2(withClearance(clean, 0, { count: 416 }))).toEqual([
      "more was awarded past a1 r1 than its clearances cover",
    ]);
    const tolerant = withRight(withClearance(clean, 0, { count: 408 }), 0, {
      tail: { priceToleranceBp: 0, countToleranceBp: 400 },
    });
    expect(i2(tolerant)).toEqual([]);
    const halves = withMarketLine({ count: 216 });
    expect(i2([...halves, marketAward("awd_2", "lot_1", 208)])).toEqual([]);
    expect(i2([...halves, marketAward("awd_2", "lot_1", 216)])).toHaveLength(2);
  });

  test("[AUD3] what defaulted may be awarded again under it", () => {
    const gone = event("awardDefaulted", {
      at: at("2026-10-05T00:00Z"),
      award: "awd_1",
      request: "q1",
      provider: "gamma",
      why: "",
    });
    expect(i2([...clean, gone, marketAward("awd_2", "lot_1", 424)])).toEqual([]);
  });

  test("[AUD3] where a right reaches a part of the lot only, the rest is free", () => {
    const none = without(clean, "clearanceIssued", 0);
    expect(i2(withAssessment(none, "r1", { limit: 600 }))).toEqual([]);
    expect(i2(withAssessment(none, "r1", { limit: 608 }))).toHaveLength(1);
  });

  const priced = (micros: bigint, history = clean) =>
    i2(withMarketLine({ price: usd(micros) }, withClearance(history, 1, { terms: undefined })));

  test("[AUD4] a price above the noticed one is not covered, beyond the tolerance it is not either", () => {
    expect(priced(3_000_000n)).toEqual([]);
    expect(priced(3_000_001n)).toEqual(NOT_COVERED);
    const tolerant = withRight(clean, 0, { tail: { priceToleranceBp: 100, countToleranceBp: 0 } });
    expect(priced(3_030_000n, tolerant)).toEqual([]);
    expect(priced(3_030_001n, tolerant)).toEqual(NOT_COVERED);
    const final = withClearance(clean, 0, { finalRound: true });
    expect(priced(3_300_000n, final)).toEqual([]);
    expect(priced(3_300_001n, final)).toEqual(NOT_COVERED);
  });

  test("[AUD4] where the right burdens capacity, a lower price is the better one", () => {
    const capacity = withRight(clean, 0, { burdens: "capacity" });
    expect(priced(3_000_000n, capacity)).toEqual([]);
    expect(priced(2_999_999n, capacity)).toContain(NOT_COVERED[0]);
  });

  test("[AUD4] a first offer that its holder priced must be beaten", () => {
    const offered = changed(withRight(clean, 0, { kind: "first-offer" }), "answerReceived", 0, (one) => {
      const answer = { ...one.answer, answer: { ...one.answer.answer, price: usd(2_900_000n) } };
      return { ...one, answer } as BookEvent;
    });
    const fair = changed(offered, "awardIssued", 0, (one) => ({
      ...one,
      award: { ...one.award, lines: one.award.lines.slice(1) },
    }));
    expect(priced2(fair, 2_880_000n)).toEqual([]);
    expect(priced2(fair, 2_900_000n)).toEqual(NOT_COVERED);
    const betterTerm = (micros: bigint) =>
      withLineOf(fair, { price: usd(micros), stated: { sla: rational(999n, 1000n) } });
    expect(betterTerm(2_900_000n)).toEqual([]);
    expect(betterTerm(2_900_001n)).toEqual(NOT_COVERED);
    const euro = withLineOf(fair, { price: { ...usd(2_950_000n), currency: "EUR" } });
    expect(euro).toEqual([]);
  });

  test("[AUD4] what is no offer of the holder's need not be beaten: a defective answer, or one that it took back", () => {
    const named = (verdict: string, later: readonly BookEvent[] = []) =>
      changed(withRight(clean, 0, { kind: "first-offer" }), "answerReceived", 0, (one) => {
        const answer = { ...one.answer, verdict, answer: { ...one.answer.answer, price: usd(2_700_000n) } };
        return [{ ...one, answer } as BookEvent, ...later.map((item) => ({ ...one, ...item }))];
      });
    const market = (history: readonly BookEvent[]) =>
      priced2(
        changed(history, "awardIssued", 0, (one) => ({
          ...one,
          award: { ...one.award, lines: one.award.lines.slice(1) },
        })),
        2_880_000n,
      );
    const answer = { id: "ans_9", verdict: "refusal", defects: [], answer: { type: "refuse" } };
    expect(market(named("counter_offer"))).toEqual(NOT_COVERED);
    expect(market(named("curable"))).toEqual([]);
    expect(market(named("counter_offer", [{ answer } as never]))).toEqual([]);
  });

  const withLineOf = (history: readonly BookEvent[], change: object) =>
    i2(
      changed(withClearance(history, 1, { terms: undefined }), "awardIssued", 0, (one) => ({
        ...one,
        award: { ...one.award, lines: one.award.lines.map((line) => ({ ...line, ...change })) },
      })),
    );
  const priced2 = (history: readonly BookEvent[], micros: bigint) => withLineOf(history, { price: usd(micros) });

  test("[AUD4] a match clearance covers its third party only, or the one that the provider fronts for", () => {
    const other = withClearance(clean, 1, { thirdParty: "kappa" });
    expect(i2(other)).toEqual(["no clearance of a2 r2 covers these terms"]);
    expect(i2(withMarketLine({ host: "kappa" }, other))).toEqual([]);
  });

  test("[AUD4] a waiver covers its limits", () => {
    const limited = (limits: object) => i2(withClearance(clean, 0, { terms: undefined, limits }));
    expect(limited({ provider: "gamma", countMax: 424, priceMaxMicros: 2_600_000n })).toEqual([]);
    expect(limited({ provider: "kappa" })).toEqual(NOT_COVERED);
    expect(limited({ countMax: 416 })).toEqual(NOT_COVERED);
    expect(limited({ priceMaxMicros: 2_599_999n })).toEqual(NOT_COVERED);
  });
});

describe("awards by acceptance", () => {
  const firstLine = (change: object) =>
    changed(clean, "awardIssued", 0, (one) => {
      const [first, ...rest] = one.award.lines;
      return { ...one, award: { ...one.award, lines: [{ ...first, ...change }, ...rest] } } as BookEvent;
    });

  test("[AUD5] the notice is missing, or nobody accepted it bindingly", () => {
    expect(i2(firstLine({ notice: undefined }))).toEqual(["an award by acceptance names no notice"]);
    const curable = changed(clean, "answerReceived", 0, (one) => ({
      ...one,
      answer: { ...one.answer, verdict: "curable" },
    }));
    expect(i2(curable)).toEqual(["an award by acceptance rests on no binding answer"]);
  });

  test("[AUD5] a ratified answer binds, and a late one whose lateness was waived", () => {
    const rest = { at: at("2026-09-20T00:00Z"), notice: "ntc_1", request: "q1" };
    const ratified = event("answerRatified", { ...rest, by: "alfa", signer: "officer", verdict: "binding" });
    const waived = event("latenessWaived", rest);
    for (const [verdict, cure] of [
      ["curable", ratified],
      ["late", waived],
    ] as const) {
      const history = changed(clean, "answerReceived", 0, (one) => [
        { ...one, answer: { ...one.answer, verdict } },
        { ...cure, at: one.at },
      ]);
      expect(audit(history)).toEqual([]);
    }
  });

  test("[AUD5] another party than the one that accepted, or another price", () => {
    expect(i2(firstLine({ provider: "kappa" }))).toContain("kappa was awarded what alfa accepted");
    expect(i2(firstLine({ price: usd(3_000_001n) }))).toEqual([
      "an acceptance was awarded at another price than it was given at",
    ]);
  });
});
