import type { Part } from "./profile.ts";
import type { LayerWords } from "./segments.ts";

/** What a part is called: who supplies, and through whom; its layer where nobody does. */
export function labelOf({ layer, party, host }: Part, nameOf: (party: string) => string, words: LayerWords): string {
  if (party === undefined) return words[layer];
  return host === undefined ? nameOf(party) : `${nameOf(party)} through ${nameOf(host)}`;
}
