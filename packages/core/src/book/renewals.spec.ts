import { afterEach, describe, expect, test } from "vitest";
import { agreement, r1 } from "../agreements/f0.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import type { AutomaticRenewal } from "../agreements/renewal.ts";
import { audit } from "../audit/index.ts";
import type { AgreementId, PartyId, RequestId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

const QUARTERLY: AutomaticRenewal = {
  kind: "automatic",
  term: { n: 3, unit: "months" },
  notice: { n: 10, unit: "days" },
  to: "term",
  noticeBy: "either",
  late: "next-end",
};
/** 30 September 2026 24:00 in Los Angeles. */
const FIRST_END = "2026-10-01T07:00:00Z";

afterEach(() => {
  auditMade(audit);
});

/** F0 whose agreement with ALFA has a first term to 30 September and renews for three months at a time. */
function renewing(changed: Partial<AgreementVersion> = {}): F0 {
  const version = agreement("lab-alfa", {
    version: 2,
    clauses: [r1()],
    effectiveTo: at(FIRST_END),
    renewal: QUARTERLY,
    ...changed,
  });
  return new F0().send("2026-08-01T17:00:00Z", "lab", { type: "recordAgreement", agreement: version, activate: true });
}

function stop(book: F0, time: string, actor = "lab", by = actor, deliveredAt?: string): F0 {
  return book.send(time, actor, {
    type: "giveRenewalNotice",
    agreement: "lab-alfa" as AgreementId,
    by: by as PartyId,
    ...(deliveredAt === undefined ? {} : { deliveredAt: at(deliveredAt) }),
  });
}

describe("renewal in the book", () => {
  test("[BOK67] each term that nobody stops is followed by the next, which is recorded once, and its rights go on", () => {
    const book = renewing().send("2027-02-01T17:00:00Z", "lab", { type: "passTime" });
    expect(book.of("agreementRenewed")).toMatchObject([
      { number: 1, from: at(FIRST_END), to: at("2027-01-01T08:00:00Z") },
      { number: 2, from: at("2027-01-01T08:00:00Z"), to: at("2027-04-01T07:00:00Z") },
    ]);
    book.submit("2027-02-02T17:00:00Z", { id: "q2" as RequestId });
    expect(book.open("alfa")).toMatchObject({ request: "q2", status: "open" });
  });

  test("[BOK67] an agreement that is recorded long after it began has renewed as often as it should", () => {
    const book = renewing({ effectiveTo: at("2026-02-01T08:00:00Z") });
    expect(book.of("agreementRenewed").map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test("[BOK66] a notice in time ends it, and is recorded with what it brings", () => {
    const book = stop(renewing(), "2026-09-18T17:00:00Z");
    expect(book.of("renewalNoticeGiven")).toMatchObject([
      { version: 2, notice: { by: "lab", endsAt: at(FIRST_END), late: false } },
    ]);
    book.submit("2026-10-02T17:00:00Z", { id: "q2" as RequestId });
    expect(book.of("agreementRenewed")).toEqual([]);
    expect(book.of("noticeSent")).toEqual([]);
  });

  test("[BOK66] received after the cut-off of the last day it is a day late", () => {
    // 20 September 2026 is a Sunday: what is sent then counts as received on Monday 21, and ten days later is October.
    const book = stop(renewing(), "2026-09-20T17:00:00Z");
    expect(book.of("renewalNoticeGiven")).toMatchObject([
      {
        notice: { deemedReceivedAt: at("2026-09-21T07:00:00Z"), endsAt: at("2027-01-01T08:00:00Z"), late: true },
      },
    ]);
  });

  test("[BOK66] the keeper records what another gave, from its delivery", () => {
    const book = stop(renewing(), "2026-10-20T17:00:00Z", "lab", "alfa", "2026-09-16T18:00:00Z");
    expect(book.of("renewalNoticeGiven")).toMatchObject([{ notice: { by: "alfa", endsAt: at(FIRST_END) } }]);
    book.submit("2026-10-21T17:00:00Z", { id: "q2" as RequestId });
    expect(book.of("noticeSent")).toEqual([]);
  });

  test.each([
    ["by a stranger", "gamma", "gamma", undefined, "not_authorised"],
    ["for the keeper by another", "alfa", "lab", undefined, "not_authorised"],
    ["before it was delivered", "lab", "lab", "2026-09-10T00:00:00Z", "invalid_window"],
  ])("[BOK66] %s it is rejected", (_, actor, by, deliveredAt, code) => {
    expect(stop(renewing(), "2026-09-08T17:00:00Z", actor, by, deliveredAt).rejected).toBe(code);
  });

  test("[BOK66] only who may give notice does, and only where there is something to stop", () => {
    const forProvider = renewing({ renewal: { ...QUARTERLY, noticeBy: "provider" } });
    expect(stop(forProvider, "2026-09-08T17:00:00Z").rejected).toBe("not_authorised");
    expect(stop(forProvider, "2026-09-08T17:00:00Z", "alfa").rejected).toBeUndefined();
    expect(stop(new F0(), "2026-09-08T17:00:00Z").rejected).toBe("nothing_to_renew");
    const over = stop(stop(renewing(), "2026-09-08T17:00:00Z"), "2026-11-08T17:00:00Z");
    expect(over.rejected).toBe("nothing_to_renew");
  });

  test("[BOK66] a notice that needs a year which the calendar does not cover is rejected", () => {
    const inDays = renewing({ renewal: { ...QUARTERLY, notice: { n: 2000, unit: "business-days" } } });
    inDays.send("2026-08-02T17:00:00Z", "lab", {
      type: "recordCalendar",
      calendar: {
        id: "us-federal" as never,
        name: "two years",
        source: "spec",
        years: { from: 2026, to: 2027 },
        weekend: [6, 7],
        holidays: [],
      },
    });
    expect(stop(inDays, "2026-09-08T17:00:00Z").rejected).toBe("calendar_year_unknown");
  });

  test("[BOK68] at that end open notices run on where accrued rights survive, and are withdrawn where not", () => {
    const open = (accruedRightsSurvive: boolean): string | undefined => {
      const book = stop(renewing({ accruedRightsSurvive }), "2026-09-08T17:00:00Z").submit("2026-09-29T17:00:00Z");
      book.send("2026-10-01T17:00:00Z", "lab", { type: "passTime" });
      return book.of("noticeClosed")[0]?.why;
    };
    expect(open(true)).toBeUndefined();
    expect(open(false)).toBe("right_ended");
  });
});
