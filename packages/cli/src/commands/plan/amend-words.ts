import { codeText, countText, moneyText, rateText } from "@offtake/core/explanation";
import type { ZoneId } from "@offtake/core/calendar";
import { DAY_MS, HOUR_MS, type Instant, type Money } from "@offtake/core/kernel";
import type { AskSummary, AwardSummary, Changed, Difference, RequestComparison } from "@offtake/core/planning";
import { whenText } from "../../telling/phrases.ts";
import { countOf } from "../../terminal/failures.ts";
import type { ToldAmendment } from "./amend.ts";
import type { AmendedBook } from "./amend-book.ts";

export type Sign = "+" | "~" | "-";

/** One thing that comes out otherwise. */
export interface ChangeLine {
  readonly sign: Sign;
  readonly text: string;
}

/** One row of the totals. */
export interface TotalRow {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Difference and per cent, or a remark; empty where nothing changes. */
  readonly change: string;
}

/** A comparison in words: the same for the terminal and for a comment on a change. */
export class AmendWords {
  private readonly names: ReadonlyMap<string, string>;
  /** Of the book: times are told as its keeper's clock shows them. */
  private readonly zone: ZoneId;

  constructor({ before, after }: AmendedBook) {
    this.zone = after.book.header.zone;
    const parties = [...before.book.parties, ...after.book.parties];
    this.names = new Map(parties.map(({ party }) => [party.id, party.name]));
  }

  private name(party: string): string {
    return this.names.get(party) ?? party;
  }

  /** What of one request comes out otherwise, in the order in which it would happen. */
  linesOf(request: RequestComparison): ChangeLine[] {
    const { order, market, why, awarded, before, after } = request;
    return [
      ...request.asks.map((ask) => this.askLine(ask)),
      ...(order === undefined
        ? []
        : [changeLine("asked in the order", this.orderText(order.before), this.orderText(order.after))]),
      ...(market === undefined ? [] : [this.marketLine(market)]),
      ...request.awards.map((award) => this.awardLine(award)),
      ...(awarded === undefined && why === undefined
        ? []
        : [
            changeLine(
              "request",
              endText(before.awarded, before.wanted, before.why),
              endText(after.awarded, after.wanted, after.why),
            ),
          ]),
      ...this.instantLines(request),
      ...(request.cost === undefined ? [] : [costLine(request.cost)]),
    ].filter(({ text }) => text !== "");
  }

  private orderText(holders: readonly string[]): string {
    return holders.map((holder) => this.name(holder)).join(", ");
  }

  private askLine(one: Difference<AskSummary>): ChangeLine {
    if (one.sign !== "~") {
      const ask = one.sign === "+" ? one.after : one.before;
      return { sign: one.sign, text: `${this.askText(ask)}: ${askTerms(ask)}${this.deadline(ask)}` };
    }
    const { before, after } = one;
    const terms = askTerms(before) === askTerms(after) ? [] : [`${askTerms(before)} -> ${askTerms(after)}`];
    const sent =
      before.sentAt === after.sentAt ? [] : [`sent ${this.timeText(before.sentAt)} -> ${this.timeText(after.sentAt)}`];
    const due =
      before.respondBy === after.respondBy
        ? []
        : [`answer by ${this.timeText(before.respondBy)} -> ${this.timeText(after.respondBy)}`];
    const end =
      before.taken === after.taken && before.status === after.status ? [] : [`${endOf(before)} -> ${endOf(after)}`];
    return { sign: "~", text: `${this.askText(after)}: ${[...terms, ...sent, ...due, ...end].join(", ")}` };
  }

  private askText({ holder, kind, agreement, clause }: AskSummary): string {
    return `notice to ${this.name(holder)}, ${kind.replace("-", " ")} (clause ${clause} of agreement ${agreement})`;
  }

  private awardLine(one: Difference<AwardSummary>): ChangeLine {
    if (one.sign !== "~") {
      const award = one.sign === "+" ? one.after : one.before;
      return { sign: one.sign, text: `award to ${this.providerText(award)}: ${awardTerms(award)}` };
    }
    const terms = `${awardTerms(one.before)} -> ${awardTerms(one.after)}`;
    return { sign: "~", text: `award to ${this.providerText(one.after)}: ${terms}` };
  }

  private deadline({ respondBy }: AskSummary): string {
    return respondBy === undefined ? "" : `, answer by ${this.timeText(respondBy)}`;
  }

  private marketLine({ before, after }: Changed<RequestComparison["before"]["market"]>): ChangeLine {
    const text = (market: typeof before): string =>
      market === undefined
        ? "not asked"
        : `bids from ${this.timeText(market.opensAt)} to ${this.timeText(market.closesAt)}`;
    if (before === undefined) return { sign: "+", text: `market: ${text(after)}` };
    if (after === undefined) return { sign: "-", text: `market: ${text(before)}` };
    return changeLine("market", text(before), text(after));
  }

  private instantLines(request: RequestComparison): ChangeLine[] {
    return INSTANTS.flatMap(([key, what]) => {
      const changed = request[key];
      if (changed === undefined) return [];
      const { before, after } = changed;
      const shift = before === undefined || after === undefined ? "" : ` (${shiftText(after - before)})`;
      return [{ sign: "~", text: `${what}: ${this.timeText(before)} -> ${this.timeText(after)}${shift}` } as const];
    });
  }

  private timeText(at: Instant | undefined): string {
    return at === undefined ? "none" : whenText(this.zone, at);
  }

  private providerText({ provider, host, acceleratorType, region }: AwardSummary): string {
    const by = host === undefined ? "" : `, run by ${this.name(host)}`;
    return `${this.name(provider)}${by}, ${acceleratorType} in ${region}`;
  }
}

const changeLine = (what: string, before: string, after: string): ChangeLine => ({
  sign: "~",
  text: before === after ? "" : `${what}: ${before} -> ${after}`,
});

function askTerms({ count, price }: AskSummary): string {
  return `${countText(count)}${price === undefined ? "" : ` at ${rateText(price)}`}`;
}

function awardTerms({ count, price, cost }: AwardSummary): string {
  return `${countText(count)}${price === undefined ? "" : ` at ${rateText(price)}`}${cost === undefined ? "" : `, ${moneyText(cost)}`}`;
}

function endOf({ status, taken }: AskSummary): string {
  return taken > 0 ? `took ${countText(taken)}` : status.replace("_", " ");
}

function endText(awarded: number, wanted: number, why: string | undefined): string {
  if (awarded === wanted) return "awarded in full";
  const part = awarded === 0 ? "nothing awarded" : `${countText(awarded)} of ${countText(wanted)} awarded`;
  return why === undefined ? part : `${part} (${codeText(why)})`;
}

const INSTANTS = [
  ["firstNoticeAt", "first notice"],
  ["lastDeadline", "last deadline"],
  ["earliestStart", "earliest start"],
] as const;

function costLine({ before, after }: Changed<readonly Money[]>): ChangeLine {
  return { sign: "~", text: `cost: ${amountsText(before)} -> ${amountsText(after)}${differenceOf(before, after)}` };
}

/** Where both are in one and the same currency, what the one is more than the other. */
function differenceOf(before: readonly Money[], after: readonly Money[]): string {
  const [a, b] = [before[0], after[0]];
  if (a === undefined || b === undefined || before.length > 1 || after.length > 1 || a.currency !== b.currency)
    return "";
  return ` (${signedMoney({ micros: b.micros - a.micros, currency: b.currency })})`;
}

export function amountsText(amounts: readonly Money[]): string {
  return amounts.length === 0 ? "nothing" : amounts.map(moneyText).join(" and ");
}

export function signedMoney(amount: Money): string {
  return amount.micros > 0n ? `+${moneyText(amount)}` : moneyText(amount);
}

/** "9 days later", "5 hours earlier". */
export function shiftText(ms: number): string {
  const size = Math.abs(ms);
  const days = Math.floor(size / DAY_MS);
  const text =
    days > 0
      ? countOf(days, "day")
      : size < HOUR_MS
        ? "less than an hour"
        : countOf(Math.floor(size / HOUR_MS), "hour");
  return `${text} ${ms > 0 ? "later" : "earlier"}`;
}

/** A change in per cent of what it was, with one decimal; empty where it was nothing. */
function percentOf(before: bigint, after: bigint): string {
  if (before === 0n || before === after) return "";
  const tenths = ((after - before) * 2000n + (after > before ? 1n : -1n) * before) / (2n * before);
  const size = tenths < 0n ? -tenths : tenths;
  return ` (${after > before ? "+" : "-"}${size / 10n}.${size % 10n} %)`;
}

function countRow(what: string, before: number, after: number): TotalRow {
  const difference = after - before;
  const change =
    difference === 0
      ? ""
      : `${difference > 0 ? "+" : "-"}${countText(Math.abs(difference))}${percentOf(BigInt(before), BigInt(after))}`;
  return { what, before: countText(before), after: countText(after), change };
}

function moneyRow(what: string, before: Money | undefined, after: Money | undefined): TotalRow[] {
  const currency = after?.currency ?? before?.currency;
  if (currency === undefined) return [];
  const [old, now] = [before?.micros ?? 0n, after?.micros ?? 0n];
  const change = old === now ? "" : `${signedMoney({ micros: now - old, currency })}${percentOf(old, now)}`;
  return [{ what, before: moneyText({ micros: old, currency }), after: moneyText({ micros: now, currency }), change }];
}

/** One row for each currency of an amount that comes in several. */
function amountRows(what: string, before: readonly Money[], after: readonly Money[]): TotalRow[] {
  const currencies = [...new Set([...before, ...after].map(({ currency }) => currency))].sort();
  return currencies.flatMap((code) =>
    moneyRow(
      currencies.length > 1 ? `${what}, ${code}` : what,
      before.find(({ currency }) => currency === code),
      after.find(({ currency }) => currency === code),
    ),
  );
}

export function totalRows({ comparison: { total, later, earlier, latestByMs } }: ToldAmendment): TotalRow[] {
  const { before, after } = total;
  const several = (amounts: readonly Money[]): boolean => new Set(amounts.map(({ currency }) => currency)).size > 1;
  const starts = [
    ...(later > 0
      ? [`${countOf(later, "request")} later, by up to ${shiftText(latestByMs).replace(" later", "")}`]
      : []),
    ...(earlier > 0 ? [`${countOf(earlier, "request")} earlier`] : []),
  ];
  return [
    countRow("notices", before.notices, after.notices),
    countRow("holders asked", before.holders, after.holders),
    countRow("accelerators awarded", before.awarded, after.awarded),
    countRow("requests that end short", before.short, after.short),
    ...amountRows("cost", before.cost, after.cost),
    ...(several([...before.cost, ...after.cost])
      ? moneyRow("cost in all", before.costReported, after.costReported)
      : []),
    ...amountRows("shortfall of commitments", before.shortfall, after.shortfall),
    ...(several([...before.shortfall, ...after.shortfall])
      ? moneyRow("shortfall in all", before.shortfallReported, after.shortfallReported)
      : []),
    ...(starts.length === 0 ? [] : [{ what: "earliest start", before: "", after: "", change: starts.join(", ") }]),
  ];
}

export function shortfallLines({ comparison: { shortfalls } }: ToldAmendment): ChangeLine[] {
  return shortfalls.map(({ agreement, clause, before, after }) => {
    const what = `commitment ${clause} of agreement ${agreement}`;
    if (before === undefined && after !== undefined)
      return { sign: "+", text: `${what}: short of ${moneyText(after)}` };
    if (after === undefined && before !== undefined)
      return { sign: "-", text: `${what}: short of ${moneyText(before)}` };
    if (before === undefined || after === undefined) return { sign: "~", text: what };
    const more =
      before.currency === after.currency ? ` (${signedMoney({ ...after, micros: after.micros - before.micros })})` : "";
    return { sign: "~", text: `${what}: short of ${moneyText(before)} -> ${moneyText(after)}${more}` };
  });
}

/** What was not counted, and what is likely to be a mistake. */
export function remarks({ book, comparison: { ratesMissing, rejected } }: ToldAmendment): string[] {
  const { currency } = book.after.book.header;
  return [
    ...book.notes,
    ...ratesMissing.map(
      (code) => `there is no rate from ${code} to ${currency}: nothing is summed over currencies [rate_missing]`,
    ),
    ...rejected.map(
      ({ code, count }) =>
        `${countOf(count, "request")} cannot be sent as the book would be: ${codeText(code)} [${code}]`,
    ),
  ];
}

/** "Plan: 2 requests change, 1 notice fewer, 1 starts later, cost +$12.00 (+1.2 %), shortfall +$3.00." */
export function closingLine(told: ToldAmendment): string {
  const { comparison } = told;
  const { changed, compared, total, later, earlier } = comparison;
  if (changed.length === 0 && comparison.shortfalls.length === 0)
    return `Plan: no changes; ${compared === 1 ? "the request comes" : `all ${countText(compared)} requests come`} out as before.`;
  const notices = total.after.notices - total.before.notices;
  const money = (what: string, before: Money | undefined, after: Money | undefined): string[] =>
    moneyRow(what, before, after).flatMap(({ change }) => (change === "" ? [] : [`${what} ${change}`]));
  const parts = [
    changed.length === 0
      ? "no request changes"
      : `${countOf(changed.length, "request")} ${changed.length === 1 ? "changes" : "change"}`,
    notices === 0 ? "as many notices" : `${countOf(Math.abs(notices), "notice")} ${notices > 0 ? "more" : "fewer"}`,
    ...(later > 0 ? [`${countText(later)} ${later === 1 ? "starts" : "start"} later`] : []),
    ...(earlier > 0 ? [`${countText(earlier)} ${earlier === 1 ? "starts" : "start"} earlier`] : []),
    ...money("cost", total.before.costReported, total.after.costReported),
    ...money("shortfall", total.before.shortfallReported, total.after.shortfallReported),
  ];
  return `Plan: ${parts.join(", ")}.`;
}
