import { expect, test } from "vitest";
import type { Instant } from "../kernel/index.ts";
import type { Clause } from "./clause.ts";
import { agreement, r1, r2 } from "./f0.ts";
import { takenText } from "./parameter.ts";
import { agreementParameter, isHeadSettled, isParameter, isSettled, PARAMETERS, parameterOf } from "./parameters.ts";

test("[PAR1] a name and a kind lead to one entry, and every entry says everything", () => {
  const seen = new Set<string>();
  for (const one of PARAMETERS) {
    for (const kind of one.kinds.length === 0 ? ["agreement"] : one.kinds) {
      expect(seen.has(`${one.name} ${kind}`), `${one.name} of ${kind} stands twice`).toBe(false);
      seen.add(`${one.name} ${kind}`);
    }
    expect(one.asks).toMatch(/^[A-Z].*\?$/);
    for (const words of [one.term, one.taken, one.otherwise]) expect(words).toMatch(/^[^A-Z].*[^.?]$/);
  }
  expect(parameterOf("first-refusal", "tail.days")?.term).toBe("tail");
  expect(parameterOf("consent", "tail.days")).toBeUndefined();
  expect(agreementParameter("holidays")?.weight).toBe(1);
  expect([isParameter("window"), isParameter("weather")]).toEqual([true, false]);
});

test("[PAR2] the default of a match is another than that of a first refusal, of a consent another silence", () => {
  const words = (kind: "first-refusal" | "match" | "consent", name: string) => {
    const found = parameterOf(kind, name);
    return found === undefined ? undefined : takenText(found, kind);
  };
  expect(words("first-refusal", "window")).toBe("5 business days");
  expect(words("match", "window")).toBe("2 business days");
  expect(words("first-refusal", "silence")).toBe("a refusal");
  expect(words("consent", "silence")).toBe("no: the act stays barred");
});

test("[PAR3] nothing hangs on what something stated makes empty", () => {
  const none = { allowed: false, maxShareBp: 10_000, consent: false };
  const settled = (clause: Clause, ...names: string[]) => names.filter((name) => isSettled(clause, name));
  expect(settled(r1({ passThrough: none }), "passThrough.consent", "window")).toEqual(["passThrough.consent"]);
  expect(settled(r1(), "passThrough.consent", "matchBasis")).toEqual(["matchBasis"]);
  expect(settled(r2({ holderMayBid: false }), "matchBasis", "matchAfterBidding")).toEqual(["matchAfterBidding"]);
  const head = (clauses: readonly Clause[]) =>
    ["zone", "holidays", "join", "renewal", "accruedRightsSurvive"].filter((name) =>
      isHeadSettled(agreement("x", { clauses, effectiveTo: 1 as Instant }), name),
    );
  expect(head([])).toEqual(["zone", "holidays", "join", "accruedRightsSurvive"]);
  expect(head([r1()])).toEqual(["join"]);
  expect(head([r1({ window: { n: 48, unit: "hours" } })])).toEqual(["holidays", "join"]);
  expect(head([r1({ kind: "option" })])).toEqual(["holidays", "join", "accruedRightsSurvive"]);
});
