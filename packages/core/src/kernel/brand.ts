declare const brand: unique symbol;

/** A base type that cannot be swapped for another of the same shape; erased at run time. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Makes a forgotten case a compile error at the call, and a loud failure if the data lies. */
export function unreachable(value: never): never {
  const data = value as { readonly type?: string } | string | number | null | undefined;
  const name = typeof data === "object" ? (data?.type ?? "an object without a type") : String(data);
  throw new Error(`Unhandled case: ${name}`);
}

/** A broken belief of ours: throws and names it. Never used for what a caller may get wrong. */
export function believe(condition: boolean, belief: string): asserts condition {
  if (!condition) throw new Error(`Broken belief: ${belief}`);
}
