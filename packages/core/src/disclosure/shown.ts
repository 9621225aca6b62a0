import type { DisclosedEvent } from "./own-events.ts";

/** One type of what a party is told. */
export type Shown<Type extends DisclosedEvent["type"]> = Extract<DisclosedEvent, { readonly type: Type }>;
