import type { Schemas } from "@offtake/client";

type PositionTold = Schemas["Position"];
type CellTold = PositionTold["cells"][number];

/** How a month stands: accelerators on average over the part of it that was asked for. */
export type PositionCell = Pick<CellTold, "demand" | "secured" | "gap">;

export interface PositionRow {
  readonly accelerator: string;
  readonly region: string;
  readonly cells: readonly PositionCell[];
  /** Requests that it is made of, some of them, and how many there are at least. */
  readonly requests: readonly string[];
  readonly requestCount: number;
}

export interface PositionGrid {
  /** Each month of the time that was asked for, such as `2027-01`. */
  readonly months: readonly string[];
  readonly rows: readonly PositionRow[];
  /** The largest gap in it: what the ground of a cell is measured by. */
  readonly top: number;
}

const NOTHING: PositionCell = { demand: 0, secured: 0, gap: 0 };

/** The position as the broker tells it, by accelerator and region, one month beside the other. */
export function positionGrid({ cells }: Pick<PositionTold, "cells">, months: readonly string[]): PositionGrid {
  const kinds = new Map<string, CellTold[]>();
  for (const cell of cells) {
    const key = `${cell.accelerator} ${cell.region}`;
    kinds.set(key, [...(kinds.get(key) ?? []), cell]);
  }
  const rows = [...kinds.values()].map((of): PositionRow => {
    const byMonth = new Map(of.map((cell) => [cell.month, cell]));
    const [first] = of;
    return {
      accelerator: first?.accelerator ?? "",
      region: first?.region ?? "",
      cells: months.map((month) => byMonth.get(month) ?? NOTHING),
      requests: [...new Set(of.flatMap(({ requests }) => requests))],
      requestCount: Math.max(...of.map(({ requestCount }) => requestCount)),
    };
  });
  return { months, rows, top: Math.max(0, ...cells.map(({ gap }) => gap)) };
}
