import { describe, expect, test } from "vitest";
import { agreement, r1, r2 } from "../agreements/f0.ts";
import type { BookEvent, Evaluation } from "../book/events.ts";
import type { DisclosedEvent } from "../disclosure/index.ts";
import { bid, NOTICE, SAMPLES } from "../disclosure/samples.fixture.ts";
import { money, type PartyId } from "../kernel/index.ts";
import type { RecordedAnswer } from "../notices/notice.ts";
import { at, q1, q1Lot, ONE, USD, usd } from "../requests/f0.ts";
import type { Assessment } from "../rights/assessment.ts";
import { explain, type Explanation, renderText } from "./index.ts";

const lot = q1Lot();
const party = (id: string): BookEvent => ({
  type: "partyRecorded",
  at: SAMPLES.partyRecorded.at,
  party: { ...SAMPLES.partyRecorded.party, id: id as PartyId, name: id.toUpperCase() },
});
const BEFORE: readonly DisclosedEvent[] = [
  SAMPLES.bookOpened,
  ...["alfa", "beta", "gamma", "kappa", "corvid"].map(party),
  {
    ...SAMPLES.agreementRecorded,
    agreement: agreement("lab-alfa", { clauses: [r1({ reading: { by: "counsel", at: "2026-01-01" } })] }),
  },
  { ...SAMPLES.requestSubmitted, request: q1() },
  { type: "lotFormed", at: SAMPLES.lotFormed.at, lot },
];

function told(...events: readonly DisclosedEvent[]): Explanation {
  const explanation = explain([...BEFORE, ...events], "q1", "keeper");
  if (explanation === undefined) throw new Error("nothing was told");
  return explanation;
}

/** The lines of the text after its title, without the explanations of words. */
function lines(...events: readonly DisclosedEvent[]): string[] {
  return renderText(told(...events))
    .trimEnd()
    .split("\n")
    .slice(1)
    .filter((line) => !/^ *\(/.test(line));
}

describe("rights that were looked at", () => {
  const one = (change: Partial<Assessment>): Assessment => ({
    right: NOTICE.right,
    verdict: "applies",
    facts: [],
    undeclared: [],
    unconfirmedReading: false,
    ...change,
  });
  const assessed = (...assessments: Assessment[]): BookEvent => ({ ...SAMPLES.rightsAssessed, assessments });

  test("[EXP3] those that apply come first, the others with the reason", () => {
    const other = { agreement: "lab-beta" as never, clause: "r2" as never, version: 1 };
    expect(
      lines(
        assessed(
          one({ right: other, verdict: "out_of_scope", facts: ["RegionId=eu-west"] }),
          one({ facts: ["x_Purpose=training"] }),
        ),
      ),
    ).toEqual([
      "* 2 rights were looked at, 1 applies",
      "  - ALFA is asked before others (first refusal) by clause r1 of agreement lab-alfa: purpose training",
      "  - clause r2 of agreement lab-beta does not apply: it does not reach this (region eu-west)",
    ]);
    expect(lines(assessed())).toEqual(["* no right was looked at: no agreement in force has one"]);
  });

  test("[EXP3] how much of the lot a right reaches, and which of its alternatives", () => {
    const alternatives = [...lot.alternatives, { acceleratorType: "h200" as never, region: "us-east", factor: ONE }];
    const formed: BookEvent = { type: "lotFormed", at: SAMPLES.lotFormed.at, lot: { ...lot, alternatives } };
    expect(lines(formed, assessed(one({ limit: 512, alternatives: [1] })))[1]).toBe(
      "  - ALFA is asked before others (first refusal) by clause r1 of agreement lab-alfa, for 512 of 1,024, for h200 in us-east only",
    );
  });

  test("[EXP3] with several lots each is named", () => {
    const second: BookEvent = {
      type: "lotFormed",
      at: SAMPLES.lotFormed.at,
      lot: { ...lot, id: "lot_2" as never, label: "2" },
    };
    expect(lines(second, assessed(one({})))[0]).toBe(
      "* lot 1, 1,024 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC), inference, us-central, at most $3.00 per accelerator-hour: 1 right was looked at, and it applies",
    );
    expect(lines(second, SAMPLES.lotDropped)).toEqual([
      "* lot 1: nothing more of it is awarded: it was replaced by a later version",
    ]);
  });

  test("[EXP11] what nobody has confirmed stands at the foot, each once", () => {
    const clause = r1({ defaults: ["window", "silence", "rank"], evidence: { grade: "reported", source: "The Wire" } });
    const recorded: BookEvent = {
      ...SAMPLES.agreementRecorded,
      agreement: agreement("lab-alfa", { clauses: [clause], evidence: { grade: "assumed", source: "the author" } }),
    };
    const event = assessed(
      one({ undeclared: ["x_Purpose"], unconfirmedReading: true, defaults: ["window", "agreement.holidays"] }),
    );
    const warned: BookEvent = {
      type: "lotFormed",
      at: SAMPLES.lotFormed.at,
      lot: { ...lot, warnings: ["split_not_declared"] },
    };
    expect(told(recorded, warned, event, event).caveats).toEqual([
      { code: "warning", text: "split not declared" },
      {
        code: "undeclared_fact",
        text: "purpose was not declared: clause r1 of agreement lab-alfa is read as if it applied",
      },
      {
        code: "unconfirmed_reading",
        text: "nobody has confirmed that the fields of clause r1 of agreement lab-alfa say what its text says",
      },
      {
        code: "default",
        text: "clause r1 of agreement lab-alfa leaves open what decides here: response period (5 business days), holiday calendar (nobody's: weekends only): defaults that nobody agreed; 2 more did not matter here",
        names: ["window", "agreement.holidays"],
      },
      { code: "assumed_evidence", text: "the evidence for agreement lab-alfa is assumed: the author" },
      { code: "assumed_evidence", text: "the evidence for clause r1 of agreement lab-alfa is reported: The Wire" },
    ]);
  });

  test("[EXP11] a default that decided nothing is no caveat; what is assumed is named", () => {
    const clause = r1({ defaults: ["window", "rank"], assumed: ["scope", "partial"] });
    const recorded: BookEvent = {
      ...SAMPLES.agreementRecorded,
      agreement: agreement("lab-alfa", { clauses: [clause] }),
    };
    expect(told(recorded, assessed(one({}))).caveats).toEqual([
      {
        code: "assumed_value",
        text: "assumed by whoever wrote the book, in clause r1 of agreement lab-alfa: scope and partial",
        names: ["scope", "partial"],
      },
    ]);
  });

  test("[EXP11] what is confirmed and known from a company's own word is no caveat", () => {
    const clause = r1({
      evidence: { grade: "company", source: "filing" },
      reading: { by: "counsel", at: "2026-01-01" },
    });
    const recorded: BookEvent = {
      ...SAMPLES.agreementRecorded,
      agreement: agreement("lab-alfa", { clauses: [clause] }),
    };
    expect(told(recorded, assessed(one({}))).caveats).toEqual([]);
  });
});

describe("notices and answers", () => {
  const sent: BookEvent = { ...SAMPLES.noticeSent, notice: NOTICE };
  const answered = (change: Partial<RecordedAnswer>, answer: Partial<RecordedAnswer["answer"]> = {}): BookEvent => ({
    ...SAMPLES.answerReceived,
    answer: {
      ...SAMPLES.answerReceived.answer,
      ...change,
      answer: { type: "accept", orLess: false, rootBlocks: [], ...answer },
    },
  });
  const under = (...events: DisclosedEvent[]) =>
    lines(sent, ...events)
      .slice(1)
      .map((line) => line.trim());

  test("[EXP5] an answer with its terms, its worth and what is wrong with it", () => {
    expect(under(answered({ verdict: "curable", defects: ["not_a_multiple"] }, { count: 601 }))).toEqual([
      "- Sat 19 Sep 2026 17:00 PDT: accepted 601; it is not in order and may be replaced until the deadline (not a multiple of what may be taken)",
    ]);
    expect(
      under(answered({ verdict: "counter_offer", defects: ["price_above_notice"] }, { price: usd(3.01) })),
    ).toEqual([
      "- Sat 19 Sep 2026 17:00 PDT: accepted all, at $3.01 per accelerator-hour; it asks for other terms (counter-offer) and counts as a refusal unless it is replaced in time (its price is above the noticed one)",
    ]);
    expect(
      under(
        answered(
          { verdict: "late", defects: ["response_late"] },
          { count: 8, host: "corvid" as PartyId, condition: "board" },
        ),
      ),
    ).toEqual([
      '- Sat 19 Sep 2026 17:00 PDT: accepted 8, run by CORVID (pass-through), on the condition "board"; it came after the deadline and does not count (it came after the deadline)',
    ]);
    expect(under(answered({ verdict: "refusal" }, { type: "refuse", reason: "standing" }))).toEqual([
      "- Sat 19 Sep 2026 17:00 PDT: refused, by its standing answer",
    ]);
  });

  test("[EXP5] ratification, waived lateness, a taken offer, moved deadlines and failed delivery with their ground", () => {
    expect(
      under(
        SAMPLES.answerRatified,
        SAMPLES.latenessWaived,
        SAMPLES.offerDecided,
        SAMPLES.deadlineExtended,
        SAMPLES.deliveryFailed,
      ),
    ).toEqual([
      "- Sat 19 Sep 2026 17:00 PDT: officer stood behind the answer; it binds",
      "- Sat 19 Sep 2026 17:00 PDT: the buyer let the late answer count; it binds",
      "- Sat 19 Sep 2026 17:00 PDT: the buyer took the terms that were named",
      "- the deadline moved, because the broker was out of service: answer by Sat 26 Sep 2026 17:00 PDT",
      "- not delivered by mail, sent again by portal",
    ]);
  });

  test("[EXP4 EXP17] a deadline on the zone's clock, or on another; an unknown zone leaves UTC", () => {
    const received = (zone: string, trail: readonly string[]): BookEvent => ({
      ...SAMPLES.noticeReceived,
      zone,
      trail,
    });
    const first = (zone: string, trail: readonly string[] = []) =>
      lines(sent, received(zone, trail))[0]?.split("; ")[1];
    expect(first("America/Los_Angeles")).toBe("answer by Fri 25 Sep 2026 17:00 PDT");
    expect(first("Nowhere/Land")).toBe("answer by 2026-09-26T00:00:00Z");
    expect(first("UTC", ["Sat 19 Sep 2026 weekend"])).toContain(", 1 weekend day not counted");
    expect(first("UTC", ["Mon 7 Sep 2026 Labor Day", "Tue 8 Sep 2026 Local"])).toContain(
      ", Mon 7 Sep 2026 Labor Day and Tue 8 Sep 2026 Local not counted",
    );
    const tokyo = renderText(told(sent, received("America/Los_Angeles", [])), { zone: "Asia/Tokyo" as never });
    expect(tokyo).toContain("answer by Sat 26 Sep 2026 09:00 JST");
  });

  test("[EXP6] a clearance says why, for how many, at most at which price and until when", () => {
    expect(under(SAMPLES.clearanceIssued)).toEqual([
      "- clearance for 424: the holder refused, at most at $3.00 per accelerator-hour, until Sat 14 Nov 2026 24:00 PST (tail)",
    ]);
    const { terms: _1, validUntil: _2, notice: _3, ...bare } = SAMPLES.clearanceIssued.clearance;
    const suspended: BookEvent = { ...SAMPLES.clearanceIssued, clearance: { ...bare, reason: "suspended" } };
    expect(lines(SAMPLES.rightsAssessed, suspended)).toContain("  - clearance for 424: the right is suspended");
    const spared: BookEvent = { ...SAMPLES.clearanceIssued, clearance: { ...bare, reason: "not_applicable" } };
    expect(lines(SAMPLES.rightsAssessed, spared)).toEqual(lines(SAMPLES.rightsAssessed));
  });

  test("[EXP4] who is asked again, or at the same time as others", () => {
    const again: BookEvent = {
      ...SAMPLES.noticeSent,
      notice: { ...NOTICE, kind: "re-offer", round: 1, contingent: true },
    };
    expect(lines(again)).toEqual([
      "* ALFA was asked again, because what it was asked before has changed, by notice ntc_alfa: 1,024 at $3.00 per accelerator-hour",
      "  - asked at the same time as others: what it accepts counts for what they leave",
    ]);
  });
});

describe("tenders", () => {
  const opened: BookEvent = {
    ...SAMPLES.tenderOpened,
    tender: { ...SAMPLES.tenderOpened.tender, id: bid("x", "x", 1).tender },
  };
  const sealed: DisclosedEvent = {
    type: "bidSealed",
    at: opened.at,
    request: q1().id,
    tender: opened.type === "tenderOpened" ? opened.tender.id : ("" as never),
    bid: bid("bid_gamma", "gamma", 2.6).id,
    bidder: "gamma" as PartyId,
    late: false,
  };
  const unsealed: DisclosedEvent = {
    type: "bidsUnsealed",
    at: opened.at,
    request: sealed.request,
    tender: sealed.tender,
    bids: [bid("bid_gamma", "gamma", 2.6)],
    setAside: [{ bid: "bid_k" as never, bidder: "kappa" as PartyId, verdict: "inseparable", why: ["one_price"] }],
  };

  test("[EXP7] bids are told from their opening on, those set aside with the reason", () => {
    expect(lines(opened, sealed)).toEqual([
      "* 424 were opened to others (tender): GAMMA invited; bids by Sat 19 Sep 2026 17:00 PDT",
    ]);
    expect(lines(opened, sealed, unsealed).slice(1)).toEqual([
      "  - 1 bid was opened, Sat 19 Sep 2026 17:00 PDT",
      "    · GAMMA: 8 to 424 at $2.60 per accelerator-hour",
      "    · the bid of KAPPA was set aside: it has one price for things that must be compared apart (one price)",
    ]);
  });

  test("[EXP7] tiers, one price for all, another time", () => {
    const [line] = bid("b", "gamma", 2.6).lines;
    const tiered = {
      ...bid("b", "gamma", 2.6),
      lines: [
        {
          ...line,
          countMin: 424,
          tiers: [
            { from: 8, rate: usd(2.6) },
            { from: 256, rate: usd(2.5) },
          ],
          window: { from: at("2027-02-01T00:00:00Z"), to: at("2028-02-01T00:00:00Z") },
        },
      ],
      package: { price: money(9_000_000n, USD), extras: [], listPrices: [] },
    };
    expect(lines(opened, { ...unsealed, bids: [tiered as never], setAside: [] })[2]).toBe(
      "    · GAMMA: 424 from Mon 1 Feb 2027 to Mon 31 Jan 2028 (UTC) at $2.60 per accelerator-hour from 8, $2.50 per accelerator-hour from 256, all for $9.00",
    );
  });

  test("[EXP7] what becomes of bids", () => {
    expect(
      lines(
        opened,
        sealed,
        SAMPLES.extensionAsked,
        SAMPLES.bidExtended,
        SAMPLES.bidVoided,
        SAMPLES.bidWithdrawn,
        SAMPLES.improvementAsked,
      ).slice(1),
    ).toEqual([
      "  - GAMMA was asked to let its bid stand until Sat 19 Sep 2026 17:00 PDT, with an answer by Sat 19 Sep 2026 17:00 PDT",
      "  - GAMMA lets its bid stand until Thu 31 Dec 2026 16:00 PST",
      "  - the bid of GAMMA no longer stands: it has ended",
      "  - GAMMA withdrew its bid",
      "  - a tie: GAMMA were asked for one better sealed bid each; bids by Sat 19 Sep 2026 17:00 PDT",
    ]);
  });

  test("[EXP8] a comparison with everything that was recorded of it", () => {
    const base = SAMPLES.evaluated.evaluation;
    const evaluation: Evaluation = {
      ...base,
      chosen: base.chosen.map((part) => ({ ...part, cost: money(12_000_000n, USD) })),
      considered: [
        { provider: "gamma" as PartyId, lot: lot.id, line: 0, verdict: "taken", why: "taken" },
        { provider: "kappa" as PartyId, lot: lot.id, line: 0, verdict: "infeasible", why: "no_capacity" },
        {
          provider: "beta" as PartyId,
          lot: lot.id,
          line: 0,
          verdict: "beaten",
          why: "beaten",
          incremental: money(13_500_000n, USD),
        },
      ],
      runnerUp: { value: money(25_000_000n, USD), provider: "beta" as PartyId, count: 424 },
      binding: ["concentration", "above_cap"],
      unfilled: [{ lot: lot.id, count: 600, why: "no_bids" }],
      effects: [
        { agreement: "lab-alfa" as never, clause: "c1" as never, avoided: money(4_000_000n, USD), counted: false },
      ],
      value: money(10_000_000n, USD),
    };
    expect(lines({ ...SAMPLES.evaluated, evaluation })).toEqual([
      "* bids were compared by incremental effective cost: the best choice comes to $10.00",
      "  - GAMMA: 424 for $0.00001, $12.00 by its price alone",
      "  - KAPPA: not chosen, its capacity is not free",
      "  - BETA: not chosen, others cost less; by itself it comes to $13.50",
      "  - commitment c1 of agreement lab-alfa: the choice avoids a shortfall of $4.00 (not in force yet, so not counted)",
      "  - runner-up: 424 from BETA instead make it $25.00, $15.00 more",
      "  - what limits the choice: concentration and its price is above the cap",
      "  - 600 stay open: nobody bid",
    ]);
    expect(lines({ ...SAMPLES.evaluated, evaluation: { ...base, chosen: [] } })).toEqual([]);
    const missed = [
      {
        agreement: "lab-alfa" as never,
        clause: "c2" as never,
        cost: money(1_000_000n, USD),
        by: "the CFO",
        reason: "no room",
      },
    ];
    expect(lines({ ...SAMPLES.evaluated, evaluation: { ...evaluation, missed } })).toContain(
      "  - minimum share c2 of agreement lab-alfa is missed by decision of the CFO: no room; that costs $1.00, which is part of the choice",
    );
    const less = { value: money(4_000_000n, USD), provider: "beta" as PartyId, count: 400 };
    const bound = { ...base.value, micros: 1_000_000n };
    expect(lines({ ...SAMPLES.evaluated, evaluation: { ...evaluation, bound } })).toContain(
      "  - that it is the least is not proved: nothing can come to less than $1.00",
    );
    expect(lines({ ...SAMPLES.evaluated, evaluation: { ...evaluation, runnerUp: less } })).toContain(
      "  - runner-up: 400 from BETA instead make it $4.00, and would have covered 24 less",
    );
  });
});

describe("what came of it", () => {
  test("[EXP9] an award in one currency has a total, in two it has none", () => {
    const award = SAMPLES.awardIssued;
    expect(lines(award)).toEqual([
      "* award awd_2: 1,024 for $0.000004",
      "  - ALFA: 600 at $3.00 per accelerator-hour, $0.000001, run by CORVID (pass-through); it accepted the notice",
      "  - GAMMA: 424 at $2.60 per accelerator-hour, $0.000001; its bid was the best choice",
    ]);
    const [first, second] = award.award.lines;
    const euros = { ...second, cost: money(1n, "EUR" as never), costReported: undefined };
    const mixed: DisclosedEvent = {
      ...award,
      award: { ...award.award, lines: [first, euros] as never, conditionalUntil: at("2026-12-01T00:00:00Z") },
    };
    expect(lines(mixed)[0]).toBe("* award awd_2: 1,024");
    expect(lines(mixed).at(-1)).toBe(
      "  - it stands unless somebody else takes up a right on it by Mon 30 Nov 2026 16:00 PST",
    );
  });

  test("[EXP9] where a lot has alternatives, a line says which it is", () => {
    const alternatives = [...lot.alternatives, { acceleratorType: "h200" as never, region: "us-east", factor: ONE }];
    const formed: BookEvent = { type: "lotFormed", at: SAMPLES.lotFormed.at, lot: { ...lot, alternatives } };
    expect(lines(formed, SAMPLES.awardIssued)[2]).toContain("GAMMA: 424 as gb200 in us-central at");
    const extras = { what: ["2 PB of storage"], cost: { micros: 3_000_000_000_000n, currency: USD } };
    const { award } = SAMPLES.awardIssued;
    const lined = award.lines.map((line) => ({ ...line, offered: 2 * line.count, extras }));
    const replaced = { ...award, lines: lined };
    expect(lines(formed, { ...SAMPLES.awardIssued, award: replaced })[2]).toMatch(
      /GAMMA: 424 as 848 gb200 in us-central at .*, with 2 PB of storage for \$3,000,000\.00; /,
    );
  });

  test("[EXP10] only the last end is told, with what would work", () => {
    const rested: BookEvent = {
      ...SAMPLES.requestRested,
      nearest: "400 in this window",
      until: at("2026-11-15T08:00:00Z"),
    };
    expect(lines(rested)).toEqual([
      "* a part was awarded, 600 of 1,024: nobody bid; what is left stays open until Sat 14 Nov 2026 24:00 PST",
      "  - what would work: 400 in this window",
    ]);
    expect(lines(rested, SAMPLES.requestClosed)).toEqual(["* all was awarded, 1,024 of 1,024"]);
  });

  test("[EXP2] every other event of a request has its step", () => {
    expect(
      lines(
        SAMPLES.requestRevised,
        SAMPLES.requestHeld,
        SAMPLES.approvalAwaited,
        SAMPLES.approvalGiven,
        SAMPLES.approvalDenied,
        SAMPLES.approvalsVoided,
        { ...SAMPLES.approvalsVoided, approvals: ["board", "budget"] },
        SAMPLES.lotReassessed,
        SAMPLES.deMinimisCounted,
        SAMPLES.shareBreached,
        SAMPLES.clearanceVoided,
        SAMPLES.awardBlocked,
        SAMPLES.awardHeldForDecision,
        SAMPLES.awardConfirmed,
        SAMPLES.awardDefaulted,
        SAMPLES.requestWithdrawn,
      ),
    ).toEqual([
      "* Sat 19 Sep 2026 17:00 PDT: the request was changed, in nothing that was noticed",
      "* waits for a person: two rights are in conflict and nobody has decided it (clause r1 of agreement lab-alfa)",
      "* before the notice, an approval is needed: budget",
      "* approval budget was given by cfo",
      "* approval budget was denied by cfo",
      "* approval budget no longer counts: what was decided on was another request",
      "* approvals board and budget no longer count: what was decided on was another request",
      "* the rights were looked at again: the right has ended",
      "* de minimis: with these 8, 8 count together under clause r1 of agreement lab-alfa, so that nobody is asked",
      "* in 2027-03 30 % served another purpose, where 10 % may: 208 are asked for anew as request q3",
      "* a clearance no longer counts: the request was changed",
      "* an award could not be issued: a right has not been cleared (clause r1 of agreement lab-alfa)",
      "* award awd_1 waits for a person: the holder may not supply",
      "* award awd_1 was confirmed, Sat 19 Sep 2026 17:00 PDT",
      "* GAMMA did not keep award awd_1: its capacity is not free",
      "* Sat 19 Sep 2026 17:00 PDT: the buyer withdrew the request",
    ]);
  });

  test("[EXP18] a code without a phrase is shown as its own words", () => {
    expect(lines({ ...SAMPLES.awardBlocked, why: "quite_unheard_of", right: undefined } as never)).toEqual([
      "* an award could not be issued: quite unheard of",
    ]);
    expect(lines({ ...SAMPLES.lotDropped, why: "terms_differ:sla" })).toEqual([
      "* nothing more of it is awarded: its terms differ: sla",
    ]);
  });
});

describe("the match right's clause", () => {
  test("[EXP3] is told by what it does", () => {
    const recorded: BookEvent = { ...SAMPLES.agreementRecorded, agreement: agreement("lab-beta", { clauses: [r2()] }) };
    const right = { agreement: "lab-beta" as never, clause: "r2" as never, version: 1 };
    const event: BookEvent = {
      ...SAMPLES.rightsAssessed,
      assessments: [{ right, verdict: "ended", facts: [], undeclared: [], unconfirmedReading: false }],
    };
    expect(lines(recorded, event)[1]).toBe(
      "  - clause r2 of agreement lab-beta does not apply: it has ended; by it BETA may equal the best offer of others (match)",
    );
  });
});
