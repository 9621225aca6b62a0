import type { Rate } from "../kernel/index.ts";

/** Whether a price is more than may be paid. What is in another currency is compared by the book, at its recorded rate. */
export function isAboveCap(price: Rate | undefined, cap: Rate | undefined): boolean {
  if (price === undefined || cap === undefined || price.currency !== cap.currency) return false;
  return price.microsPerHour > cap.microsPerHour;
}
