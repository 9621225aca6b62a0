import { believe, type Rate } from "../kernel/index.ts";

/** Whom a move of the price favours. */
export type PriceMove = "none" | "supplier" | "buyer";

/** A higher price favours the supplier, a lower one the buyer (rule G16). For two prices of one currency. */
export function priceMove(noticed: Rate, final: Rate): PriceMove {
  believe(noticed.currency === final.currency, "prices that are compared are of one currency");
  if (final.microsPerHour === noticed.microsPerHour) return "none";
  return final.microsPerHour > noticed.microsPerHour ? "supplier" : "buyer";
}

/** What a notice cleared, and how far a price may move from it. */
export interface PriceCover {
  /** Whose freedom the right limits: the third party is then the other side. */
  readonly burdens: "demand" | "capacity";
  /** Which moves lead to a re-offer: those that favour the third party, or any. */
  readonly on: "supplier-favourable" | "any";
  /** Hundredths of a per cent of the noticed price, inclusive. */
  readonly toleranceBp: number;
  /** Added to it when the refused notice was the last round (rule G17). */
  readonly lastRoundToleranceBp?: number;
}

/**
 * Whether a refusal at the noticed price covers an award at the final one (rule G17): a move to the good of the third party (a
 * supplier where demand is burdened, a buyer where capacity is), or any move where the clause says so, must stay within
 * `abs(final - noticed) / noticed <= tolerance`. A notice without a price covers every price.
 */
export function priceCovered(noticed: Rate | undefined, final: Rate, cover: PriceCover): boolean {
  if (noticed === undefined) return true;
  const move = priceMove(noticed, final);
  const thirdParty = cover.burdens === "demand" ? "supplier" : "buyer";
  if (move === "none" || (cover.on === "supplier-favourable" && move !== thirdParty)) return true;
  const difference = final.microsPerHour - noticed.microsPerHour;
  const absolute = difference < 0n ? -difference : difference;
  const toleranceBp = BigInt(cover.toleranceBp + (cover.lastRoundToleranceBp ?? 0));
  return absolute * 10_000n <= toleranceBp * noticed.microsPerHour;
}

/**
 * Whether a first offer that was declined allows a deal at the final price: it must be strictly better for who declined it, the
 * buyer where demand is burdened, the provider where capacity is (domain row T12). For two prices of one currency.
 */
export function beatsFirstOffer(offered: Rate, final: Rate, burdens: "demand" | "capacity"): boolean {
  return priceMove(offered, final) === (burdens === "demand" ? "buyer" : "supplier");
}
