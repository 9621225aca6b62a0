import { describe, expect, test } from "vitest";
import { F0 } from "../book/f0.ts";
import type { PartyId } from "../kernel/index.ts";
import { type DisclosedEvent, disclose, feedOf, foldView, type PartyView } from "./index.ts";
import { stateAfter } from "./readers.fixture.ts";
import { SAMPLES } from "./samples.fixture.ts";

const story = new F0()
  .submit()
  .answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 601 })
  .answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600, host: "delta" as PartyId, hostCount: 200 })
  .bid("2026-09-17T18:00:00Z", "gamma", 2.6)
  .bid("2026-09-17T19:00:00Z", "delta", 2.7)
  .wait("2026-09-17T20:00:00Z");
const early = (party: string): PartyView => foldView(feedOf(story.events.slice(), party as PartyId));
const before = { gamma: early("gamma"), lab: early("lab") };
story.wait("2026-09-19T17:00:00Z").answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });
const view = (party: string): PartyView => foldView(feedOf(story.events, party as PartyId));
const only = <Item>(map: ReadonlyMap<string, Item>): Item => {
  expect(map.size).toBe(1);
  return [...map.values()][0] as Item;
};

describe("a view, folded from one feed", () => {
  test("[DSC20] of a holder: its agreement, its notice with clock and answers, what it took, its award", () => {
    const mine = view("alfa");
    expect(only(mine.agreements)).toMatchObject({ status: "active", agreement: { id: "lab-alfa" } });
    const notice = only(mine.notices);
    expect(notice).toMatchObject({ status: "part_accepted", taken: 600, clock: { zone: "America/Los_Angeles" } });
    expect(notice.answers.map((one) => one.verdict)).toEqual(["curable", "binding"]);
    expect(only(mine.awards)).toMatchObject({ status: "issued", bought: [], hosted: [] });
    expect(mine.requests.size).toBe(0);
    expect(mine.parties.get("lab" as PartyId)).toMatchObject({ name: "LAB" });
  });

  test("[DSC20] of a bidder: its invitation and its bid, before and after the end", () => {
    expect(only(before.gamma.invitations).selected).toBeUndefined();
    expect(only(before.gamma.bids)).toMatchObject({ status: "sealed", bid: { lines: [{ line: 1, countMax: 424 }] } });
    expect(only(view("gamma").invitations)).toMatchObject({ selected: 424, improving: false, buyerName: "LAB" });
    expect(only(view("gamma").invitations)).toMatchObject({ bids: [...view("gamma").bids.keys()], lists: [] });
    expect(only(view("delta").invitations).selected).toBe(0);
    expect(view("gamma").notices.size).toBe(0);
  });

  test("[DSC20] of a host: its part, and that it was awarded", () => {
    expect(only(view("delta").hostings)).toMatchObject({ seller: "alfa", count: 200, awarded: true });
  });

  test("[DSC20] of the keeper: requests with lots, stages, clearances, tenders, comparison, awards", () => {
    const request = only(view("lab").requests);
    expect(request).toMatchObject({ outcome: "awarded_full", awarded: 1024, asked: 1024 });
    const lot = only(request.lots);
    expect(lot.assessments.map((one) => one.verdict)).toEqual(["applies", "applies"]);
    expect(lot.stages).toMatchObject([{ taken: 600, left: 424 }]);
    expect(lot.clearances.map((one) => one.reason)).toEqual(["refused", "refused"]);
    expect(request.evaluations).toHaveLength(1);
    expect(request.awards).toEqual([only(view("lab").awards).as === "keeper" ? [...view("lab").awards.keys()][0] : ""]);
    expect(only(view("lab").awards)).toMatchObject({ as: "keeper", status: "issued" });
    const tender = only(request.tenders);
    expect([tender.sealed.length, tender.opened.length]).toEqual([0, 2]);
  });

  test("[DSC20] of the keeper, before the opening: that bids are there", () => {
    const tender = only(only(before.lab.requests).tenders);
    expect(tender.sealed.map((one) => one.bidder)).toEqual(["gamma", "delta"]);
    expect(tender.opened).toEqual([]);
  });
});

describe("a view, event by event", () => {
  const told = (party: string, type: keyof typeof SAMPLES): DisclosedEvent => {
    const shown = disclose(SAMPLES[type], party as PartyId, stateAfter());
    if (shown === undefined) throw new Error(`${party} is not told of ${type}`);
    return shown;
  };
  const noticed = (party: string, ...types: (keyof typeof SAMPLES)[]) => {
    const first = told(party, "noticeSent");
    const events = [first, ...types.map((type) => told(party, type))];
    const named = events.map((event) =>
      "notice" in event && typeof event.notice === "string" ? { ...event, notice: "ntc_2" as never } : event,
    );
    return only(foldView(named).notices);
  };

  test("[DSC20] a notice reads the same for its holder and for the keeper", () => {
    const acts = [
      "noticeReceived",
      "deadlineExtended",
      "answerReceived",
      "answerRatified",
      "latenessWaived",
      "offerDecided",
      "noticeClosed",
    ] as const;
    const { notice: _1, as: _3, ...mine } = noticed("alfa", ...acts);
    const { notice: _2, as: _4, ...kept } = noticed("lab", ...acts);
    expect(mine).toEqual(kept);
    expect(mine).toMatchObject({ status: "part_accepted", taken: 600, offer: "taken", clock: { extended: "outage" } });
    expect(mine.answers).toMatchObject([{ by: "alfa", ratifiedBy: "officer", verdict: "binding" }]);
  });

  test("[DSC20] a bid that is extended, voided or withdrawn", () => {
    const first = told("gamma", "bidReceived");
    const then = (type: "bidExtended" | "extensionAsked" | "bidVoided" | "bidWithdrawn") =>
      ({ ...told("gamma", type), bid: "bid_g2" as never }) as DisclosedEvent;
    expect(only(foldView([first, then("extensionAsked")]).bids).extensionAsked?.until).toBe(
      SAMPLES.extensionAsked.until,
    );
    const extended = only(foldView([first, then("extensionAsked"), then("bidExtended")]).bids);
    expect([extended.extensionAsked, extended.bid.validUntil]).toEqual([undefined, SAMPLES.bidExtended.validUntil]);
    expect(only(foldView([first, then("bidVoided")]).bids)).toMatchObject({ status: "void", why: ["expired"] });
    expect(only(foldView([first, then("bidWithdrawn")]).bids).status).toBe("withdrawn");
  });

  test("[DSC20] an agreement that is taken over comes with its notices", () => {
    const mine = foldView([told("kappa", "agreementAssigned")]);
    expect(only(mine.agreements).agreement.id).toBe("lab-alfa");
    expect(only(mine.notices).status).toBe("open");
  });

  test("[DSC20] an award that is confirmed or defaulted, a request that is withdrawn, a lot that is dropped, a voided clearance", () => {
    const award = {
      ...(told("gamma", "awardIssued") as Extract<DisclosedEvent, { type: "ownAwardIssued" }>),
      award: "awd_x",
    };
    const confirmed = { ...told("gamma", "awardConfirmed"), award: "awd_x" } as DisclosedEvent;
    const defaulted = { ...told("gamma", "awardDefaulted"), award: "awd_x" } as DisclosedEvent;
    expect(only(foldView([award, confirmed]).awards).status).toBe("confirmed");
    expect(only(foldView([award, defaulted]).awards).status).toBe("defaulted");
    const submitted = {
      ...SAMPLES.requestSubmitted,
      request: { ...SAMPLES.requestSubmitted.request, id: SAMPLES.requestClosed.request },
    };
    const formed = { ...SAMPLES.lotFormed, lot: { ...SAMPLES.lotFormed.lot, id: SAMPLES.lotDropped.lot } };
    const kept = foldView([
      submitted,
      formed,
      SAMPLES.clearanceIssued,
      SAMPLES.clearanceVoided,
      SAMPLES.lotDropped,
      SAMPLES.requestWithdrawn,
    ]);
    expect(only(kept.requests)).toMatchObject({ outcome: "withdrawn" });
    expect(only(only(kept.requests).lots)).toMatchObject({
      dropped: "superseded",
      clearances: [{ voided: "request_revised" }],
    });
    const awarded = {
      ...SAMPLES.awardIssued,
      award: { ...SAMPLES.awardIssued.award, id: SAMPLES.awardHeldForDecision.award },
    };
    const awards = only(foldView([submitted, awarded, SAMPLES.awardHeldForDecision]).awards);
    expect(awards).toMatchObject({ status: "held", why: SAMPLES.awardHeldForDecision.why });
  });

  test("[DSC20] every type that anybody is told folds, alone and out of order", () => {
    const readers = ["lab", "alfa", "gamma", "kappa", "corvid"];
    const shown = Object.values(SAMPLES).flatMap((event) =>
      readers.flatMap((party) => disclose(event, party as PartyId, stateAfter()) ?? []),
    );
    expect(shown.length).toBeGreaterThan(100);
    expect(() => shown.map((event) => foldView([event, event]))).not.toThrow();
    expect(() => foldView([...shown, ...shown.toReversed()])).not.toThrow();
  });
});
