import type { DisclosedEvent } from "../disclosure/index.ts";

/** Events of a feed, by their types. */
export type Shown<Type extends DisclosedEvent["type"]> = Extract<DisclosedEvent, { readonly type: Type }>;
