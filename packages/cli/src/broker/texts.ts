import type { Schemas } from "@offtake/client";
import { momentText, spanText, UTC, type ZoneId } from "@offtake/core/calendar";
import { countText } from "@offtake/core/explanation";
import { type Instant, parseInstant } from "@offtake/core/kernel";

/** An instant of the API, on the clock of a zone; as it came where it is none. */
export function whenText(at: string | undefined, zone: string = UTC): string {
  const instant = at === undefined ? undefined : parseInstant(at);
  return instant === undefined ? (at ?? "") : momentText(zone as ZoneId, instant);
}

export function windowText(window: { readonly from: string; readonly to: string }, zone: string = UTC): string {
  const [from, to] = [parseInstant(window.from), parseInstant(window.to)];
  return from === undefined || to === undefined
    ? `${window.from}..${window.to}`
    : spanText(zone as ZoneId, { from, to });
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What is left until an instant, in the two largest units: "6 d 3 h", "12 min", "over". */
export function leftText(until: string | undefined, now: Instant): string {
  const end = until === undefined ? undefined : parseInstant(until);
  if (end === undefined) return "";
  const left = end - now;
  if (left < 0) return "over";
  if (left >= DAY_MS) return `${Math.floor(left / DAY_MS)} d ${Math.floor((left % DAY_MS) / HOUR_MS)} h`;
  if (left >= HOUR_MS) return `${Math.floor(left / HOUR_MS)} h ${Math.floor((left % HOUR_MS) / MINUTE_MS)} min`;
  return left >= MINUTE_MS ? `${Math.floor(left / MINUTE_MS)} min` : `${Math.floor(left / SECOND_MS)} s`;
}

/** "4,096 × H100 (by 4)" */
export function supplyText(asked: {
  readonly count: number;
  readonly acceleratorType: string;
  readonly blockSize: number;
}): string {
  const by = asked.blockSize > 1 ? ` (by ${countText(asked.blockSize)})` : "";
  return `${countText(asked.count)} × ${asked.acceleratorType}${by}`;
}

/** "2.60 USD/h" */
export function rateText(rate: { readonly amount: string; readonly currency: string } | undefined): string {
  return rate === undefined ? "" : `${rate.amount} ${rate.currency}/h`;
}

export function moneyText(money: { readonly amount: string; readonly currency: string } | undefined): string {
  if (money === undefined) return "";
  const [whole = "", part] = money.amount.split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped}${part === undefined ? "" : `.${part}`} ${money.currency}`;
}

/** "agreement azure-master, clause right-of-first-refusal" */
export function clauseText({ agreement, clause }: { readonly agreement: string; readonly clause: string }): string {
  return `agreement ${agreement}, clause ${clause}`;
}

/** What a change left in the reader's feed: its proof that the broker took it. */
export function receiptText({ length, hash }: Schemas["Receipt"]): string {
  return `receipt ${length} ${hash.slice(0, 12)}`;
}
