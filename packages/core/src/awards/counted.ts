import { type Commitment, WHOLE } from "../commitments/index.ts";
import type { Fractions } from "../scope/index.ts";
import type { Market, Option } from "./option.ts";

/** Whether a commitment counts an option, and which part of it; asked once. */
export function countedOf(
  { input, known }: Market,
  commitment: Commitment,
  { index, bid, line }: Option,
): Fractions | undefined {
  if (input.counted === undefined) return WHOLE;
  let asked = known.counted.get(commitment);
  if (asked === undefined) {
    asked = [];
    known.counted.set(commitment, asked);
  }
  if (!(index in asked)) asked[index] = input.counted(commitment, bid, line);
  return asked[index];
}
