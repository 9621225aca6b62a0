import type { Instant, Money, Rate, RequestId } from "../kernel/index.ts";
import type { AskSummary, AwardSummary, CourseSummary } from "./course-summary.ts";

/** A value that is another one than it was. */
export interface Changed<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** What becomes of one notice or one award: only there as it would be (`+`), no longer there (`-`), or there otherwise (`~`). */
export type Difference<Thing> =
  | { readonly sign: "+"; readonly after: Thing }
  | { readonly sign: "-"; readonly before: Thing }
  | { readonly sign: "~"; readonly before: Thing; readonly after: Thing };

/** What of one request comes out otherwise. What is not in it comes out as before. */
export interface RequestComparison {
  readonly request: RequestId;
  readonly at: Instant;
  readonly before: CourseSummary;
  readonly after: CourseSummary;
  readonly asks: readonly Difference<AskSummary>[];
  /** Holders that are asked either way, but in another order. */
  readonly order?: Changed<readonly string[]>;
  readonly awards: readonly Difference<AwardSummary>[];
  readonly awarded?: Changed<number>;
  readonly why?: Changed<string | undefined>;
  readonly market?: Changed<CourseSummary["market"]>;
  readonly firstNoticeAt?: Changed<Instant | undefined>;
  readonly lastDeadline?: Changed<Instant | undefined>;
  readonly earliestStart?: Changed<Instant | undefined>;
  readonly cost?: Changed<readonly Money[]>;
}

/**
 * What differs between two ways in which one request comes out; undefined where nothing does. A notice is the same one when it goes
 * to the same holder by the same clause for the same reason, an award when the same machines of the same provider are awarded:
 * those that stand on both sides are paired in their order.
 *
 * @source Rules PLN22 and PLN23 in ./SPEC.md
 */
export function compareCourses(before: CourseSummary, after: CourseSummary): RequestComparison | undefined {
  // What the amendment does not reach was resolved once (PLN27).
  if (before === after) return undefined;
  const asks = differences(before.asks, after.asks, askKey, sameAsk);
  const order = orderChange(before.asks, after.asks);
  const awards = differences(before.awards, after.awards, awardKey, sameAward);
  const found = {
    ...(order === undefined ? {} : { order }),
    ...changedIn("awarded", before.awarded, after.awarded, before.awarded === after.awarded),
    ...changedIn("why", before.why, after.why, before.why === after.why),
    ...changedIn("market", before.market, after.market, sameMarket(before.market, after.market)),
    ...changedIn(
      "firstNoticeAt",
      before.firstNoticeAt,
      after.firstNoticeAt,
      before.firstNoticeAt === after.firstNoticeAt,
    ),
    ...changedIn("lastDeadline", before.lastDeadline, after.lastDeadline, before.lastDeadline === after.lastDeadline),
    ...changedIn(
      "earliestStart",
      before.earliestStart,
      after.earliestStart,
      before.earliestStart === after.earliestStart,
    ),
    ...changedIn("cost", before.cost, after.cost, sameMoney(before.cost, after.cost)),
  };
  if (asks.length === 0 && awards.length === 0 && Object.keys(found).length === 0) return undefined;
  return { request: after.request, at: after.at, before, after, asks, awards, ...found };
}

function changedIn<Key extends string, Value>(
  key: Key,
  before: Value,
  after: Value,
  same: boolean,
): { readonly [K in Key]?: Changed<Value> } {
  return same ? {} : ({ [key]: { before, after } } as { readonly [K in Key]?: Changed<Value> });
}

/** Pairs what stands on both sides, first with first; in the order of the new side, what is gone before what follows it. */
function differences<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  keyOf: (thing: Thing) => string,
  same: (a: Thing, b: Thing) => boolean,
): Difference<Thing>[] {
  const waiting = new Map<string, Thing[]>();
  for (const thing of before) {
    const key = keyOf(thing);
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [thing]);
    else list.push(thing);
  }
  const there = after.map((thing): Difference<Thing> | undefined => {
    const old = waiting.get(keyOf(thing))?.shift();
    if (old === undefined) return { sign: "+", after: thing };
    return same(old, thing) ? undefined : { sign: "~", before: old, after: thing };
  });
  const left = new Set([...waiting.values()].flat());
  const gone = before
    .filter((thing) => left.has(thing))
    .map((thing): Difference<Thing> => ({ sign: "-", before: thing }));
  return [...gone, ...there.filter((one) => one !== undefined)];
}

const askKey = ({ holder, kind, agreement, clause }: AskSummary): string => `${holder} ${kind} ${agreement}#${clause}`;

/** What was answered follows from the rest, and from what was known of the holder. */
function sameAsk(a: AskSummary, b: AskSummary): boolean {
  return (
    a.count === b.count &&
    a.sentAt === b.sentAt &&
    a.respondBy === b.respondBy &&
    a.taken === b.taken &&
    a.status === b.status &&
    sameRate(a.price, b.price)
  );
}

const awardKey = ({ provider, host, acceleratorType, region, basis }: AwardSummary): string =>
  `${provider} ${host ?? ""} ${acceleratorType} ${region} ${basis}`;

function sameAward(a: AwardSummary, b: AwardSummary): boolean {
  return a.count === b.count && sameRate(a.price, b.price) && sameMoney(listOf(a.cost), listOf(b.cost));
}

const listOf = (amount: Money | undefined): readonly Money[] => (amount === undefined ? [] : [amount]);

function sameRate(a: Rate | undefined, b: Rate | undefined): boolean {
  return a?.microsPerHour === b?.microsPerHour && a?.currency === b?.currency;
}

function sameMoney(a: readonly Money[], b: readonly Money[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ micros, currency }, index) => micros === b[index]?.micros && currency === b[index]?.currency)
  );
}

function sameMarket(a: CourseSummary["market"], b: CourseSummary["market"]): boolean {
  return a?.opensAt === b?.opensAt && a?.closesAt === b?.closesAt;
}

/** The order among those that are asked on both sides; who is asked by several clauses counts at the first. */
function orderChange(
  before: readonly AskSummary[],
  after: readonly AskSummary[],
): Changed<readonly string[]> | undefined {
  const holders = (asks: readonly AskSummary[], other: readonly AskSummary[]): string[] => {
    const there = new Set(other.map(({ holder }) => holder));
    return [...new Set(asks.map(({ holder }) => holder))].filter((holder) => there.has(holder));
  };
  const [old, now] = [holders(before, after), holders(after, before)];
  return old.every((holder, index) => holder === now[index]) ? undefined : { before: old, after: now };
}
