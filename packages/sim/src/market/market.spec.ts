import type { BookEvent, BookEventType, RejectionCode } from "@offtake/core/book";
import { describe, expect, test } from "vitest";
import { playSeed } from "../long.ts";
import { checkMarket } from "./check.ts";
import { randomMarket } from "./market.ts";
import { FIXED_SEEDS, MONTH_SEEDS, REGRESSIONS, RELEASE_SEEDS } from "./seeds.ts";
import { emptyTally, tallyOf } from "./tally.ts";

const PARTS = 6;
const tally = emptyTally();

describe(`${FIXED_SEEDS.length} random markets, odd in different ways`, () => {
  test.each(Array.from({ length: PARTS }, (_, part) => part))(
    "part %i: all that must hold does, and every request ends",
    (part) => {
      for (const [seed, size] of FIXED_SEEDS.filter((_, index) => index % PARTS === part)) {
        const { book } = randomMarket(seed, size);
        expect(checkMarket(book), `npm run sim -- --seeds 1 --from ${seed} --size ${size}`).toEqual([]);
        tallyOf(book, tally);
      }
    },
  );

  test(`${RELEASE_SEEDS.length} of them release products, which ship first on some`, () => {
    const launches = new Map<string, number>();
    for (const [seed, size] of RELEASE_SEEDS) {
      const { book } = randomMarket(seed, size, "releases");
      expect(checkMarket(book), `npm run sim -- --releases --seeds 1 --from ${seed} --size ${size}`).toEqual([]);
      for (const event of book.history()) {
        const what =
          event.type === "requestClosed"
            ? event.outcome
            : event.type === "clearanceIssued" && event.clearance.release !== undefined
              ? `${event.clearance.reason}${event.clearance.notice === undefined ? " before" : ""}`
              : undefined;
        if (what !== undefined) launches.set(what, (launches.get(what) ?? 0) + 1);
      }
    }
    const reached = ["announced", "supported", "refused", "lapsed", "supported before", "refused before"];
    expect(reached.filter((what) => (launches.get(what) ?? 0) < 3)).toEqual([]);
  });

  test(`${MONTH_SEEDS.length} of them have rights that are taken month by month`, () => {
    const reached = { monthByMonth: 0, differently: 0, partlyRefused: 0 };
    for (const [seed, size] of MONTH_SEEDS) {
      const { book } = randomMarket(seed, size, "months");
      expect(checkMarket(book), `npm run sim -- --months --seeds 1 --from ${seed} --size ${size}`).toEqual([]);
      for (const answers of answersByHolder(book.history())) {
        if (answers.length < 2) continue;
        reached.monthByMonth += 1;
        if (new Set(answers).size > 1) reached.differently += 1;
        if (answers.includes(0) && answers.some((count) => count > 0)) reached.partlyRefused += 1;
      }
    }
    expect(Object.entries(reached).filter(([, count]) => count < 3)).toEqual([]);
  });

  test("reach every kind of event, and most of what is rejected", () => {
    console.log(
      `${FIXED_SEEDS.length} markets: ${tally.commands} commands, ${tally.events} events of ${tally.byType.size} types, ${tally.rejections.size} codes of rejection`,
    );
    expect(EVENTS.filter((type) => !tally.byType.has(type))).toEqual([]);
    expect(REJECTIONS.filter((code) => !tally.rejections.has(code))).toEqual([]);
    expect(ENDS.filter((end) => !tally.reached.has(end))).toEqual([]);
  });

  test("the same seed plays the same market", () => {
    const [once, twice] = [randomMarket("same", 6), randomMarket("same", 6)];
    expect(twice.book.commands).toEqual(once.book.commands);
    expect(twice.book.state.canonical()).toBe(once.book.state.canonical());
  });
});

describe("seeds that found a fault once", () => {
  test("a tail that is over at once makes no market longer: a dozen commands for each request, not seventy", () => {
    const { book } = randomMarket("1304", 30);
    const asked = book.history().filter(({ type }) => type === "noticeSent").length;
    const requests = book.history().filter(({ type }) => type === "requestSubmitted").length;
    expect(book.commands.length / requests).toBeLessThan(12);
    expect(asked / requests).toBeLessThan(3);
  });

  test.each(REGRESSIONS)("seed $seed: $found", ({ seed, size }) => {
    expect(playSeed(seed, size)).not.toHaveProperty("problem");
  });
});

/** Of each holder and request with several windows, what was bindingly answered for each window; 0 where it refused. */
function answersByHolder(history: readonly BookEvent[]): number[][] {
  const notices = new Map(
    history.flatMap((event) => (event.type === "noticeSent" ? [[event.notice.id, event.notice]] : [])),
  );
  const found = new Map<string, Map<number, number>>();
  for (const event of history) {
    const notice = event.type === "answerReceived" ? notices.get(event.notice) : undefined;
    if (event.type !== "answerReceived" || notice === undefined) continue;
    const key = `${notice.holder} ${notice.request}`;
    const windows = found.get(key) ?? new Map<number, number>();
    const { answer, verdict } = event.answer;
    if (verdict === "binding") windows.set(notice.terms.window.from, answer.count ?? notice.count);
    if (verdict === "refusal") windows.set(notice.terms.window.from, 0);
    found.set(key, windows);
  }
  return [...found.values()].map((windows) => [...windows.values()]);
}

const EVENTS: readonly BookEventType[] = [
  "bookOpened",
  "partyRecorded",
  "eligibilityRecorded",
  "defaultRecorded",
  "calendarRecorded",
  "exchangeRateRecorded",
  "policyRecorded",
  "blockRecorded",
  "blockWithdrawn",
  "offerListed",
  "offerWithdrawn",
  "standingAnswerGiven",
  "standingAnswerRevoked",
  "outageRecorded",
  "resaleConsented",
  "agreementRecorded",
  "agreementStatusChanged",
  "conflictFound",
  "conflictDecided",
  "agreementTerminated",
  "agreementAssigned",
  "controlChanged",
  "retroReviewListed",
  "waiverGranted",
  "waiverRevoked",
  "requestSubmitted",
  "requestRevised",
  "requestWithdrawn",
  "requestHeld",
  "approvalGiven",
  "approvalDenied",
  "approvalAwaited",
  "approvalsVoided",
  "lotFormed",
  "lotDropped",
  "lotReassessed",
  "rightsAssessed",
  "clearanceIssued",
  "clearanceVoided",
  "deMinimisCounted",
  "requestRested",
  "requestClosed",
  "noticeSent",
  "noticeReceived",
  "deliveryFailed",
  "deadlineExtended",
  "answerReceived",
  "answerRatified",
  "noticeClosed",
  "holdPlaced",
  "stageClosed",
  "tenderOpened",
  "bidReceived",
  "listBidsReceived",
  "bidWithdrawn",
  "bidExtended",
  "extensionAsked",
  "bidVoided",
  "bidsOpened",
  "improvementAsked",
  "invitationsClosed",
  "evaluated",
  "awardProposed",
  "awardBlocked",
  "awardIssued",
  "awardConfirmed",
  "awardDefaulted",
];

const REJECTIONS: readonly RejectionCode[] = [
  "time_runs_backwards",
  "duplicate_id",
  "not_found",
  "not_authorised",
  "malformed",
  "invalid_window",
  "invalid_count",
  "calendar_missing",
  "unknown_party",
  "unknown_agreement",
  "unknown_request",
  "retry_differs",
  "nothing_late",
  "approval_unknown",
  "acceptance_stands",
  "right_has_accepted",
  "over_awarded",
];

const ENDS: readonly string[] = [
  "answer binding",
  "answer refusal",
  "answer counter_offer",
  "answer curable",
  "answer late",
  "answer ignored",
  "bid sealed",
  "list bid sealed",
  "list bid block_taken",
  "bid block_taken",
  "bid malformed",
  "notice first-refusal",
  "notice first-offer",
  "notice exclusivity",
  "notice consent",
  "notice match",
  "notice option",
  "notice re-offer",
  "notice information",
  "notice ends accepted",
  "notice ends part_accepted",
  "notice ends refused",
  "notice ends lapsed",
  "notice ends superseded",
  "notice ends withdrawn",
  "notice ends suspended",
  "clearance refused",
  "clearance lapsed",
  "clearance waived",
  "clearance consented",
  "clearance released",
  "clearance not_applicable",
  "clearance suspended",
  "clearance extinguished",
  "award by bid",
  "award by acceptance",
  "award by match",
  "award by sale",
  "award by proposal",
  "request ends awarded_full",
  "request ends awarded_part",
  "request ends unfilled",
  "request ends withdrawn",
];
