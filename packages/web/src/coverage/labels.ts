import type { Part } from "./profile.ts";
import { LAYER_WORD } from "./segments.ts";

/** What a part is called: who supplies, and through whom; its layer where nobody does. */
export function labelOf({ layer, party, host }: Part, nameOf: (party: string) => string): string {
  if (party === undefined) return LAYER_WORD[layer];
  return host === undefined ? nameOf(party) : `${nameOf(party)} through ${nameOf(host)}`;
}
