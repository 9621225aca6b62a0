import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import type { AuditedNotice } from "./finding.ts";
import { at, changed, cleanHistory, event, withClearance } from "./history.fixture.ts";
import { audit } from "./index.ts";

const clean = cleanHistory();
const i10 = (history: readonly BookEvent[]): string[] =>
  audit(history).flatMap((finding) => (finding.invariant === "I10" ? [finding.message] : []));
const notice = (id: string): AuditedNotice =>
  clean.flatMap((one) => (one.type === "noticeSent" && one.notice.id === id ? [one.notice] : []))[0] as AuditedNotice;
/** The clean history and, after it, another notice like an earlier one. */
const again = (
  like: string,
  change: Partial<Record<keyof AuditedNotice, unknown>> = {},
  when = "2026-10-01T00:00Z",
) => [...clean, { type: "noticeSent", at: at(when), notice: { ...notice(like), id: "ntc_9", ...change } } as BookEvent];
const REPEATED = ["alfa was asked again on the same terms"];

describe("I10: nobody is asked twice", () => {
  test("[AUD12] the same terms inside the tail, not from its end on", () => {
    expect(i10(again("ntc_1"))).toEqual(REPEATED);
    expect(i10(again("ntc_1", {}, "2026-11-21T07:59:59.999Z"))).toEqual(REPEATED);
    expect(i10(again("ntc_1", {}, "2026-11-21T08:00Z"))).toEqual([]);
  });

  test("[AUD12] the same terms while the first notice is open", () => {
    const twice = changed(clean, "noticeReceived", 0, (one) => [
      one,
      { type: "noticeSent", at: one.at, notice: { ...notice("ntc_1"), id: "ntc_9" } } as BookEvent,
    ]);
    expect(i10(twice)).toEqual(REPEATED);
  });

  test("[AUD12] a clearance without an end keeps it so for ever", () => {
    const endless = withClearance(clean, 0, { validUntil: undefined });
    const late = again("ntc_1", {}, "2030-01-01T00:00Z").slice(-1);
    expect(i10([...endless, ...late])).toEqual(REPEATED);
  });

  test("[AUD12] other terms, another holder, another right or another part are no repeats", () => {
    for (const change of [
      { termsText: "gb200 1024 3.05" },
      { holder: "zeta" },
      { lineageId: "r7" },
      { lot: "lot_7" },
    ]) {
      expect(i10(again("ntc_1", change))).toEqual([]);
    }
  });

  test("[AUD12] a re-offer on unchanged terms is one, the rounds that a clause provides are none", () => {
    expect(i10(again("ntc_1", { kind: "re-offer", round: 1 }))).toEqual(REPEATED);
    for (const kind of ["over-allotment", "confirmation", "stranded", "information"]) {
      expect(i10(again("ntc_1", { kind }))).toEqual([]);
    }
  });

  test("[AUD12] a notice that was taken back may be sent anew", () => {
    for (const status of ["withdrawn", "superseded"] as const) {
      const history = changed(again("ntc_1"), "noticeClosed", 0, (one) => ({ ...one, status }));
      expect(i10(history)).toEqual([]);
    }
  });

  test("[AUD12] a match of the same third party is one, also under a new bid; of another it is none", () => {
    const bid = (bidder: string) =>
      event("bidReceived", {
        at: at("2026-09-30T00:00Z"),
        request: "q1",
        bid: { id: "bid_7", tender: "tnd_1", bidder, lines: [] },
        verdict: "sealed",
      });
    const match = again("ntc_2", { thirdParty: { ...notice("ntc_2").thirdParty, bid: "bid_7" } }).slice(-1);
    expect(i10([...clean, bid("gamma"), ...match])).toEqual(["beta was asked again on the same terms"]);
    expect(i10([...clean, bid("kappa"), ...match])).toEqual([]);
  });

  test("[AUD12] the part of a revised request that stands where the earlier one stood is the same part", () => {
    const lot = clean.flatMap((one) => (one.type === "lotFormed" ? [one] : []))[0] as Extract<
      BookEvent,
      { type: "lotFormed" }
    >;
    const formed = { ...lot, at: at("2026-10-01T00:00Z"), lot: { ...lot.lot, id: "lot_2" as never } };
    const asked = again("ntc_1", { lot: "lot_2" }).slice(-1);
    expect(i10([...clean, formed, ...asked])).toEqual(REPEATED);
  });

  const grown = (count: number) => {
    const lot = clean.flatMap((one) => (one.type === "lotFormed" ? [one] : []))[0] as Extract<
      BookEvent,
      { type: "lotFormed" }
    >;
    const formed = { ...lot, at: at("2026-10-01T00:00Z"), lot: { ...lot.lot, id: "lot_2" as never, count } };
    return [...clean, formed, ...again("ntc_1", { lot: "lot_2" }).slice(-1)];
  };

  test("[AUD12] as many again of a part that has grown by so many are others", () => {
    expect(i10(grown(2_048))).toEqual([]);
    expect(i10(grown(2_040))).toEqual(REPEATED);
    const third = again("ntc_1", { id: "ntc_10", lot: "lot_2" }, "2026-10-02T00:00Z").slice(-1);
    expect(i10([...grown(2_048), ...third])).toEqual(REPEATED);
  });

  test("[AUD12] the rest of a part, that somebody failed to deliver, is another as long as there is so much", () => {
    const half = changed(clean, "noticeSent", 0, (one) => ({ ...one, notice: { ...one.notice, count: 512 } }));
    const failed = event("awardDefaulted", {
      at: at("2026-09-30T00:00Z"),
      request: "q1",
      award: "awd_1",
      provider: "alfa",
    });
    const rest = again("ntc_1", { count: 512 }).slice(-1);
    expect(i10([...half, ...rest])).toEqual(REPEATED);
    expect(i10([...half, failed, ...rest])).toEqual([]);
    expect(i10([...half, failed, ...again("ntc_1", { count: 520 }).slice(-1)])).toEqual(REPEATED);
  });

  test("[AUD12] a second offer of one third party that would be taken beside the first is another", () => {
    const bid = event("bidReceived", {
      at: at("2026-09-30T00:00Z"),
      request: "q1",
      bid: { id: "bid_7", tender: "tnd_1", bidder: "gamma", lines: [] },
      verdict: "sealed",
    });
    const proposed = (...offers: string[]) =>
      event("awardProposed", {
        at: at("2026-09-30T00:00Z"),
        request: "q1",
        lines: offers.map((offer) => ({ offer })),
        by: "evaluation",
      });
    const match = again("ntc_2", { thirdParty: { ...notice("ntc_2").thirdParty, bid: "bid_7" } }).slice(-1);
    const first = notice("ntc_2").thirdParty?.bid ?? "";
    expect(i10([...clean, bid, proposed(first, "bid_7"), ...match])).toEqual([]);
    expect(i10([...clean, bid, proposed("bid_7"), ...match])).toHaveLength(1);
  });

  test("[AUD12] more of the same offer is asked about for what comes on top", () => {
    const first = notice("ntc_2");
    const proposed = (count: number) =>
      event("awardProposed", {
        at: at("2026-09-30T00:00Z"),
        request: "q1",
        lines: [{ offer: first.thirdParty?.bid ?? "", line: { lot: "lot_1", count } }],
        by: "evaluation",
      });
    const match = again("ntc_2").slice(-1);
    expect(i10([...clean, proposed(2 * first.count), ...match])).toEqual([]);
    expect(i10([...clean, proposed(2 * first.count - 8), ...match])).toHaveLength(1);
  });

  test("[AUD12] what is left of an offer after holders matched a part of it is more of it", () => {
    const first = notice("ntc_2");
    const third = { bid: first.thirdParty?.bid ?? "" };
    const proposed = event("awardProposed", {
      at: at("2026-09-30T00:00Z"),
      request: "q1",
      lines: [{ offer: third.bid, line: { lot: "lot_1", count: first.count } }],
      by: "evaluation",
    });
    const asked = (id: string): BookEvent[] =>
      again("ntc_1", { id, kind: "re-offer", count: first.count, thirdParty: third }).slice(-1);
    const matched = (count: number): BookEvent[] => [
      ...again("ntc_2", { id: "ntc_8", holder: "zeta" }).slice(-1),
      event("noticeClosed", { at: at("2026-10-01T00:00Z"), notice: "ntc_8", request: "q1", status: "accepted", count }),
    ];
    const before = [...clean.filter((one) => one.type !== "noticeSent" || one.notice.id !== "ntc_1"), proposed];
    expect(i10([...before, ...asked("ntc_9"), ...matched(first.count), ...asked("ntc_10")])).toEqual([]);
    expect(i10([...before, ...asked("ntc_9"), ...matched(first.count - 8), ...asked("ntc_10")])).toEqual(REPEATED);
    expect(i10([...before, ...matched(first.count), ...asked("ntc_9"), ...asked("ntc_10")])).toEqual(REPEATED);
  });
});
