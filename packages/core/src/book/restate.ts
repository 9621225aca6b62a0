import { canonicalText } from "../kernel/index.ts";
import { missingTerms } from "../notices/judge.ts";
import type { Lot } from "../requests/lot.ts";
import type { Terms } from "../requests/terms.ts";
import type { LiveRight, Stage } from "../rights/live.ts";
import { isMain, noticesOf, sameRight } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import type { BookState, NoticeState } from "./state.ts";

/** A right of a stage whose holder found its notice defective, with that notice. */
export interface Objected {
  readonly right: LiveRight;
  readonly notice: NoticeState;
}

const NOBODY: readonly Objected[] = [];

/** Holders that have objected, and whose notice nobody has stated anew: they have not been asked yet (domain row N11). */
export function objectedIn(state: BookState, lot: LotState, stage: Stage): readonly Objected[] {
  let found: Objected[] | undefined;
  for (const right of stage.rights) {
    let last: NoticeState | undefined;
    for (const notice of noticesOf(state, lot)) if (sameRight(notice.right, right.ref) && isMain(notice)) last = notice;
    if (last?.status === "superseded") (found ??= []).push({ right, notice: last });
  }
  return found ?? NOBODY;
}

/** Whether a notice on these terms would now state all that the clause wants stated. */
export function isComplete(terms: Terms, { right }: Objected): boolean {
  return missingTerms(terms, right.clause.noticeRequires).length === 0;
}

/**
 * The lot as a revision states it, where the revision does no more than state what a holder found missing: what another has accepted
 * of it stays accepted. Undefined where it changes anything else, or where nobody has objected.
 */
export function completed(state: BookState, { lot, notices }: LotState, draft: Lot): Lot | undefined {
  const missing = new Set(
    notices.flatMap((id) => {
      const notice = state.notices.get(id);
      return notice?.status === "superseded" ? notice.missing : [];
    }),
  );
  if (missing.size === 0 || bare(lot, missing) !== bare(draft, missing)) return undefined;
  return { ...draft, id: lot.id };
}

/** A lot without what was missing of it, and without what every version has of its own. */
function bare(lot: Lot, missing: ReadonlySet<string>): string {
  const { id: _, requestVersion: __, termsText: ___, terms, purposes, purposeDeclared, warnings, ...rest } = lot;
  const kept = Object.fromEntries(Object.entries(terms).filter(([name]) => !missing.has(name) && name !== "purposes"));
  const stated = Object.fromEntries(Object.entries(terms.stated).filter(([name]) => !missing.has(name)));
  const use = missing.has("purpose") ? {} : { purposes, purposeDeclared, warnings };
  return canonicalText({ ...rest, ...use, terms: { ...kept, stated } });
}
