import type { Award } from "../awards/award.ts";
import type { BookEvent, Evaluation } from "../book/events.ts";
import { requestOf } from "../explanation/about-request.ts";
import type { Instant, NoticeId } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { Assessment } from "../rights/assessment.ts";
import type { Bid, BidVerdict } from "../tenders/bid.ts";
import type { Course } from "./attempt.ts";

type EventOf<Type extends BookEvent["type"]> = Extract<BookEvent, { readonly type: Type }>;

/** One notice of a course, from sending to its end. */
export interface AskedNotice {
  readonly sent: EventOf<"noticeSent">["notice"];
  received?: EventOf<"noticeReceived">;
  closed?: EventOf<"noticeClosed">;
  /** Answers that the holder gave, in advance or because the attempt let it. */
  answers: number;
  /** How long what it cleared stays clear (exclusive). */
  clearedUntil?: Instant;
}

/** What a course came to, sorted by what it is about. */
export interface Outcome {
  readonly course: Course;
  readonly lots: readonly Lot[];
  /** Rights looked at, by lot. */
  readonly assessed: readonly { readonly lot: Lot; readonly assessments: readonly Assessment[] }[];
  readonly asked: readonly AskedNotice[];
  readonly tenders: readonly EventOf<"tenderOpened">[];
  /** Bids that were placed, and price lists that bid by themselves. */
  readonly bids: readonly { readonly bid: Bid; readonly verdict: BidVerdict }[];
  readonly evaluation?: Evaluation;
  readonly awards: readonly Award[];
  readonly conflicts: readonly EventOf<"requestHeld">[];
  readonly wanted: number;
  readonly awarded: number;
  /** When the last award is made; absent where nothing is awarded. */
  readonly awardedAt?: Instant;
  /** Code of the binding constraint, where less is awarded than asked. */
  readonly why?: string;
  readonly nearest?: string;
}

/** Reads a course; what other requests of the book do meanwhile is left out. */
export function outcomeOf(course: Course): Outcome {
  const read = new Reading();
  for (const event of course.events) if (requestOf(event) === course.request.id) read.add(event);
  return read.outcomeOf(course);
}

/** One pass over the events of a request: a course is read for each of ten thousand requests. */
class Reading {
  private readonly lots: Lot[] = [];
  private readonly assessed: { readonly lot: Lot; readonly assessments: readonly Assessment[] }[] = [];
  private readonly asked = new Map<NoticeId, AskedNotice>();
  private readonly tenders: EventOf<"tenderOpened">[] = [];
  private readonly bids: { readonly bid: Bid; readonly verdict: BidVerdict }[] = [];
  private readonly awards: Award[] = [];
  private readonly conflicts: EventOf<"requestHeld">[] = [];
  private evaluation: Evaluation | undefined;
  private awarded = 0;
  private closed: EventOf<"requestClosed"> | undefined;
  private rested: EventOf<"requestRested"> | undefined;

  add(event: BookEvent): void {
    switch (event.type) {
      case "lotFormed":
        this.lots.push(event.lot);
        break;
      case "rightsAssessed": {
        const lot = this.lots.find(({ id }) => id === event.lot);
        if (lot !== undefined) this.assessed.push({ lot, assessments: event.assessments });
        break;
      }
      case "tenderOpened":
        this.tenders.push(event);
        break;
      case "bidReceived":
        this.bids.push(event);
        break;
      case "listBidsReceived":
        for (const bid of event.bids)
          this.bids.push({ bid, verdict: event.taken.includes(bid.id) ? "block_taken" : "sealed" });
        break;
      case "evaluated":
        this.evaluation = event.evaluation;
        break;
      case "awardIssued":
        this.awards.push(event.award);
        for (const { count } of event.award.lines) this.awarded += count;
        break;
      case "requestHeld":
        this.conflicts.push(event);
        break;
      case "requestClosed":
        this.closed = event;
        break;
      case "requestRested":
        this.rested = event;
        break;
      default:
        this.addToNotice(event);
    }
  }

  private addToNotice(event: BookEvent): void {
    switch (event.type) {
      case "noticeSent":
        this.asked.set(event.notice.id, { sent: event.notice, answers: 0 });
        break;
      case "noticeReceived":
        change(this.asked, event.notice, (notice) => {
          notice.received = event;
        });
        break;
      case "answerReceived":
        change(this.asked, event.notice, (notice) => {
          notice.answers += 1;
        });
        break;
      case "noticeClosed":
        change(this.asked, event.notice, (notice) => {
          notice.closed = event;
        });
        break;
      case "clearanceIssued": {
        const { notice: id, validUntil } = event.clearance;
        if (id !== undefined && validUntil !== undefined)
          change(this.asked, id, (notice) => {
            notice.clearedUntil = validUntil;
          });
        break;
      }
      default:
    }
  }

  outcomeOf(course: Course): Outcome {
    const { awards, conflicts, evaluation } = this;
    const end = this.closed ?? this.rested;
    const why =
      course.rejection !== undefined
        ? course.rejection.code
        : (end?.why ?? (end === undefined ? conflicts.at(-1)?.why : undefined));
    const last = awards.at(-1)?.issuedAt;
    return {
      course,
      lots: this.lots,
      assessed: this.assessed,
      asked: [...this.asked.values()],
      tenders: this.tenders,
      bids: this.bids,
      ...(evaluation === undefined ? {} : { evaluation }),
      awards,
      conflicts,
      wanted: course.request.lines.reduce((sum, line) => sum + line.count, 0),
      awarded: this.awarded,
      ...(last === undefined ? {} : { awardedAt: last }),
      ...(why === undefined ? {} : { why }),
      ...(end?.nearest === undefined ? {} : { nearest: end.nearest }),
    };
  }
}

function change(asked: ReadonlyMap<NoticeId, AskedNotice>, id: NoticeId, how: (notice: AskedNotice) => void): void {
  const notice = asked.get(id);
  if (notice !== undefined) how(notice);
}
