import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { AgreementId } from "../kernel/index.ts";
import { at, q1 } from "../requests/f0.ts";
import { auditMade, F0 } from "./f0.ts";

const SHARED = { sameRank: "weights", weight: 1 } as const;
const WINDOW = { n: 5, unit: "business-days" } as const;
const STATED = { latestStart: at("2027-02-01T00:00:00Z") };

afterEach(() => {
  auditMade(audit);
});

/** Both are asked at once; ALFA accepts all, BETA finds that its notice lacks the latest start. */
function objected(): F0 {
  const world = new F0({
    r1: SHARED,
    r2: {
      ...SHARED,
      kind: "first-refusal",
      trigger: "request",
      rank: 10,
      window: WINDOW,
      noticeRequires: ["latestStart"],
      objectionWindow: { n: 2, unit: "business-days" },
    },
  });
  return world
    .submit()
    .answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", orLess: true })
    .answer("2026-09-16T18:00:00Z", "beta", { type: "object" });
}

function restate(world: F0, time: string, line: Parameters<typeof q1>[1], version = 2): F0 {
  return world.send(time, "lab", { type: "reviseRequest", request: q1({ version }, line) });
}

describe("a notice that lacked something, beside an acceptance", () => {
  test("[BOK100] is stated anew, and what was accepted stands", () => {
    const world = restate(objected(), "2026-09-17T18:00:00Z", STATED);
    expect(world.rejected).toBeUndefined();
    expect(world.of("lotRestated").map((event) => event.lot.terms.latestStart)).toEqual([STATED.latestStart]);
    expect(world.open("beta")).toMatchObject({ count: 1024, missing: [], round: 0 });
    expect(world.open("beta").respondBy).toBe(at("2026-09-25T00:00:00Z"));
    world.answer("2026-09-18T18:00:00Z", "beta", { type: "accept", orLess: true });
    expect(world.awards()).toEqual([
      ["alfa", 512],
      ["beta", 512],
    ]);
  });

  test("[BOK100] nothing else may change with it", () => {
    expect(restate(objected(), "2026-09-17T18:00:00Z", { ...STATED, count: 512 }).rejected).toBe("right_has_accepted");
    expect(restate(objected(), "2026-09-17T18:00:00Z", { count: 1024, channel: "api" }).rejected).toBe(
      "right_has_accepted",
    );
  });

  test("[BOK100] its stage waits until then, and no longer where the right has ended", () => {
    const world = objected().wait("2026-10-15T18:00:00Z");
    expect(world.awards()).toEqual([]);
    world.send("2026-10-16T18:00:00Z", "lab", {
      type: "terminateAgreement",
      agreement: "lab-beta" as AgreementId,
      effectiveAt: at("2026-10-16T18:00:00Z"),
      accruedRightsSurvive: false,
    });
    expect(world.rejected).toBeUndefined();
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });
});
