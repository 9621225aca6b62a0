import type { AwardLine, ProposedLine } from "../awards/award.ts";
import { gate, type GatePart } from "../awards/gate.ts";
import type { Clearance } from "../notices/notice.ts";
import { coverOf } from "../notices/tolerance.ts";
import type { LiveRight } from "../rights/live.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/** A line as the gate looks at it. */
export function partOf(
  { provider, price, count, window, stated }: AwardLine,
  thirdParty?: ProposedLine["thirdParty"],
): GatePart {
  return {
    provider,
    count,
    window,
    stated,
    ...(price !== undefined && { price }),
    ...(thirdParty !== undefined && { thirdParty }),
  };
}

/** Whether a clearance rests on what the holder was told and not on an offer of its own. */
export function hasNoOffer(turn: Turn, { notice }: Clearance): boolean {
  return notice !== undefined && turn.state.notices.get(notice)?.answer?.verdict !== "counter_offer";
}

/**
 * What may go past a right: a clearance covers only terms that are no more supplier-favourable than its own (step 16, G17), so each
 * line is counted against the clearances that cover its terms, together with every line that only those cover.
 */
export class Cover {
  private readonly turn: Turn;
  private readonly request: RequestState;
  private readonly lot: LotState;
  private readonly right: LiveRight;
  private readonly clearances: readonly Clearance[];

  constructor(turn: Turn, request: RequestState, lot: LotState, right: LiveRight, clearances: readonly Clearance[]) {
    this.turn = turn;
    this.request = request;
    this.lot = lot;
    this.right = right;
    this.clearances = clearances;
  }

  /** Clearances of any count that cover the terms of a part. */
  fitting(part: GatePart): readonly Clearance[] {
    const { clause } = this.right;
    return this.clearances.filter((item) => {
      const context = {
        side: this.lot.lot.side,
        coveredCount: Infinity,
        noOffer: hasNoOffer(this.turn, item),
      } as const;
      return gate(item, clause, part, this.turn.at, context).verdict === "ok";
    });
  }

  /** Whether they reach as far as the line and all others that rest on no other; `beyond` is out of the right's reach anyway. */
  holds(line: ProposedLine, fitting: readonly Clearance[], beyond: number): boolean {
    const covered = fitting.reduce((sum, item) => sum + coverOf(item.count, this.right.clause), beyond);
    if (line.line.count > covered) return false;
    const { proposal, awards } = this.request;
    let used = line.line.count;
    for (const other of proposal?.lines ?? []) {
      if (other !== line) used += this.restingOn(other.line, fitting, other.thirdParty);
    }
    for (const award of awards) for (const other of award.lines) used += this.restingOn(other, fitting);
    return used <= covered;
  }

  private restingOn(line: AwardLine, fitting: readonly Clearance[], thirdParty?: ProposedLine["thirdParty"]): number {
    if (line.lot !== this.lot.lot.id || line.provider === this.right.holder || line.notice !== undefined) return 0;
    const own = this.fitting(partOf(line, thirdParty));
    return own.length > 0 && own.every((item) => fitting.includes(item)) ? line.count : 0;
  }
}
