import type { Terms } from "./terms.ts";

/** Declares that compute is for no product that anybody waits for. */
export const NO_PRODUCT = "none";

/** The product whose launch a lot may be, one name for each; undefined where nobody has declared one, or that there is none. */
export function productOf({ product }: Pick<Terms, "product">): string | undefined {
  const name = product?.toLowerCase();
  return name === NO_PRODUCT ? undefined : name;
}
