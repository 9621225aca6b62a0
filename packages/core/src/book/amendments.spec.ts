import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { agreement, r1 } from "../agreements/f0.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { AwardId, PartyId, RequestId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";
import { Journal } from "./journal.ts";
import { PastRequests } from "./past.ts";

const INFERENCE_CARVED: Partial<RightClause> = {
  carveOuts: [
    { id: "inference", scope: { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["inference"] }] } },
  ],
};

function amend(
  book: F0,
  time: string,
  version: number,
  changed: Partial<AgreementVersion>,
  clause = INFERENCE_CARVED,
): F0 {
  const text = agreement("lab-alfa", {
    version,
    clauses: [r1(clause)],
    effectiveFrom: at("2026-09-01T07:00:00Z"),
    ...changed,
  });
  return book.send(time, "lab", { type: "recordAgreement", agreement: text, activate: true });
}

const BOTH = { appliesToOpenNotices: { signedBy: ["lab", "alfa"] as PartyId[] } };

afterEach(() => {
  auditMade(audit);
});

describe("an amendment that reaches back", () => {
  test("[BOK32] lists what it would have touched, also what has been awarded and confirmed since, and changes none of it", () => {
    const book = new F0().submit().answer("2026-09-16T18:00:00Z", "alfa", { type: "accept" });
    const award = book.of("awardIssued")[0]?.award.id as AwardId;
    book.send("2026-09-17T18:00:00Z", "lab", { type: "decideAward", award, confirm: true, by: "cto" });
    expect(book.of("requestClosed")).toHaveLength(1);
    book.submit("2026-10-02T17:00:00Z", { id: "q2" as RequestId });
    amend(book, "2026-10-05T17:00:00Z", 2, {});
    expect(book.of("retroReviewListed")).toMatchObject([{ version: 2, requests: ["q1", "q2"] }]);
    expect(book.open("alfa")).toMatchObject({ request: "q2", status: "open" });
  });

  test("[BOK32] does not list what came before it, nor an award that no longer runs", () => {
    const book = new F0().submit("2026-08-03T17:00:00Z").answer("2026-08-04T18:00:00Z", "alfa", { type: "accept" });
    amend(book, "2026-10-05T17:00:00Z", 2, {});
    expect(book.of("retroReviewListed")).toMatchObject([{ requests: [] }]);
    const over = new F0().submit().answer("2026-09-16T18:00:00Z", "alfa", { type: "accept" });
    const award = over.of("awardIssued")[0]?.award.id as AwardId;
    over.send("2026-09-17T18:00:00Z", "lab", { type: "decideAward", award, confirm: true, by: "cto" });
    amend(over, "2028-01-01T00:00:00Z", 2, {});
    expect(over.of("retroReviewListed")).toMatchObject([{ requests: [] }]);
  });

  test("[BOK36] frees an open request of a right that no longer reaches it, where both sides signed that it does", () => {
    const book = amend(new F0().submit(), "2026-09-16T17:00:00Z", 2, BOTH);
    expect(book.of("noticeClosed")).toMatchObject([{ status: "withdrawn", why: "amended" }]);
    expect(book.of("clearanceIssued")[0]?.clearance).toMatchObject({
      reason: "not_applicable",
      why: "carved_out",
      count: 1_024,
    });
    expect(book.of("tenderOpened")).toHaveLength(1);
  });

  test("[BOK36] leaves an acceptance as it is, and a notice that the right still reaches", () => {
    const accepted = new F0().submit().answer("2026-09-15T17:00:00Z", "alfa", { type: "accept", count: 600 });
    amend(accepted, "2026-09-16T17:00:00Z", 2, BOTH);
    expect(accepted.of("holdPlaced").map(({ count }) => count)).toEqual([600]);
    const reached = amend(new F0().submit(), "2026-09-16T17:00:00Z", 2, BOTH, {
      window: { n: 10, unit: "business-days" },
    });
    expect(reached.of("noticeClosed")).toEqual([]);
    expect(reached.open("alfa").respondBy).toBe(at("2026-09-29T00:00:00Z"));
  });
});

describe("awarded requests that have left", () => {
  const entry = (n: number, until: string) => ({
    request: `q${n}` as RequestId,
    submittedAt: at("2026-09-14T17:00:00Z"),
    agreements: ["lab-alfa" as never],
    until: at(until),
  });

  test("[BOK42] leave a line while their awards run, and a rollback gives the same lines", () => {
    const journal = new Journal();
    const past = new PastRequests(journal);
    for (let n = 0; n < 1_024; n += 1)
      past.add(entry(n, n % 2 === 0 ? "2026-10-01T00:00:00Z" : "2027-10-01T00:00:00Z"), at("2026-09-15T00:00:00Z"));
    const before = [...past.all()];
    const mark = journal.checkpoint();
    past.add(entry(5_000, "2027-10-01T00:00:00Z"), at("2026-10-01T00:00:00Z"));
    expect(past.all()).toHaveLength(513);
    past.add(entry(5_001, "2027-10-01T00:00:00Z"), at("2026-10-02T00:00:00Z"));
    journal.rollback(mark);
    expect(past.all()).toEqual(before);
  });
});
