import { describe, expect, test } from "vitest";
import { runTwins } from "./run-case.ts";
import { SHARED, SUBMIT, smallCase } from "./small.fixture.ts";
import { twinsOf } from "./twins.ts";

const falsified = (expectation: string): string[] => {
  const [only] = smallCase(SHARED, [expectation]).expect;
  return only === undefined ? [] : twinsOf(only).map((twin) => twin.falsified);
};

describe("the twins of an expectation", () => {
  test("falsify every value that it states, each alone", () => {
    expect(
      falsified(
        "notice: { to: alfa, right: r1, count: 1024, price: 3.00 USD/h, respondBy: 2026-09-22T00:00:00Z, contingent: false, round: 0 }",
      ),
    ).toEqual([
      "right lab-alfa/r1 -> lab-alfa/zzz-no-such-thing",
      "round 0 -> 1",
      "to alfa -> zzz-no-such-thing",
      "count 1024 -> 1025",
      "count 1024 -> 1023",
      "price 3.00 USD/h -> 3.000001 USD/h",
      "respondBy 2026-09-22T00:00:00Z -> 2026-09-22T00:00:00.001Z",
      "contingent false -> true",
    ]);
  });

  test("falsify each entry of a list and each value of a record", () => {
    expect(falsified("asked: { request: q1, order: [alfa] }")).toContain("order [alfa] -> [zzz-no-such-thing]");
    expect(falsified("answer: { by: alfa, defects: [] }")).toContain("defects [] -> [zzz-no-such-thing]");
    expect(falsified("hold: { blocks: { g1: 424 } }")).toEqual(["blocks {g1: 424} -> {g1: 425}"]);
    expect(falsified("event: { name: noticeSent, with: { notice.count: 1024 } }")).toEqual([
      "name noticeSent -> zzz-no-such-thing",
      "with {notice.count: 1024} -> {notice.count: 1025}",
    ]);
  });

  test("say of what is denied that it is there", () => {
    expect(falsified("no-notice: { to: gamma }")).toEqual(["no-notice -> there is one"]);
    expect(falsified("never-sees: { party: gamma, text: [alfa, '2.60'] }")).toEqual([
      "never-sees -> sees [alfa]",
      "never-sees -> sees [2.60]",
    ]);
    expect(falsified("not: { notice: { to: alfa, count: 5 } }")).toEqual(["`not` left out"]);
    expect(falsified("awarded: { to: gamma, host: none }")).toContain("host none -> zzz-no-such-thing");
  });
});

describe("running twins", () => {
  test("passes where each of them fails", () => {
    const results = runTwins(
      smallCase(SHARED, [
        "awarded: { to: alfa, count: 600, price: 3.00 USD/h }",
        "no-notice: { to: gamma }",
        "never-sees: { party: gamma, text: alfa }",
      ]),
    );
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => "passed"));
    expect(results[0]?.id).toBe("C1 twin 1");
  });

  test("reports a twin that passes, at the line of the expectation that proves less than it says", () => {
    const q1025 = "  - { at: 2026-09-14T18:00:00Z, do: submit, request: q1, with: { id: q1b, block: 1, count: 1025 } }";
    const results = runTwins(smallCase([SUBMIT, q1025], ["lot: { count: 1024 }"]));
    const wrong = results.filter(({ status }) => status === "failed");
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatchObject({ falsified: "count 1024 -> 1025" });
    expect(wrong[0]?.failures[0]).toMatchObject({ expected: "a failure of lot: {count: 1025}", line: 30 });
  });

  test("lets the other truth value hold of another thing: one that was voided, and the one in its place", () => {
    const revise = "  - { at: 2026-09-17T18:00:00Z, do: revise, request: q1, with: { count: 512 } }";
    const refuse = "  - { at: 2026-09-16T18:00:00Z, by: alfa, do: refuse }";
    const both = [
      "clearance: { right: r1, reason: refused, valid: true }",
      "clearance: { right: r1, reason: refused, valid: false }",
    ];
    const results = runTwins(smallCase([SUBMIT, refuse, revise], both));
    expect(results.map(({ status, falsified }) => `${status} ${falsified}`)).toContain("passed valid true -> false");
    expect(results.every(({ status }) => status === "passed")).toBe(true);
  });

  test("proves nothing of a case that fails itself", () => {
    const results = runTwins(smallCase(SHARED, ["awarded: { to: alfa, count: 608 }"]));
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ status: "failed", falsified: "nothing" });
    expect(results[0]?.failures[0]?.happened).toContain("the case itself fails");
  });
});
