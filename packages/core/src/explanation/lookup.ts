import { type Clause, isRight, type RightClause } from "../agreements/clause.ts";
import type { AwardLine } from "../awards/award.ts";
import type { DisclosedEvent, PartyRight } from "../disclosure/index.ts";
import { countText } from "./amounts.ts";
import type { Instant } from "../kernel/index.ts";
import { ExplanationContext, type Renewed, type ShownAgreement } from "./context.ts";
import type { ClauseRef } from "./explanation.ts";

/** What one explanation looks up. */
export class Lookup {
  private readonly context: ExplanationContext;
  /** How many of what an acceptance takes the host runs, by notice. */
  private readonly hosted = new Map<string, number>();

  constructor(feed: readonly DisclosedEvent[], context: ExplanationContext = new ExplanationContext(feed)) {
    this.context = context;
    for (const event of feed) {
      if (event.type !== "answerReceived" && event.type !== "ownAnswerRecorded") continue;
      const { host, hostCount } = event.answer.answer;
      if (hostCount !== undefined) this.hosted.set(event.notice, hostCount);
      else if (host !== undefined) this.hosted.delete(event.notice);
    }
  }

  get zone(): string {
    return this.context.zone;
  }

  name(party: string): string {
    return this.context.name(party);
  }

  agreement({ agreement, version }: ClauseRef): ShownAgreement | undefined {
    return this.context.agreement(agreement, version);
  }

  /** The newest renewal of an agreement by an instant. */
  renewal({ agreement }: ClauseRef, by: Instant): Renewed | undefined {
    return this.context.renewal(agreement, by);
  }

  /** The clause of a right, as far as this reader may see it. */
  right(ref: ClauseRef): RightClause | PartyRight | undefined {
    const clauses: readonly { readonly id: string }[] = this.agreement(ref)?.clauses ?? [];
    const clause = clauses.find((one) => one.id === ref.clause);
    return clause !== undefined && isRight(clause as Clause) ? (clause as RightClause | PartyRight) : undefined;
  }

  /** ", 200 of them run by CORVID (pass-through)"; empty where the seller runs all of it. */
  hostText(line: Pick<AwardLine, "host" | "notice" | "count">): string {
    if (line.host === undefined) return "";
    const hosted = line.notice === undefined ? undefined : this.hosted.get(line.notice);
    const some = hosted === undefined || hosted >= line.count ? "" : `${countText(hosted)} of them `;
    return `, ${some}run by ${this.name(line.host)} (pass-through)`;
  }
}

/** "clause r1 of agreement lab-alfa". */
export function clauseText({ clause, agreement }: Pick<ClauseRef, "clause" | "agreement">): string {
  return `clause ${clause} of agreement ${agreement}`;
}
