import { type Currency, parseMicros, type Rate } from "@offtake/core/kernel";
import type { Answer } from "@offtake/core/notices";

/** An answer as it was filled in. */
export interface AnswerDraft {
  readonly type: Answer["type"];
  readonly count?: number;
  readonly price?: Rate;
  readonly signer: string;
  readonly reason?: string;
}

export type ReadForm =
  | { readonly ok: true; readonly draft: AnswerDraft; readonly fields: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly problem: string; readonly fields: Readonly<Record<string, string>> };

const FIELDS = ["answer", "count", "price", "signer", "reason"] as const;
const TYPES: ReadonlySet<string> = new Set<Answer["type"]>(["accept", "refuse", "object"]);

/** Reads the form of the page. What is wrong is said in words, and what was filled in is kept. */
export function readAnswerForm(form: URLSearchParams): ReadForm {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, (form.get(name) ?? "").trim().slice(0, 500)]));
  const { answer = "", count = "", price = "", signer = "", reason = "" } = fields;
  const bad = (problem: string): ReadForm => ({ ok: false, problem, fields });
  if (!TYPES.has(answer)) return bad("Say whether you accept, refuse or object.");
  if (signer === "") return bad("Say who signs.");
  const isAccepted = answer === "accept";
  if (isAccepted && count !== "" && !/^[1-9]\d{0,8}$/.test(count))
    return bad("The number of accelerators is a whole number from 1.");
  const rate = isAccepted && price !== "" ? readRate(price) : undefined;
  if (isAccepted && price !== "" && rate === undefined)
    return bad("A price is an amount and its currency, such as 2.40 USD.");
  const draft: AnswerDraft = {
    type: answer as Answer["type"],
    ...(isAccepted && count !== "" ? { count: Number(count) } : {}),
    ...(rate === undefined ? {} : { price: rate }),
    signer,
    ...(reason === "" ? {} : { reason }),
  };
  return { ok: true, draft, fields };
}

function readRate(text: string): Rate | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,6})?) ?([A-Za-z]{3})$/.exec(text);
  const micros = parseMicros(match?.[1] ?? "");
  if (match === null || micros === undefined || micros <= 0n) return undefined;
  return { microsPerHour: micros, currency: (match[2] ?? "").toUpperCase() as Currency };
}

export function answerOf({ type, count, price, signer, reason }: AnswerDraft): Answer {
  return {
    type,
    orLess: false,
    rootBlocks: [],
    signer,
    ...(count === undefined ? {} : { count }),
    ...(price === undefined ? {} : { price }),
    ...(reason === undefined ? {} : { reason }),
  };
}
