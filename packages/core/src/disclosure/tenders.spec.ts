import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import type { HoldId, PartyId } from "../kernel/index.ts";
import { at, q1Lot, usd } from "../requests/f0.ts";
import { resolveInvitation } from "./index.ts";
import { says, stateAfter, told, toldAs } from "./readers.fixture.ts";
import { bid, NOTICE, POLICY, SAMPLES } from "./samples.fixture.ts";

const LATE = at("2026-09-21T00:00:00Z");
const policy = (change: Partial<typeof POLICY>): BookEvent => ({
  ...SAMPLES.policyRecorded,
  policy: { ...POLICY, ...change },
});

describe("sealed bids", () => {
  test("[DSC2] before the opening the keeper sees that a bid is there, and whose", () => {
    expect(told("lab", SAMPLES.bidReceived)).toEqual({
      type: "bidSealed",
      at: SAMPLES.bidReceived.at,
      request: "q1",
      tender: "tnd_1",
      bid: "bid_g2",
      bidder: "gamma",
      late: false,
    });
    expect(told("lab", SAMPLES.bidExtended)).toBeUndefined();
    expect(told("lab", SAMPLES.bidVoided)).toBeUndefined();
    expect(told("lab", SAMPLES.bidsOpened, SAMPLES.bidExtended)).toBe(SAMPLES.bidExtended);
    expect(told("lab", SAMPLES.bidsOpened, SAMPLES.bidVoided)).toBe(SAMPLES.bidVoided);
  });

  test("[DSC2] of an answer left in advance the keeper sees that it is there", () => {
    expect(told("lab", SAMPLES.standingAnswerGiven)).toEqual({
      type: "standingAnswerKept",
      at: SAMPLES.standingAnswerGiven.at,
      id: "sa-2",
      party: "alfa",
    });
  });

  test("[DSC3] the opening shows the bids as they stand by then", () => {
    const opened = toldAs("bidsUnsealed", "lab", SAMPLES.bidExtended, SAMPLES.bidsOpened);
    expect(opened.bids).toEqual([
      { ...bid("bid_gamma", "gamma", 2.6), validUntil: SAMPLES.bidExtended.validUntil },
      bid("bid_kappa", "kappa", 2.71),
    ]);
    expect(opened.setAside).toEqual([]);
  });

  test("[DSC3] bids that were set aside are named with the reason, without their terms; a late one stays sealed", () => {
    const bad: BookEvent = {
      ...SAMPLES.bidReceived,
      bid: bid("bid_x", "kappa", 2.345),
      verdict: "inseparable",
      why: ["lot_1"],
    };
    const late: BookEvent = { ...SAMPLES.bidReceived, bid: bid("bid_y", "kappa", 2.456), verdict: "late" };
    const only: BookEvent = { ...SAMPLES.bidsOpened, bids: [bid("bid_gamma", "gamma", 0).id] };
    const opened = toldAs(
      "bidsUnsealed",
      "lab",
      bad,
      late,
      { ...SAMPLES.bidVoided, bid: bid("bid_kappa", "kappa", 0).id },
      only,
    );
    expect(opened.setAside).toEqual([
      { bid: "bid_kappa", bidder: "kappa", verdict: "voided", why: ["expired"] },
      { bid: "bid_x", bidder: "kappa", verdict: "inseparable", why: ["lot_1"] },
    ]);
    expect(says(opened, "2345000")).toBe(false);
    expect(says(opened, "bid_y")).toBe(false);
  });
});

describe("price lists that bid by themselves", () => {
  const bids = [
    { ...bid("bid_1", "gamma", 2.61), standing: true, order: 0 },
    { ...bid("bid_2", "kappa", 2.62), standing: true, order: 1 },
    { ...bid("bid_3", "gamma", 2.63), standing: true, order: 2 },
  ];
  const entered: BookEvent = { ...SAMPLES.listBidsReceived, bids };

  test("[DSC22] each bidder is told its own, without their places among the others", () => {
    const gamma = toldAs("ownListBidsRecorded", "gamma", entered);
    expect(gamma.bids.map((one) => [one.id, one.lines[0]?.tiers[0]?.rate])).toEqual([
      ["bid_1", usd(2.61)],
      ["bid_3", usd(2.63)],
    ]);
    expect(gamma.bids.some((one) => "order" in one)).toBe(false);
    expect(says(gamma, "bid_2")).toBe(false);
    expect(says(gamma, "2620000")).toBe(false);
    expect(told("beta", entered)).toBeUndefined();
    expect(told("zeta", entered)).toBeUndefined();
  });

  test("[DSC22] the same bytes, whatever stands in a rival's, and whether or not one has room", () => {
    const rivals: BookEvent = {
      ...entered,
      bids: bids.map((one) => (one.bidder === "kappa" ? { ...one, lines: [], receivedAt: LATE } : one)),
    };
    expect(told("gamma", rivals)).toEqual(told("gamma", entered));
    const full: BookEvent = { ...entered, taken: bids.map((one) => one.id) };
    expect(told("gamma", full)).toEqual(told("gamma", entered));
    expect(told("lab", full)).toEqual(told("lab", entered));
  });

  test("[DSC2 DSC3 DSC22] the keeper sees whose they are, and what they say from the opening on", () => {
    const sealed = toldAs("listBidsSealed", "lab", entered);
    expect(sealed.bids).toEqual(bids.map((one) => ({ bid: one.id, bidder: one.bidder })));
    const full: BookEvent = { ...entered, taken: [bid("bid_3", "gamma", 0).id] };
    const only: BookEvent = { ...SAMPLES.bidsOpened, bids: bids.slice(0, 2).map((one) => one.id) };
    const opened = toldAs("bidsUnsealed", "lab", full, only);
    expect(opened.bids).toEqual(bids.slice(0, 2));
    expect(opened.setAside.find((one) => one.bid === "bid_3")).toMatchObject({
      bidder: "gamma",
      verdict: "block_taken",
    });
  });
});

describe("invitations", () => {
  const invite: BookEvent = {
    ...SAMPLES.tenderOpened,
    invitations: [
      ...SAMPLES.tenderOpened.invitations,
      { id: "inv_k2" as never, tender: SAMPLES.tenderOpened.tender.id, provider: "kappa" as PartyId },
    ],
  };

  test("[DSC9] all are told the same, save the name of the invitation", () => {
    const [gamma, kappa] = [toldAs("invited", "gamma", invite), toldAs("invited", "kappa", invite)];
    expect({ ...gamma, invitation: "" }).toEqual({ ...kappa, invitation: "" });
    expect([gamma.invitation, kappa.invitation]).toEqual(["inv_g2", "inv_k2"]);
    expect(gamma).toMatchObject({ buyer: "lab", buyerName: "LAB", closesAt: SAMPLES.tenderOpened.tender.closesAt });
    expect(gamma.rules).toMatchObject({ tie: "improve", compareBy: "least_incremental_effective_cost" });
  });

  test("[DSC30] nobody who is invited is told what the product is called", () => {
    const lot = q1Lot();
    const formed: BookEvent = { ...SAMPLES.lotFormed, lot: { ...lot, terms: { ...lot.terms, product: "mira" } } };
    const invited = toldAs("invited", "gamma", formed, invite);
    expect(invited.lines).toHaveLength(1);
    expect(says(invited, "mira")).toBe(false);
  });

  test("[DSC9] the noticed terms without the cap, unless the policy shows it", () => {
    const { terms } = q1Lot();
    const [line] = toldAs("invited", "gamma", invite).lines;
    expect(line).toMatchObject({
      line: 1,
      countUpTo: 424,
      window: terms.window,
      regions: ["us-central"],
      purpose: "inference",
    });
    expect(says(line, "3000000")).toBe(false);
    expect(toldAs("invited", "gamma", policy({ showCap: true }), invite).lines[0]?.cap).toEqual(usd(3));
  });

  test("[DSC10] counts are rounded down to the policy's step", () => {
    const shown = (step: number, before: BookEvent = SAMPLES.outageRecorded) =>
      toldAs("invited", "gamma", before, policy({ shownCountStep: step }), invite).lines[0]?.countUpTo;
    expect(shown(100)).toBe(400);
    expect(shown(1)).toBe(424);
    expect(shown(424)).toBe(424);
    expect(shown(512)).toBe(424);
    const whole: BookEvent = {
      type: "lotFormed",
      at: LATE,
      lot: { ...q1Lot(), terms: { ...q1Lot().terms, divisible: false } },
    };
    expect(shown(100, whole)).toBe(424);
    const gang: BookEvent = {
      type: "lotFormed",
      at: LATE,
      lot: { ...q1Lot(), terms: { ...q1Lot().terms, gangMin: 408 } },
    };
    expect(shown(100, gang)).toBe(424);
  });

  test("[DSC17] neither lot nor tender nor request are named", () => {
    for (const hidden of [q1Lot().id, "tnd_", '"q1"']) {
      for (const event of [
        invite,
        SAMPLES.bidReceived,
        SAMPLES.listBidsReceived,
        SAMPLES.improvementAsked,
        SAMPLES.invitationsClosed,
        SAMPLES.awardIssued,
      ]) {
        expect(says(told("gamma", event), hidden)).toBe(false);
      }
    }
  });

  test("[DSC21] an invitation leads to its tender for the invited party only, while the request is open", () => {
    const state = stateAfter();
    expect(resolveInvitation(state, "gamma" as PartyId, "inv_gamma" as never)).toEqual({
      request: "q1",
      tender: "tnd_1",
      lots: [q1Lot().id],
    });
    expect(resolveInvitation(state, "kappa" as PartyId, "inv_gamma" as never)).toBeUndefined();
    expect(resolveInvitation(state, "gamma" as PartyId, "inv_none" as never)).toBeUndefined();
    const closed = stateAfter(SAMPLES.requestClosed);
    expect(resolveInvitation(closed, "gamma" as PartyId, "inv_gamma" as never)).toBeUndefined();
    expect(closed.requests.size + closed.invitations.size).toBe(0);
  });
});

describe("a bidder's own bid", () => {
  test("[DSC11] without its order of receipt, its lines by their number", () => {
    const { bid: own, verdict } = toldAs("ownBidRecorded", "gamma", {
      ...SAMPLES.bidReceived,
      bid: { ...bid("bid_g2", "gamma", 2.55), order: 7 },
    });
    expect(own).toMatchObject({
      id: "bid_g2",
      invitation: "inv_gamma",
      lines: [{ line: 1, tiers: [{ from: 8, rate: usd(2.55) }] }],
    });
    expect("order" in own).toBe(false);
    expect(verdict).toBe("sealed");
  });

  test("[DSC11] what is wrong with it in itself is told at once, with the line", () => {
    const event: BookEvent = {
      ...SAMPLES.bidReceived,
      verdict: "ineligible_identity",
      why: [`ineligible_identity ${q1Lot().id}`, "other"],
    };
    expect(toldAs("ownBidRecorded", "gamma", event)).toMatchObject({
      verdict: "ineligible_identity",
      why: ["ineligible_identity line 1", "other"],
    });
  });

  test("[DSC11] that another stands in its way is not", () => {
    const taken: BookEvent = { ...SAMPLES.bidReceived, verdict: "block_taken", why: ["g-17"] };
    expect(told("gamma", taken)).toEqual(told("gamma", SAMPLES.bidReceived));
    const voided = (why: string): BookEvent => ({ ...SAMPLES.bidVoided, why });
    expect(told("gamma", voided("block_taken"))).toBeUndefined();
    expect(toldAs("ownBidVoided", "gamma", voided("expired")).why).toBe("expired");
  });

  test("[DSC11] unless it was named as the host of what is taken: its own block it knows about", () => {
    const { answer } = SAMPLES.answerReceived;
    const named: BookEvent = {
      ...SAMPLES.answerReceived,
      answer: { ...answer, answer: { ...answer.answer, host: "gamma" as PartyId } },
    };
    expect(
      toldAs("ownBidVoided", "gamma", named, { ...SAMPLES.bidVoided, why: "block_taken", lot: q1Lot().id }),
    ).toMatchObject({ line: 1 });
  });

  test("[DSC11] and what took its machines, where it runs them for another in another request, by no more than its own bid", () => {
    const taken: BookEvent = { ...SAMPLES.bidVoided, why: "block_taken", hold: "hld_9" as HoldId };
    expect(toldAs("ownBidVoided", "gamma", taken)).toEqual({
      type: "ownBidVoided",
      invitation: "inv_gamma",
      at: SAMPLES.bidVoided.at,
      bid: SAMPLES.bidVoided.bid,
      why: "block_taken",
    });
    expect(told("lab", taken)).toBeUndefined();
  });

  test("[DSC12] all who are not selected are told the same", () => {
    const ended = (party: string) => {
      const event: BookEvent = {
        ...SAMPLES.invitationsClosed,
        closed: ["gamma", "kappa"].map((name) => ({
          invitation: `inv_${name}` as never,
          provider: name as PartyId,
          selected: 0,
        })),
      };
      return { ...toldAs("invitationEnded", party, event), invitation: "" };
    };
    expect(ended("gamma")).toEqual(ended("kappa"));
    expect(Object.keys(ended("gamma"))).toEqual(["type", "at", "invitation", "selected"]);
    expect(toldAs("invitationEnded", "gamma", SAMPLES.invitationsClosed).selected).toBe(424);
  });

  test("[DSC4] a holder learns nothing of the market", () => {
    for (const type of [
      "tenderOpened",
      "bidReceived",
      "bidsOpened",
      "evaluated",
      "invitationsClosed",
      "listBidsReceived",
      "stageClosed",
    ] as const) {
      expect(told(NOTICE.holder, SAMPLES[type])).toBeUndefined();
    }
  });
});
