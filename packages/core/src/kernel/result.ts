/** Why something a caller asked for cannot be had: a stable code, and a sentence for people. */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  readonly detail: string;
}

/** A value, or the typed problem that stands in its place. Bad input ends here, never in an exception. */
export type Result<Value, Code extends string = string> = { readonly ok: true; readonly value: Value } | Failure<Code>;

export interface Failure<Code extends string = string> {
  readonly ok: false;
  readonly problem: Problem<Code>;
}

export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failure<Code extends string>(code: Code, detail: string): Failure<Code> {
  return { ok: false, problem: { code, detail } };
}
