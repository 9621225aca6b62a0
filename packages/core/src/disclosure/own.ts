import type { Instant } from "../kernel/index.ts";

/** `at` is the stamp of what concerned the reader, never of an act of somebody else that the reader may not know of. */
export interface Own<Type extends string> {
  readonly type: Type;
  readonly at: Instant;
}
