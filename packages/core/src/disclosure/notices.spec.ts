import { describe, expect, test } from "vitest";
import { agreement, r1, r2 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { BookEvent } from "../book/events.ts";
import type { PartyId } from "../kernel/index.ts";
import type { Notice } from "../notices/notice.ts";
import { at, q1Lot, usd, YEAR_2027 } from "../requests/f0.ts";
import { handle } from "./index.ts";
import { found, says, told, toldAs } from "./readers.fixture.ts";
import { NOTICE, SAMPLES } from "./samples.fixture.ts";

const sent = (change: Partial<Notice>): BookEvent => ({
  ...SAMPLES.noticeSent,
  notice: { ...NOTICE, id: "ntc_9" as never, ...change },
});

describe("a holder's notice", () => {
  test("[DSC4] carries the noticed terms with the cap, and who asks", () => {
    const { notice } = toldAs("ownNoticeSent", "alfa", sent({}));
    expect(notice).toMatchObject({
      id: "ntc_9",
      kind: "first-refusal",
      agreement: "lab-alfa",
      clause: "r1",
      from: "lab",
      fromName: "LAB",
      count: 1024,
    });
    expect(notice.terms).toEqual(q1Lot().terms);
  });

  test("[DSC4 DSC17] names neither the lot nor the request of the book", () => {
    const shown = told("alfa", sent({}));
    expect(says(shown, q1Lot().id)).toBe(false);
    expect(says(shown, '"q1"')).toBe(false);
    expect(toldAs("ownNoticeSent", "alfa", sent({})).notice.request).toBe(handle("alfa", "req", "q1"));
  });

  test("[DSC4] what becomes of it comes without the reasons of others", () => {
    const closed: BookEvent = { ...SAMPLES.noticeClosed, status: "withdrawn", count: 0, why: "gamma_was_awarded" };
    expect(told("alfa", closed)).toEqual({
      type: "ownNoticeClosed",
      at: closed.at,
      notice: NOTICE.id,
      status: "withdrawn",
      count: 0,
    });
  });

  test("[DSC4] the clock comes with zone and trail, an extension with its reason", () => {
    expect(told("alfa", SAMPLES.noticeReceived)).toEqual({
      type: "ownNoticeReceived",
      at: SAMPLES.noticeReceived.at,
      notice: NOTICE.id,
      deliveredAt: SAMPLES.noticeReceived.deliveredAt,
      deemedReceivedAt: SAMPLES.noticeReceived.deemedReceivedAt,
      respondBy: SAMPLES.noticeReceived.respondBy,
      zone: "America/Los_Angeles",
      trail: [],
      tzdata: "",
      basis: { event: "delivered", channel: "portal" },
    });
    expect(toldAs("ownDeadlineExtended", "alfa", SAMPLES.deadlineExtended).why).toBe("outage");
  });
});

describe("third parties in a notice", () => {
  const right = { agreement: "lab-beta" as never, clause: "r2" as never, version: 1 };
  const offer = {
    bid: "bid_gamma" as never,
    price: usd(2.6),
    count: 424,
    countMin: 8,
    window: YEAR_2027,
    stated: {},
    provider: "gamma" as PartyId,
  };
  const match = sent({ kind: "match", right, holder: "beta" as PartyId, thirdParty: offer });
  const clause = (change: Partial<RightClause>): BookEvent => ({
    ...SAMPLES.agreementRecorded,
    agreement: agreement("lab-beta", { provider: "beta" as PartyId, clauses: [r2(change)], version: 1 }),
  });
  const shown = (change: Partial<RightClause>, event = match) => {
    const replaced = {
      ...event,
      notice: { ...(event as typeof SAMPLES.noticeSent).notice, right: { ...right, version: 7 } },
    } as BookEvent;
    const recorded = clause(change) as typeof SAMPLES.agreementRecorded;
    return toldAs("ownNoticeSent", "beta", { ...recorded, agreement: { ...recorded.agreement, version: 7 } }, replaced)
      .notice.thirdParty;
  };

  test("[DSC5] price and terms, never which bid", () => {
    expect(shown({})).toEqual({ count: 424, countMin: 8, window: YEAR_2027, stated: {}, price: usd(2.6) });
    expect(says(told("beta", match), "bid_gamma")).toBe(false);
  });

  test("[DSC5] the provider where the notice names it and the clause demands it", () => {
    expect(shown({ disclosure: { identity: true, price: true } })?.provider).toBe("gamma");
    const { provider: _, ...unnamed } = offer;
    const without = {
      ...match,
      notice: { ...(match as typeof SAMPLES.noticeSent).notice, thirdParty: unnamed },
    } as BookEvent;
    expect(shown({ disclosure: { identity: true, price: true } }, without)?.provider).toBeUndefined();
  });

  test("[DSC5] no price where the clause withholds it", () => {
    const withheld = shown({ disclosure: { identity: false, price: false } });
    expect(withheld?.price).toBeUndefined();
  });

  test("[DSC30] a product's name is told to whom it ships first on, and to holders of rights about products", () => {
    const terms = { ...NOTICE.terms, product: "mira" };
    const told = (change: Partial<Notice>, clause: Partial<RightClause> = {}) =>
      toldAs(
        "ownNoticeSent",
        "alfa",
        { ...SAMPLES.agreementRecorded, agreement: agreement("lab-alfa", { clauses: [r1(clause)], version: 7 }) },
        sent({ terms, right: { agreement: "lab-alfa" as never, clause: "r1" as never, version: 7 }, ...change }),
      ).notice.terms;
    expect(told({ kind: "first-ship" })).toEqual(terms);
    expect(told({})).toEqual(NOTICE.terms);
    const products = { Dimension: "x_Product", Operator: "In" as const, Values: ["mira"] };
    expect(told({}, { scope: { Inclusions: [products] } }).product).toBe("mira");
    expect(
      told({}, { scope: { Exclusions: [{ GroupOperator: "And", Rules: [products, { ...products }] }] } }).product,
    ).toBe("mira");
    expect(told({}, { carveOuts: [{ id: "c", scope: { Inclusions: [products] } }] }).product).toBe("mira");
  });

  test("[DSC6] who is asked for a first offer is not told the cap; in a later round it is", () => {
    expect(toldAs("ownNoticeSent", "alfa", sent({ kind: "first-offer" })).notice.terms.price).toBeUndefined();
    expect(toldAs("ownNoticeSent", "alfa", sent({ kind: "first-offer", round: 1 })).notice.terms.price).toEqual(usd(3));
  });
});

describe("assignment", () => {
  const assigned = SAMPLES.agreementAssigned;

  test("[DSC7] whoever takes over is shown the agreement and its open notices", () => {
    const taken = toldAs("ownAgreementTakenOver", "kappa", assigned);
    expect(taken).toMatchObject({
      from: "alfa",
      agreement: { id: "lab-alfa" },
      notices: [{ id: NOTICE.id, holder: "alfa" }],
    });
    expect(taken.notices[0]?.request).toBe(handle("kappa", "req", "q1"));
    expect(toldAs("ownAgreementTakenOver", "kappa", SAMPLES.noticeClosed, assigned).notices).toEqual([]);
  });

  test("[DSC7] and from then on what the holder sees, as the holder does", () => {
    for (const event of [SAMPLES.deadlineExtended, SAMPLES.noticeClosed, SAMPLES.answerReceived]) {
      expect(told("kappa", assigned, event)).toEqual(told("alfa", assigned, event));
      expect(told("kappa", event)).toBeUndefined();
    }
    expect(told("kappa", { ...assigned, effective: false }, SAMPLES.noticeClosed)).toBeUndefined();
    expect(told("kappa", assigned, SAMPLES.waiverGranted)).toBe(SAMPLES.waiverGranted);
  });

  test("[DSC7] who answers without a right to keeps its own answer", () => {
    const foreign: BookEvent = { ...SAMPLES.answerReceived, by: "zeta" as PartyId };
    expect(toldAs("ownAnswerRecorded", "zeta", foreign).by).toBe("zeta");
  });
});

describe("hosts", () => {
  const { answer } = SAMPLES.answerReceived;
  const answered = (verdict: typeof answer.verdict, change: object = {}): BookEvent => ({
    ...SAMPLES.answerReceived,
    answer: { ...answer, verdict, answer: { ...answer.answer, ...change } },
  });

  test("[DSC8] learn their own count, the window and who sells when the acceptance binds", () => {
    const named = toldAs("hostNamed", "corvid", answered("binding"));
    expect(named).toEqual({
      type: "hostNamed",
      at: SAMPLES.answerReceived.at,
      part: handle("corvid", "hst", NOTICE.id),
      seller: "alfa",
      count: 200,
      window: YEAR_2027,
    });
    expect(toldAs("hostNamed", "corvid", answered("binding", { hostCount: undefined })).count).toBe(600);
  });

  test("[DSC8] not before it does, and once", () => {
    expect(told("corvid", answered("curable"))).toBeUndefined();
    for (const cure of [SAMPLES.answerRatified, SAMPLES.latenessWaived, SAMPLES.offerDecided]) {
      expect(toldAs("hostNamed", "corvid", answered("curable"), cure).count).toBe(200);
      expect(told("corvid", answered("binding"), cure)).toBeUndefined();
    }
    expect(told("corvid", answered("curable"), { ...SAMPLES.answerRatified, verdict: "late" })).toBeUndefined();
    expect(told("corvid", answered("counter_offer"), { ...SAMPLES.offerDecided, taken: false })).toBeUndefined();
  });

  test("[DSC8] in an award see their part: no price, no whole count, no line of others", () => {
    const award = toldAs("ownAwardIssued", "corvid", SAMPLES.answerReceived, SAMPLES.awardIssued);
    expect(award.hosted).toEqual([
      { part: handle("corvid", "hst", NOTICE.id), seller: "alfa", count: 200, window: YEAR_2027 },
    ]);
    expect([award.supplied, award.bought]).toEqual([[], []]);
    expect(found(award, "3000000", "2600000", '"count":600', '"count":1024', "gamma")).toEqual([]);
  });
});

describe("what replaces something else", () => {
  test("[DSC8 DSC15] is told as what is delivered: to whoever supplies it, and to a host its part", () => {
    const { award } = SAMPLES.awardIssued;
    const lines = award.lines.map((line) => ({ ...line, acceleratorType: "h100", offered: line.count * 2 }));
    const issued: BookEvent = { ...SAMPLES.awardIssued, award: { ...award, lines } };
    const extras = { what: ["2 PB of storage"] };
    const withExtras: BookEvent = { ...issued, award: { ...award, lines: lines.map((line) => ({ ...line, extras })) } };
    expect(toldAs("ownAwardIssued", "corvid", SAMPLES.answerReceived, issued).hosted).toMatchObject([{ count: 400 }]);
    expect(toldAs("ownAwardIssued", "gamma", withExtras).supplied).toMatchObject([
      { count: 424, offered: 848, extras },
    ]);
  });
});

describe("agreements and facts", () => {
  test("[DSC13] come without the keeper's notes and without the order of rights", () => {
    const noted = r1({
      reading: { by: "counsel", at: "2026-01-01" },
      evidence: { grade: "assumed", source: "desk" },
      defaults: ["window"],
      rank: 77,
    });
    const commitment = {
      id: "c1",
      lineageId: "c1",
      kind: "commitment",
      type: "spend",
      obligor: "lab",
      beneficiary: "alfa",
      scope: { Inclusions: [] },
      status: "active",
      schedule: [
        {
          from: at("2027-01-01T00:00:00Z"),
          to: at("2028-01-01T00:00:00Z"),
          amount: { micros: 5n, currency: "USD" },
          expectedOther: { micros: 424_242n, currency: "USD" },
        },
      ],
      shortfallBp: 10_000,
      stackPriority: 55,
      defaults: [],
      projected: { total: 777_777n, beneficiary: 1n },
    };
    const entitlement = {
      id: "e1",
      lineageId: "e1",
      kind: "entitlement",
      act: "call-off",
      acceleratorType: "gb200",
      count: 8,
      price: usd(2),
      blocks: [],
      defaults: [],
      statedIn: "other-request",
    };
    const record = { id: "x1", lineageId: "x1", kind: "record", about: "licence", defaults: [], text: "kept" };
    const event: BookEvent = {
      ...SAMPLES.agreementRecorded,
      agreement: {
        ...agreement("lab-alfa", { clauses: [noted, commitment, entitlement, record] as never }),
        evidence: { grade: "assumed", source: "desk" },
        document: { file: "vault/secret.pdf", sha256: "ab12" },
      },
    };
    const shown = told("alfa", event);
    expect(
      found(shown, "counsel", "desk", '"defaults"', "77", "424242", "777777", "55", "other-request", "secret.pdf"),
    ).toEqual([]);
    expect(found(shown, "ab12", "licence", "first-refusal", "call-off", "spend")).toHaveLength(5);
  });

  test("[DSC13] that an agreement conflicts with another is not told, nor a status twice", () => {
    const status = (to: "active" | "conflicted" | "suspended"): BookEvent => ({
      ...SAMPLES.agreementStatusChanged,
      status: to,
    });
    expect(told("alfa", status("conflicted"))).toBeUndefined();
    expect(told("alfa", status("active"), status("conflicted"), status("active"))).toBeUndefined();
    expect(toldAs("ownAgreementStatusChanged", "alfa", status("active"), status("suspended"))).toEqual({
      type: "ownAgreementStatusChanged",
      at: SAMPLES.agreementStatusChanged.at,
      agreement: "lab-alfa",
      status: "suspended",
    });
  });

  test("[DSC14] a party's own record comes without its competitors, its capacity without the root", () => {
    expect(says(told("gamma", SAMPLES.partyRecorded), "kappa")).toBe(false);
    const block = told("gamma", SAMPLES.blockRecorded);
    expect([says(block, "site-9"), says(block, "d-3"), says(block, "g-17")]).toEqual([false, false, true]);
  });
});

describe("awards", () => {
  test("[DSC15] a supplier sees its own lines only", () => {
    const award = toldAs("ownAwardIssued", "gamma", SAMPLES.awardIssued);
    expect(award.supplied).toMatchObject([{ provider: "gamma", count: 424, price: usd(2.6), basis: "bid" }]);
    expect(found(award, "alfa", "clr_1", '"count":600', "awd_2", q1Lot().id, "costReported")).toEqual([]);
  });

  test("[DSC15] a condition only where it is of its own making", () => {
    const until = at("2026-12-01T00:00:00Z");
    const contingent: BookEvent = {
      ...SAMPLES.bidReceived,
      bid: { ...SAMPLES.bidReceived.bid, id: "bid_gamma" as never, contingency: { until } },
    };
    const issued: BookEvent = {
      ...SAMPLES.awardIssued,
      award: { ...SAMPLES.awardIssued.award, conditionalUntil: until },
    };
    expect(toldAs("ownAwardIssued", "gamma", contingent, issued).conditionalUntil).toBe(until);
    expect(toldAs("ownAwardIssued", "alfa", contingent, issued).conditionalUntil).toBeUndefined();
  });

  test("[DSC17] each knows an award by a name of its own, always the same", () => {
    const [alfa, gamma] = [
      toldAs("ownAwardIssued", "alfa", SAMPLES.awardIssued),
      toldAs("ownAwardIssued", "gamma", SAMPLES.awardIssued),
    ];
    expect(alfa.award).not.toBe(gamma.award);
    const confirmed: BookEvent = { ...SAMPLES.awardConfirmed, award: SAMPLES.awardIssued.award.id };
    expect(toldAs("ownAwardConfirmed", "gamma", SAMPLES.awardIssued, confirmed).award).toBe(gamma.award);
  });

  test("[DSC17] a handle has the shape of an id and differs with secret, kind and id", () => {
    const handles = [
      handle("a", "req", "q1"),
      handle("b", "req", "q1"),
      handle("a", "awd", "q1"),
      handle("a", "req", "q2"),
    ];
    expect(handles.filter((text) => /^(req|awd)_[0-9a-z]{20}$/.test(text))).toEqual(handles);
    expect(new Set(handles.map((text) => text.slice(4))).size).toBe(4);
    expect(handle("a", "req", "q1")).toBe(handles[0]);
  });
});

describe("a book that a provider keeps", () => {
  const opened: BookEvent = {
    ...SAMPLES.bookOpened,
    header: { ...SAMPLES.bookOpened.header, keeper: "alfa" as PartyId, kind: "provider" },
  };
  const request: BookEvent = {
    ...SAMPLES.requestSubmitted,
    request: { ...SAMPLES.requestSubmitted.request, buyer: "lab" as PartyId },
  };
  const about = { request: SAMPLES.requestSubmitted.request.id };

  test("[DSC16] its customer sees its own request and how it ended, not why", () => {
    expect(told("lab", opened, request)).toBe(request);
    const closed: BookEvent = { ...SAMPLES.requestClosed, ...about, why: "kappa_took_it", nearest: "8 fewer" };
    expect(told("lab", opened, request, closed)).toEqual({
      type: "ownRequestEnded",
      at: closed.at,
      ...about,
      outcome: "awarded_full",
      awarded: 1024,
      asked: 1024,
      closed: true,
    });
    expect(toldAs("ownRequestEnded", "lab", opened, request, { ...SAMPLES.requestRested, ...about }).closed).toBe(
      false,
    );
    expect(told("lab", opened, request, { ...SAMPLES.requestWithdrawn, ...about })).toMatchObject({
      type: "requestWithdrawn",
    });
  });

  test("[DSC16] whoever buys sees the lines that it buys: the customer, the third party of a sale, a holder that takes it up", () => {
    const line = { ...SAMPLES.awardIssued.award.lines[1], provider: "alfa" as PartyId, host: undefined };
    const award: BookEvent = {
      ...SAMPLES.awardIssued,
      award: { ...SAMPLES.awardIssued.award, ...about, lines: [line] as never },
    };
    expect(toldAs("ownAwardIssued", "lab", opened, request, award).bought).toHaveLength(1);
    const sale: BookEvent = {
      ...SAMPLES.requestSubmitted,
      request: {
        ...SAMPLES.requestSubmitted.request,
        buyer: "alfa" as PartyId,
        sale: { to: "kappa" as PartyId, price: usd(3), blocks: [] },
      },
    };
    expect(toldAs("ownAwardIssued", "kappa", opened, sale, award).bought).toHaveLength(1);
    const capacity: BookEvent = {
      ...SAMPLES.agreementRecorded,
      agreement: agreement("cap", { clauses: [r1({ burdens: "capacity", holder: "beta" as PartyId })] }),
    };
    const notice = sent({
      ...about,
      right: { agreement: "cap" as never, clause: "r1" as never, version: 1 },
      holder: "beta" as PartyId,
    });
    const taken: BookEvent = {
      ...SAMPLES.awardIssued,
      award: {
        ...SAMPLES.awardIssued.award,
        ...about,
        lines: [{ ...line, notice: "ntc_9", basis: "acceptance" }] as never,
      },
    };
    expect(toldAs("ownAwardIssued", "beta", opened, sale, capacity, notice, taken).bought).toHaveLength(1);
    expect(told("kappa", opened, sale, capacity, notice, taken)).toBeUndefined();
  });
});
