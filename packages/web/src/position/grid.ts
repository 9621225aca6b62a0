import type { Schemas } from "@offtake/client";
import { offsetMs } from "../clock/zoned.ts";

export type CapacityTold = Schemas["Capacity"];

export interface Month {
  /** "2026-05" */
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** What is free of a kind in a month: at any time of it, the least and the most; 0 where nothing is on record. */
export interface Cell {
  readonly least: number;
  readonly most: number;
}

export interface GridRow {
  readonly accelerator: string;
  readonly region: string;
  readonly cells: readonly Cell[];
}

export interface Grid {
  readonly months: readonly Month[];
  readonly rows: readonly GridRow[];
  /** The largest number in it: what the ground of a cell is measured by. */
  readonly top: number;
}

/** Months of a zone that a window touches, at most so many. */
export function monthsOf(from: string, to: string, zone: string, atMost = 62): readonly Month[] {
  const months: Month[] = [];
  const end = Date.parse(to);
  const first = new Date(Date.parse(from) + offsetMs(zone, Date.parse(from)));
  const startOf = (index: number): number => {
    const local = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1);
    return local - offsetMs(zone, local - offsetMs(zone, local));
  };
  for (let index = 0; months.length < atMost && startOf(index) < end; index += 1) {
    const local = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1));
    months.push({ key: local.toISOString().slice(0, 7), from: startOf(index), to: startOf(index + 1) });
  }
  return months;
}

/** Free capacity by accelerator and region, month by month. */
export function gridOf({ from, to, free }: CapacityTold, zone: string): Grid {
  const months = monthsOf(from, to, zone);
  const rows = free.map(({ accelerator, region, calendar }) => ({
    accelerator,
    region,
    cells: months.map((month) => cellOf(calendar, month, Date.parse(from), Date.parse(to))),
  }));
  rows.sort((a, b) => compared(a.accelerator, b.accelerator) || compared(a.region, b.region));
  return { months, rows, top: Math.max(0, ...rows.flatMap(({ cells }) => cells.map(({ most }) => most))) };
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Only that part of the month counts that was asked for. */
function cellOf(calendar: CapacityTold["free"][number]["calendar"], month: Month, from: number, to: number): Cell {
  const start = Math.max(month.from, from);
  const end = Math.min(month.to, to);
  const within = calendar
    .filter((stretch) => Date.parse(stretch.from) < end && Date.parse(stretch.to) > start)
    .map(({ free }) => free);
  if (within.length === 0) return { least: 0, most: 0 };
  return { least: Math.min(...within), most: Math.max(...within) };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "May 26": years are short here, the head of the table says the month in two lines of a card otherwise. */
export const monthText = (key: string): string => `${MONTHS[Number(key.slice(5)) - 1] ?? ""} ${key.slice(2, 4)}`;
