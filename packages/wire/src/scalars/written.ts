import { z } from "zod";
import type { ProblemCode } from "../problems/index.ts";

/** What is wrong with one value, told without its place. */
export interface Complaint {
  readonly code: ProblemCode;
  readonly message: string;
  /** When absent: what the kind of value expects. */
  readonly expected?: string;
  readonly didYouMean?: readonly string[];
}

export type Reading<Value> = { readonly value: Value } | { readonly complaint: Complaint };

export const complain = (code: ProblemCode, message: string, more: Omit<Complaint, "code" | "message"> = {}) => ({
  complaint: { code, message, ...more },
});

export type ScalarValue = string | number | boolean;

export interface WrittenKind<Value> {
  /** Name of the kind in the published JSON Schema and in the reference. */
  readonly id: string;
  readonly description: string;
  /** Completes "Expected: ...". */
  readonly expected: string;
  readonly examples: readonly ScalarValue[];
  /** For editors: what the value looks like. The reading itself decides. */
  readonly pattern?: string;
  readonly jsonType?: "string" | "integer" | readonly ("string" | "integer" | "number")[];
  readonly read: (value: ScalarValue) => Reading<Value>;
}

/** A schema for one kind of written value: says in its own words what is wrong, and gives the value it stands for. */
export function written<Value>(kind: WrittenKind<Value>): z.ZodType<Value, ScalarValue> {
  const { id, description, examples, pattern, jsonType = "string" } = kind;
  const schema = z.unknown().transform((value, context): Value => {
    const reading = readScalar(kind, value);
    if ("value" in reading) return reading.value;
    const { code, message, expected = kind.expected, didYouMean } = reading.complaint;
    context.issues.push({ code: "custom", input: value, message, params: { code, expected, didYouMean } });
    return z.NEVER;
  });
  const shown = { description, writtenExamples: [...examples], ...(pattern === undefined ? {} : { pattern }) };
  return schema.meta({ id, type: jsonType, ...shown } as never) as unknown as z.ZodType<Value, ScalarValue>;
}

function readScalar<Value>(kind: WrittenKind<Value>, value: unknown): Reading<Value> {
  if (value === undefined) return complain("missing_key", "this is missing");
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return kind.read(value);
  return complain("wrong_type", `found ${nameOfType(value)}`);
}

/** "a list", "nothing", "a number": what a value is, for people. */
export function nameOfType(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "a text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    default:
      return "a group of keys";
  }
}

/** The text of a value, cut so that no message becomes long. */
export function shown(value: ScalarValue): string {
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}...` : text}\``;
}
