import type { Scope } from "./model.ts";

/** Why a scope is refused. Stable: screens, exit codes and documents use these words. */
export type ScopeProblemCode =
  | "scope_not_object"
  | "unknown_key"
  | "bad_flag"
  | "global_and_complex"
  | "inclusions_with_open_scope"
  | "inclusions_missing"
  | "rules_not_list"
  | "rules_empty"
  | "rule_not_object"
  | "bad_junction"
  | "bad_dimension"
  | "unknown_operator"
  | "values_empty"
  | "values_not_text"
  | "wildcard_not_alone"
  | "wildcard_operator"
  | "wildcard_misplaced"
  | "existence_values"
  | "bad_applicability"
  | "applicability_misplaced"
  | "applicability_ambiguous"
  | "scope_too_large";

/** What is let through and shown: it may be meant so. */
export type ScopeWarningCode = "unknown_dimension" | "custom_property_ignored" | "applicability_ignored";

export interface ScopeNote<Code extends string> {
  readonly code: Code;
  /** Keys and places from the root of the scope to what the note is about. */
  readonly path: readonly (string | number)[];
  /** What would have been right, where there is one such thing. */
  readonly expected?: string;
}

export type ScopeCheck =
  | { readonly ok: true; readonly scope: Scope; readonly warnings: readonly ScopeNote<ScopeWarningCode>[] }
  | { readonly ok: false; readonly problems: readonly ScopeNote<ScopeProblemCode>[] };

/** Gathers what is found on the way, in the order of the document. */
export class ScopeFindings {
  readonly problems: ScopeNote<ScopeProblemCode>[] = [];
  readonly warnings: ScopeNote<ScopeWarningCode>[] = [];
  /** Tests seen so far, against the bound. */
  testCount = 0;

  refuse(code: ScopeProblemCode, path: readonly (string | number)[], expected?: string): undefined {
    this.problems.push(expected === undefined ? { code, path } : { code, path, expected });
    return undefined;
  }

  warn(code: ScopeWarningCode, path: readonly (string | number)[], expected?: string): void {
    this.warnings.push(expected === undefined ? { code, path } : { code, path, expected });
  }
}

export type Path = readonly (string | number)[];
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
