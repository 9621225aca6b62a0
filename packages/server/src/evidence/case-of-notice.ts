import type { AgreementVersion, Party, RightClause } from "@offtake/core/agreements";
import type { HolidayCalendar } from "@offtake/core/calendar";
import type { DisclosedEvent, PartyAgreement } from "@offtake/core/disclosure";
import type { CalendarId, Instant, PartyId } from "@offtake/core/kernel";
import type { DeliveryBasis, Notice, NoticeStatus, RecordedAnswer } from "@offtake/core/notices";

/** An answer as it was recorded, and what became of it. */
export interface AnswerOnRecord {
  readonly by: PartyId;
  readonly recorded: RecordedAnswer;
}

export interface ReceiptOnRecord {
  readonly deliveredAt: Instant;
  readonly deemedReceivedAt: Instant;
  readonly respondBy: Instant;
  readonly objectBy?: Instant;
  readonly basis: DeliveryBasis;
}

/** What a feed says of one notice, as its keeper or its holder knows it. */
export interface CaseOfNotice {
  /** Fields that both know. */
  readonly notice: Pick<
    Notice,
    "id" | "kind" | "holder" | "count" | "terms" | "round" | "missing" | "sentAt" | "channel"
  > &
    Partial<Pick<Notice, "thirdParty">>;
  readonly agreementId: string;
  readonly clauseId: string;
  /** The agreement as it was recorded last before the notice was sent, in the version that the notice names. */
  agreement?: AgreementVersion | PartyAgreement;
  clause?: RightClause;
  holder?: Party | Omit<Party, "competitors">;
  receipt?: ReceiptOnRecord;
  readonly extensions: Instant[];
  readonly answers: AnswerOnRecord[];
  end?: { readonly status: NoticeStatus; readonly count: number; readonly at: Instant };
  readonly calendars: Map<CalendarId, HolidayCalendar>;
}

/** Reads the case of a notice out of a feed. Undefined where the feed does not tell of it. */
export function caseOf(feed: readonly DisclosedEvent[], id: string): CaseOfNotice | undefined {
  const before = new Facts();
  let found: CaseOfNotice | undefined;
  for (const event of feed) {
    if (found === undefined) {
      before.take(event);
      found = sent(event, id, before);
    } else follow(found, event, id);
  }
  return found;
}

/** What was on record before the notice was sent. */
class Facts {
  readonly agreements = new Map<string, AgreementVersion | PartyAgreement>();
  readonly parties = new Map<string, Party | Omit<Party, "competitors">>();
  readonly calendars = new Map<CalendarId, HolidayCalendar>();

  take(event: DisclosedEvent): void {
    switch (event.type) {
      case "agreementRecorded":
      case "ownAgreementRecorded":
      case "ownAgreementTakenOver":
        this.agreements.set(`${event.agreement.id}@${event.agreement.version}`, event.agreement);
        return;
      case "partyRecorded":
      case "ownPartyRecorded":
        this.parties.set(event.party.id, event.party);
        return;
      case "calendarRecorded":
        this.calendars.set(event.calendar.id, event.calendar);
        return;
      default:
    }
  }
}

function sent(event: DisclosedEvent, id: string, facts: Facts): CaseOfNotice | undefined {
  if ((event.type !== "noticeSent" && event.type !== "ownNoticeSent") || event.notice.id !== id) return undefined;
  const { notice } = event;
  const ref =
    "right" in notice ? notice.right : { agreement: notice.agreement, clause: notice.clause, version: notice.version };
  const agreement = facts.agreements.get(`${ref.agreement}@${ref.version}`);
  const clause = agreement?.clauses.find((one) => one.id === ref.clause) as RightClause | undefined;
  const holder = facts.parties.get(notice.holder);
  return {
    notice: notice as CaseOfNotice["notice"],
    agreementId: ref.agreement,
    clauseId: ref.clause,
    ...(agreement === undefined ? {} : { agreement }),
    ...(clause === undefined ? {} : { clause }),
    ...(holder === undefined ? {} : { holder }),
    extensions: [],
    answers: [],
    calendars: facts.calendars,
  };
}

function follow(found: CaseOfNotice, event: DisclosedEvent, id: string): void {
  switch (event.type) {
    case "noticeReceived":
    case "ownNoticeReceived":
      if (event.notice === id) found.receipt = event;
      return;
    case "deadlineExtended":
    case "ownDeadlineExtended":
      if (event.notice === id) found.extensions.push(event.respondBy);
      return;
    case "answerReceived":
    case "ownAnswerRecorded":
      if (event.notice === id) found.answers.push({ by: event.by, recorded: event.answer });
      return;
    case "noticeClosed":
    case "ownNoticeClosed":
      if (event.notice === id) found.end ??= { status: event.status, count: event.count, at: event.at };
      return;
    default:
  }
}
