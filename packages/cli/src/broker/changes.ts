import type { Schemas } from "@offtake/client";
import { receiptText } from "./texts.ts";

/** What a change is answered with: done, with its receipt; or held back, with what it waits for. */
export type Changed =
  | { readonly receipt: Schemas["Receipt"] | null }
  | { readonly data: { readonly approvals: readonly string[] } };

/** One line: what was done and its receipt, or for whose approval it waits; and what to type next. */
export function changeText(answer: Changed, done: string, next?: string): string {
  const then = next === undefined ? "" : ` Next: ${next}`;
  if ("receipt" in answer)
    return answer.receipt === null
      ? `${done}: nothing had to change.${then}\n`
      : `${done}, ${receiptText(answer.receipt)}.${then}\n`;
  const { approvals } = answer.data;
  return `Nothing is decided yet: others have to approve ${approvals.join(", ")} first. Next: offtake approval list\n`;
}
