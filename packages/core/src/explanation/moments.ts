import {
  deadlineText,
  endText,
  momentText,
  parseZone,
  spanText,
  UTC,
  type ZoneId,
  zonedText,
} from "../calendar/index.ts";
import { formatInstant, type Instant, type TimeWindow } from "../kernel/index.ts";

/**
 * Instants in a text under construction. They are put into words when the explanation is finished, in the zone of the book, or of the
 * clause where one is given; in UTC they stay beside the text. The marks are control characters, which no document may hold.
 */
const MARK = /\u0002([aexd]) (-?\d+) (\S*)\u0003|\u0002w (-?\d+) (-?\d+)\u0003/g;

/** When something happened: without parts of a second. */
export const moment = (at: Instant, zone = ""): string => `\u0002a ${at} ${zone}\u0003`;

/** To the millisecond: where that decides whether something was in time. */
export const exactly = (at: Instant, zone = ""): string => `\u0002e ${at} ${zone}\u0003`;

/** An end that is outside: "Fri 31 Dec 2027 24:00 PST". */
export const ending = (at: Instant, zone = ""): string => `\u0002x ${at} ${zone}\u0003`;

/** The last instant in time. */
export const lastly = (at: Instant, zone = ""): string => `\u0002d ${at} ${zone}\u0003`;

/** "from Fri 1 Jan 2027 to Fri 31 Dec 2027". */
export const span = ({ from, to }: TimeWindow): string => `\u0002w ${from} ${to}\u0003`;

const SAID: Readonly<Record<string, (zone: ZoneId, at: Instant) => string>> = {
  a: momentText,
  e: zonedText,
  x: endText,
  d: deadlineText,
};

export interface Spoken {
  readonly text: string;
  /** The instants of the text in RFC 3339, in its order. */
  readonly utc: readonly string[];
}

/** A text with its instants in words, by the clock of a zone. */
export function spoken(text: string, zoneName: string): Spoken {
  const book = parseZone(zoneName) ?? UTC;
  const utc: string[] = [];
  const words = text.replace(MARK, (_, kind?: string, at?: string, zone?: string, from?: string, to?: string) => {
    if (kind === undefined) {
      const window = { from: Number(from) as Instant, to: Number(to) as Instant };
      utc.push(formatInstant(window.from), formatInstant(window.to));
      return spanText(book, window);
    }
    const instant = Number(at) as Instant;
    utc.push(formatInstant(instant));
    const own: ZoneId = zone === undefined || zone === "" ? book : (parseZone(zone) ?? book);
    return (SAID[kind] ?? momentText)(own, instant);
  });
  return { text: words, utc };
}
