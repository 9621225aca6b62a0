import type { BookEvent } from "../book/events.ts";
import type { CommandBody, Rejection } from "../book/commands.ts";
import { run } from "../book/run.ts";
import type { BookState } from "../book/state.ts";
import { addMs, DAY_MS, type Instant, type NoticeId, type PartyId } from "../kernel/index.ts";
import type { Answer, Notice } from "../notices/notice.ts";
import type { ComputeRequest } from "../requests/request.ts";

/** How far ahead a plan looks for what falls due by itself. */
const HORIZON_MS = 730 * DAY_MS;

/** Something that is supposed to have been done before the request is sent. */
export interface Supposition {
  readonly actor: PartyId;
  readonly body: CommandBody;
}

/** A request as it would be sent, and what is supposed beside it. */
export interface Attempt {
  readonly request: ComputeRequest;
  readonly at: Instant;
  readonly suppose?: readonly Supposition[];
  /** What a holder answers at the last instant in time; undefined: nothing, or what it said in advance. */
  readonly answer?: (notice: Notice) => Answer | undefined;
}

/** What would follow from an attempt, from the request on. */
export interface Course {
  readonly request: ComputeRequest;
  readonly at: Instant;
  readonly events: readonly BookEvent[];
  /** Why it came to its end: the core would not take the request, or what it rests on. */
  readonly rejection?: Rejection;
  /** Notices by channels that the broker does not see: taken as delivered when they are sent. */
  readonly delivered: readonly NoticeId[];
  /** Approvals that were supposed to be given as soon as they are needed. */
  readonly approved: readonly string[];
  /** The policy leaves the choice among bids to the buyer: the best was supposed to be chosen at once. */
  readonly chosen: boolean;
}

/**
 * Plays a request to its end in the book itself and undoes all of it: the state has the same bytes as before. Nobody answers but
 * those who have answered in advance and those for whom `answer` does. What a person would have to report or to approve on the way
 * is supposed to happen at once, and named in the result.
 *
 * @source Rules PLN1 and PLN2 in ./SPEC.md
 */
export function attempt(state: BookState, wanted: Attempt): Course {
  const mark = state.checkpoint();
  try {
    return new Player(state, wanted).play();
  } finally {
    state.rollback(mark);
  }
}

class Player {
  private readonly state: BookState;
  private readonly wanted: Attempt;
  private readonly events: BookEvent[] = [];
  private readonly delivered: NoticeId[] = [];
  private readonly approved: string[] = [];
  private readonly answers: { readonly at: Instant; readonly notice: Notice; readonly answer: Answer }[] = [];
  private sent = 0;
  private rejection: Rejection | undefined;

  constructor(state: BookState, wanted: Attempt) {
    this.state = state;
    this.wanted = wanted;
  }

  play(): Course {
    const { state, wanted } = this;
    const { request } = wanted;
    const at = Math.max(wanted.at, state.now) as Instant;
    const chosen = state.policy?.autoAward === false;
    const before: Supposition[] = [...(wanted.suppose ?? [])];
    if (chosen && state.policy !== undefined)
      before.push({
        actor: request.buyer,
        body: { type: "recordPolicy", policy: { ...state.policy, autoAward: true } },
      });
    for (const { actor, body } of before) if (!this.send(body, at, actor, false)) break;
    if (this.rejection === undefined && this.send({ type: "submitRequest", request }, at, request.buyer))
      this.follow(at);
    return {
      request,
      at,
      events: this.events,
      delivered: this.delivered,
      approved: this.approved,
      chosen,
      ...(this.rejection === undefined ? {} : { rejection: this.rejection }),
    };
  }

  /** Lets time pass from one thing that falls due to the next, until nothing more happens to the request by itself. */
  private follow(at: Instant): void {
    const { state } = this;
    const keeper = state.header?.keeper as PartyId;
    const horizon = addMs(at, HORIZON_MS);
    while (!this.isOver()) {
      const due = state.timers.peek()?.at ?? horizon;
      const [next] = this.answers;
      if (next !== undefined && next.at <= due) {
        this.answers.shift();
        if (!this.give(next)) return;
      } else {
        if (due >= horizon) return;
        if (!this.send({ type: "passTime" }, Math.max(due, state.now) as Instant, keeper)) return;
      }
    }
  }

  private isOver(): boolean {
    const { id } = this.wanted.request;
    const last = this.events.findLast((event) => "request" in event && event.request === id);
    return last?.type === "requestClosed" || last?.type === "requestRested" || last?.type === "requestWithdrawn";
  }

  /** False: it was rejected, and the course ends there. */
  private send(body: CommandBody, at: Instant, actor: PartyId, counts = true): boolean {
    const key = `plan ${this.sent}`;
    this.sent += 1;
    const decision = run(this.state, { ...body, at, actor, key, nonce: key });
    if (counts) this.events.push(...decision.events);
    if (decision.rejection !== undefined) {
      this.rejection = decision.rejection;
      return false;
    }
    return counts ? this.react(decision.events, at) : true;
  }

  /** What somebody outside the book would do at once. */
  private react(events: readonly BookEvent[], at: Instant): boolean {
    const { id, buyer } = this.wanted.request;
    for (const event of events) {
      if (event.type === "noticeSent" && event.notice.request === id && this.waits(event.notice.id)) {
        this.delivered.push(event.notice.id);
        const body = { type: "confirmDelivery", notice: event.notice.id, event: "acknowledged" } as const;
        if (!this.send(body, at, event.notice.holder)) return false;
      }
      if (event.type === "noticeReceived" && event.request === id) this.plan(event.notice, event.respondBy);
      if (event.type === "approvalAwaited" && event.request === id) {
        for (const approval of event.approvals) {
          this.approved.push(approval);
          if (!this.send({ type: "giveApproval", request: id, approval, by: "plan" }, at, buyer)) return false;
        }
      }
    }
    return true;
  }

  private waits(id: NoticeId): boolean {
    const notice = this.state.notices.get(id);
    return notice !== undefined && notice.status === "sent" && notice.kind !== "information";
  }

  /** Keeps what a holder would answer until the last instant at which it may. */
  private plan(id: NoticeId, at: Instant): void {
    const notice = this.state.notices.get(id);
    if (this.wanted.answer === undefined || notice?.status !== "open") return;
    const answer = this.wanted.answer(notice);
    if (answer === undefined) return;
    this.answers.push({ at, notice, answer });
    this.answers.sort((a, b) => a.at - b.at);
  }

  private give({ at, notice, answer }: { at: Instant; notice: Notice; answer: Answer }): boolean {
    if (this.state.notices.get(notice.id)?.status !== "open") return true;
    return this.send({ type: "answerNotice", notice: notice.id, answer }, at, notice.holder);
  }
}
