import type { DisclosedEvent } from "@offtake/core/disclosure";
import { formatInstant, type PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";

/** What an endpoint is told: that something happened, and where to read it. No price, no count, no other party. */
export interface ThinPayload {
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly book: BookName;
    readonly party: PartyId;
    /** Place in the party's own feed. */
    readonly position: number;
    readonly object?: { readonly kind: string; readonly id: string };
  };
}

/** `ownNoticeSent` and `noticeSent` are `notice.sent`; `awardHeldForDecision` is `award.held_for_decision`. */
export function eventTypeOf(type: DisclosedEvent["type"]): string {
  const words = type
    .replace(/^own(?=[A-Z])/, "")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()
    .split(" ");
  const [first = "", ...rest] = words;
  return rest.length === 0 ? first : `${first}.${rest.join("_")}`;
}

/** Which field names the object of an event, the nearest first. */
const OBJECTS = [
  "notice",
  "bid",
  "award",
  "invitation",
  "hold",
  "clearance",
  "tender",
  "lot",
  "request",
  "agreement",
  "waiver",
  "offer",
  "block",
  "party",
] as const;

export function payloadOf(book: BookName, party: PartyId, position: number, event: DisclosedEvent): ThinPayload {
  const object = objectOf(event as unknown as Readonly<Record<string, unknown>>);
  return {
    type: eventTypeOf(event.type),
    timestamp: formatInstant(event.at),
    data: { book, party, position, ...(object === undefined ? {} : { object }) },
  };
}

function objectOf(
  event: Readonly<Record<string, unknown>>,
): { readonly kind: string; readonly id: string } | undefined {
  for (const kind of OBJECTS) {
    const value = event[kind];
    if (typeof value === "string") return { kind, id: value };
    if (typeof value === "object" && value !== null && "id" in value && typeof value.id === "string")
      return { kind, id: value.id };
  }
  return undefined;
}
