import { datesWorld } from "@offtake/core/book";
import { dayText, localDate } from "@offtake/core/calendar";
import { type ContractDate, type Dates, datesOf } from "@offtake/core/dates";
import type { NameOf } from "@offtake/core/explanation";
import { addMs, DAY_MS, type Instant, type TimeWindow } from "@offtake/core/kernel";
import { Play } from "@offtake/sim/cases";
import { bookFiles, type LoadedBook, loadBook } from "../../documents/book.ts";
import { documented } from "@offtake/wire/documented";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { styleOf } from "../../terminal/style.ts";
import { dueText, type Entry, entryOf } from "./entries.ts";
import { writeCalendar } from "./ics.ts";
import { tellEntries, unknownText } from "./text.ts";
import { startOf, windowOf } from "./window.ts";

export interface DatesOptions {
  readonly within: string;
  readonly from?: string;
  readonly owner?: string;
  readonly ics?: string;
  readonly json?: true;
}

/** Lists the dates of a book; exits with 1 where one cannot be worked out, after all that can be. */
export async function dates(io: Io, path: string | undefined, options: DatesOptions): Promise<ExitCode> {
  const json = options.json === true;
  const outcome = await gather(io, path, options);
  if (!outcome.ok) return tellFailure(io, outcome.failure, json);
  const { book, window, found } = outcome.value;
  const names = new Map(book.book.parties.map(({ party }) => [party.id, party.name]));
  const nameOf: NameOf = (party) => names.get(party) ?? party;
  const { keeper } = book.book.header;
  const entries = found.dates
    .map((date) => entryOf(withDefaults(date, book), keeper, nameOf, window.from))
    .filter(({ date }) => options.owner === undefined || isOf(date.owner, options.owner));
  if (options.ics !== undefined) {
    const written = writeCalendar(io, options.ics, entries, { nameOf, keeper: nameOf(keeper), now: window.from });
    if (!written.ok) return tellFailure(io, written.failure, json);
    if (options.ics === "-") return told(io, found);
    io.err(`${written.value}\n`);
  }
  if (json) io.out(jsonText(documented(jsonOf(entries, found, window))));
  else {
    const owners = [...new Set(found.dates.flatMap(({ owner }) => owner ?? []))].sort();
    const { zone } = book.book.header;
    tell(io, entries, { window, nameOf, keeper: nameOf(keeper), zone, owner: options.owner, owners });
  }
  return told(io, found);
}

/** A date of an agreement's renewal rests on what the agreement leaves open there; the core knows only the defaults of clauses. */
function withDefaults(date: ContractDate, { book }: LoadedBook): ContractDate {
  if (date.clause !== undefined || date.what.kind !== "last-notice") return date;
  const reading = book.agreements.find(
    ({ agreement }) => agreement.id === date.agreement && agreement.version === date.version,
  );
  return { ...date, defaults: (reading?.defaults ?? []).filter((name) => name.startsWith("renewal.")) };
}

interface Gathered {
  readonly book: LoadedBook;
  readonly window: TimeWindow;
  readonly found: Dates;
}

async function gather(io: Io, path: string | undefined, options: DatesOptions): Promise<Outcome<Gathered>> {
  const files = bookFiles(path ?? ".", io.cwd);
  if (!files.ok && path === undefined && ["no_documents", "no_book"].includes(files.failure.code)) {
    const message = "this folder holds no book: name one (offtake dates my-book/), or make one (offtake init my-book)";
    return failed({ code: "no_book", message, exit: EXIT.notFound });
  }
  if (!files.ok) return files;
  const loaded = await loadBook(files.value, io.cwd);
  if (!loaded.ok) return loaded;
  const { header } = loaded.value.book;
  const from = startOf(options.from, header.zone);
  if (!from.ok) return from;
  const window = windowOf(from.value, options.within, header.zone);
  if (!window.ok) return window;
  const play = new Play("dates");
  const refused = play.open(loaded.value.book, from.value);
  if (refused !== undefined) {
    const { code, detail } = refused.rejection;
    const message = `the book cannot be set up, ${refused.command} would be rejected: ${detail.replace(/\.$/, "")}`;
    return failed({ code, message, exit: EXIT.invalid });
  }
  const found = datesOf(datesWorld(play.book.state, header.keeper), window.value);
  return done({ book: loaded.value, window: window.value, found });
}

/** Without regard to case; `-` is what nobody looks after. */
function isOf(owner: string | undefined, asked: string): boolean {
  if (asked === "-") return owner === undefined;
  return owner?.toLowerCase() === asked.toLowerCase();
}

interface Frame {
  readonly window: TimeWindow;
  readonly nameOf: NameOf;
  readonly keeper: string;
  readonly zone: Parameters<typeof localDate>[0];
  readonly owner: string | undefined;
  /** Of all dates in the window. */
  readonly owners: readonly string[];
}

function tell(io: Io, entries: readonly Entry[], { window, nameOf, keeper, zone, owner, owners }: Frame): void {
  const style = styleOf(io);
  const day = (at: Instant): string => dayText(localDate(zone, at));
  const whose = owner === undefined ? keeper : owner === "-" ? `${keeper}, without an owner` : `${keeper}, ${owner}`;
  io.out(`${style.strong(`Dates of ${whose}`)}: ${day(window.from)} to ${day(addMs(window.to, -1))}\n\n`);
  tellEntries(io, entries, nameOf);
  const acts = entries.filter(({ urgency }) => urgency !== "fact");
  const [next] = acts;
  if (entries.length === 0) {
    const others = owners.length === 0 ? "" : ` Owners with dates in it: ${owners.join(", ")}.`;
    io.out(`Nothing falls in this time.${others} Look further ahead: offtake dates --within ${further(window)}\n`);
    return;
  }
  const count = `${countOf(entries.length, "date")}, ${acts.length} of them for ${keeper} to act on`;
  io.out(`\n${count}${next === undefined ? "" : `; the next by ${dueText(next)}`}.\n`);
  io.out(
    style.quiet(
      "✕✕ too late to be safe   !! within 14 days   !  within 45 days   ·  later   (no mark) happens by itself\n",
    ),
  );
}

function told(io: Io, { unknown }: Dates): ExitCode {
  for (const one of unknown) io.err(`${styleOf(io).bad("offtake:")} ${unknownText(one)}\n`);
  return unknown.length === 0 ? EXIT.ok : EXIT.failed;
}

function jsonOf(entries: readonly Entry[], { unknown }: Dates, window: TimeWindow): unknown {
  return {
    from: window.from,
    to: window.to,
    dates: entries.map(({ date, due, zone, title, silence, inDays, urgency, own }) => {
      const { id, what, agreement, version, clause, owner, actor, recipient, form, at, send } = date;
      const place = { id, kind: what.kind, title, agreement, version, clause, owner, actor, recipient };
      const when = { due, dueZone: zone, at, atIs: form, zone: date.zone, sendBy: send?.by, channels: send?.channels };
      const meaning = { silence, urgency, inDays, own, unconfirmed: date.unconfirmedReading, defaults: date.defaults };
      return { ...place, ...when, ...meaning, what };
    }),
    unknown: unknown.map((one) => ({ ...one, message: unknownText(one) })),
  };
}

/** A longer time to look at than the one in which there was nothing. */
function further({ from, to }: TimeWindow): string {
  return to - from < 365 * DAY_MS ? "1y" : "10y";
}
