import type { Clause, RightKind } from "./clause.ts";

/** Something that the words of an agreement may leave open, and for which a value then stands that nobody agreed. */
export interface Parameter {
  /** As clauses name it in `defaults`: `tail.days`. */
  readonly name: string;
  /** What lawyers call it. */
  readonly term: string;
  /** The question in plain words, as somebody would ask it who has never read such a clause. */
  readonly asks: string;
  /** The value that stands when nobody states one, in words. */
  readonly taken: string;
  /** Where the value that stands is another for some kinds of clauses. */
  readonly takenFor: Partial<Readonly<Record<Clause["kind"], string>>>;
  /** What would come out otherwise. */
  readonly otherwise: string;
  /** 1: who is asked, or by when. 2: what follows from an answer. 3: what seldom happens. */
  readonly weight: 1 | 2 | 3;
  /** The kinds of clauses that it says something about. */
  readonly kinds: readonly Clause["kind"][];
}

export const REFUSALS: readonly RightKind[] = ["first-refusal", "first-offer", "match"];
/** Kinds whose holder gets a notice and answers it. */
export const ASKED: readonly RightKind[] = [...REFUSALS, "exclusivity", "consent", "first-ship"];
export const RIGHTS: readonly RightKind[] = [...ASKED, "option", "soft-hold", "minimum-share", "most-favoured"];

type Words = readonly [term: string, asks: string, taken: string, otherwise: string];

export function parameter(
  name: string,
  weight: Parameter["weight"],
  kinds: Parameter["kinds"],
  [term, asks, taken, otherwise]: Words,
  takenFor: Parameter["takenFor"] = {},
): Parameter {
  return { name, weight, kinds, term, asks, taken, otherwise, takenFor };
}

/** The default in words, for a clause of this kind. */
export function takenText({ taken, takenFor }: Parameter, kind?: Clause["kind"]): string {
  return (kind === undefined ? undefined : takenFor[kind]) ?? taken;
}
