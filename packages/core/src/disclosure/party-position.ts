import { addMonths, fromDate, localDate, type ZoneId } from "../calendar/index.ts";
import { acceleratorSeconds, epochDayToCivil, intersection, type TimeWindow, windowSeconds } from "../kernel/index.ts";
import type { PartyView } from "./view.ts";

/** What of a view a position follows from. */
export type PositionView = Pick<PartyView, "requests" | "awards">;

/** What was asked for of one kind in one region and month, and what of it is secured. */
export interface PositionCell {
  readonly acceleratorType: string;
  readonly region: string;
  /** Such as `2027-01`, in the zone that was asked for. */
  readonly month: string;
  /** The part of the month that lies in the window. */
  readonly window: TimeWindow;
  /** Accelerator-seconds: what is secured, and what is still asked for. */
  readonly demand: bigint;
  readonly secured: bigint;
  /** The requests that it is made of. */
  readonly requests: ReadonlySet<string>;
}

/**
 * The keeper's position as a buyer: what it needs less what it has, by kind, region and month of the window. Awards count where they are,
 * what of a request is open counts as its first alternative; what was given up counts no more, and sales not at all.
 *
 * @source Rule DSC31 in ./SPEC.md
 */
export function positionOf({ requests, awards }: PositionView, window: TimeWindow, zone: ZoneId): PositionCell[] {
  const cells = new Cells(window, zone);
  const awarded = new Map<string, number>();
  for (const award of awards.values()) {
    if (award.as !== "keeper" || award.status === "defaulted") continue;
    const request = requests.get(award.award.request)?.request;
    if (request === undefined || request.sale !== undefined) continue;
    for (const { lot, count, offered, acceleratorType, region, window: when } of award.award.lines) {
      awarded.set(lot, (awarded.get(lot) ?? 0) + count);
      cells.add({ acceleratorType, region, when, count: offered ?? count, secured: true, request: request.id });
    }
  }
  for (const { request, lots, closed } of requests.values()) {
    if (closed || request.sale !== undefined || request.release !== undefined) continue;
    for (const { lot, dropped } of lots.values()) {
      const [first] = lot.alternatives;
      const open = lot.count - (awarded.get(lot.id) ?? 0);
      if (dropped === undefined && first !== undefined && open > 0)
        cells.add({ ...first, when: lot.window, count: open, secured: false, request: request.id });
    }
  }
  return cells.sorted();
}

/** A number of accelerators of a request, for a time. */
interface Part {
  readonly acceleratorType: string;
  readonly region: string;
  readonly when: TimeWindow;
  readonly count: number;
  readonly secured: boolean;
  readonly request: string;
}

class Cells {
  private readonly window: TimeWindow;
  private readonly zone: ZoneId;
  private readonly cells = new Map<string, PositionCell & { readonly requests: Set<string> }>();

  constructor(window: TimeWindow, zone: ZoneId) {
    this.window = window;
    this.zone = zone;
  }

  add({ acceleratorType, region, when, count, secured, request }: Part): void {
    const shared = intersection(when, this.window);
    if (shared === undefined) return;
    const { day } = epochDayToCivil(localDate(this.zone, shared.from));
    for (let first = localDate(this.zone, shared.from) - day + 1; ; first = addMonths(first, 1)) {
      const whole = { from: fromDate(this.zone, first), to: fromDate(this.zone, addMonths(first, 1)) };
      if (whole.from >= shared.to) return;
      const part = intersection(shared, whole);
      const month = intersection(this.window, whole);
      if (part === undefined || month === undefined) continue;
      const civil = epochDayToCivil(first);
      const name = `${civil.year}-${String(civil.month).padStart(2, "0")}`;
      const key = `${acceleratorType}\n${region}\n${name}`;
      const cell = this.cells.get(key) ?? {
        acceleratorType,
        region,
        month: name,
        window: month,
        demand: 0n,
        secured: 0n,
        requests: new Set<string>(),
      };
      const seconds = acceleratorSeconds(count, windowSeconds(part));
      this.cells.set(key, {
        ...cell,
        demand: cell.demand + seconds,
        secured: cell.secured + (secured ? seconds : 0n),
        requests: cell.requests.add(request),
      });
    }
  }

  sorted(): PositionCell[] {
    return [...this.cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
  }
}
