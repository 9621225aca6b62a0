import type { BookEvent } from "../book/events.ts";
import { ControlOnRecord } from "./control.ts";
import type { AuditedRight, Recorded } from "./finding.ts";
import { isAuditedRight } from "./finding.ts";

export interface RightName {
  readonly agreement: string;
  readonly clause: string;
  readonly version: number;
}

/** The rights that agreements on record grant, and who stands in for their holders. */
export class RightsOnRecord {
  private readonly rights = new Map<string, AuditedRight>();
  private readonly control = new ControlOnRecord();
  private readonly assigned = new Map<string, { readonly from: string; readonly to: string }[]>();

  note(event: BookEvent): void {
    this.control.note(event);
    if (event.type === "agreementRecorded") this.noteAgreement(event.agreement);
    if (event.type === "agreementAssigned" && event.effective) {
      const moves = this.assigned.get(event.agreement) ?? [];
      this.assigned.set(event.agreement, [...moves, { from: event.from, to: event.to }]);
    }
  }

  private noteAgreement(agreement: Recorded<"agreementRecorded">["agreement"]): void {
    for (const clause of agreement.clauses) {
      if (isAuditedRight(clause)) this.rights.set(`${agreement.id} ${clause.id} ${agreement.version}`, clause);
    }
  }

  find(right: RightName): AuditedRight | undefined {
    return this.rights.get(`${right.agreement} ${right.clause} ${right.version}`);
  }

  /** True for the holder that the clause names, for everybody to whom the agreement was assigned since, and for their groups. */
  isHolder(right: RightName, clause: AuditedRight, party: string): boolean {
    let holder: string = clause.holder;
    if (this.control.isOneGroup(holder, party)) return true;
    for (const move of this.assigned.get(right.agreement) ?? []) {
      if (move.from === holder) holder = move.to;
      if (this.control.isOneGroup(holder, party)) return true;
    }
    return false;
  }
}

/** Kinds that never stand in the way of an award: they have consequences in money or at the end of a period. */
const NEVER_BLOCK: ReadonlySet<AuditedRight["kind"]> = new Set(["minimum-share", "most-favoured"]);

export function mayBlock(clause: AuditedRight): boolean {
  return !NEVER_BLOCK.has(clause.kind);
}

export function waitsForOffer(clause: AuditedRight): boolean {
  return clause.kind === "match" || clause.trigger === "third-party-offer";
}

/** Below zero when `a` goes before `b`: consents, first ship, options, exclusivity, refusal rights by rank, then what waits for an offer. */
export function compareOrder(a: AuditedRight, b: AuditedRight): number {
  return stageOf(a) - stageOf(b) || a.rank - b.rank;
}

function stageOf(clause: AuditedRight): number {
  if (clause.kind === "consent") return 0;
  if (clause.kind === "first-ship") return 1;
  if (clause.kind === "option" || clause.kind === "soft-hold") return 2;
  if (clause.kind === "exclusivity") return 3;
  return waitsForOffer(clause) ? 5 : 4;
}
