import { isRight } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import { monthWindow } from "../calendar/index.ts";
import type { Instant, LotId } from "../kernel/index.ts";
import { atomise } from "../requests/atomise.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { advance } from "./advance.ts";
import { owned } from "./admit.ts";
import { type LotState, findLotLine } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

/**
 * At the close of a month: use for other purposes than those that a carve-out exempted, beyond its tolerance, is put to the
 * holder for the remaining window; what runs keeps running (domain row A6).
 */
export function recordPurposeUse(turn: Turn, command: Extract<Turn["command"], { type: "recordPurposeUse" }>): void {
  const request = owned(turn, command.request);
  const total = command.uses.reduce((sum, use) => sum + use.acceleratorSeconds, 0n);
  if (total <= 0n) reject("malformed", "No use was reported.");
  for (const lot of request.lots) {
    for (const assessment of lot.assessments) {
      if (assessment.verdict !== "carved_out") continue;
      const agreement = turn.state.agreements.get(assessment.right.agreement);
      const version = agreement?.versions.find((item) => item.version === assessment.right.version);
      const clause = version === undefined ? undefined : findClause(version, assessment.right.clause);
      if (version === undefined || clause === undefined || !isRight(clause)) continue;
      const carve = clause.carveOuts.find((item) => item.id === assessment.facts[0]);
      if (carve?.share === undefined) continue;
      const other = command.uses.filter((use) => !lot.lot.purposes.includes(use.purpose));
      const otherUse = other.reduce((sum, use) => sum + use.acceleratorSeconds, 0n);
      const measuredBp = Number((otherUse * 10_000n) / total);
      if (measuredBp <= carve.share.toleranceBp) continue;
      breach(turn, request.request, lot, command, {
        right: assessment.right, measuredBp, toleranceBp: carve.share.toleranceBp, zone: version.zone,
        purpose: [...other].sort((a, b) => (a.acceleratorSeconds > b.acceleratorSeconds ? -1 : 1))[0]?.purpose ?? "other",
      });
      return;
    }
  }
}

interface Breach {
  readonly right: LotState["assessments"][number]["right"];
  readonly measuredBp: number;
  readonly toleranceBp: number;
  readonly zone: Parameters<typeof monthWindow>[0];
  readonly purpose: string;
}

function breach(turn: Turn, request: ComputeRequest, lot: LotState, command: Extract<Turn["command"], { type: "recordPurposeUse" }>, found: Breach): void {
  const { blockSize } = lot.lot.terms;
  // Of a share, whole blocks, rounded up where it is burdened (G15).
  const excess = Math.ceil((lot.lot.count * (found.measuredBp - found.toleranceBp)) / 10_000 / blockSize) * blockSize;
  const from = remainingFrom(turn, command.month, found.zone, lot);
  turn.emit({
    type: "shareBreached", at: turn.at, request: request.id, lot: lot.lot.id, right: found.right, month: command.month, measuredBp: found.measuredBp,
    toleranceBp: found.toleranceBp, excessCount: excess, newRequest: command.newRequest,
  });
  if (from >= lot.lot.window.to) return;
  const line = findLotLine(request, lot.lot);
  const { latestStart: _, ...kept } = line;
  const follow: ComputeRequest = {
    ...request,
    id: command.newRequest,
    version: 1,
    lines: [{ ...kept, count: excess, gangMin: Math.min(line.gangMin, excess), purposes: [{ purpose: found.purpose, count: excess }], window: { from, to: lot.lot.window.to } }],
  };
  turn.emit({ type: "requestSubmitted", at: turn.at, request: follow });
  for (const item of atomise(follow, () => turn.ids.next<"LotId">("lot") as LotId)) turn.emit({ type: "lotFormed", at: turn.at, lot: item });
  advance(turn, follow.id);
}

/** The remaining window begins with the month after the one that was measured, or now, whichever is later; whole seconds. */
function remainingFrom(turn: Turn, month: string, zone: Breach["zone"], lot: LotState): Instant {
  const match = /^(\d{4})-(\d{2})$/.exec(month);
  if (match === null) return reject("malformed", "A month is written YYYY-MM.");
  const closed = monthWindow(zone, Number(match[1]), Number(match[2]));
  const next = Math.max(closed.to, Math.ceil(turn.at / 1000) * 1000, lot.lot.window.from);
  return next as Instant;
}
