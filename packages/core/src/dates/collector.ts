import type { AgreementVersion } from "../agreements/agreement.ts";
import type { Clause } from "../agreements/clause.ts";
import type { AgreementState } from "../agreements/timeline.ts";
import { addMs, DAY_MS, type Instant, type Problem, type Result, type TimeWindow } from "../kernel/index.ts";
import { type ContractDate, dueAt, type Happening, type UnknownDate } from "./model.ts";
import type { DatesWorld } from "./world.ts";

/** The clause, or the agreement, that a date stands in. */
export interface Place {
  readonly agreement: AgreementState;
  readonly version: AgreementVersion;
  readonly clause?: Clause;
}

type Drafted = Pick<ContractDate, "what" | "form" | "at"> &
  Partial<Pick<ContractDate, "actor" | "recipient" | "send" | "zone">>;

/** Gathers dates inside a window, and what could not be worked out of those that might lie in it. */
export class Collector {
  readonly dates: ContractDate[] = [];
  readonly unknown: UnknownDate[] = [];
  readonly world: DatesWorld;
  readonly window: TimeWindow;

  constructor(world: DatesWorld, window: TimeWindow) {
    this.world = world;
    this.window = window;
  }

  /**
   * A date is inside where it is not over when the window begins, and something must be done for it before the window ends.
   *
   * @param key what tells it from others of its kind and place, and stays the same when it moves
   */
  add(place: Place, key: string | number, drafted: Drafted): void {
    const { from, to } = this.window;
    if (drafted.at < from || dueAt(drafted) >= to) return;
    const { agreement, version, clause } = place;
    const owner = clause?.owner ?? version.owner;
    this.dates.push({
      id: [agreement.id, ...(clause === undefined ? [] : [clause.id]), drafted.what.kind, String(key)].join("/"),
      agreement: agreement.id,
      version: version.version,
      ...(clause === undefined ? {} : { clause: clause.id }),
      ...(owner === undefined ? {} : { owner }),
      zone: version.zone,
      unconfirmedReading: clause !== undefined && clause.reading === undefined,
      defaults: clause?.defaults ?? [],
      ...drafted,
    });
  }

  /** What stood in the way of a date, told once for its place, where the latest it can be is not beyond the window by more than `reachDays`. */
  fail(place: Place, about: Happening["kind"], latest: Instant, reachDays: number, problem: Problem): void {
    if (latest < this.window.from || addMs(latest, -reachDays * DAY_MS) >= this.window.to) return;
    const { agreement, clause } = place;
    const known = this.unknown.some(
      (one) => one.agreement === agreement.id && one.clause === clause?.id && one.about === about,
    );
    if (known) return;
    this.unknown.push({
      agreement: agreement.id,
      ...(clause === undefined ? {} : { clause: clause.id }),
      about,
      problem,
    });
  }
}

/** How many days a notice period and the way of its notice take at most: what is later cannot lie in a window that ends before. */
export function reachOf(n: number, unit: "days" | "months" | "business-days"): number {
  return n * { days: 1, months: 31, "business-days": 3 }[unit] + WAY_DAYS;
}

/** Channels that fail, weekends and holidays between them. */
export const WAY_DAYS = 45;

export const valueOf = <Value>(result: Result<Value>): Value | undefined => (result.ok ? result.value : undefined);
