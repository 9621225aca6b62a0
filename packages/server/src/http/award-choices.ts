import { createHash } from "node:crypto";
import type { BidPart, ChosenPart, EvaluationResult, PartProblem, Scenario } from "@offtake/core/awards";
import { type AwardChoices, awardChoices } from "@offtake/core/book";
import { addMoney, formatMicros, type Money, type RequestId } from "@offtake/core/kernel";
import { asKeeperKnows, nowOf } from "./ahead.ts";
import type { AnyCall } from "./call.ts";

import { isKeeper } from "./objects.ts";
import { type Shown } from "./shown.ts";
import { problem, rejected } from "./problems.ts";

const text = { type: "string" } as const;
const count = { type: "integer" } as const;
const money = {
  type: "object",
  properties: { amount: text, currency: text },
  required: ["amount", "currency"],
  additionalProperties: false,
} as const;

export const AWARD_SCENARIO = {
  type: "object",
  description: "A way to award what is in the market, checked and priced by the rules by which the broker chooses.",
  properties: {
    scenario: { type: "string", enum: ["cheapest", "fewest-providers", "commitment-first", "manual"] },
    recommended: {
      type: "boolean",
      description: "What the broker itself would choose: the least incremental effective cost.",
    },
    sameAs: { type: "string", description: "Another scenario before it that comes to just this." },
    exact: {
      type: "boolean",
      description: "Nothing better by its own measure exists; false: none was found in the time there was.",
    },
    providers: { type: "array", items: text },
    parts: {
      type: "array",
      items: {
        type: "object",
        properties: {
          bid: text,
          line: { ...count, description: "Number of the line of the bid, from 1." },
          provider: text,
          lot: text,
          count: {
            ...count,
            description: "In the unit in which the bid offers it: what to name when it is chosen by hand.",
          },
          fills: { ...count, description: "How many of what was asked for it fills." },
          cost: money,
          incremental: { ...money, description: "Cost less shortfall avoided, plus declared switching and delay." },
        },
        required: ["bid", "line", "provider", "lot", "count", "fills", "cost", "incremental"],
        additionalProperties: false,
      },
    },
    filled: count,
    cost: { ...money, description: "What is paid; absent where parts are in several currencies." },
    value: { ...money, description: "Incremental effective cost: what scenarios are compared by." },
    more: { ...money, description: "How much more that is than the recommended one." },
    avoided: {
      type: "array",
      description: "Shortfall of commitments that falls away.",
      items: {
        type: "object",
        properties: { agreement: text, clause: text, avoided: money, counted: { type: "boolean" } },
        required: ["agreement", "clause", "avoided", "counted"],
        additionalProperties: false,
      },
    },
    unfilled: {
      type: "array",
      items: {
        type: "object",
        properties: { lot: text, count, why: text },
        required: ["lot", "count", "why"],
        additionalProperties: false,
      },
    },
    binding: { type: "array", items: text, description: "Constraints without which the choice would be another." },
    runnerUp: {
      type: "object",
      properties: { provider: text, count, value: money },
      required: ["provider", "count", "value"],
      additionalProperties: false,
    },
    problems: {
      type: "array",
      description: "Of a choice by hand: parts that cannot be taken so, and why. It can be chosen when there are none.",
      items: {
        type: "object",
        properties: { bid: text, line: count, count, why: text },
        required: ["bid", "line", "count", "why"],
        additionalProperties: false,
      },
    },
  },
  required: [
    "scenario",
    "recommended",
    "exact",
    "providers",
    "parts",
    "filled",
    "value",
    "avoided",
    "unfilled",
    "binding",
    "problems",
  ],
  additionalProperties: false,
} as const;

const amount = ({ micros, currency }: Money) => ({ amount: formatMicros(micros), currency });

/** What the caller may choose between, as things stand; nothing for who is not the keeper, as while bids are sealed. */
export async function choicesOf(call: AnyCall, request: string, parts?: readonly BidPart[]): Promise<AwardChoices> {
  if (!(await isKeeper(call))) return { scenarios: [] };
  const now = nowOf(call);
  const found = await asKeeperKnows(call, (state) =>
    awardChoices(state, request as RequestId, state.now > now ? state.now : now, parts),
  );
  if (!found.ok) throw rejected(found.rejection, true);
  return found.value;
}

export function scenarioValues({ scenarios, manual }: AwardChoices) {
  const [best] = scenarios;
  const values = scenarios.map((one, index) => {
    const same = scenarios.slice(0, index).find((other) => sameParts(other, one));
    return {
      ...scenarioValue(one.kind, one.result, one.providers, one.exact, best, []),
      recommended: one.kind === "cheapest",
      ...(same === undefined ? {} : { sameAs: same.kind }),
    };
  });
  if (manual === undefined) return values;
  const { result, problems } = manual;
  const providers = [...new Set(result.chosen.map(({ provider }) => provider))];
  return [...values, { ...scenarioValue("manual", result, providers, true, best, problems), recommended: false }];
}

const sameParts = (a: Scenario, b: Scenario): boolean => JSON.stringify(a.parts) === JSON.stringify(b.parts);

function scenarioValue(
  scenario: Scenario["kind"] | "manual",
  { chosen, value, unfilled, binding, effects, runnerUp }: EvaluationResult,
  providers: readonly string[],
  exact: boolean,
  best: Scenario | undefined,
  problems: readonly PartProblem[],
) {
  const cost = sumOf(chosen.map((part) => part.cost));
  const more = best === undefined ? 0n : value.micros - best.result.value.micros;
  return {
    scenario,
    exact,
    providers,
    parts: chosen.map((part) => ({
      bid: part.bid,
      line: part.line + 1,
      provider: part.provider,
      lot: part.lot,
      count: part.offered,
      fills: part.count,
      cost: amount(part.cost),
      incremental: amount(part.incremental),
    })),
    filled: chosen.reduce((sum, part) => sum + part.count, 0),
    ...(cost === undefined ? {} : { cost: amount(cost) }),
    value: amount(value),
    ...(more === 0n ? {} : { more: amount({ ...value, micros: more }) }),
    avoided: effects.map(({ commitment, avoided, counted }) => ({
      agreement: commitment.agreement,
      clause: commitment.clause.id,
      avoided: amount(avoided),
      counted,
    })),
    unfilled,
    binding,
    ...(runnerUp === undefined
      ? {}
      : { runnerUp: { provider: runnerUp.provider, count: runnerUp.count, value: amount(runnerUp.value) } }),
    problems: problems.map(({ line, ...rest }) => ({ ...rest, line: line + 1 })),
  };
}

function sumOf([first, ...rest]: readonly Money[]): Money | undefined {
  return rest.reduce<Money | undefined>(
    (sum, one) => (sum === undefined || sum.currency !== one.currency ? undefined : addMoney(sum, one)),
    first,
  );
}

/** What parts cost together, for the rules of approval; undefined where they are in several currencies. */
export const sumOfParts = (parts: readonly ChosenPart[]): Money | undefined => sumOf(parts.map(({ cost }) => cost));

/** Names what was seen: the state of the request, and what could be chosen. */
export function choicesEtag({ object }: Shown<"requests">, { scenarios }: AwardChoices): string {
  const seen = scenarios.map(({ kind, parts, result }) => [kind, parts, String(result.value.micros)]);
  const hash = createHash("sha256").update(JSON.stringify(seen)).digest("hex");
  return `"${object.version}.${hash.slice(0, 20)}"`;
}

/** @throws HttpProblem where the caller does not say what it has seen, and where that has changed */
export function assertSeen(call: AnyCall, etag: string): void {
  const wanted = call.header("if-match");
  if (wanted === undefined) throw problem("precondition_required");
  if (wanted !== "*" && wanted !== etag) throw problem("precondition_failed", { headers: { etag } });
}
