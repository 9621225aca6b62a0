import { controlGroupOf } from "../agreements/affiliates.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import { isRight, type RightClause } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import type { Instant } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import { deMinimis } from "../notices/de-minimis.ts";
import { type Assessment, overruled } from "../rights/assessment.ts";
import { drawnKey } from "./drawn.ts";
import { listsOf } from "./lists.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { DeMinimisEntry } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * Small submissions are clear while they stay small together (G15). All lots of a submission that a right reaches count as one; each
 * submission counts, also one that is noticed; a revised one in place of its earlier shape.
 */
export function countSmall(turn: Turn, request: RequestState, assessed: Map<LotState, readonly Assessment[]>): void {
  if (!listsOf(turn.state).deMinimis) return;
  const counts = new Map<string, { readonly assessment: Assessment; readonly found: Found; readonly lots: Lot[] }>();
  for (const [lot, assessments] of assessed) {
    for (const assessment of assessments) {
      const found = assessment.verdict === "applies" ? clauseOf(turn, assessment) : undefined;
      if (found === undefined) continue;
      const key = drawnKey(assessment.right);
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { assessment, found, lots: [lot.lot] });
      else known.lots.push(lot.lot);
    }
  }
  for (const { assessment, found, lots } of counts.values())
    countOne(turn, request, assessed, assessment, found, countAtOnce(lots));
}

/** What lots come to together; parts of one line that follow each other in time come to the most there is at a time. */
function countAtOnce(lots: readonly Lot[]): number {
  let sum = 0;
  for (const line of new Set(lots.map((lot) => lot.lineIndex))) {
    const own = lots.filter((lot) => lot.lineIndex === line);
    const at = (instant: Instant): number =>
      own.reduce((all, { window, count }) => (window.from <= instant && instant < window.to ? all + count : all), 0);
    sum += Math.max(...own.map((lot) => at(lot.window.from)));
  }
  return sum;
}

interface Found {
  readonly version: AgreementVersion;
  readonly rule: NonNullable<RightClause["deMinimis"]>;
}

function clauseOf(turn: Turn, { right }: Assessment): Found | undefined {
  const version = turn.state.agreements.get(right.agreement)?.versions.find((item) => item.version === right.version);
  const clause = version === undefined ? undefined : findClause(version, right.clause);
  if (version === undefined || clause === undefined || !isRight(clause) || clause.deMinimis === undefined)
    return undefined;
  return { version, rule: clause.deMinimis };
}

function countOne(
  turn: Turn,
  { request }: RequestState,
  assessed: Map<LotState, readonly Assessment[]>,
  assessment: Assessment,
  { version, rule }: Found,
  count: number,
): void {
  const { right } = assessment;
  const who = rule.by === "project" ? (request.project ?? "") : controlGroupOf(request.buyer, turn.state.parties);
  const key = `${drawnKey(right)} ${who}`;
  const history: readonly DeMinimisEntry[] = (turn.state.deMinimis.get(key) ?? []).filter(
    (item) => item.request !== request.id,
  );
  const { sum, clear, earlier } = deMinimis(history, { at: turn.at, count }, rule, version.zone);
  turn.emit({
    type: "deMinimisCounted",
    at: turn.at,
    right,
    key,
    count,
    sum,
    clear,
    request: request.id,
    earlier: earlier.map((item) => item.request),
  });
  if (!clear) return;
  const facts = [`sum=${sum}`, `limit=${rule.count}`];
  for (const [lot, assessments] of assessed) {
    assessed.set(
      lot,
      assessments.map((item) =>
        item.verdict === "applies" && drawnKey(item.right) === drawnKey(right)
          ? overruled(item, "below_de_minimis", facts)
          : item,
      ),
    );
  }
}
