import { monthWindow } from "../calendar/index.ts";
import { type Instant, isDocumentId } from "../kernel/index.ts";
import { atomise } from "../requests/atomise.ts";
import { lotFacts } from "../requests/facts.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { compileScope, evaluateScope } from "../scope/index.ts";
import { advance } from "./advance.ts";
import { requireNewId } from "./admit.ts";
import { owned } from "./owned.ts";
import { type MeasuredShare, measuredShares } from "./measured.ts";
import { type LotState, findLotLine } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

/**
 * At the close of a month: use for other purposes than those that a carve-out exempted, beyond its tolerance, is put to the
 * holder for the remaining window; what runs keeps running (domain row A6). A month within the tolerance leaves its count on record.
 */
export function recordPurposeUse(turn: Turn, command: Extract<Turn["command"], { type: "recordPurposeUse" }>): void {
  const request = owned(turn, command.request);
  const total = command.uses.reduce((sum, use) => sum + use.acceleratorSeconds, 0n);
  if (total <= 0n) reject("malformed", "No use was reported.");
  monthNamed(command.month);
  if (request.breachedMonths?.includes(command.month) === true)
    reject("duplicate_id", `The use of ${command.month} was reported, and its excess put to the holder.`);
  if (!isDocumentId(command.newRequest)) reject("malformed", `"${command.newRequest}" is no id of a request.`);
  requireNewId(turn.state, command.newRequest);
  for (const lot of request.lots) {
    for (const share of measuredShares(turn.state, lot)) {
      const other = command.uses.filter((use) => !isExempt(lot, share, use.purpose));
      const otherUse = other.reduce((sum, use) => sum + use.acceleratorSeconds, 0n);
      const measuredBp = Number((otherUse * 10_000n) / total);
      if (measuredBp <= share.toleranceBp) {
        const { right, toleranceBp } = share;
        const counted = { request: request.request.id, lot: lot.lot.id, right, month: command.month };
        turn.emit({ type: "shareMeasured", at: turn.at, ...counted, measuredBp, toleranceBp });
        continue;
      }
      breach(turn, request.request, lot, command, {
        right: share.right,
        measuredBp,
        toleranceBp: share.toleranceBp,
        zone: share.zone,
        purpose:
          [...other].sort((a, b) => (a.acceleratorSeconds > b.acceleratorSeconds ? -1 : 1))[0]?.purpose ?? "other",
      });
      return;
    }
  }
}

/** Whether the carve-out would have reached the lot as well, had this been its declared purpose. */
function isExempt({ lot }: LotState, { carveOut }: MeasuredShare, purpose: string): boolean {
  const used = { ...lot, purposes: [purpose], purposeDeclared: true };
  const scope = compileScope(carveOut);
  return lot.alternatives.every((alternative) => evaluateScope(scope, lotFacts(used, alternative), "known").applies);
}

interface Breach {
  readonly right: LotState["assessments"][number]["right"];
  readonly measuredBp: number;
  readonly toleranceBp: number;
  readonly zone: Parameters<typeof monthWindow>[0];
  readonly purpose: string;
}

function breach(
  turn: Turn,
  request: ComputeRequest,
  lot: LotState,
  command: Extract<Turn["command"], { type: "recordPurposeUse" }>,
  found: Breach,
): void {
  const { blockSize } = lot.lot.terms;
  // Of a share, whole blocks, rounded up where it is burdened (G15).
  const excess = Math.ceil((lot.lot.count * (found.measuredBp - found.toleranceBp)) / 10_000 / blockSize) * blockSize;
  const from = remainingFrom(turn, monthNamed(command.month), found.zone, lot);
  turn.emit({
    type: "shareBreached",
    at: turn.at,
    request: request.id,
    lot: lot.lot.id,
    right: found.right,
    month: command.month,
    measuredBp: found.measuredBp,
    toleranceBp: found.toleranceBp,
    excessCount: excess,
    newRequest: command.newRequest,
  });
  if (from >= lot.lot.window.to) return;
  const line = findLotLine(request, lot.lot);
  const { latestStart: _, ...kept } = line;
  const follow: ComputeRequest = {
    ...request,
    id: command.newRequest,
    version: 1,
    lines: [
      {
        ...kept,
        count: excess,
        gangMin: Math.min(line.gangMin, excess),
        purposes: [{ purpose: found.purpose, count: excess }],
        window: { from, to: lot.lot.window.to },
      },
    ],
  };
  turn.emit({ type: "requestSubmitted", at: turn.at, request: follow });
  for (const item of atomise(follow, () => turn.ids.next<"LotId">("lot")))
    turn.emit({ type: "lotFormed", at: turn.at, lot: item });
  advance(turn, follow.id);
}

interface Month {
  readonly year: number;
  readonly month: number;
}

function monthNamed(text: string): Month {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (match === null) return reject("malformed", "A month is written YYYY-MM.");
  return { year: Number(match[1]), month: Number(match[2]) };
}

/** The remaining window begins with the month after the one that was measured, or now, whichever is later; whole seconds. */
function remainingFrom(turn: Turn, { year, month }: Month, zone: Breach["zone"], lot: LotState): Instant {
  const closed = monthWindow(zone, year, month);
  const next = Math.max(closed.to, Math.ceil(turn.at / 1000) * 1000, lot.lot.window.from);
  return next as Instant;
}
