import type { CommandBody } from "@offtake/core/book";
import type { AwardId, Currency, Money, PartyId } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import type { AskedFor } from "./approvals.ts";
import type { PersonId } from "./principal.ts";
import type { ApprovalRule } from "./rules.ts";
import { signerOf } from "./signing.ts";
import { DAY, withPeople } from "./world.fixture.ts";

const world = withPeople();

const code = (name: string) => expect.objectContaining({ code: name });
const usd = (units: number): Money => ({ micros: BigInt(units) * 1_000_000n, currency: "USD" as Currency });
const BUDGET: ApprovalRule = {
  id: "budget",
  kinds: ["request", "award"],
  from: usd(1_000_000),
  roles: ["finance"],
  people: 1,
};
const RELATED: ApprovalRule = {
  id: "related-party",
  kinds: ["award"],
  relatedParty: true,
  roles: ["legal"],
  people: 1,
};
const AWARD: CommandBody = { type: "decideAward", award: "awd_1" as AwardId, confirm: true, by: "x" };

async function staffed(rules: readonly ApprovalRule[] = [BUDGET, RELATED]) {
  const { people, party, member } = world();
  const { seat, admin } = await party();
  const by = async (...roles: Parameters<typeof member>[1]) => ({
    ...seat,
    person: (await member(seat, roles)).person,
  });
  for (const rule of rules) await people.rules.set(admin, rule);
  return {
    people,
    approvals: people.approvals,
    seat,
    admin,
    by,
    buyer: await by("procurement"),
    cfo: await by("finance"),
  };
}

/** What a request asks of its approvers. */
const wish = (askedBy: { readonly person: PersonId } | undefined, more: Partial<AskedFor> = {}): AskedFor => ({
  request: "q1",
  names: ["budget"],
  askedAt: 1,
  askedBy: askedBy?.person,
  act: {},
  ...more,
});

describe("approvals that the core keeps", () => {
  test("are named before the request is submitted: those it states, and those of the rules", async () => {
    const { approvals, buyer } = await staffed();
    const large = { amount: usd(2_000_000), relatedParty: false };
    expect(await approvals.namesFor(buyer, ["board"], large)).toEqual(["board", "budget"]);
    expect(await approvals.namesFor(buyer, [], { amount: usd(999_999), relatedParty: false })).toEqual([]);
  });

  test("are given by who may, and never by who submitted the request", async () => {
    const { approvals, buyer, cfo, by } = await staffed();
    const both = await by("procurement", "finance");
    const asked = wish(both, { act: { amount: "2000000 USD" } });
    await approvals.asked(both, asked);
    const [waiting] = await approvals.list(buyer, "waits");
    expect(waiting).toMatchObject({ kind: "request", subject: "q1", proposer: both.person, approvers: [cfo.person] });
    expect(waiting?.act).toEqual({ amount: "2000000 USD" });
    await expect(approvals.decideRequest(both, asked, "budget", true)).rejects.toEqual(code("own_proposal"));
    await expect(approvals.decideRequest(buyer, asked, "budget", true)).rejects.toEqual(code("not_an_approver"));
    const decided = await approvals.decideRequest(cfo, asked, "budget", true, "within plan");
    expect(decided).toMatchObject({
      standing: "given",
      effect: { body: { type: "giveApproval", request: "q1", approval: "budget", by: cfo.person, askedAt: 1 } },
    });
    await expect(approvals.decideRequest(cfo, asked, "budget", false)).rejects.toEqual(code("not_waiting"));
  });

  test("that are denied are denied in the core", async () => {
    const { approvals, buyer, cfo } = await staffed();
    await approvals.asked(buyer, wish(buyer, { askedAt: 7 }));
    const { effect } = await approvals.decideRequest(cfo, wish(buyer, { askedAt: 7 }), "budget", false);
    expect(effect?.body).toEqual({
      type: "denyApproval",
      request: "q1",
      approval: "budget",
      by: cfo.person,
      askedAt: 7,
    });
  });

  test("that only the market brings up are decided under their rule, with the request's sender kept out", async () => {
    const { approvals, buyer, cfo, by } = await staffed();
    const lawyer = await by("legal");
    const lawyers = await by("legal", "procurement");
    const asked = wish(lawyers, { names: ["related-party", "board"] });
    const decide = (who: typeof lawyer, name: string) => approvals.decideRequest(who, asked, name, true);
    await expect(decide(lawyers, "related-party")).rejects.toEqual(code("own_proposal"));
    await expect(decide(cfo, "related-party")).rejects.toEqual(code("not_an_approver"));
    expect((await decide(lawyer, "related-party")).standing).toBe("given");
    // A name that no rule knows is approved by another person who answers for money or paper.
    await expect(decide(await by("engineer"), "board")).rejects.toEqual(code("not_an_approver"));
    expect((await decide(buyer, "board")).standing).toBe("given");
  });

  test("are asked for anew when something else is asked: by whoever asks it now, and whatever was decided before", async () => {
    const { approvals, buyer, cfo, by } = await staffed([{ ...BUDGET, people: 2 }]);
    const both = await by("procurement", "finance");
    const other = await by("finance");
    await approvals.asked(buyer, wish(buyer, { act: { amount: "1 USD" } }));
    expect((await approvals.decideRequest(cfo, wish(buyer), "budget", true)).standing).toBe("waits");
    const revised = wish(both, { askedAt: 2, act: { amount: "10000000 USD" } });
    await approvals.asked(both, revised);
    const [before, now] = (await approvals.list(buyer)).toSorted((a, b) => (a.askedAt ?? 0) - (b.askedAt ?? 0));
    expect(before).toMatchObject({ standing: "withdrawn", proposer: buyer.person });
    expect(now).toMatchObject({ standing: "waits", proposer: both.person, decisions: [] });
    expect(now?.act).toEqual({ amount: "10000000 USD" });
    expect(now?.approvers.toSorted()).toEqual([cfo.person, other.person].toSorted());
    await expect(approvals.decide(both, now?.approval ?? "", true)).rejects.toEqual(code("own_proposal"));
    await expect(approvals.decide(other, before?.approval ?? "", true)).rejects.toEqual(code("not_waiting"));
    expect((await approvals.decideRequest(other, revised, "budget", true)).standing).toBe("waits");
    // Who approved what was asked before has to look at this.
    const last = await approvals.decideRequest(cfo, revised, "budget", true);
    expect(last).toMatchObject({ standing: "given", effect: { body: { askedAt: 2, by: cfo.person } } });
  });

  test("are asked for anew also where they were given, or denied", async () => {
    const { approvals, buyer, cfo } = await staffed();
    await approvals.decideRequest(cfo, wish(buyer), "budget", true);
    await approvals.decideRequest(cfo, wish(buyer, { askedAt: 2 }), "budget", false);
    await approvals.asked(buyer, wish(buyer, { askedAt: 3 }));
    const found = (await approvals.list(buyer)).map(({ askedAt, standing }) => `${askedAt} ${standing}`);
    expect(found.toSorted()).toEqual(["1 given", "2 denied", "3 waits"]);
  });

  test("are changed by nothing that is said once more, or by somebody who is late: nobody approves a revision of their own", async () => {
    const { approvals, buyer, by } = await staffed();
    const both = await by("procurement", "finance");
    await approvals.asked(buyer, wish(buyer, { askedAt: 4 }));
    await approvals.asked(both, wish(both, { askedAt: 5 }));
    const before = await approvals.list(buyer);
    for (const late of [wish(buyer, { askedAt: 4 }), wish(buyer, { askedAt: 5 }), wish(both, { askedAt: 5 })])
      await approvals.asked(buyer, late);
    expect(await approvals.list(buyer)).toEqual(before);
    const decide = approvals.decideRequest(both, wish(buyer, { askedAt: 4 }), "budget", true);
    await expect(decide).rejects.toEqual(code("own_proposal"));
  });

  test("are opened once where two say the same at the same moment", async () => {
    const { approvals, buyer } = await staffed();
    await Promise.all([1, 1, 2, 2, 1].map((askedAt) => approvals.asked(buyer, wish(buyer, { askedAt }))));
    const found = await approvals.list(buyer);
    expect(found.filter(({ standing }) => standing === "waits").map(({ askedAt }) => askedAt)).toEqual([2]);
    expect(found.length).toBeLessThanOrEqual(2);
  });

  test("are looked up by what is not on record yet, and wait no more for a request that is over", async () => {
    const { approvals, buyer, seat } = await staffed();
    await approvals.asked(buyer, wish(buyer));
    expect(await approvals.waitingRequests(seat)).toEqual([{ request: "q1", askedAt: 1 }]);
    const wishes = [wish(buyer), wish(buyer, { names: ["budget", "board"] }), wish(buyer, { askedAt: 2 })];
    const missing = await approvals.notYetAsked(seat, wishes);
    expect(missing.map(({ names, askedAt }) => [askedAt, ...names])).toEqual([
      [1, "board"],
      [2, "budget"],
    ]);
    await approvals.over(seat, "q1");
    expect(await approvals.list(buyer, "waits")).toEqual([]);
    expect(await approvals.waitingRequests(seat)).toEqual([]);
  });
});

describe("what waits here", () => {
  const large = { kind: "award", amount: usd(5_000_000), relatedParty: true } as const;

  test("is followed by its command when everybody has approved, once", async () => {
    const { approvals, buyer, cfo, by } = await staffed();
    const lawyer = await by("legal");
    const rules = await approvals.needed(buyer, large);
    expect(rules.map(({ id }) => id)).toEqual(["budget", "related-party"]);
    const [budget = "", related = ""] = await approvals.propose(buyer, {
      kind: "award",
      subject: "awd_1",
      act: { amount: "5000000 USD" },
      rules,
      command: AWARD,
    });
    expect(await approvals.decide(cfo, budget, true)).toEqual({ standing: "given" });
    const last = await approvals.decide(lawyer, related, true);
    expect(last).toMatchObject({ standing: "given", effect: { body: AWARD, key: `approval:${related}` } });
    // Until it is reported as done it is sent again, under the same key.
    expect(await mine(buyer)).toEqual([last.effect]);
    await approvals.done({ ...buyer, approval: related }, "accepted");
    expect(await mine(buyer)).toEqual([]);
    expect(await approvals.find(buyer, related)).toMatchObject({ standing: "given", outcome: "accepted" });
  });

  const mine = async ({ book }: { readonly book: string }) =>
    (await world().people.approvals.undone()).filter((effect) => effect.book === book);

  test("is followed by one command also where the last two approve at the same moment", async () => {
    const { approvals, buyer, cfo, by } = await staffed();
    const lawyer = await by("legal");
    const rules = await approvals.needed(buyer, large);
    for (let round = 0; round < 5; round += 1) {
      const [budget = "", related = ""] = await approvals.propose(buyer, {
        kind: "award",
        subject: `awd_${round}`,
        act: {},
        rules,
        command: AWARD,
      });
      const both = await Promise.all([approvals.decide(cfo, budget, true), approvals.decide(lawyer, related, true)]);
      expect(both.filter(({ effect }) => effect !== undefined)).toHaveLength(1);
    }
  });

  test("ends for all when one denies, and when who proposed it takes it back", async () => {
    const { approvals, buyer, cfo, by } = await staffed();
    const lawyer = await by("legal");
    const rules = await approvals.needed(buyer, large);
    const proposal = { kind: "award", subject: "awd_1", act: {}, rules, command: AWARD } as const;
    const [budget = "", related = ""] = await approvals.propose(buyer, proposal);
    expect(await approvals.decide(cfo, budget, false, "too dear")).toEqual({ standing: "denied" });
    await expect(approvals.decide(lawyer, related, true)).rejects.toEqual(code("not_waiting"));
    const [again = "", other = ""] = await approvals.propose(buyer, proposal);
    await expect(approvals.withdraw(cfo, again)).rejects.toEqual(code("not_found"));
    await approvals.withdraw(buyer, again);
    expect(await approvals.find(buyer, other)).toMatchObject({ standing: "withdrawn", approvers: [] });
    expect(await mine(buyer)).toEqual([]);
  });

  test("is proposed once while it waits: the same again is told, and nothing beside it is kept", async () => {
    const { approvals, buyer } = await staffed([BUDGET]);
    const proposal = (subject: string) =>
      ({ kind: "award", subject, act: {}, rules: [BUDGET], command: AWARD }) as const;
    const [first = ""] = await approvals.propose(buyer, proposal("awd_1"));
    await expect(approvals.propose(buyer, proposal("awd_2"), proposal("awd_1"))).rejects.toEqual(code("waits_already"));
    expect((await approvals.list(buyer, "waits")).map(({ approval }) => approval)).toEqual([first]);
    await approvals.withdraw(buyer, first);
    expect(await approvals.propose(buyer, proposal("awd_2"), proposal("awd_1"))).toHaveLength(2);
  });

  test("of another party is not there", async () => {
    const { approvals, buyer, cfo } = await staffed([BUDGET]);
    const [approval = ""] = await approvals.propose(buyer, {
      kind: "award",
      subject: "awd_1",
      act: {},
      rules: [BUDGET],
      command: AWARD,
    });
    const rival = { ...cfo, party: "rival" as PartyId };
    await expect(approvals.decide(rival, approval, true)).rejects.toEqual(code("not_found"));
    expect(await approvals.list(rival)).toEqual([]);
    expect(await approvals.find(rival, approval)).toBeUndefined();
  });

  test("goes by the rule as it was when it was proposed", async () => {
    const { approvals, people, admin, buyer, cfo, by } = await staffed([BUDGET]);
    const [approval = ""] = await approvals.propose(buyer, {
      kind: "award",
      subject: "awd_1",
      act: {},
      rules: [BUDGET],
      command: AWARD,
    });
    await people.rules.set(admin, { ...BUDGET, roles: ["legal"] });
    await expect(approvals.decide(await by("legal"), approval, true)).rejects.toEqual(code("not_an_approver"));
    expect((await approvals.decide(cfo, approval, true)).standing).toBe("given");
  });
});

describe("deputies", () => {
  async function waiting() {
    const all = await staffed([BUDGET]);
    const [approval = ""] = await all.approvals.propose(all.buyer, {
      kind: "award",
      subject: "awd_1",
      act: {},
      rules: [BUDGET],
      command: AWARD,
    });
    return { ...all, approval };
  }

  test("approve in the place of whom they stand in for, on those days and no other", async () => {
    const { people, approvals, buyer, cfo, by, approval } = await waiting();
    const { now, pass } = world();
    const deputy = await by("engineer");
    await people.deputies.set(cfo, {
      person: cfo.person,
      deputy: deputy.person,
      from: now() + DAY,
      to: now() + 2 * DAY,
    });
    await expect(approvals.decide(deputy, approval, true)).rejects.toEqual(code("not_an_approver"));
    pass(DAY);
    expect((await approvals.decide(deputy, approval, true, "as agreed on the phone")).standing).toBe("given");
    expect((await approvals.find(buyer, approval))?.decisions).toEqual([
      { person: deputy.person, seat: cfo.person, approves: true, at: now(), note: "as agreed on the phone" },
    ]);
  });

  test("are members of the party, for at most a year; ended early they are out", async () => {
    const { people, approvals, seat, cfo, by, approval } = await waiting();
    const { now } = world();
    const deputy = await by("engineer");
    const wish = { person: cfo.person, deputy: deputy.person, from: now(), to: now() + DAY };
    await expect(people.deputies.set(cfo, { ...wish, to: now() })).rejects.toEqual(code("invalid_period"));
    await expect(people.deputies.set(cfo, { ...wish, to: now() + 400 * DAY })).rejects.toEqual(code("invalid_period"));
    await expect(people.deputies.set(cfo, { ...wish, deputy: cfo.person })).rejects.toEqual(
      code("deputy_not_possible"),
    );
    await expect(people.deputies.set(cfo, { ...wish, deputy: "per_x" as PersonId })).rejects.toEqual(
      code("deputy_not_possible"),
    );
    await people.deputies.set(cfo, { ...wish, from: now() - 1 });
    await people.deputies.end(seat, cfo.person, deputy.person);
    await expect(approvals.decide(deputy, approval, true)).rejects.toEqual(code("not_an_approver"));
    await expect(people.deputies.end(seat, cfo.person, deputy.person)).rejects.toEqual(code("not_found"));
  });

  test("get what a removed person was asked to approve", async () => {
    const { people, approvals, admin, cfo, by, approval } = await waiting();
    const { now } = world();
    const deputy = await by("engineer");
    // Named once, for days that are over: still the one who was trusted with it.
    await people.deputies.set(cfo, {
      person: cfo.person,
      deputy: deputy.person,
      from: now() - 9 * DAY,
      to: now() - DAY,
    });
    expect(await people.members.remove(admin, cfo.person)).toMatchObject({ deputy: deputy.person, orphaned: [] });
    expect((await approvals.decide(deputy, approval, true)).standing).toBe("given");
  });

  test("can be named with the removal; without one it is told what nobody can approve, and somebody else is asked", async () => {
    const { people, approvals, admin, buyer, cfo, by, approval } = await waiting();
    await expect(people.members.remove(admin, cfo.person, "per_x" as PersonId)).rejects.toEqual(
      code("deputy_not_possible"),
    );
    expect(await people.members.remove(admin, cfo.person)).toEqual({ keys: 0, sessions: 1, orphaned: [approval] });
    const other = await by("legal");
    await expect(approvals.assign(admin, approval, buyer.person)).rejects.toEqual(code("own_proposal"));
    await expect(approvals.assign(admin, approval, cfo.person)).rejects.toEqual(code("not_found"));
    await approvals.assign(admin, approval, other.person);
    expect((await approvals.decide(other, approval, true)).standing).toBe("given");
  });

  test("who are removed stand in for nobody", async () => {
    const { people, approvals, admin, cfo, by, approval } = await waiting();
    const { now } = world();
    const deputy = await by("engineer");
    await people.deputies.set(cfo, { person: cfo.person, deputy: deputy.person, from: now() - 1, to: now() + DAY });
    await people.members.remove(admin, deputy.person);
    expect((await approvals.find(admin, approval))?.approvers).toEqual([cfo.person]);
    expect((await people.deputies.list(admin)).every(({ to }) => to !== undefined && to <= now())).toBe(true);
  });
});

describe("rules", () => {
  test("that nobody could ever meet are refused", async () => {
    const { people, admin, cfo } = await staffed([]);
    const wrong: readonly Partial<ApprovalRule>[] = [
      { people: 0 },
      { people: 1.5 },
      { roles: [] },
      { kinds: [] },
      { persons: [cfo.person], people: 2 },
    ];
    for (const more of wrong)
      await expect(people.rules.set(admin, { ...BUDGET, ...more })).rejects.toEqual(code("rule_invalid"));
    await expect(people.rules.set(admin, { ...BUDGET, persons: ["per_x" as PersonId] })).rejects.toEqual(
      code("not_found"),
    );
  });

  test("are a party's own, exact to the millionth, and gone when removed", async () => {
    const { people, admin, seat } = await staffed([]);
    const exact = { ...BUDGET, from: { micros: 12_345_678_901_234_567_891n, currency: "EUR" as Currency } };
    await people.rules.set(admin, exact);
    expect(await people.rules.list(seat)).toEqual([exact]);
    expect(await people.rules.list({ ...seat, party: "rival" as PartyId })).toEqual([]);
    await people.rules.remove(seat, "budget");
    expect(await people.rules.list(seat)).toEqual([]);
    await expect(people.rules.remove(seat, "budget")).rejects.toEqual(code("not_found"));
  });
});

describe("in whose name an answer goes out", () => {
  test("a signatory's own, and nobody's for everybody else", () => {
    expect(signerOf({ roles: ["signatory"], signsAs: "A. Officer" }, undefined)).toBe("A. Officer");
    expect(signerOf({ roles: ["signatory"], signsAs: "A. Officer" }, "A. Officer")).toBe("A. Officer");
    expect(signerOf({ roles: ["provider-desk"], signsAs: "A. Officer" }, undefined)).toBeUndefined();
    expect(signerOf({ roles: ["signatory"] }, undefined)).toBeUndefined();
    for (const [roles, stated] of [
      [["signatory"], "B. Officer"],
      [["provider-desk"], "A. Officer"],
    ] as const)
      expect(() => signerOf({ roles, signsAs: "A. Officer" }, stated)).toThrow(code("signer_not_you"));
  });
});
