import type { Schemas } from "@offtake/client";
import { acceleratorSecondsOf, countText } from "../../amounts/counts.ts";
import { costAt, microsOf, type MoneyTold, type RateTold } from "../../amounts/money.ts";
import { parseMicros } from "@offtake/core/kernel";

/** What the desk fills in. Amounts stay texts: no digit of a price passes through a float. */
export interface AnswerFields {
  readonly way: "part" | "all" | "refuse";
  readonly own: number;
  readonly through: number;
  readonly host: string;
  readonly price: string;
  readonly reason: string;
  /** More is promised with it than there is, and the desk says that it knows. */
  readonly knowsOversold: boolean;
}

export interface AnswerRules {
  readonly asked: number;
  readonly block: number;
  readonly cap: RateTold | undefined;
  readonly currency: string;
  readonly span: { readonly from: string; readonly to: string };
  /** Of the clause, where one was told it. */
  readonly passThrough:
    | { readonly allowed: boolean; readonly maxShareBp: number; readonly hosts?: readonly string[] }
    | undefined;
}

/** What is wrong with an answer, at which field, and what would be right. */
export interface AnswerProblem {
  readonly field: "own" | "through" | "host" | "price";
  readonly text: string;
  /** Numbers that would do instead, each a button. */
  readonly instead?: readonly number[];
}

export const totalOf = ({ way, own, through }: AnswerFields, { asked }: AnswerRules): number =>
  way === "all" ? asked : way === "refuse" ? 0 : own + through;

/** On one's own machines: all of what is accepted but what another runs. */
export const ownOf = (fields: AnswerFields, rules: AnswerRules): number =>
  totalOf(fields, rules) - (fields.way === "part" ? fields.through : 0);

/** The same checks as the broker makes, before it is asked; it decides all the same. */
export function problemsOf(fields: AnswerFields, rules: AnswerRules): readonly AnswerProblem[] {
  const { way, through, host, price } = fields;
  if (way === "refuse") return [];
  const total = totalOf(fields, rules);
  const found: AnswerProblem[] = [];
  if (total <= 0) found.push({ field: "own", text: "Take at least one, or refuse." });
  if (total > rules.asked)
    found.push({
      field: "own",
      text: `No more than ${countText(rules.asked)} are asked for.`,
      instead: [rules.asked - through],
    });
  else if (total > 0 && total % rules.block !== 0) found.push(wholeBlocks(total, through, rules));
  if (through > 0 && host === "") found.push({ field: "host", text: "Say who runs them." });
  if (way === "part" && through > 0) found.push(...passThroughProblems(through, total, host, rules));
  const offered = parseMicros(price);
  if (offered === undefined || offered <= 0n) found.push({ field: "price", text: "A price like 2.55." });
  else if (rules.cap !== undefined && offered > microsOf(rules.cap))
    found.push({
      field: "price",
      text: `Above what is asked: at most ${rules.cap.amount}. It would be a counter-offer.`,
    });
  return found;
}

function wholeBlocks(total: number, through: number, { block, asked }: AnswerRules): AnswerProblem {
  const below = Math.floor(total / block) * block;
  const above = below + block;
  const instead = [below, above].filter((one) => one > 0 && one <= asked).map((one) => one - through);
  return {
    field: "own",
    text: `${countText(total)} is not a multiple of ${countText(block)}. Use ${[below, above]
      .filter((one) => one > 0 && one <= asked)
      .map((one) => countText(one))
      .join(" or ")}.`,
    instead: instead.filter((one) => one >= 0),
  };
}

function passThroughProblems(
  through: number,
  total: number,
  host: string,
  { passThrough }: AnswerRules,
): readonly AnswerProblem[] {
  if (passThrough === undefined) return [];
  if (!passThrough.allowed) return [{ field: "through", text: "The clause does not allow pass-through." }];
  const most = Math.floor((total * passThrough.maxShareBp) / 10_000);
  const found: AnswerProblem[] = [];
  if (through > most)
    found.push({
      field: "through",
      text: `The clause allows ${passThrough.maxShareBp / 100} % to be passed through: ${countText(most)} of ${countText(total)}.`,
    });
  if (host !== "" && passThrough.hosts !== undefined && !passThrough.hosts.includes(host))
    found.push({
      field: "host",
      text: `${host} is not among those that the clause names: it needs the buyer's consent.`,
    });
  return found;
}

/** What an answer comes to, exactly; nothing while its price cannot be read. */
export function valueOf(fields: AnswerFields, rules: AnswerRules): MoneyTold | undefined {
  if (parseMicros(fields.price) === undefined) return undefined;
  const seconds = acceleratorSecondsOf(totalOf(fields, rules), rules.span);
  return costAt({ amount: fields.price, currency: rules.currency }, seconds);
}

/** The answer as the API takes it. */
export function bodyOf(fields: AnswerFields, rules: AnswerRules): Schemas["AnswerBody"] {
  const { way, through, host, price, reason } = fields;
  if (way === "refuse") return { type: "refuse", ...(reason === "" ? {} : { reason }) };
  return {
    type: "accept",
    count: totalOf(fields, rules),
    price: `${price} ${rules.currency}/h`,
    ...(way === "part" && through > 0 ? { host, hostCount: through } : {}),
  };
}
