import type { Currency } from "@offtake/core/kernel";
import type { ApprovalRule } from "./rules.ts";

/** A rule as JSON: money as digits. */
export type StoredRule = Omit<ApprovalRule, "from"> & {
  readonly from?: { readonly micros: string; readonly currency: string };
};

export function storedRule({ from, ...rest }: ApprovalRule): StoredRule {
  if (from === undefined) return rest;
  return { ...rest, from: { micros: from.micros.toString(), currency: from.currency } };
}

export function ruleFrom({ from, ...rest }: StoredRule): ApprovalRule {
  if (from === undefined) return rest;
  return { ...rest, from: { micros: BigInt(from.micros), currency: from.currency as Currency } };
}
