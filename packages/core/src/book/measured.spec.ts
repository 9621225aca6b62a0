import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { AcceleratorSeconds, PartyId, RequestId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import type { CommandBody } from "./commands.ts";
import { F0, auditMade } from "./f0.ts";

const CARVED: Partial<RightClause> = {
  carveOuts: [
    {
      id: "own-build-research",
      scope: {
        Inclusions: [
          { Dimension: "x_Purpose", Operator: "In", Values: ["research", "training"] },
          { Dimension: "x_SourceClass", Operator: "In", Values: ["own_build"] },
        ],
      },
      ownBuild: ["delta" as PartyId],
      share: { toleranceBp: 1_000, period: "month" },
    },
  ],
};

/** DELTA builds for training and is confirmed: nothing is left to decide, and everything to measure. */
function running(): F0 {
  const book = new F0({ r1: CARVED, without: ["r2"] }).submit(
    "2026-09-14T17:00:00Z",
    {},
    {
      purposes: [{ purpose: "training" }],
      sourceClass: "own_build:delta",
    },
  );
  book.bid("2026-09-15T17:00:00Z", "delta", 2.5).wait("2026-09-18T17:00:00Z");
  book.send("2026-09-18T18:00:00Z", "lab", {
    type: "giveApproval",
    request: "q1" as RequestId,
    approval: "related-party",
    by: "cfo",
  });
  const award = book.of("awardIssued")[0]?.award.id;
  if (award === undefined) throw new Error("Broken belief: DELTA is awarded");
  return book.send("2026-09-19T18:00:00Z", "lab", { type: "decideAward", award, confirm: true, by: "cto" });
}

function use(month: string, newRequest: string, hours: Readonly<Record<string, number>>): CommandBody {
  const uses = Object.entries(hours).map(([purpose, n]) => ({
    purpose,
    acceleratorSeconds: BigInt(n * 3_600) as AcceleratorSeconds,
  }));
  return { type: "recordPurposeUse", request: "q1" as RequestId, month, uses, newRequest: newRequest as RequestId };
}

afterEach(() => {
  auditMade(audit);
});

describe("a purpose that is a share of the use", () => {
  test("[BOK43] keeps its request until its last month has been reported, then lets it go", () => {
    const book = running();
    expect(book.of("requestRested").at(-1)).toMatchObject({
      outcome: "awarded_full",
      until: at("2028-02-01T08:00:00Z"),
    });
    // The window ends in December 2027 by the clocks of Los Angeles; January 2028 is for reporting it.
    book.send("2028-01-31T08:00:00Z", "lab", use("2027-12", "late", { training: 800, inference: 50 }));
    expect(book.rejected).toBeUndefined();
    book.wait("2028-02-01T08:00:00Z");
    expect(book.of("requestClosed")).toMatchObject([
      { request: "q1", outcome: "awarded_full", at: at("2028-02-01T08:00:00Z") },
    ]);
  });

  test("[BOK43] is not got rid of by closing the request", () => {
    const book = running().send("2027-01-02T00:00:00Z", "lab", { type: "closeRequest", request: "q1" as RequestId });
    expect(book.rejected).toBe("acceptance_stands");
  });

  test("[BOK44] is breached by use beyond the tolerance, and the excess is asked about for the rest of the time", () => {
    const book = running().send(
      "2027-04-01T07:00:00Z",
      "lab",
      use("2027-03", "excess", { training: 532_000, inference: 228_000 }),
    );
    expect(book.of("shareBreached")).toMatchObject([{ measuredBp: 3_000, toleranceBp: 1_000, excessCount: 208 }]);
    expect(book.open("alfa")).toMatchObject({
      request: "excess",
      count: 208,
      terms: { window: { from: at("2027-04-01T07:00:00Z") } },
    });
    expect(book.of("awardDefaulted")).toEqual([]);
  });

  test("[BOK44] is breached once a month, however often that month is reported", () => {
    const report = (id: string) => use("2027-03", id, { training: 532_000, inference: 228_000 });
    const book = running().send("2027-04-01T07:00:00Z", "lab", report("excess"));
    book.send("2027-04-02T07:00:00Z", "lab", report("again"));
    expect([book.rejected, book.of("shareBreached").length]).toEqual(["duplicate_id", 1]);
    book.send("2027-05-03T07:00:00Z", "lab", use("2027-04", "april", { training: 532_000, inference: 228_000 }));
    expect([book.rejected, book.of("shareBreached").length]).toEqual([undefined, 2]);
  });

  test("[BOK44] is kept by use for any purpose of the carve-out, and by other use up to the tolerance", () => {
    const book = running().send(
      "2027-04-01T07:00:00Z",
      "lab",
      use("2027-03", "excess", { training: 300_000, research: 384_000, inference: 76_000 }),
    );
    expect(book.of("shareBreached")).toEqual([]);
    expect(book.of("noticeSent")).toEqual([]);
    expect(book.of("shareMeasured")).toMatchObject([
      { request: "q1", month: "2027-03", measuredBp: 1_000, toleranceBp: 1_000 },
    ]);
  });

  test("[BOK44] is counted for months that there are", () => {
    const book = running();
    for (const month of ["soon", "2027-13", "2027-00"]) {
      book.send("2027-04-01T07:00:00Z", "lab", use(month, "none", { training: 100 }));
      expect([book.rejected, book.of("shareMeasured")]).toEqual(["malformed", []]);
    }
  });
});
