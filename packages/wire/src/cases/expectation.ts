import type { RejectionCode } from "@offtake/core/book";
import type { Origin } from "../source/index.ts";
import type { ExpectationKind, PositiveDocument } from "./expectation-document.ts";
import type { ClauseName } from "./model.ts";

type Written<Kind extends ExpectationKind> = NonNullable<PositiveDocument[Kind]>;

/** A clause as written becomes the clause that is meant. */
type Resolved<Fields> = {
  readonly [Key in keyof Fields]: Key extends "right" | "clause"
    ? ClauseName | Extract<Fields[Key], undefined>
    : Key extends "between"
      ? readonly ClauseName[]
      : Fields[Key];
};

interface Frame {
  /** The expectation must fail, of a thing that exists. */
  readonly negated: boolean;
  readonly origin: Origin;
}

type Fields<Kind extends ExpectationKind> = Kind extends "rejected"
  ? { readonly code: RejectionCode }
  : Resolved<Written<Kind>>;

/** One expectation: its kind and its fields, clauses found, everything else as the document has it. */
export type Expectation = {
  [Kind in ExpectationKind]: Frame & { readonly kind: Kind; readonly fields: Fields<Kind> };
}[ExpectationKind];

export type ExpectationOf<Kind extends ExpectationKind> = Extract<Expectation, { readonly kind: Kind }>;
