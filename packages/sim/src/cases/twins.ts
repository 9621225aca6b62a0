import type { Expectation, ExpectationKind } from "@offtake/wire/cases";
import type { Fields } from "./match.ts";
import type { Expected } from "./judge.ts";
import { isNoThingKind, NO_THINGS } from "./things/index.ts";
import { isInstantLike } from "@offtake/wire/documented";
import { writtenAs } from "./written.ts";

/** A copy of an expectation in which one thing is false, with words for what that is. */
export interface Twin {
  readonly expected: Expected;
  readonly falsified: string;
  /**
   * For truth values: the other one may hold of another thing (a clearance that was voided, and the one in its place). Then what is
   * neither true nor false must fail.
   */
  readonly orElse?: Expected;
}

/** Fields that say what is asked about and claim nothing: another instant may well have the same capacity free. */
const ADDRESSES: Partial<Record<ExpectationKind, readonly string[]>> = { capacity: ["at"], supply: ["from", "to"] };

/** A word that no document uses. */
const NONSENSE = "zzz-no-such-thing";

/** Every false copy of an expectation: one for each value that it states. Each must fail where the expectation passes. */
export function twinsOf({ kind, fields, negated }: Expectation): Twin[] {
  const stated = fields as Fields;
  if (negated) return [{ expected: { kind, fields: stated, negated: false }, falsified: "`not` left out" }];
  if (isNoThingKind(kind)) return [contraryOf(kind, stated)];
  if (kind === "never-sees") return seen(stated);
  const claims = Object.entries(stated).filter(([field]) => ADDRESSES[kind]?.includes(field) !== true);
  return claims.flatMap(([field, value]) => {
    const copy = (other: unknown): Expected => ({ kind, fields: { ...stated, [field]: other }, negated });
    return falsified(value).map((other) => ({
      expected: copy(other),
      falsified: `${field} ${writtenAs(value)} -> ${writtenAs(other)}`,
      ...(typeof value === "boolean" ? { orElse: copy(NONSENSE) } : {}),
    }));
  });
}

function contraryOf(kind: keyof typeof NO_THINGS, fields: Fields): Twin {
  const { contrary } = NO_THINGS[kind];
  return { expected: { kind: contrary, fields, negated: false, contrary: true }, falsified: `${kind} -> there is one` };
}

/** What is never seen, said to be seen: text by text, since all of a `sees` must be there. */
function seen({ party, text, event }: Fields): Twin[] {
  const texts = (text ?? []) as readonly string[];
  const claims: Fields[] = [
    ...texts.map((item) => ({ party, text: [item] })),
    ...(event === undefined ? [] : [{ party, event }]),
  ];
  return claims.map((fields) => ({
    expected: { kind: "sees", fields, negated: false },
    falsified: `never-sees -> sees ${writtenAs(fields["text"] ?? fields["event"])}`,
  }));
}

/** Values near the true one that are not it. */
function falsified(value: unknown): unknown[] {
  if (value === undefined) return [];
  if (value === "none" || value === "hidden") return [NONSENSE];
  if (typeof value === "string") return [NONSENSE];
  if (typeof value === "boolean") return [!value];
  if (isInstantLike(value)) return [value + 1];
  if (typeof value === "number") return value > 0 ? [value + 1, value - 1] : [value + 1];
  if (typeof value === "bigint") return [value + 1n];
  if (Array.isArray(value)) return falsifiedList(value);
  return falsifiedRecord(value as Readonly<Record<string, unknown>>);
}

function falsifiedList(list: readonly unknown[]): unknown[] {
  if (list.length === 0) return [[NONSENSE]];
  return list.flatMap((item, index) =>
    falsified(item)
      .slice(0, 1)
      .map((other) => list.with(index, other)),
  );
}

/** Amounts and clauses have one value that counts; of other records each value does. */
function falsifiedRecord(value: Readonly<Record<string, unknown>>): unknown[] {
  for (const key of ["microsPerHour", "micros", "num", "clause", "acceleratorSeconds"]) {
    if (value[key] !== undefined)
      return falsified(value[key])
        .slice(0, 1)
        .map((other) => ({ ...value, [key]: other }));
  }
  return Object.entries(value)
    .filter(([key]) => key !== "kind")
    .flatMap(([key, item]) =>
      falsified(item)
        .slice(0, 1)
        .map((other) => ({ ...value, [key]: other })),
    );
}
