import { createHash, randomBytes } from "node:crypto";
import { formatInstant, type Instant, type PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { Pool } from "pg";
import { DEADLINE_TITLE, isAgreementDate, type PartyDeadline } from "../reminders/index.ts";

/** An entry as it is kept: what changes counts its sequence up. */
interface KeptEntry {
  readonly uid: string;
  readonly sequence: number;
  readonly entry: Entry;
  readonly changedAt: Date;
}

interface Entry {
  readonly title: string;
  readonly at: Instant;
  readonly alarmsMs: readonly number[];
  readonly cancelled: boolean;
  readonly link?: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What has to be done shows for half an hour before its last instant. */
const SHOWN_MS = HOUR_MS / 2;

const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Deadlines of a party for a calendar program, under an address that is its own key. An entry that moves keeps its UID and counts its
 * SEQUENCE up; one that is gone before its time (answered, waived, taken back) is cancelled.
 */
export class CalendarFeeds {
  private readonly pool: Pool;
  private readonly link: ((book: BookName, kind: string, id: string) => string) | undefined;

  constructor(pool: Pool, link?: (book: BookName, kind: string, id: string) => string) {
    this.pool = pool;
    this.link = link;
  }

  /** The token of a new address; it stands behind `/ical/` and is not shown again. The party's addresses before it stay. */
  async create(book: BookName, party: PartyId, by: string | undefined): Promise<string> {
    const token = randomBytes(32).toString("base64url");
    await this.pool.query("insert into calendar_feeds (token_hash, book, party, created_by) values ($1, $2, $3, $4)", [
      hashOf(token),
      book,
      party,
      by ?? null,
    ]);
    return token;
  }

  /** Whose calendar a token opens; undefined for every other text. */
  async find(token: string): Promise<{ readonly book: BookName; readonly party: PartyId } | undefined> {
    if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
    const { rows } = await this.pool.query<{ book: string; party: string }>(
      "select book, party from calendar_feeds where token_hash = $1 and revoked_at is null",
      [hashOf(token)],
    );
    const [row] = rows;
    return row && { book: row.book as BookName, party: row.party as PartyId };
  }

  /** None of a party's addresses opens anything any more. */
  async revoke(book: BookName, party: PartyId): Promise<void> {
    await this.pool.query(
      "update calendar_feeds set revoked_at = clock_timestamp() where book = $1 and party = $2 and revoked_at is null",
      [book, party],
    );
  }

  /** The calendar as text. @param now entries that are over are left out a month later */
  async text(book: BookName, party: PartyId, deadlines: readonly PartyDeadline[], now: Instant): Promise<string> {
    const kept = await this.kept(book, party);
    const entries = new Map(deadlines.map((one) => [uidOf(book, one), this.entryOf(book, one)]));
    for (const { uid, entry } of kept.values()) {
      if (!entries.has(uid) && entry.at > now) entries.set(uid, { ...entry, cancelled: true });
      else if (!entries.has(uid) && entry.at > now - 30 * DAY_MS) entries.set(uid, entry);
    }
    await this.keep(book, party, entries);
    return calendarText(book, await this.kept(book, party), entries);
  }

  private entryOf(book: BookName, { kind, id, at }: PartyDeadline): Entry {
    const alarmsMs = isAgreementDate(kind) ? [30 * DAY_MS, 7 * DAY_MS, DAY_MS] : [DAY_MS, 4 * HOUR_MS, HOUR_MS];
    const link = this.link?.(book, kind, id);
    const entry = { title: `${DEADLINE_TITLE[kind]} (${id})`, at, alarmsMs, cancelled: false };
    return link === undefined ? entry : { ...entry, link };
  }

  private async kept(book: BookName, party: PartyId): Promise<ReadonlyMap<string, KeptEntry>> {
    const { rows } = await this.pool.query<{ uid: string; sequence: number; entry: string; changed_at: Date }>(
      "select uid, sequence, entry, changed_at from calendar_entries where book = $1 and party = $2",
      [book, party],
    );
    return new Map(
      rows.map(({ uid, sequence, entry, changed_at }) => [
        uid,
        { uid, sequence, entry: JSON.parse(entry) as Entry, changedAt: changed_at },
      ]),
    );
  }

  private async keep(book: BookName, party: PartyId, entries: ReadonlyMap<string, Entry>): Promise<void> {
    const texts = [...entries].map(([uid, entry]) => ({ uid, text: JSON.stringify(entry) }));
    await this.pool.query(
      `insert into calendar_entries (book, party, uid, entry, digest)
       select $1, $2, * from unnest($3::text[], $4::text[], $5::text[])
       on conflict (book, party, uid) do update
         set entry = excluded.entry, digest = excluded.digest, sequence = calendar_entries.sequence + 1, changed_at = clock_timestamp()
         where calendar_entries.digest <> excluded.digest`,
      [
        book,
        party,
        texts.map(({ uid }) => uid),
        texts.map(({ text }) => text),
        texts.map(({ text }) => hashOf(text).toString("hex")),
      ],
    );
  }
}

const uidOf = (book: BookName, { kind, id }: PartyDeadline): string => `${book}.${kind}.${id}@offtake`;

function calendarText(
  book: BookName,
  kept: ReadonlyMap<string, KeptEntry>,
  entries: ReadonlyMap<string, Entry>,
): string {
  const calendar = ical({
    name: `Offtake: ${book}`,
    prodId: { company: "Offtake", product: "deadlines", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3_600,
  });
  for (const uid of [...entries.keys()].sort()) {
    const one = kept.get(uid);
    if (one === undefined) continue;
    const { entry, sequence, changedAt } = one;
    const event = calendar.createEvent({
      id: uid,
      sequence,
      stamp: changedAt,
      start: new Date(entry.at - SHOWN_MS),
      end: new Date(entry.at),
      summary: entry.title,
      description: `The last instant in time: ${formatInstant(entry.at)}`,
      status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(entry.link === undefined ? {} : { url: entry.link }),
    });
    if (entry.cancelled) continue;
    for (const ms of entry.alarmsMs)
      event.createAlarm({ type: ICalAlarmType.display, trigger: ms / 1_000, description: entry.title });
  }
  return calendar.toString();
}
