import type { Schemas } from "@offtake/client";
import { codeText, NOT_APPLYING } from "@offtake/core/explanation";

export type StepTold = Schemas["ExplanationStep"];

/** How a clause came out, in four words; what is no test of a clause has none. */
export type Verdict = "applies" | "does not apply" | "deferred" | "overridden";

export const VERDICT_SIGN: Readonly<Record<Verdict, string>> = {
  applies: "✓",
  "does not apply": "✕",
  deferred: "◔",
  overridden: "⤳",
};

/** A right that waits for something else first, or that another one took the place of. */
const DEFERRED: ReadonlySet<string> = new Set(["not_live", "suspended"]);
const OVERRIDDEN: ReadonlySet<string> = new Set(["yields", "same_lineage"]);

export function verdictOf({ code, verdict }: StepTold): Verdict | undefined {
  if (code === "right_applies") return "applies";
  if (code !== "right_does_not_apply") return undefined;
  if (verdict !== undefined && DEFERRED.has(verdict)) return "deferred";
  return verdict !== undefined && OVERRIDDEN.has(verdict) ? "overridden" : "does not apply";
}

/** Why a clause does not apply, in the words of the core. */
export function reasonOf({ verdict }: StepTold): string | undefined {
  if (verdict === undefined || verdict === "applies") return undefined;
  return (NOT_APPLYING as Readonly<Record<string, string>>)[verdict] ?? codeText(verdict);
}
