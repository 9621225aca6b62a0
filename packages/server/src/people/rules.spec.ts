import fc from "fast-check";
import type { Currency, Money } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import type { PersonId } from "./principal.ts";
import { type Role, ROLES } from "./roles.ts";
import {
  type Act,
  APPROVAL_KINDS,
  type ApprovalDecision,
  type ApprovalRule,
  approversOf,
  type Ballot,
  type Deputy,
  rulesFor,
  seatFor,
  type Staff,
  standingOf,
} from "./rules.ts";

const id = (text: string): PersonId => text as PersonId;
const [ann, bob, cy, dee] = [id("ann"), id("bob"), id("cy"), id("dee")];
const usd = (units: number): Money => ({ micros: BigInt(units) * 1_000_000n, currency: "USD" as Currency });

const rule = (more: Partial<ApprovalRule> = {}): ApprovalRule => ({
  id: "budget",
  kinds: ["request"],
  roles: ["finance"],
  people: 1,
  ...more,
});
const staff = (roles: Record<string, readonly Role[]>, deputies: readonly Deputy[] = [], at = 100): Staff => ({
  roles: new Map(Object.entries(roles).map(([person, held]) => [id(person), held])),
  left: new Map(),
  deputies,
  at,
});
const ballot = (more: Partial<Ballot> = {}): Ballot => ({
  rule: rule(),
  proposer: ann,
  proposedAt: 10,
  decisions: [],
  ...more,
});

describe("which acts need approval", () => {
  test("by kind and from an amount on, inclusive", () => {
    const rules = [rule({ from: usd(1_000_000) })];
    const needs = (act: Act) => rulesFor(rules, act).length === 1;
    expect(needs({ kind: "request", amount: usd(999_999) })).toBe(false);
    expect(needs({ kind: "request", amount: usd(1_000_000) })).toBe(true);
    expect(needs({ kind: "award", amount: usd(1_000_000) })).toBe(false);
  });

  test("what is not known asks for more", () => {
    const large = [rule({ from: usd(1_000_000) })];
    expect(rulesFor(large, { kind: "request" })).toHaveLength(1);
    expect(rulesFor(large, { kind: "request", amount: { micros: 1n, currency: "EUR" } as never })).toHaveLength(1);
    const related = [rule({ relatedParty: true })];
    expect(rulesFor(related, { kind: "request" })).toHaveLength(1);
    expect(rulesFor(related, { kind: "request", relatedParty: true })).toHaveLength(1);
    expect(rulesFor(related, { kind: "request", relatedParty: false })).toHaveLength(0);
  });
});

describe("who may decide", () => {
  test("four eyes: not who proposed it, whatever role that person has", () => {
    const people = staff({ ann: ["finance"], bob: ["finance"] });
    expect(seatFor(ballot(), people, ann)).toEqual({ not: "own_proposal" });
    expect(seatFor(ballot(), people, bob)).toEqual({ seat: bob });
  });

  test("nobody without the role, and nobody who is no member", () => {
    const people = staff({ ann: ["procurement"], bob: ["engineer"] });
    expect(seatFor(ballot(), people, bob)).toEqual({ not: "not_an_approver" });
    expect(seatFor(ballot(), people, cy)).toEqual({ not: "not_an_approver" });
    expect(approversOf(ballot(), people)).toEqual([]);
  });

  test("a deputy on the days it stands in, the first included, the last not", () => {
    const deputies = [{ person: bob, deputy: cy, from: 100, to: 200 }];
    const at = (time: number) => seatFor(ballot(), staff({ bob: ["finance"], cy: [] }, deputies, time), cy);
    expect(at(99)).toEqual({ not: "not_an_approver" });
    expect(at(100)).toEqual({ seat: bob });
    expect(at(199)).toEqual({ seat: bob });
    expect(at(200)).toEqual({ not: "not_an_approver" });
  });

  test("a deputy does not pass on what was passed to it", () => {
    const deputies = [
      { person: bob, deputy: cy, from: 0 },
      { person: cy, deputy: dee, from: 0 },
    ];
    expect(seatFor(ballot(), staff({ bob: ["finance"], cy: [], dee: [] }, deputies), dee)).toEqual({
      not: "not_an_approver",
    });
  });

  test("nobody in the place of who proposed it", () => {
    const deputies = [{ person: ann, deputy: cy, from: 0 }];
    expect(seatFor(ballot(), staff({ ann: ["finance"], cy: [] }, deputies), cy)).toEqual({ not: "not_an_approver" });
  });

  test("a named person who was removed has a deputy in its place", () => {
    const named = ballot({ rule: rule({ persons: [bob] }) });
    expect(seatFor(named, staff({ cy: [] }, [{ person: bob, deputy: cy, from: 0 }]), cy)).toEqual({ seat: bob });
    expect(seatFor(named, staff({ dee: ["finance"] }), dee)).toEqual({ not: "not_an_approver" });
  });

  test("what was open when somebody was removed is the deputy's; what comes later is not", () => {
    const people = {
      ...staff({ cy: [] }, [{ person: bob, deputy: cy, from: 50 }]),
      left: new Map([[bob, { roles: ["finance"] as const, at: 50 }]]),
    };
    expect(seatFor(ballot({ proposedAt: 50 }), people, cy)).toEqual({ seat: bob });
    expect(seatFor(ballot({ proposedAt: 51 }), people, cy)).toEqual({ not: "not_an_approver" });
    expect(seatFor(ballot({ proposedAt: 49 }), people, bob)).toEqual({ not: "not_an_approver" });
  });

  test("whoever an administrator asks as well, but never who proposed it", () => {
    const asked = ballot({ rule: rule({ persons: [bob], also: [ann, cy] }) });
    const people = staff({ ann: ["finance"], cy: [] });
    expect(approversOf(asked, people)).toEqual([cy]);
  });

  test("two people in two places, where two are asked for", () => {
    const two = rule({ people: 2 });
    const deputies = [{ person: bob, deputy: cy, from: 0 }];
    const people = staff({ bob: ["finance"], cy: [], dee: ["finance"] }, deputies);
    const decisions: ApprovalDecision[] = [{ person: bob, seat: bob, approves: true }];
    expect(standingOf({ rule: two, decisions })).toBe("waits");
    expect(seatFor(ballot({ rule: two, decisions }), people, bob)).toEqual({ not: "decided_already" });
    expect(seatFor(ballot({ rule: two, decisions }), people, cy)).toEqual({ not: "decided_already" });
    expect(seatFor(ballot({ rule: two, decisions }), people, dee)).toEqual({ seat: dee });
    expect(standingOf({ rule: two, decisions: [...decisions, { person: dee, seat: dee, approves: true }] })).toBe(
      "given",
    );
  });

  test("one who denies is enough, and ends it", () => {
    const decisions = [{ person: bob, seat: bob, approves: false }];
    expect(standingOf({ rule: rule({ people: 2 }), decisions })).toBe("denied");
    expect(seatFor(ballot({ decisions }), staff({ dee: ["finance"] }), dee)).toEqual({ not: "not_waiting" });
  });
});

const PEOPLE = Array.from({ length: 6 }, (_, index) => id(`p${index}`));
const person = fc.constantFrom(...PEOPLE);
const money = fc.record({
  micros: fc.bigInt({ min: 0n, max: 20n }),
  currency: fc.constantFrom("USD", "EUR"),
}) as fc.Arbitrary<NonNullable<Act["amount"]>>;
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const someRule: fc.Arbitrary<ApprovalRule> = fc
  .record({
    id: fc.constantFrom("a", "b", "c"),
    kinds: fc.uniqueArray(fc.constantFrom(...APPROVAL_KINDS), { minLength: 1 }),
    from: maybe(money),
    relatedParty: maybe(fc.constant(true as const)),
    roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 }),
    persons: maybe(fc.uniqueArray(person, { minLength: 1, maxLength: 3 })),
    people: fc.integer({ min: 1, max: 4 }),
  })
  .map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)) as never);
const someStaff: fc.Arbitrary<Staff> = fc.record({
  roles: fc
    .uniqueArray(fc.tuple(person, fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 4 })), {
      selector: ([who]) => who,
    })
    .map((entries) => new Map(entries)),
  left: fc.constant(new Map()),
  deputies: fc.array(
    fc.record({ person, deputy: person, from: fc.integer({ min: 0, max: 5 }), to: fc.integer({ min: 0, max: 9 }) }),
    { maxLength: 6 },
  ),
  at: fc.integer({ min: 0, max: 9 }),
});

/** Everybody tries, in an order, until nothing moves; what the rules let through. */
function vote(rule: ApprovalRule, proposer: PersonId, staff: Staff, order: readonly PersonId[]): ApprovalDecision[] {
  const decisions: ApprovalDecision[] = [];
  for (const who of order) {
    const found = seatFor({ rule, proposer, proposedAt: 0, decisions }, staff, who);
    if ("seat" in found) decisions.push({ person: who, seat: found.seat, approves: true });
  }
  return decisions;
}

describe("whatever the rules, the people and the order", () => {
  const RUNS = { seed: 41, numRuns: 2_000 };
  const order = fc.array(person, { maxLength: 24 });

  test("no act is approved by its proposer, in its place, twice by one, or twice in one place", () => {
    let approved = 0;
    fc.assert(
      fc.property(someRule, person, someStaff, order, (drawn, proposer, people, tries) => {
        const decisions = vote(drawn, proposer, people, tries);
        expect(decisions.flatMap(({ person: who, seat }) => [who, seat])).not.toContain(proposer);
        expect(new Set(decisions.map(({ person: who }) => who)).size).toBe(decisions.length);
        expect(new Set(decisions.map(({ seat }) => seat)).size).toBe(decisions.length);
        expect(decisions.length).toBeLessThanOrEqual(drawn.people);
        for (const { person: who } of decisions) expect(people.roles.has(who)).toBe(true);
        if (standingOf({ rule: drawn, decisions }) === "given") approved += 1;
      }),
      RUNS,
    );
    expect(approved).toBeGreaterThan(100);
  });

  test("every place is one that the rule gives: by role or by name", () => {
    fc.assert(
      fc.property(someRule, person, someStaff, order, (drawn, proposer, people, tries) => {
        for (const { seat } of vote(drawn, proposer, people, tries)) {
          const byRole = people.roles.get(seat)?.some((role) => drawn.roles.includes(role)) ?? false;
          expect(drawn.persons === undefined ? byRole : drawn.persons.includes(seat)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("who could decide is exactly who can", () => {
    fc.assert(
      fc.property(someRule, person, someStaff, (drawn, proposer, people) => {
        const asked = approversOf({ rule: drawn, proposer, proposedAt: 0, decisions: [] }, people);
        for (const who of PEOPLE) expect(asked.includes(who)).toBe(vote(drawn, proposer, people, [who]).length === 1);
      }),
      RUNS,
    );
  });

  test("more money, or knowing less, never needs fewer approvals", () => {
    const rules = fc.array(someRule, { maxLength: 6 });
    fc.assert(
      fc.property(
        rules,
        fc.constantFrom(...APPROVAL_KINDS),
        money,
        fc.bigInt({ min: 0n, max: 20n }),
        fc.boolean(),
        (drawn, kind, amount, more, relatedParty) => {
          const less = rulesFor(drawn, { kind, amount, relatedParty });
          const larger = { ...amount, micros: amount.micros + more };
          for (const act of [
            { kind, amount: larger, relatedParty },
            { kind, relatedParty },
            { kind, amount },
            { kind, amount, relatedParty: true },
          ])
            expect(rulesFor(drawn, act)).toEqual(expect.arrayContaining([...less]));
        },
      ),
      RUNS,
    );
  });
});
