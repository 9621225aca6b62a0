/** An event as a calendar file holds it: what is needed to write it again, and to see whether it has changed. */
export interface HeldEvent {
  readonly uid: string;
  readonly sequence: number;
  /** `20261204T010000Z` */
  readonly start: string;
  readonly end: string;
  readonly stamp: string;
  readonly summary: string;
  readonly description: string;
  readonly cancelled: boolean;
}

/**
 * The events of a calendar file that this command has written before. Undefined where the text is no calendar of ours: it is not
 * written over.
 */
export function heldEvents(text: string): readonly HeldEvent[] | undefined {
  // RFC 5545, section 3.1: a line that begins with a blank goes on with the line before.
  const lines = text.replaceAll(/\r?\n[ \t]/g, "").split(/\r?\n/);
  if (lines[0] !== "BEGIN:VCALENDAR" || !lines.some((line) => line.startsWith("PRODID:") && line.includes("Offtake")))
    return undefined;
  const events: HeldEvent[] = [];
  let fields: Map<string, string> | undefined;
  let depth = 0;
  for (const line of lines) {
    if (line === "BEGIN:VEVENT") fields = new Map();
    else if (line.startsWith("BEGIN:")) depth += 1;
    else if (line === "END:VEVENT" && fields !== undefined) {
      events.push(eventOf(fields));
      fields = undefined;
    } else if (line.startsWith("END:")) depth -= 1;
    else if (fields !== undefined && depth === 1) {
      const [, name = "", value = ""] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
      fields.set(name, value);
    }
  }
  return events;
}

function eventOf(fields: ReadonlyMap<string, string>): HeldEvent {
  const field = (name: string): string => fields.get(name) ?? "";
  return {
    uid: field("UID"),
    sequence: Number(field("SEQUENCE")) || 0,
    start: field("DTSTART"),
    end: field("DTEND"),
    stamp: field("DTSTAMP"),
    summary: unescaped(field("SUMMARY")),
    description: unescaped(field("DESCRIPTION")),
    cancelled: field("STATUS") === "CANCELLED",
  };
}

/** RFC 5545, section 3.3.11. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([nN;,\\])/g, (_, one: string) => (one.toLowerCase() === "n" ? "\n" : one));

/** `20261204T010000Z` of an instant in milliseconds; parts of a second are left out. */
export function stampOf(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().replaceAll(/[-:]/g, "").slice(0, 15)}Z`;
}

/** The inverse of `stampOf`. */
export function dateOfStamp(stamp: string): Date {
  return new Date(stamp.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
