import { compareText } from "../kernel/index.ts";
import { rightOf } from "./lookup.ts";
import type { BookState, NoticeState } from "./state.ts";

/** Orders notices by the rank of their rights, then by right: never by the order in which they were sent. */
export function byRankOf(state: BookState): (a: NoticeState, b: NoticeState) => number {
  return (a, b) =>
    rightOf(state, a).clause.rank - rightOf(state, b).clause.rank ||
    compareText(a.right.agreement, b.right.agreement) ||
    compareText(a.right.clause, b.right.clause);
}
