import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileScope } from "./compile.ts";
import { evaluateScope } from "./evaluate.ts";
import { declareFacts, type FactValue } from "./facts.ts";
import { matchesScope } from "./matches.ts";
import { isGroup, type Operator, type Scope, type ScopeRule, type ScopeTest, type Verdict } from "./model.ts";
import { scopesOverlap } from "./overlap.ts";

const DIMENSIONS = ["RegionId", "x_Purpose", "ServiceName"];
const TEXTS = ["a", "ab", "abc", "b", "ba", "c"];
const READINGS = ["burdened", "known"] as const;

const OPPOSITE: Partial<Record<Operator, Operator>> = {
  In: "NotIn",
  NotIn: "In",
  StartsWith: "NotStartsWith",
  NotStartsWith: "StartsWith",
  Contains: "NotContains",
  NotContains: "Contains",
  Exists: "DoesNotExist",
  DoesNotExist: "Exists",
};

const values = fc.uniqueArray(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 3 });
const listValues = fc.uniqueArray(fc.constantFrom(...TEXTS, "a*", "b*", "ab*"), { minLength: 1, maxLength: 3 });
const comparing = fc.constantFrom<Operator>("StartsWith", "NotStartsWith", "Contains", "NotContains", "EndsWith");

const scopeTest: fc.Arbitrary<ScopeTest> = fc
  .oneof(
    { weight: 3, arbitrary: fc.record({ Operator: fc.constantFrom<Operator>("In", "NotIn"), Values: listValues }) },
    { weight: 3, arbitrary: fc.record({ Operator: comparing, Values: values }) },
    {
      weight: 1,
      arbitrary: fc.record({
        Operator: fc.constantFrom<Operator>("Exists", "DoesNotExist"),
        Values: fc.constant(["*"]),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ Operator: fc.constantFrom<Operator>("In", "Contains"), Values: fc.constant(["*"]) }),
    },
  )
  .chain((made) => fc.constantFrom(...DIMENSIONS).map((Dimension) => ({ Dimension, ...made })));

const junction = fc.constantFrom("And" as const, "Or" as const);
const scopeRule: fc.Arbitrary<ScopeRule> = fc.oneof(
  { weight: 3, arbitrary: scopeTest },
  {
    weight: 1,
    arbitrary: fc.record({ GroupOperator: junction, Rules: fc.array(scopeTest, { minLength: 1, maxLength: 3 }) }),
  },
);
const rules = fc.array(scopeRule, { minLength: 1, maxLength: 3 });
const scope: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ InclusionOperator: junction, Inclusions: rules }) },
  {
    weight: 4,
    arbitrary: fc.record({
      InclusionOperator: junction,
      Inclusions: rules,
      ExclusionOperator: junction,
      Exclusions: rules,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ IsGlobalScope: fc.constant(true), ExclusionOperator: junction, Exclusions: rules }),
  },
  { weight: 1, arbitrary: fc.record({ IsComplexScope: fc.constant(true), Exclusions: rules }) },
);

const oneFact = fc.constantFrom<FactValue>(...TEXTS, "AB", "cab", null);
const knownFacts = fc.record(Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, oneFact])));
const anyFact = fc.oneof(
  { weight: 4, arbitrary: oneFact },
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...TEXTS), { minLength: 2, maxLength: 3 }) },
);
const facts = fc.record(Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, anyFact])));
type Values = Readonly<Record<string, FactValue | undefined>>;

/** The rules of the specification read word by word, one value at a time: the thing the prepared form must equal. */
function naiveTest(tested: ScopeTest, value: FactValue | undefined): Verdict {
  if (tested.Values[0] === "*" && (tested.Operator === "In" || tested.Operator === "Contains")) return "yes";
  if (value === undefined) return "unknown";
  if (Array.isArray(value)) {
    const each = new Set((value as string[]).map((item) => naiveTest(tested, item)));
    return each.size === 1 ? ([...each][0] as Verdict) : "unknown";
  }
  const text = value as string | null;
  const fits = (shape: (text: string, wanted: string) => boolean): boolean =>
    text !== null && tested.Values.some((wanted) => shape(text.toLowerCase(), wanted.toLowerCase()));
  const listed = (item: string, wanted: string): boolean =>
    wanted.endsWith("*") ? item.startsWith(wanted.slice(0, -1)) : item === wanted;
  const answers: Record<Operator, () => boolean> = {
    In: () => fits(listed),
    NotIn: () => !fits(listed),
    StartsWith: () => fits((item, wanted) => item.startsWith(wanted)),
    NotStartsWith: () => !fits((item, wanted) => item.startsWith(wanted)),
    Contains: () => fits((item, wanted) => item.includes(wanted)),
    NotContains: () => !fits((item, wanted) => item.includes(wanted)),
    EndsWith: () => fits((item, wanted) => item.endsWith(wanted)),
    Exists: () => text !== null,
    DoesNotExist: () => text === null,
  };
  return answers[tested.Operator]() ? "yes" : "no";
}

function naiveJoin(operator: "And" | "Or", parts: readonly Verdict[]): Verdict {
  const settles: Verdict = operator === "And" ? "no" : "yes";
  if (parts.includes(settles)) return settles;
  if (parts.includes("unknown")) return "unknown";
  return operator === "And" ? "yes" : "no";
}

function naiveRule(rule: ScopeRule, given: Values): Verdict {
  if (isGroup(rule))
    return naiveJoin(
      rule.GroupOperator,
      rule.Rules.map((kid) => naiveRule(kid, given)),
    );
  return naiveTest(rule, given[rule.Dimension]);
}

function naiveScope(made: Scope, given: Values): Verdict {
  const each = (list: readonly ScopeRule[]): Verdict[] => list.map((rule) => naiveRule(rule, given));
  const open: Verdict = made.IsComplexScope === true ? "unknown" : "yes";
  const included =
    made.Inclusions === undefined ? open : naiveJoin(made.InclusionOperator ?? "And", each(made.Inclusions));
  const excluded =
    made.Exclusions === undefined ? "no" : naiveJoin(made.ExclusionOperator ?? "Or", each(made.Exclusions));
  if (included === "no" || excluded === "yes") return "no";
  return included === "yes" && excluded === "no" ? "yes" : "unknown";
}

describe("the prepared scope", () => {
  test("[SCP16] equals the plain reading, with reasons and without", () => {
    fc.assert(
      fc.property(scope, facts, (made, given) => {
        const ready = compileScope(made);
        const declared = declareFacts(given);
        const expected = naiveScope(made, given);
        for (const reading of READINGS) {
          const answer = evaluateScope(ready, declared, reading);
          expect(answer.verdict).toBe(expected);
          expect(answer.applies).toBe(expected === "yes" || (expected === "unknown" && reading === "burdened"));
          expect(matchesScope(ready, declared, reading)).toBe(answer.applies);
        }
      }),
      { seed: 1, numRuns: 4000 },
    );
  });

  test("[SCP12] declaring the facts an answer rests on, in any way, settles it, whatever else stays undeclared", () => {
    fc.assert(
      fc.property(scope, facts, knownFacts, (made, given, known) => {
        fc.pre(made.IsComplexScope !== true);
        const ready = compileScope(made);
        const named = evaluateScope(ready, declareFacts(given), "burdened").undeclared;
        const told = { ...given, ...Object.fromEntries(named.map((dimension) => [dimension, known[dimension]])) };
        expect(evaluateScope(ready, declareFacts(told), "burdened").verdict).not.toBe("unknown");
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test("[SCP10] the burdened reading covers whatever the truth turns out to be, the known reading only what is sure", () => {
    fc.assert(
      fc.property(scope, facts, knownFacts, fc.nat(5), (made, given, truth, pick) => {
        fc.pre(made.IsComplexScope !== true);
        const ready = compileScope(made);
        const real: Record<string, FactValue> = {};
        for (const dimension of DIMENSIONS) {
          const said: FactValue | undefined = given[dimension];
          const one = Array.isArray(said) ? (said as string[])[pick % said.length] : said;
          real[dimension] = (one === undefined ? truth[dimension] : one) as FactValue;
        }
        const isIn = matchesScope(ready, declareFacts(real), "known");
        const covered = {
          burdened: matchesScope(ready, declareFacts(given), "burdened"),
          known: matchesScope(ready, declareFacts(given), "known"),
        };
        expect(isIn ? covered.burdened : !covered.known).toBe(true);
      }),
      { seed: 3, numRuns: 4000 },
    );
  });

  test("[SCP17] an exclusion added never widens", () => {
    fc.assert(
      fc.property(scope, scopeRule, facts, (made, extra, given) => {
        const base: Scope = made.Exclusions === undefined ? made : { ...made, ExclusionOperator: "Or" };
        const narrower = compileScope({ ...base, Exclusions: [...(base.Exclusions ?? []), extra] });
        for (const reading of READINGS) {
          const declared = declareFacts(given);
          const isNarrowerIn = matchesScope(narrower, declared, reading);
          expect(!isNarrowerIn || matchesScope(compileScope(base), declared, reading)).toBe(true);
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });

  test("[SCP17] what several exclusions take out is what the inclusion of their opposites leaves", () => {
    const reversible = scopeTest.filter((made) => OPPOSITE[made.Operator] !== undefined && !isStar(made));
    fc.assert(
      fc.property(junction, fc.array(reversible, { minLength: 1, maxLength: 4 }), facts, (operator, tests, given) => {
        const opposite = tests.map((made) => ({ ...made, Operator: OPPOSITE[made.Operator] as Operator }));
        const other = operator === "And" ? ("Or" as const) : ("And" as const);
        const carved = compileScope({ IsGlobalScope: true, ExclusionOperator: operator, Exclusions: tests });
        const stated = compileScope({ InclusionOperator: other, Inclusions: opposite });
        const declared = declareFacts(given);
        expect(evaluateScope(carved, declared, "known").verdict).toBe(evaluateScope(stated, declared, "known").verdict);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});

const isStar = (made: ScopeTest): boolean =>
  made.Values[0] === "*" && (made.Operator === "In" || made.Operator === "Contains");

describe("overlap of two scopes", () => {
  const bounded = scope.filter((made) => made.IsComplexScope !== true);

  test("[SCP23] the thing shown is in both", () => {
    fc.assert(
      fc.property(bounded, bounded, (a, b) => {
        const { overlap, example } = scopesOverlap(compileScope(a), compileScope(b));
        if (overlap !== "yes") return;
        const shown = declareFacts(example ?? {});
        expect(matchesScope(compileScope(a), shown, "known")).toBe(true);
        expect(matchesScope(compileScope(b), shown, "known")).toBe(true);
      }),
      { seed: 6, numRuns: 3000 },
    );
  });

  test("[SCP24] where it says no, no combination of facts is in both", () => {
    const all: FactValue[] = [...TEXTS, "cab", "bab", "zzz", null];
    const combinations = all.flatMap((x) => all.flatMap((y) => all.map((z) => [x, y, z])));
    const things = combinations.map((made) =>
      declareFacts(Object.fromEntries(DIMENSIONS.map((name, i) => [name, made[i]]))),
    );
    let disjoint = 0;
    fc.assert(
      fc.property(bounded, bounded, (a, b) => {
        const [first, second] = [compileScope(a), compileScope(b)];
        if (scopesOverlap(first, second).overlap !== "no") return;
        disjoint += 1;
        expect(
          things.some((thing) => matchesScope(first, thing, "known") && matchesScope(second, thing, "known")),
        ).toBe(false);
      }),
      { seed: 7, numRuns: 1000 },
    );
    expect(disjoint).toBeGreaterThan(50); // the property was put to the test
  });

  test("[SCP24] it does not depend on which scope is named first", () => {
    fc.assert(
      fc.property(scope, scope, (a, b) => {
        const [first, second] = [compileScope(a), compileScope(b)];
        expect(scopesOverlap(first, second).overlap).toBe(scopesOverlap(second, first).overlap);
      }),
      { seed: 8, numRuns: 1000 },
    );
  });
});
