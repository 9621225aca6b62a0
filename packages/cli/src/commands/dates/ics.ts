import { existsSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { NameOf } from "@offtake/core/explanation";
import { DAY_MS, type Instant } from "@offtake/core/kernel";
import ical, { ICalAlarmType, type ICalCalendar, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { readText } from "../../documents/files.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, fileFailure, type Outcome } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { dateOfStamp, type HeldEvent, heldEvents, stampOf } from "./calendar-file.ts";
import { dueText, type Entry, placeText } from "./entries.ts";

interface Frame {
  readonly nameOf: NameOf;
  readonly keeper: string;
  readonly now: Instant;
}

/** What has to be done shows for half an hour before the instant itself, which is its end. */
const SHOWN_MS = 30 * 60_000;
/** Days before what the keeper has to do, and before what happens by itself. */
const ALARM_DAYS = { act: [30, 7, 1], fact: [7] } as const;

/**
 * Writes dates as a calendar. A file that this command has written before is its memory: what has moved keeps its UID and counts its
 * SEQUENCE up, what is unchanged stays byte for byte, what is gone and not yet over is cancelled.
 *
 * @returns a sentence about what was written
 */
export function writeCalendar(io: Io, file: string, entries: readonly Entry[], frame: Frame): Outcome<string> {
  if (file === "-") {
    io.out(
      calendarText(
        entries.map((entry) => eventFor(entry, frame, undefined)),
        frame,
      ),
    );
    return done("");
  }
  const path = resolve(io.cwd, file);
  let held: readonly HeldEvent[] = [];
  if (existsSync(path)) {
    const text = readText(file, io.cwd);
    if (!text.ok) return failed(fileFailure(text.problem));
    const found = heldEvents(text.value.text);
    if (found === undefined) {
      const message = `${file} is there and is no calendar that this command has written: it is left as it is`;
      return failed({ code: "file_exists", message, exit: EXIT.usage });
    }
    held = found;
  }
  const before = new Map(held.map((one) => [one.uid, one]));
  const events = entries.map((entry) => eventFor(entry, frame, before.get(uidOf(entry))));
  const current = new Set(events.map(({ uid }) => uid));
  const gone = held.filter(({ uid, end }) => !current.has(uid) && end > stampOf(frame.now));
  const cancelled = gone.map((one) => (one.cancelled ? one : changed({ ...one, cancelled: true }, one, frame)));
  try {
    // Whoever has subscribed to the file never reads half of it.
    writeFileSync(`${path}.part`, calendarText([...events, ...cancelled], frame));
    renameSync(`${path}.part`, path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code !== "string") throw cause;
    return failed({ code: "file_unwritable", message: `${file}: it cannot be written (${code})`, exit: EXIT.failed });
  }
  const fresh = events.filter(({ uid }) => !before.has(uid)).length;
  const moved = events.filter(({ uid, sequence }) => before.has(uid) && before.get(uid)?.sequence !== sequence).length;
  const ended = gone.filter((one) => !one.cancelled).length;
  return done(`${file}: ${countOf(events.length, "event")}, ${fresh} new, ${moved} changed, ${ended} cancelled`);
}

const uidOf = ({ date }: Entry): string => `${date.id.replaceAll(/[^\w./-]/g, "_")}@offtake`;

function eventFor(entry: Entry, frame: Frame, before: HeldEvent | undefined): HeldEvent & { readonly act: boolean } {
  const act = entry.urgency !== "fact";
  const event: HeldEvent = {
    uid: uidOf(entry),
    sequence: 0,
    start: stampOf(entry.due - SHOWN_MS),
    end: stampOf(entry.due),
    stamp: stampOf(frame.now),
    summary: `${act ? "Act: " : ""}${entry.title}: ${placeText(entry)}`,
    description: descriptionOf(entry, frame.nameOf),
    cancelled: false,
  };
  return { ...(before === undefined ? event : changed(event, before, frame)), act };
}

/** The event as it was where nothing about it has changed, else with the next number. */
function changed(event: HeldEvent, before: HeldEvent, { now }: Frame): HeldEvent {
  const same = (["start", "end", "summary", "description", "cancelled"] as const).every(
    (key) => event[key] === before[key],
  );
  return same ? before : { ...event, sequence: before.sequence + 1, stamp: stampOf(now) };
}

function descriptionOf(entry: Entry, nameOf: NameOf): string {
  const { date, silence } = entry;
  const { send, recipient } = date;
  return [
    send === undefined || recipient === undefined
      ? `At ${dueText(entry)}.`
      : `Send to ${nameOf(recipient)} by ${dueText(entry)}, by ${send.channels.join(", then ")}.`,
    ...(silence === undefined ? [] : [silence]),
    ...(date.owner === undefined ? [] : [`Owner: ${date.owner}.`]),
    ...(date.unconfirmedReading ? ["Nobody has confirmed the reading of the clause."] : []),
  ].join("\n");
}

function calendarText(events: readonly (HeldEvent & { readonly act?: boolean })[], { keeper }: Frame): string {
  const calendar = ical({
    name: `Contract dates of ${keeper}`,
    prodId: { company: "Offtake", product: "dates", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const event of [...events].sort((a, b) => (a.end < b.end || (a.end === b.end && a.uid < b.uid) ? -1 : 1)))
    addEvent(calendar, event);
  return `${calendar.toString().replace(/(\r\n)?$/, "")}\r\n`;
}

function addEvent(calendar: ICalCalendar, event: HeldEvent & { readonly act?: boolean }): void {
  const added = calendar.createEvent({
    id: event.uid,
    sequence: event.sequence,
    stamp: dateOfStamp(event.stamp),
    start: dateOfStamp(event.start),
    end: dateOfStamp(event.end),
    summary: event.summary,
    description: event.description,
    status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  if (event.cancelled) return;
  for (const days of event.act === true ? ALARM_DAYS.act : ALARM_DAYS.fact)
    added.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: (days * DAY_MS) / 1000,
      description: event.summary,
    });
}
