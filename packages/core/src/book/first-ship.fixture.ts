import { agreement, r1 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { ClauseId, RequestId } from "../kernel/index.ts";
import { q1 } from "../requests/f0.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import { F0 } from "./f0.ts";

/** A world in which the products of LAB ship first on ALFA, and nobody else has a right. */
export function shipsFirst(changed: Partial<RightClause> = {}): F0 {
  const world = new F0({ without: ["r1", "r2"], policy: { tenderWindow: { n: 1, unit: "hours" } } });
  return world.send("2026-09-01T00:00:00Z", "lab", {
    type: "recordAgreement",
    activate: true,
    agreement: agreement("lab-alfa", { clauses: [firstShip(changed)] }),
  });
}

export function firstShip(changed: Partial<RightClause> = {}): RightClause {
  return r1({
    id: "first" as ClauseId,
    lineageId: "first",
    kind: "first-ship",
    partial: { mode: "none" },
    newCapacityOnly: false,
    ...changed,
  });
}

/** The release of MIRA on 1 January 2027, with 1,024 GB200; nothing is bought. */
export function announced(changed: Partial<ComputeRequest> = {}, line: Partial<RequestLine> = {}): ComputeRequest {
  const request = q1({ id: "mira-release" as RequestId, release: "mira", ...changed }, line);
  return { ...request, lines: request.lines.map(({ cap: _, ...rest }) => rest) };
}
