import { expect, test } from "vitest";
import type { Approval } from "../../app/approvals.ts";
import { actWord, bindingOf, ruleText, standingFor } from "./told.ts";

const waiting: Approval = {
  approval: "apr_1",
  kind: "answer",
  subject: "ntc_1",
  rule: { id: "large", kinds: ["answer"], roles: ["finance", "legal"], people: 2, from: "48384.00 USD" },
  proposer: "prs_ann",
  proposedAt: "2026-03-02T17:00:00Z",
  act: {},
  standing: "waits",
  settledAt: null,
  outcome: null,
  decisions: [{ person: "prs_bob", seat: "prs_cara", approves: true, at: "2026-03-02T18:00:00Z", note: null }],
  approvers: ["prs_dan"],
};
const nameOf = (id: string): string => ({ prs_dan: "Dan", meridian: "Meridian Cloud" })[id] ?? id;

test("what an act binds to is told with amounts, windows and names, and nothing is made up", () => {
  const act = {
    operation: "noticeAnswer",
    amount: null,
    count: 2_500,
    price: "2.55 USD",
    with: "meridian, oracle",
    from: "2026-05-01T07:00:00Z",
    to: "2026-07-30T07:00:00Z",
  };
  expect(bindingOf({ act }, nameOf)).toEqual({
    amount: undefined,
    window: { from: act.from, to: act.to },
    others: [
      { label: "Accelerators", value: "2,500" },
      { label: "Price", value: "$2.55/accelerator-h" },
      { label: "With", value: "Meridian Cloud, oracle" },
    ],
  });
  const months = { notices: 2, answers: "accept 8 (ntc_a), refuse (ntc_b)", amount: "11520.00 USD" };
  expect(bindingOf({ act: months }, nameOf).others).toEqual([
    { label: "Notices", value: "2" },
    { label: "Answers", value: months.answers },
  ]);
  expect(bindingOf({ act: { amount: "48384.00 USD" } }, nameOf)).toEqual({
    amount: { amount: "48384.00", currency: "USD" },
    window: undefined,
    others: [],
  });
});

test("an act says what it is, more exactly where its operation does", () => {
  expect(actWord({ kind: "answer", act: { operation: "noticeAnswer" } })).toBe("Answer to a notice");
  expect(actWord({ kind: "award", act: { operation: "awardApprove" } })).toBe("Confirmation of an award");
});

test("a rule says whom it asks, how many of them, and from which amount on", () => {
  expect(ruleText(waiting.rule, nameOf)).toBe("2 people with the role finance or legal, from $48,384.00 on");
  expect(ruleText({ id: "b", kinds: ["bid"], roles: [], persons: ["prs_dan"], people: 1 }, nameOf)).toBe("1 of Dan");
});

test("whoever proposed, whoever agreed already and whoever is not asked is told why it is not theirs to decide", () => {
  expect(standingFor(waiting, "prs_dan")).toEqual({ shown: { family: "attention", word: "Waits for you" } });
  expect(standingFor(waiting, "prs_ann").reason).toBe("You proposed it: somebody else has to agree");
  expect(standingFor(waiting, "prs_bob").reason).toBe("You have agreed: somebody else has to agree as well");
  expect(standingFor(waiting, "prs_eve").reason).toBe("The rule asks others than you");
  expect(standingFor({ ...waiting, approvers: [] }, "prs_eve").shown.word).toBe("Nobody can decide it");
  expect(standingFor({ ...waiting, standing: "denied" }, "prs_dan").shown).toEqual({
    family: "breach",
    word: "Refused",
  });
});
