import { describe, expect, test } from "vitest";
import { r1, r2 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import {
  type BidId,
  type BlockId,
  type Currency,
  DAY_MS,
  type Instant,
  type PartyId,
  rational,
} from "../kernel/index.ts";
import { at, q1Terms, usd, YEAR_2027 } from "../requests/f0.ts";
import { acceptance, context, openNotice, RESPOND_BY } from "./f0.ts";
import {
  type AnswerContext,
  awaitsWaiver,
  endOf,
  isOfSigner,
  judgeAnswer,
  missingTerms,
  offeredTerms,
} from "./judge.ts";
import type { Answer, AnswerVerdict, OpenNotice, RecordedAnswer, ThirdPartyOffer } from "./notice.ts";

interface Case {
  readonly notice?: Partial<OpenNotice>;
  readonly right?: Partial<RightClause>;
  readonly context?: Partial<AnswerContext>;
}

/** The verdict, and after it the defects. */
function judge(answer: Partial<Answer>, given: Case = {}): string {
  const { verdict, defects } = judgeAnswer(
    openNotice(given.notice),
    r1(given.right),
    acceptance(answer),
    context(given.context),
  );
  return [verdict, ...defects].join(" ");
}

function recorded(verdict: AnswerVerdict, defects: string[] = [], answer: Partial<Answer> = {}): RecordedAnswer {
  return { id: "ans_1", answer: acceptance(answer), receivedAt: at("2026-09-15T17:00:00Z"), verdict, defects };
}

const previous = (verdict: AnswerVerdict): Case => ({ context: { previous: recorded(verdict) } });
const received = (text: string): Case => ({ context: { receivedAt: at(text) } });

describe("time", () => {
  test("[NTC1] N6: the deadline itself is in time, a millisecond later is not", () => {
    expect(judge({}, received("2026-09-22T00:00:00Z"))).toBe("binding");
    expect(judge({}, received("2026-09-22T00:00:00.001Z"))).toBe("late response_late");
  });

  test("[NTC1] N7: received two seconds after it is late, whatever the sender's clock said", () => {
    expect(judge({}, received("2026-09-22T00:00:02Z"))).toBe("late response_late");
    expect(judge({ type: "refuse" }, received("2026-09-22T00:00:02Z"))).toBe("late response_late");
  });

  test("[NTC1] N10: a notice that was not received yet may be answered at any time", () => {
    const { respondBy: _, ...unread } = openNotice();
    expect(judgeAnswer(unread, r1(), acceptance(), context({ receivedAt: at("2030-01-01T00:00:00Z") })).verdict).toBe(
      "binding",
    );
  });
});

describe("what came before", () => {
  test("[NTC2] N14: after a binding acceptance nothing counts any more", () => {
    expect(judge({ type: "refuse" }, previous("binding"))).toBe("ignored already_binding");
    expect(judge({ count: 512 }, previous("binding"))).toBe("ignored already_binding");
    expect(judge({ type: "object" }, previous("binding"))).toBe("ignored already_binding");
  });

  test("[NTC3] a final refusal stays, another is replaced", () => {
    expect(judge({}, previous("refusal"))).toBe("ignored refusal_is_final");
    expect(judge({}, { ...previous("refusal"), right: { refusalFinal: false } })).toBe("binding");
  });

  test("[NTC3] P2, P4: counter-offers and defective acceptances are replaced until the deadline", () => {
    expect(judge({}, previous("counter_offer"))).toBe("binding");
    expect(judge({ count: 600 }, previous("curable"))).toBe("binding");
  });

  test("[NTC4] V13: an answer after the end of the right", () => {
    expect(judge({}, { context: { rightEnded: true } })).toBe("non_conforming right_ended");
    expect(judge({ type: "refuse" }, { context: { rightEnded: true } })).toBe("non_conforming right_ended");
  });

  test("[NTC34] service before a product has shipped where it must ship first is curable by a later beginning", () => {
    const LAUNCH = YEAR_2027.from + DAY_MS;
    const context = { beforeLaunch: (begins: number) => begins < LAUNCH };
    expect(judge({}, { context })).toBe("curable before_first_ship");
    const later = { from: LAUNCH as Instant, to: YEAR_2027.to };
    const terms = q1Terms({ latestStart: later.from });
    expect(judge({ window: later }, { context, notice: { terms } })).toBe("binding");
  });

  test("[NTC4] V14: a holder that is not eligible may refuse, not accept", () => {
    expect(judge({}, { context: { eligible: false } })).toBe("non_conforming holder_not_eligible");
    expect(judge({ type: "refuse" }, { context: { eligible: false } })).toBe("refusal");
  });
});

describe("objections", () => {
  const lacking: Case = { notice: { missing: ["latestStart"], objectBy: at("2026-09-17T00:00:00Z") } };
  const objecting = (extra: Case = {}) => judge({ type: "object" }, { ...lacking, ...extra });

  test("[NTC5] N11: an objection in time says what is missing", () => {
    expect(objecting()).toBe("objection missing:latestStart");
    expect(objecting(received("2026-09-17T00:00:00Z"))).toBe("objection missing:latestStart");
    expect(objecting(received("2026-09-17T00:00:00.001Z"))).toBe("late objection_late");
  });

  test("[NTC5] an answer cures the notice, and a whole notice has nothing to object to", () => {
    expect(judge({}, lacking)).toBe("binding");
    expect(objecting(previous("counter_offer"))).toBe("ignored already_cured");
    expect(judge({ type: "object" })).toBe("ignored nothing_missing");
  });

  test("[NTC19] what a clause wants stated and the terms leave out", () => {
    const terms = q1Terms({ stated: { slaUptime: rational(99n) } });
    expect(missingTerms(terms, ["price", "latestStart", "slaUptime", "purpose", "toString"])).toEqual([
      "latestStart",
      "toString",
    ]);
    expect(missingTerms(terms, [])).toEqual([]);
    const split = q1Terms({ purposes: [{ purpose: "a" }, { purpose: "b" }] });
    expect(missingTerms(split, ["purpose", "channel"])).toEqual(["channel"]);
    expect(missingTerms(q1Terms({ purposes: [] }), ["purpose"])).toEqual(["purpose"]);
  });
});

describe("price and terms", () => {
  test("[NTC6] A1, P14, P15: at the noticed price, below it, above it", () => {
    expect(judge({})).toBe("binding");
    expect(judge({ price: usd(3) })).toBe("binding");
    expect(judge({ price: usd(2.9) })).toBe("binding");
    expect(judge({ price: usd(3.01) })).toBe("counter_offer price_above_notice");
  });

  test("[NTC7] where capacity is burdened, the holder pays", () => {
    const right = { burdens: "capacity" } as const;
    expect(judge({ price: usd(3.01) }, { right })).toBe("binding");
    expect(judge({ price: usd(2.99) }, { right })).toBe("counter_offer price_below_notice");
  });

  test("[NTC8] another currency, and a price where none was noticed", () => {
    const euro = { microsPerHour: 1_000_000n, currency: "EUR" as Currency };
    expect(judge({ price: euro })).toBe("counter_offer price_currency");
    const { price: _, ...terms } = q1Terms();
    expect(judge({ price: usd(9) }, { notice: { terms } })).toBe("counter_offer price_not_noticed");
    expect(judge({}, { notice: { terms } })).toBe("binding");
  });

  test("[NTC8] better for the buyer conforms, worse or without direction does not", () => {
    const notice = { terms: q1Terms({ stated: { slaUptime: rational(99n) } }) };
    expect(judge({ stated: { slaUptime: rational(999n, 10n) } }, { notice })).toBe("binding");
    expect(judge({ stated: { slaUptime: rational(98n), prepayment: rational(5n) } }, { notice })).toBe(
      "counter_offer terms_differ:slaUptime terms_differ:prepayment",
    );
    expect(judge({ stated: { place: "eu" } })).toBe("counter_offer terms_differ:place");
    const later = { from: (YEAR_2027.from + 3_600_000) as Instant, to: (YEAR_2027.to + 3_600_000) as Instant };
    expect(judge({ window: later })).toBe("counter_offer terms_differ:start");
    expect(judge({ window: later }, { notice: { terms: q1Terms({ latestStart: later.from }) } })).toBe("binding");
  });

  test("[NTC16] who is asked to offer first makes an offer, that the buyer may take or leave", () => {
    const notice = openNotice({ kind: "first-offer" });
    const answer = acceptance({ price: usd(2.9), count: 512 });
    const judged = judgeAnswer(notice, r1({ kind: "first-offer" }), answer, context());
    expect(judged).toEqual({ verdict: "counter_offer", defects: ["names_terms"] });
    const answered = { ...notice, answer: { ...recorded(judged.verdict), answer } };
    expect(offeredTerms(answered)).toEqual({ ...notice.terms, price: usd(2.9), count: 512 });
    expect(offeredTerms(openNotice({ answer: recorded("refusal") }))).toBeUndefined();
    expect(offeredTerms(openNotice())).toBeUndefined();
  });

  test("[NTC16] asked again on changed terms, it accepts them", () => {
    expect(judge({}, { notice: { kind: "re-offer", round: 1 }, right: { kind: "first-offer" } })).toBe("binding");
  });
});

describe("a third party's offer", () => {
  const thirdParty: ThirdPartyOffer = {
    bid: "bid_1" as BidId,
    price: usd(2.6),
    count: 1_024,
    window: YEAR_2027,
    stated: {},
    countMin: 8,
  };

  test("[NTC15] M2: silent about a term, it is met as offered", () => {
    const asked: unknown[] = [];
    const compareMatch: AnswerContext["compareMatch"] = (answered) => {
      asked.push(answered);
      return { matches: true, worse: [] };
    };
    const notice = openNotice({ kind: "match", thirdParty });
    expect(judgeAnswer(notice, r2(), acceptance(), context({ compareMatch })).verdict).toBe("binding");
    expect(asked).toEqual([{ price: usd(2.6), count: 1_024, window: YEAR_2027, stated: {} }]);
  });

  test("[NTC15] M3: what falls short is named", () => {
    const compareMatch = () => ({ matches: false, worse: ["start", "prepayment"] });
    const judged = judgeAnswer(
      openNotice({ kind: "match", thirdParty }),
      r2(),
      acceptance(),
      context({ compareMatch }),
    );
    expect(judged).toEqual({ verdict: "counter_offer", defects: ["not_a_match:start", "not_a_match:prepayment"] });
  });

  test("[NTC15] a re-offer under a first refusal is accepted on its terms, not matched", () => {
    const compareMatch = () => ({ matches: false, worse: ["price"] });
    const notice = openNotice({ kind: "re-offer", thirdParty, terms: { ...q1Terms(), price: usd(3.05) } });
    expect(judgeAnswer(notice, r1(), acceptance({ price: usd(3.05) }), context({ compareMatch })).verdict).toBe(
      "binding",
    );
  });
});

describe("count", () => {
  test("[NTC10] P1, P2: 600 is 75 blocks, 601 is no multiple of 8", () => {
    expect(judge({ count: 600 })).toBe("binding");
    expect(judge({ count: 601 })).toBe("curable not_a_multiple");
    expect(judge({ count: 600 }, { right: { partial: { mode: "multiple", of: 16 } } })).toBe("curable not_a_multiple");
  });

  test("[NTC10] P3: 600 of a gang of 1,024, or of what may not be divided", () => {
    expect(judge({ count: 600 }, { notice: { terms: q1Terms({ gangMin: 1_024 }) } })).toBe(
      "curable below_gang_minimum",
    );
    expect(judge({ count: 600 }, { notice: { terms: q1Terms({ divisible: false }) } })).toBe(
      "curable below_gang_minimum",
    );
  });

  test("[NTC10] nothing, less than nothing, and no number", () => {
    for (const count of [0, -8, 1.5, Number.NaN]) expect(judge({ count })).toBe("curable count_not_positive");
  });

  test("[NTC10] all that was noticed fits, also a remainder of no whole blocks", () => {
    expect(judge({ count: 420 }, { notice: { count: 420 } })).toBe("binding");
    expect(judge({}, { notice: { count: 420 }, right: { partial: { mode: "none" } } })).toBe("binding");
  });

  test("[NTC9] P4: a part where none is allowed, below the smallest, or more than noticed", () => {
    expect(judge({ count: 600 }, { right: { partial: { mode: "none" } } })).toBe("counter_offer partial_not_allowed");
    const smallest = { right: { partial: { mode: "multiple", of: 8, min: 512 } } } as const;
    expect(judge({ count: 504 }, smallest)).toBe("counter_offer below_partial_minimum");
    expect(judge({ count: 512 }, smallest)).toBe("binding");
    expect(judge({ count: 1_032 })).toBe("counter_offer more_than_noticed");
  });
});

describe("conditions, signers, blocks and hosts", () => {
  test("[NTC11] P12: subject to board approval", () => {
    const condition = "board approval";
    expect(judge({ condition })).toBe("curable conditional");
    expect(judge({ condition }, { right: { contingencies: { allowed: true } } })).toBe(
      "curable condition_to_be_waived",
    );
    expect(judge({ condition: "" })).toBe("binding");
    expect(awaitsWaiver(recorded("curable", ["condition_to_be_waived"]))).toBe(true);
    expect(awaitsWaiver(recorded("curable", ["not_a_multiple", "condition_to_be_waived"]))).toBe(false);
    expect(awaitsWaiver(undefined)).toBe(false);
  });

  test("[NTC12] N18: signed without authority", () => {
    expect(judge({}, { context: { authority: { binds: false } } })).toBe("curable signer_not_authorised");
    expect(judge({ type: "refuse" }, { context: { authority: { binds: false } } })).toBe("refusal");
    const authority = { binds: false, defect: "signer_limit:2.00 USD, and the limit is 1.00 USD" };
    expect(judge({}, { context: { authority } })).toBe(`curable ${authority.defect}`);
    expect(isOfSigner("signer_limit:1.00 USD")).toBe(true);
    expect(isOfSigner("signer_not_authorised")).toBe(true);
    expect(isOfSigner("conditional")).toBe(false);
  });

  test("[NTC13] M11: a root block without room; the holder may substitute", () => {
    const room: Case = {
      context: { blocksFree: (blocks, count) => !blocks.includes("g17" as BlockId) && count <= 1_024 },
    };
    expect(judge({ rootBlocks: ["g17"] as BlockId[] }, room)).toBe("curable block_unavailable");
    expect(judge({ rootBlocks: ["g18"] as BlockId[] }, room)).toBe("binding");
    expect(judge({}, room)).toBe("binding");
  });

  test.each([
    ["resale_barred", "resale_barred"],
    ["consent_needed", "host_consent_missing"],
    ["host_not_allowed", "host_not_allowed"],
  ] as const)("[NTC14] X1: a host whose flow-down is %s", (flow, defect) => {
    const world: Case = { context: { flowDown: (host) => (host === "gamma" ? flow : "ok") } };
    expect(judge({ host: "gamma" as PartyId }, world)).toBe(`curable ${defect}`);
    expect(judge({ host: "omega" as PartyId }, world)).toBe("binding");
    expect(judge({ host: "alfa" as PartyId }, world)).toBe("binding");
  });

  test("[NTC14] no more through a host than the clause's share of what is accepted", () => {
    const host = "gamma" as PartyId;
    const right = { passThrough: { allowed: true, maxShareBp: 4_000, consent: false } };
    expect(judge({ count: 1_000, host, hostCount: 400 }, { right })).toBe("binding");
    expect(judge({ count: 1_000, host, hostCount: 408 }, { right })).toBe("curable pass_through_share");
    expect(judge({ count: 1_000, host }, { right })).toBe("curable pass_through_share");
    expect(judge({ count: 512, host, hostCount: 520 })).toBe("curable pass_through_share");
  });

  test("[NTC17] all defects in their order; one that asks for other terms decides", () => {
    const everything: Case = {
      context: { authority: { binds: false }, blocksFree: () => false, flowDown: () => "resale_barred" },
    };
    const answer = { count: 601, condition: "board", rootBlocks: ["g1"] as BlockId[], host: "gamma" as PartyId };
    const faults = "not_a_multiple conditional signer_not_authorised block_unavailable resale_barred";
    expect(judge(answer, everything)).toBe(`curable ${faults}`);
    expect(judge({ ...answer, price: usd(3.5) }, everything)).toBe(`counter_offer price_above_notice ${faults}`);
  });
});

describe("the end of a notice", () => {
  test("[NTC18] P2, P4, P15: refused, or lapsed", () => {
    expect(endOf(undefined)).toBe("lapsed");
    expect(endOf(recorded("refusal"))).toBe("refused");
    expect(endOf(recorded("counter_offer", ["partial_not_allowed"]))).toBe("refused");
    expect(endOf(recorded("curable", ["not_a_multiple"]))).toBe("lapsed");
    expect(endOf(recorded("non_conforming", ["right_ended"]))).toBe("lapsed");
    expect(RESPOND_BY).toBe(1_790_035_200_000);
  });
});
