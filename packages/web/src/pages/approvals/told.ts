import type { Schemas } from "@offtake/client";
import { countOf, countText } from "../../amounts/counts.ts";
import { type MoneyTold, moneyText, rateText } from "../../amounts/money.ts";
import type { Approval } from "../../app/approvals.ts";
import type { Span } from "../../clock/spans.ts";
import type { StateShown } from "../../states/families.ts";

type Kind = Approval["kind"];

/** What somebody wants to do, in words. */
const ACTS: Readonly<Record<Kind, string>> = {
  request: "Request for compute",
  award: "Award",
  agreement: "Agreement",
  answer: "Answer to a notice",
  bid: "Bid",
  waiver: "Waiver of a right",
};

/** Operations that say more than the kind of act. */
const OPERATIONS: Readonly<Record<string, string>> = {
  awardApprove: "Confirmation of an award",
  answerRatify: "Signature of an answer",
  namedTermsDecide: "Terms that a holder named",
  standingAnswerGive: "Answer in advance",
  agreementStatusChange: "New status of an agreement",
  agreementTerminate: "End of an agreement",
  agreementAssign: "Assignment of an agreement",
};

export const KINDS = Object.keys(ACTS) as readonly Kind[];
export const kindWord = (kind: Kind): string => ACTS[kind];

export function actWord({ kind, act }: Pick<Approval, "kind" | "act">): string {
  const { operation } = act;
  return (typeof operation === "string" ? OPERATIONS[operation] : undefined) ?? ACTS[kind];
}

/** One thing that an act would bind the party to. */
export interface Bound {
  readonly label: string;
  readonly value: string;
}

/** What an act would bind the party to, as far as it says so: the amount first. */
export interface Binding {
  readonly amount: MoneyTold | undefined;
  readonly window: Span | undefined;
  readonly others: readonly Bound[];
}

/** "48384.00 USD" */
export function moneyOf(text: unknown): MoneyTold | undefined {
  const [, amount, currency] = (typeof text === "string" ? /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(text) : null) ?? [];
  return amount === undefined || currency === undefined ? undefined : { amount, currency };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? countText(value) : undefined;

function ratePer(text: unknown): string | undefined {
  const money = moneyOf(text);
  return money === undefined ? undefined : rateText(money);
}

export function bindingOf({ act }: Pick<Approval, "act">, nameOf: (party: string) => string): Binding {
  const { from, to } = act;
  const parties = typeof act["with"] === "string" ? act["with"].split(", ").map(nameOf).join(", ") : undefined;
  const packagePrice = moneyOf(act["packagePrice"]);
  const told: readonly (readonly [string, string | undefined])[] = [
    ["Accelerators", textOf(act["count"])],
    ["Price", ratePer(act["price"])],
    ["Price of all of it", packagePrice && moneyText(packagePrice)],
    ["Notices", textOf(act["notices"])],
    ["Answers", textOf(act["answers"])],
    ["Lines", textOf(act["lines"])],
    ["Parts of bids", textOf(act["parts"])],
    ["With", parties],
    ["Passed through", typeof act["host"] === "string" ? nameOf(act["host"]) : undefined],
    ["Of these passed through", textOf(act["hostCount"])],
    ["Title", textOf(act["title"])],
    ["Version", textOf(act["version"])],
    ["Status", textOf(act["status"])],
    ["Right", textOf(act["right"])],
    ["Condition", textOf(act["condition"])],
    ["Why", textOf(act["why"])],
  ];
  return {
    amount: moneyOf(act["amount"]),
    window: typeof from === "string" && typeof to === "string" ? { from, to } : undefined,
    others: told.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
  };
}

/** "2 people with finance or legal, from $48,384.00 on" */
export function ruleText(rule: Schemas["ApprovalRule"], nameOf: (person: string) => string): string {
  const { roles, persons, also = [], people, from, relatedParty } = rule;
  const who =
    persons === undefined
      ? `${countOf(people, "person", "people")} with the role ${roles.join(" or ")}`
      : `${people} of ${persons.map(nameOf).join(", ")}`;
  const money = moneyOf(from);
  return [
    who,
    ...(also.length === 0 ? [] : [`also asked: ${also.map(nameOf).join(", ")}`]),
    ...(money === undefined ? [] : [`from ${moneyText(money)} on`]),
    ...(relatedParty === true ? ["with a related party"] : []),
  ].join(", ");
}

/** How it stands for whoever looks, and why one cannot decide where one cannot. */
export interface Standing {
  readonly shown: StateShown;
  /** Absent where one can decide. */
  readonly reason?: string;
}

const DECIDED: Readonly<Record<Exclude<Approval["standing"], "waits">, StateShown>> = {
  given: { family: "secured", word: "Approved" },
  denied: { family: "breach", word: "Refused" },
  withdrawn: { family: "neutral", word: "Taken back" },
};

export function standingFor(approval: Approval, person: string): Standing {
  const { standing, proposer, approvers, decisions } = approval;
  if (standing !== "waits") return { shown: DECIDED[standing], reason: "It is decided" };
  if (approvers.includes(person)) return { shown: { family: "attention", word: "Waits for you" } };
  if (proposer === person)
    return {
      shown: { family: "waiting", word: "Your own proposal" },
      reason: "You proposed it: somebody else has to agree",
    };
  if (decisions.some((one) => one.person === person))
    return {
      shown: { family: "waiting", word: "Waits for others" },
      reason: "You have agreed: somebody else has to agree as well",
    };
  if (approvers.length === 0)
    return {
      shown: { family: "breach", word: "Nobody can decide it" },
      reason: "Nobody whom the rule names can decide it now: an admin can ask somebody else",
    };
  return {
    shown: { family: "waiting", word: "Waits for others" },
    reason: "The rule asks others than you",
  };
}
