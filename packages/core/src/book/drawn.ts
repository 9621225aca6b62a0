import { overlaps, type TimeWindow } from "../kernel/index.ts";
import type { BookState } from "./state.ts";

/** What has been taken of an option, or called under a contract. */
export interface Drawn {
  readonly award: string;
  readonly provider: string;
  readonly count: number;
  readonly window: TimeWindow;
}

export function drawnKey(ref: { readonly agreement: string; readonly clause: string }): string {
  return `${ref.agreement}#${ref.clause}`;
}

/** How much has been drawn; with a window, during it: what is called for other times does not count. */
export function drawnCount(
  state: BookState,
  ref: { readonly agreement: string; readonly clause: string },
  window?: TimeWindow,
): number {
  let sum = 0;
  for (const item of state.drawn.get(drawnKey(ref)) ?? []) {
    if (window === undefined || overlaps(item.window, window)) sum += item.count;
  }
  return sum;
}
