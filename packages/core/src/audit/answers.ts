import type { BookEvent } from "../book/events.ts";
import { type AuditedNotice, listAt } from "./finding.ts";

type AnswerEvent = Extract<BookEvent, { readonly type: "answerReceived" }>;

type AuditedRate = NonNullable<AnswerEvent["answer"]["answer"]["price"]>;

/** An acceptance that binds: who gave it, and for how many accelerators at what price. */
export interface Acceptance {
  readonly notice: AuditedNotice;
  readonly by: string;
  readonly count: number;
  readonly microsPerHour: bigint | undefined;
  /** Where it names a time of its own. */
  readonly begins: number | undefined;
}

/**
 * Which notices have been sent, and which acceptances bind: those that bound when they came, those that an authorised signer
 * ratified in time, late ones whose lateness was waived, and offers of a holder asked first that the buyer took.
 */
export class AnswersOnRecord {
  readonly notices = new Map<string, AuditedNotice>();
  /** Rounds in which a holder was offered what others left. */
  private readonly rounds = new Map<string, string[]>();
  private readonly last = new Map<string, AnswerEvent>();
  private readonly binding = new Map<string, Acceptance>();

  note(event: BookEvent): void {
    if (event.type === "noticeSent") {
      this.notices.set(event.notice.id, event.notice);
      if (event.notice.kind === "over-allotment") listAt(this.rounds, roundKey(event.notice)).push(event.notice.id);
    }
    if (event.type === "answerReceived") {
      if (event.answer.answer.type === "accept") this.last.set(event.notice, event);
      else if (event.answer.verdict === "refusal") this.last.delete(event.notice);
      if (event.answer.verdict === "binding") this.bind(event.notice);
    }
    if (event.type === "answerRatified" && event.verdict === "binding") this.bind(event.notice);
    if (event.type === "latenessWaived" || (event.type === "offerDecided" && event.taken)) this.bind(event.notice);
  }

  acceptanceOf(notice: string): Acceptance | undefined {
    return this.binding.get(notice);
  }

  /** What was accepted on a notice: by its own answer, and by those to its rounds for what others left. */
  acceptedOn(id: string): number {
    const notice = this.notices.get(id);
    let sum = this.binding.get(id)?.count ?? 0;
    if (notice === undefined || notice.kind === "over-allotment") return sum;
    for (const round of this.rounds.get(roundKey(notice)) ?? []) sum += this.binding.get(round)?.count ?? 0;
    return sum;
  }

  /** The price that the holder itself named in its last answer, where that binds or is an offer of its own: not a defective one. */
  pricedBy(notice: string): AuditedRate | undefined {
    const given = this.last.get(notice)?.answer;
    const isMeant = given?.verdict === "counter_offer" || this.binding.has(notice);
    return isMeant ? given?.answer.price : undefined;
  }

  private bind(id: string): void {
    const notice = this.notices.get(id);
    const given = this.last.get(id);
    if (notice === undefined || given === undefined) return;
    const { count, price, window } = given.answer.answer;
    const agreed = price ?? notice.thirdParty?.price ?? notice.terms.price;
    this.binding.set(id, {
      notice,
      by: given.by,
      count: count ?? notice.count,
      microsPerHour: agreed?.microsPerHour,
      begins: window?.from,
    });
  }
}

const roundKey = ({ lot, holder, right }: AuditedNotice): string =>
  `${lot} ${holder} ${right.agreement} ${right.clause}`;
