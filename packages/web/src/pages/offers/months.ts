import type { Schemas } from "@offtake/client";
import { parseMicros } from "@offtake/core/kernel";
import { acceleratorSecondsOf, countText } from "../../amounts/counts.ts";
import { costAt, microsOf, type MoneyTold, sumOf } from "../../amounts/money.ts";
import { shownAt } from "../../clock/zoned.ts";
import { lowestAfter, ownSteps } from "./own-capacity.ts";

type NoticeTold = Schemas["Notice"];

/** A month that one is asked about, by a notice of its own. */
export interface MonthAsked {
  /** "2026-05"; with a dot and a number where there are several notices about it. */
  readonly name: string;
  readonly notice: NoticeTold;
}

/** How many of which notice: 0 refuses it, absent leaves it open. */
export type MonthCounts = Readonly<Record<string, number>>;

/** What the desk fills in. The price stays a text; empty, each month goes at the price that it is asked at. */
export interface MonthFields {
  readonly counts: MonthCounts;
  readonly price: string;
  readonly reason: string;
  readonly knowsOversold: boolean;
}

export const NO_MONTHS: MonthFields = { counts: {}, price: "", reason: "", knowsOversold: false };

/** What waits for an answer of one's party about a request, in order of time. */
export function monthsAsked(notices: readonly NoticeTold[], request: string): readonly MonthAsked[] {
  const own = notices
    .filter(
      (notice) =>
        isWaiting(notice) &&
        notice.view.as === "party" &&
        notice.view.notice.request === request &&
        notice.view.notice.kind !== "information",
    )
    .toSorted((a, b) => startOf(a) - startOf(b));
  const names = own.map(monthName);
  return own.map((notice, index) => {
    const before = names.slice(0, index).filter((one) => one === names[index]).length;
    return { name: `${names[index] ?? ""}${before === 0 ? "" : `.${before + 1}`}`, notice };
  });
}

export const isWaiting = ({ status }: Pick<NoticeTold, "status">): boolean => status === "open" || status === "sent";

const startOf = ({ view }: NoticeTold): number => Date.parse(view.notice.terms.window.from);

/** The month in which the middle of its window lies: an hour of the month before, in another zone, does not name it. */
function monthName({ view: { notice, clock } }: NoticeTold): string {
  const { from, to } = notice.terms.window;
  const { epochDay } = shownAt(clock?.zone ?? "UTC", (Date.parse(from) + Date.parse(to)) / 2);
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 7);
}

const DAY_MS = 86_400_000;

/** A month with what is filled in for it, and what that comes to. */
export interface MonthRow extends MonthAsked {
  readonly asked: number;
  readonly block: number;
  /** Absent: it is not answered. */
  readonly count: number | undefined;
  /** The least that is free of one's own at any time of it, before anything that is filled in here; undefined where one has nothing on record. */
  readonly free: number | undefined;
  /** The same once all that is filled in here is given. */
  readonly left: number | undefined;
  readonly value: MoneyTold | undefined;
  readonly problem: string | undefined;
  /** Numbers that would do instead. */
  readonly instead: readonly number[];
  /** Not wrong, but to be known before it is sent. */
  readonly warning: string | undefined;
}

type Blocks = Parameters<typeof ownSteps>[0];

/** The rows of the grid: the same checks as the broker makes, before it is asked; it decides all the same. */
export function monthRows(
  months: readonly MonthAsked[],
  { counts, price }: Pick<MonthFields, "counts" | "price">,
  capacity: Blocks | undefined,
): readonly MonthRow[] {
  return months.map((month) => {
    const { id, view } = month.notice;
    const { count: asked, terms } = view.notice;
    const count = counts[id];
    const steps = capacity === undefined ? [] : ownSteps(capacity, terms);
    const free = lowestAfter(steps, { span: terms.window, own: 0, before: 0 })?.count;
    const given = givenAtOnce(months, counts, month);
    const rate = price === "" ? terms.price : { amount: price, currency: terms.price?.currency ?? "USD" };
    const isPriced = rate !== undefined && parseMicros(rate.amount) !== undefined;
    return {
      ...month,
      asked,
      block: terms.blockSize,
      count,
      free,
      left: free === undefined ? undefined : free - given,
      value:
        count === undefined || count === 0 || !isPriced
          ? undefined
          : costAt(rate, acceleratorSecondsOf(count, terms.window)),
      ...checked(count, asked, terms.blockSize),
      warning:
        count !== undefined &&
        count > 0 &&
        isPriced &&
        terms.price !== undefined &&
        microsOf(rate) > microsOf(terms.price)
          ? `Above what is asked, ${terms.price.amount}: a counter-offer.`
          : undefined,
    };
  });
}

/** What is filled in for notices of the same machines that overlap this one in time, itself among them. */
function givenAtOnce(months: readonly MonthAsked[], counts: MonthCounts, { notice }: MonthAsked): number {
  const { terms } = notice.view.notice;
  return months.reduce((sum, { notice: other }) => {
    const { terms: others } = other.view.notice;
    const overlaps =
      Date.parse(others.window.from) < Date.parse(terms.window.to) &&
      Date.parse(terms.window.from) < Date.parse(others.window.to);
    return sum + (overlaps && others.acceleratorType === terms.acceleratorType ? (counts[other.id] ?? 0) : 0);
  }, 0);
}

function checked(count: number | undefined, asked: number, block: number): Pick<MonthRow, "problem" | "instead"> {
  if (count === undefined || count === 0) return { problem: undefined, instead: [] };
  if (count > asked) return { problem: `No more than ${countText(asked)} are asked for.`, instead: [asked] };
  if (count % block === 0) return { problem: undefined, instead: [] };
  const below = Math.floor(count / block) * block;
  const instead = [below, below + block].filter((one) => one > 0 && one <= asked);
  return { problem: `Not a multiple of ${countText(block)}.`, instead };
}

export interface MonthSums {
  /** Accelerators times seconds. */
  readonly asked: bigint;
  readonly given: bigint;
  readonly value: MoneyTold | undefined;
  readonly answered: readonly MonthRow[];
  readonly open: readonly MonthRow[];
}

export function monthSums(rows: readonly MonthRow[]): MonthSums {
  const total = (of: (row: MonthRow) => number): bigint =>
    rows.reduce((sum, row) => sum + acceleratorSecondsOf(of(row), row.notice.view.notice.terms.window), 0n);
  const values = rows.flatMap(({ value }) => value ?? []);
  const isWhole = rows.every(({ count, value }) => count === undefined || count === 0 || value !== undefined);
  return {
    asked: total(({ asked }) => asked),
    given: total(({ count }) => count ?? 0),
    value: isWhole ? sumOf(values) : undefined,
    answered: rows.filter(({ count }) => count !== undefined),
    open: rows.filter(({ count }) => count === undefined),
  };
}

/** Why the price cannot stand as it is; undefined where it can. */
export function priceProblem(rows: readonly MonthRow[], price: string): string | undefined {
  if (price !== "") {
    const micros = parseMicros(price);
    return micros === undefined || micros <= 0n ? "A price like 2.55." : undefined;
  }
  const isMissing = rows.some(
    ({ count, notice }) => count !== undefined && count > 0 && notice.view.notice.terms.price === undefined,
  );
  return isMissing ? "No price is asked for: name yours." : undefined;
}

/** The answers as the API takes them: one for each month that is answered, in order of time. */
export function answersOf(
  rows: readonly MonthRow[],
  { price, reason }: Pick<MonthFields, "price" | "reason">,
): Schemas["AnswersBody"]["answers"] {
  return rows.flatMap(({ count, notice }): Schemas["AnswersBody"]["answers"] => {
    if (count === undefined) return [];
    if (count === 0) return [{ notice: notice.id, type: "refuse" as const, ...(reason === "" ? {} : { reason }) }];
    const currency = notice.view.notice.terms.price?.currency ?? "USD";
    return [
      {
        notice: notice.id,
        type: "accept" as const,
        count,
        ...(price === "" ? {} : { price: `${price} ${currency}/h` }),
      },
    ];
  });
}

/** As much of each month as is free, in whole blocks, and no more than is asked for; nothing is said of months where one has nothing on record. */
export function asMuchAsIsFree(rows: readonly MonthRow[]): MonthCounts {
  return Object.fromEntries(
    rows.flatMap(({ notice, asked, block, free }) =>
      free === undefined ? [] : [[notice.id, Math.floor(Math.max(0, Math.min(asked, free)) / block) * block]],
    ),
  );
}
