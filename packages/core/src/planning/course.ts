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
  const { id } = course.request;
  const own = course.events.filter((event) => requestOf(event) === id);
  const of = <Type extends BookEvent["type"]>(type: Type): EventOf<Type>[] =>
    own.filter((event): event is EventOf<Type> => event.type === type);
  const lots = of("lotFormed").map(({ lot }) => lot);
  const awards = of("awardIssued").map(({ award }) => award);
  const end = of("requestClosed").at(-1) ?? of("requestRested").at(-1);
  const evaluation = of("evaluated").at(-1)?.evaluation;
  const last = awards.at(-1)?.issuedAt;
  return {
    course,
    lots,
    assessed: of("rightsAssessed").flatMap(({ lot: lotId, assessments }) => {
      const lot = lots.find((item) => item.id === lotId);
      return lot === undefined ? [] : [{ lot, assessments }];
    }),
    asked: askedIn(own),
    tenders: of("tenderOpened"),
    bids: bidsIn(own),
    ...(evaluation === undefined ? {} : { evaluation }),
    awards,
    conflicts: of("requestHeld"),
    wanted: course.request.lines.reduce((sum, line) => sum + line.count, 0),
    awarded: awards.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.count, 0),
    ...(last === undefined ? {} : { awardedAt: last }),
    ...(course.rejection !== undefined
      ? { why: course.rejection.code }
      : end?.why !== undefined
        ? { why: end.why }
        : end === undefined && of("requestHeld").length > 0
          ? { why: "conflict_undecided" }
          : {}),
    ...(end?.nearest === undefined ? {} : { nearest: end.nearest }),
  };
}

function bidsIn(events: readonly BookEvent[]): Outcome["bids"] {
  return events.flatMap((event): Outcome["bids"] => {
    if (event.type === "bidReceived") return [event];
    if (event.type !== "listBidsReceived") return [];
    return event.bids.map((bid) => ({ bid, verdict: event.taken.includes(bid.id) ? "block_taken" : "sealed" }));
  });
}

function askedIn(events: readonly BookEvent[]): AskedNotice[] {
  const asked = new Map<NoticeId, AskedNotice>();
  for (const event of events) {
    switch (event.type) {
      case "noticeSent":
        asked.set(event.notice.id, { sent: event.notice, answers: 0 });
        break;
      case "noticeReceived":
        change(asked, event.notice, (notice) => {
          notice.received = event;
        });
        break;
      case "answerReceived":
        change(asked, event.notice, (notice) => {
          notice.answers += 1;
        });
        break;
      case "noticeClosed":
        change(asked, event.notice, (notice) => {
          notice.closed = event;
        });
        break;
      case "clearanceIssued": {
        const { notice: id, validUntil } = event.clearance;
        if (id !== undefined && validUntil !== undefined)
          change(asked, id, (notice) => {
            notice.clearedUntil = validUntil;
          });
        break;
      }
      default:
    }
  }
  return [...asked.values()];
}

function change(asked: ReadonlyMap<NoticeId, AskedNotice>, id: NoticeId, how: (notice: AskedNotice) => void): void {
  const notice = asked.get(id);
  if (notice !== undefined) how(notice);
}
