import { type StepTold, type Verdict, verdictOf } from "./verdicts.ts";

/** A clause that was looked at, with how it came out. */
export interface ClauseRow {
  readonly step: StepTold;
  readonly verdict: Verdict;
  readonly agreement: string;
  readonly clause: string;
}

/** Every clause that an explanation tells of, those that apply first: also those that did not. */
export function clausesOf(steps: readonly StepTold[]): readonly ClauseRow[] {
  const rows = walk(steps).flatMap((step): ClauseRow[] => {
    const verdict = verdictOf(step);
    if (verdict === undefined || step.clause === undefined) return [];
    return [{ step, verdict, agreement: step.clause.agreement, clause: step.clause.clause }];
  });
  const order: readonly Verdict[] = ["applies", "deferred", "overridden", "does not apply"];
  return rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => order.indexOf(a.row.verdict) - order.indexOf(b.row.verdict) || a.index - b.index)
    .map(({ row }) => row);
}

/** Whether nobody has confirmed how a clause is read, as the explanation itself says. */
export const isUnconfirmed = (
  { agreement, clause }: Pick<ClauseRow, "agreement" | "clause">,
  caveats: readonly { readonly code: string; readonly text: string }[],
): boolean =>
  caveats.some(
    ({ code, text }) =>
      code === "unconfirmed_reading" && text.includes(`clause ${clause} of agreement ${agreement} say`),
  );

/** Whether any step rests on a clause, however that came out: a holder is told of its own right, not of how it was looked at. */
export const restsOnClause = (steps: readonly StepTold[]): boolean =>
  walk(steps).some(({ clause }) => clause !== undefined);

function walk(steps: readonly StepTold[]): readonly StepTold[] {
  return steps.flatMap((step) => [step, ...walk(step.children)]);
}

/** Objects that a text names: awards, bids, notices and others with ids of their own. Each part is a text or an id. */
export function linked(text: string): readonly { readonly text: string; readonly id?: string }[] {
  const parts: { readonly text: string; readonly id?: string }[] = [];
  let end = 0;
  for (const { 0: id, index } of text.matchAll(/\b(?:awd|bid|evl|inv|lot|ntc|req|tnd|clr|hst)_[0-9a-z]{6,}\b/g)) {
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: id, id });
    end = index + id.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
