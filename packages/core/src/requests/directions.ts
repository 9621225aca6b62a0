/**
 * A term that agreements, requests and bids may state beside price, quantity and window, and which way it moves in the
 * supplier's favour (domain rule G16). A stated term that is not in the table has no declared direction.
 */
export interface TermDirection {
  readonly name: string;
  readonly unit: "percent" | "percent a day" | "percent a year" | "days" | "months" | "currency" | "accelerators";
  /** Where the number goes when the term gets better for the supplier. */
  readonly supplierFavourable: "up" | "down";
  /** What the word "none" means: nothing of it, or no limit. */
  readonly none: "zero" | "unlimited";
  /** What a notice that does not state it has told its holder: that there is none, or nothing at all. */
  readonly unstated: "none" | "unknown";
  /** An option for the buyer: what of it a notice did not state is not part of what was cleared. */
  readonly buyerOption?: true;
  readonly meaning: string;
}

type Row = readonly [
  name: string,
  unit: TermDirection["unit"],
  supplierFavourable: "up" | "down",
  none: TermDirection["none"],
  unstated: TermDirection["unstated"],
  meaning: string,
];

/**
 * A cap on price rises counts by its number: 5 % a year instead of 2 % lets the supplier raise more, and is in its favour,
 * as is a cap that falls away. Liability is a cap on what the supplier pays: less of it is in the supplier's favour.
 */
const ROWS: readonly Row[] = [
  ["prepayment", "percent", "up", "zero", "none", "share of the contract's value paid before delivery"],
  ["minimumTake", "percent", "up", "zero", "none", "share of the quantity that is paid whether used or not"],
  ["minimumSpend", "currency", "up", "zero", "none", "amount that is paid whether used or not"],
  ["setupFee", "currency", "up", "zero", "none", "amount paid once, beside the price"],
  ["termMonths", "months", "up", "zero", "unknown", "contract term, where it is not the window"],
  ["priceRiseCap", "percent a year", "up", "unlimited", "unknown", "most by which the price may rise"],
  ["damagesGrace", "days", "up", "zero", "none", "days of delay that cost the supplier nothing"],
  ["exitAfter", "months", "up", "unlimited", "unknown", "months before the buyer may leave"],
  ["exitNotice", "days", "up", "zero", "unknown", "notice that the buyer gives to leave"],
  ["exitFee", "percent", "up", "zero", "unknown", "share of what is left that leaving costs the buyer"],
  ["paymentDays", "days", "down", "zero", "unknown", "days that the buyer has to pay an invoice"],
  ["slaUptime", "percent", "down", "zero", "none", "availability that the supplier owes"],
  ["slaCredit", "percent", "down", "zero", "none", "share of the fee that a missed availability gives back"],
  ["curtailmentCredit", "percent", "down", "zero", "none", "share of the fee that a curtailed hour gives back"],
  ["delayDamages", "percent a day", "down", "zero", "none", "share of the monthly fee for each day of delay"],
  ["delayDamagesCap", "percent", "down", "unlimited", "unknown", "most that delay costs the supplier"],
  [
    "liabilityCap",
    "percent",
    "down",
    "unlimited",
    "unknown",
    "most that the supplier pays in all, of the contract's value",
  ],
  ["makeUpMonths", "months", "down", "zero", "none", "how long paid and unused quantity may still be taken"],
  ["carryForward", "percent", "down", "zero", "none", "share of an excess that lowers a later minimum"],
  ["optionCount", "accelerators", "down", "zero", "none", "accelerators that the buyer may call in addition"],
  ["renewalMonths", "months", "down", "zero", "none", "months by which the buyer may renew"],
];

const BUYER_OPTIONS: readonly string[] = ["optionCount", "renewalMonths"];

/** Every term with a declared direction, by name, in the order in which it is shown. */
export const TERM_DIRECTIONS: ReadonlyMap<string, TermDirection> = new Map(
  ROWS.map(([name, unit, supplierFavourable, none, unstated, meaning]) => [
    name,
    {
      name,
      unit,
      supplierFavourable,
      none,
      unstated,
      ...(BUYER_OPTIONS.includes(name) && { buyerOption: true as const }),
      meaning,
    },
  ]),
);

/** A term with a declared direction is a number, or the word for its absence. */
export const NONE_WORD = "none";
