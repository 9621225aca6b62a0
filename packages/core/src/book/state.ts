import type { AgreementState } from "../agreements/timeline.ts";
import type { Eligibility, Party } from "../agreements/party.ts";
import { type CapacityBlock, CapacityLedger, releaseTo, takeFrom, undoReleaseTo } from "../capacity/index.ts";
import { builtinCalendar, type HolidayCalendar } from "../calendar/index.ts";
import {
  type AgreementId,
  believe,
  type BidId,
  type BlockId,
  type CalendarId,
  canonicalText,
  HOUR_MS,
  type Instant,
  type NoticeId,
  type OfferId,
  type PartyId,
  type RequestId,
  type TenderId,
  type TimeWindow,
} from "../kernel/index.ts";
import type { OpenNotice, RecordedAnswer } from "../notices/notice.ts";
import type { Collected } from "../rights/assess.ts";
import type { Waiver } from "../rights/assessment.ts";
import { Ages } from "./ages.ts";
import type { BookHeader, ExchangeRate, IndexValue, Offer, Policy, StandingAnswer } from "./documents.ts";
import type { Drawn } from "./drawn.ts";
import { Journal, type Undoable } from "./journal.ts";
import type { Launch } from "./launches.ts";
import type { Lists } from "./lists.ts";
import { PastRequests } from "./past.ts";
import type { RequestState } from "./request-state.ts";
import { Table } from "./table.ts";
import { Timers } from "./timers.ts";

/** A retry is recognised for a day; after that its key may be used anew. */
const KEY_KEPT_MS = 24 * HOUR_MS;

/** A notice as the book keeps it, with what later acts have added. */
export interface NoticeState extends OpenNotice {
  /** Who may answer besides the holder: an assignment moved the right while the notice was open. */
  readonly assignees: readonly PartyId[];
  /** An acceptance that came too late, kept for a waiver of its lateness. */
  readonly late?: RecordedAnswer;
  readonly closedAt?: Instant;
  /** When the buyer declined what the holder offered. */
  readonly declinedAt?: Instant;
  /** Place of the answer among all answers of the book. */
  readonly answerOrder?: number;
  /** Who gave the answer, where an assignment lets several. */
  readonly answeredBy?: PartyId;
  /** Who stood behind the answer, where that was somebody else than who signed it. */
  readonly ratifiedBy?: string;
  readonly channelIndex: number;
}

/** Submissions that count towards one clause's de-minimis, oldest first. */
export interface DeMinimisEntry {
  readonly at: Instant;
  readonly count: number;
  readonly request: RequestId;
}

/** What `assign` changes. */
export type Field = "header" | "policy" | "now" | "submitted" | "answers" | "epoch" | "outages" | "factEpoch";

/** Capacity of a root block that was taken (sign 1) or given back (sign -1). */
export interface Occupied {
  readonly block: BlockId;
  readonly window: TimeWindow;
  readonly count: number;
  readonly sign: 1 | -1;
}

/** Everything that decisions read. One book, one state; owned by whoever evolves it. */
export class BookState {
  readonly journal = new Journal();
  header: BookHeader | undefined;
  policy: Policy | undefined;
  /** Stamp of the last event: time never runs backwards. */
  now = -Infinity as Instant;
  submitted = 0;
  /** Answers that counted so far: the order of the log among them. */
  answers = 0;
  /** Raised by every change that may alter which rights weigh on a request; see `rightsCache`. */
  epoch = 0;

  readonly parties = new Table<PartyId, Party>(this.journal);
  readonly eligibility = new Table<PartyId, readonly Eligibility[]>(this.journal);
  /** Keys `party agreement` of defaults that are not cured. */
  readonly defaults = new Table<string, true>(this.journal);
  readonly calendars = new Table<CalendarId, HolidayCalendar>(this.journal);
  readonly agreements = new Table<AgreementId, AgreementState>(this.journal);
  readonly waivers = new Table<string, Waiver>(this.journal);
  readonly conflicts = new Table<string, "open" | AgreementId>(this.journal);
  readonly rates = new Table<string, readonly ExchangeRate[]>(this.journal);
  /** Observed values by index, in the order in which they were recorded. */
  readonly indexValues = new Table<string, readonly IndexValue[]>(this.journal);
  readonly capacity = new CapacityLedger();
  /** Blocks that would come from themselves: on record, so that a bid on them can be told why it fails. */
  readonly cyclicBlocks = new Table<BlockId, CapacityBlock>(this.journal);
  readonly withdrawnBlocks = new Table<BlockId, true>(this.journal);
  readonly offers = new Table<OfferId, Offer>(this.journal);
  readonly standing = new Table<string, StandingAnswer>(this.journal);
  readonly consents = new Table<string, true>(this.journal);
  readonly requests = new Table<RequestId, RequestState>(this.journal);
  readonly notices = new Table<NoticeId, NoticeState>(this.journal);
  /** To which request an open tender belongs, or a live bid that was placed or that a clock runs for; others are looked for. */
  readonly tenders = new Table<TenderId, RequestId>(this.journal);
  readonly bids = new Table<BidId, RequestId>(this.journal);
  /** Tenders that take bids for a while: what is sealed there may still fall. */
  readonly sealed = new Table<TenderId, RequestId>(this.journal);
  readonly awards = new Table<string, RequestId>(this.journal);
  readonly deMinimis = new Table<string, readonly DeMinimisEntry[]>(this.journal);
  /** What holders have said of the release of a product, by right and product and channel; see `launchKey`. */
  readonly launches = new Table<string, Launch>(this.journal);
  /** Options for the buyer that a notice stated, by request (domain row A15). */
  readonly statedOptions = new Table<RequestId, true>(this.journal);
  /** What has been called under contracts and taken of options, by agreement and clause. */
  readonly drawn = new Table<string, readonly Drawn[]>(this.journal);
  readonly controlChanges = new Table<PartyId, Instant>(this.journal);
  /** Awarded requests that have left while what they were awarded runs (domain row V7). */
  readonly past = new PastRequests(this.journal);
  /** Outages of the broker that have been recorded. */
  outages: readonly TimeWindow[] = [];
  /** Keys of commands seen, with what they were: the same key twice is one command. */
  readonly keys = new Table<string, string>(this.journal);
  /** Awarded requests that have closed, as long as command keys are kept: sent once more they are retries. */
  readonly closed = new Table<RequestId, true>(this.journal);
  readonly keyAges = new Ages(this.journal, KEY_KEPT_MS, (key) => this.keys.delete(key));
  readonly closedAges = new Ages<RequestId>(this.journal, KEY_KEPT_MS, (id) => this.closed.delete(id));

  readonly timers = new Timers(this.journal);
  /** Which rights weigh on like requests; derived, dropped whenever the epoch changes. */
  readonly rightsCache = new Map<
    string,
    { readonly epoch: number; readonly from: Instant; readonly collected: Collected }
  >();
  /** Lists that are read for every request, rebuilt after a change; derived. */
  lists: Lists | undefined;
  factEpoch = 0;
  private raised = 0;

  /** Raised whenever capacity is taken or given back, never lowered: what was found of free capacity holds until then. Derived. */
  occupations = 0;

  /** Undoes what `assign` and `occupy` do. */
  readonly fields: Undoable = {
    undo: (field, before) => {
      this[field as "now"] = before as Instant;
    },
  };
  readonly held: Undoable = {
    undo: (taken) => {
      const { block, window, count, sign } = taken as Occupied;
      const held = this.capacity.get(block);
      believe(held !== undefined, "a block of which something was taken is there");
      this.occupations += 1;
      if (sign === 1) releaseTo(held, window, count);
      else undoReleaseTo(held, window, count);
    },
  };

  /** Takes (sign 1) or gives back (sign -1) capacity; of a block that is not there nothing. */
  occupy(occupied: Occupied): void {
    const { block, window, count, sign } = occupied;
    const held = this.capacity.get(block);
    if (held === undefined) return;
    this.occupations += 1;
    if (sign === 1) believe(takeFrom(held, window, count), `what is taken of ${block} is free`);
    else releaseTo(held, window, count);
    if (this.journal.recording) this.journal.recordChange(this.held, occupied, undefined);
  }

  /** Keeps a command's key for as long as retries are told apart; older keys are forgotten. */
  rememberKey(key: string, what: string, at: Instant): void {
    this.keys.add(key, what);
    this.keyAges.add(key, at);
    this.forgetKeys(at);
  }

  /** Keeps the id of an awarded request that has left for as long as command keys are kept. */
  rememberClosed(request: RequestId, at: Instant): void {
    this.closed.add(request, true);
    this.closedAges.add(request, at);
    this.forgetKeys(at);
  }

  private forgetKeys(at: Instant): void {
    this.keyAges.expire(at);
    this.closedAges.expire(at);
  }

  /** Drops the places of keys that are forgotten, once they are most of a queue. To be called between commands: it is not undone. */
  compactKeys(): void {
    this.keyAges.compact();
    this.closedAges.compact();
  }

  /** Changes a plain field so that a rollback restores it. */
  assign<F extends Field>(field: F, value: BookState[F]): void {
    if (this.journal.recording) this.journal.recordChange(this.fields, field, this[field]);
    this[field as "now"] = value as Instant;
  }

  /** Says that what was derived from facts no longer holds. A number is given once: after a rollback it does not come to mean other facts. */
  raise(field: "epoch" | "factEpoch"): void {
    this.raised += 1;
    this.assign(field, this.raised);
  }

  calendar(id: CalendarId): HolidayCalendar | undefined {
    return this.calendars.get(id) ?? builtinCalendar(id);
  }

  checkpoint(): number {
    return this.journal.checkpoint();
  }

  /** Undoes everything since the checkpoint: the state has the same bytes as before. */
  rollback(mark: number): void {
    this.journal.rollback(mark);
  }

  commit(): void {
    this.journal.commit();
  }

  /** Every table, by its name in the canonical text. */
  tables(): Readonly<Record<string, Table<string, unknown>>> {
    return {
      parties: this.parties,
      eligibility: this.eligibility,
      defaults: this.defaults,
      calendars: this.calendars,
      agreements: this.agreements,
      waivers: this.waivers,
      conflicts: this.conflicts,
      rates: this.rates,
      indexValues: this.indexValues,
      cyclicBlocks: this.cyclicBlocks,
      withdrawnBlocks: this.withdrawnBlocks,
      offers: this.offers,
      standing: this.standing,
      consents: this.consents,
      requests: this.requests,
      notices: this.notices,
      tenders: this.tenders,
      bids: this.bids,
      sealed: this.sealed,
      awards: this.awards,
      deMinimis: this.deMinimis,
      statedOptions: this.statedOptions,
      launches: this.launches,
      drawn: this.drawn,
      controlChanges: this.controlChanges,
      keys: this.keys,
      closed: this.closed,
    };
  }

  /** The whole state as one text, the same on every engine; what is derived from it is left out. */
  canonical(): string {
    const tables = Object.entries(this.tables()).map(([name, table]) => [name, table.sorted()]);
    return canonicalText({
      header: this.header,
      policy: this.policy,
      now: Number.isFinite(this.now) ? this.now : null,
      submitted: this.submitted,
      answers: this.answers,
      capacity: this.capacity.canonical(),
      outages: this.outages,
      past: this.past.all(),
      ...(Object.fromEntries(tables) as Record<string, unknown>),
    });
  }
}
