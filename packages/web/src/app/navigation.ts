import type { ICONS } from "./icons.tsx";
import type { BookEntry } from "./broker.ts";
import { mayCall } from "./may.ts";

export interface Place {
  readonly to:
    | "/try"
    | "/queue"
    | "/requests"
    | "/offers"
    | "/agreements"
    | "/awards"
    | "/approvals"
    | "/evidence"
    | "/dates"
    | "/position"
    | "/capacity"
    | "/prices"
    | "/admin/members"
    | "/admin/keys"
    | "/admin/webhooks"
    | "/admin/system";
  readonly label: string;
  readonly icon: keyof typeof ICONS;
}

/** The story of a first visit: the one with the six cards. */
export const FIRST_STORY = "aurora";

export interface PlaceGroup {
  readonly label: string | undefined;
  readonly places: readonly Place[];
}

/**
 * Where somebody can go: what its party does in this book, what stands on record, and what its own roles look after. What is not listed is
 * not secret, only not this person's work; the broker itself says who may see what.
 */
export function placesOf(
  book: Pick<BookEntry, "isKeeper" | "kind"> | undefined,
  roles: readonly string[],
  story: string | undefined,
): readonly PlaceGroup[] {
  const asks = book === undefined || book.isKeeper;
  const answers = book !== undefined && (!book.isKeeper || book.kind === "provider");
  const work: readonly Place[] = [
    ...(story === FIRST_STORY ? [{ to: "/try", label: "Try it", icon: "try" } as const] : []),
    { to: "/queue", label: "Queue", icon: "queue" },
    ...(asks ? [{ to: "/requests", label: "Requests", icon: "requests" } as const] : []),
    ...(answers ? [{ to: "/offers", label: "Offers", icon: "inbox" } as const] : []),
    { to: "/awards", label: "Awards", icon: "awards" },
    // A story in the page has nobody who could agree.
    ...(story === undefined ? [{ to: "/approvals", label: "Approvals", icon: "approvals" } as const] : []),
  ];
  const record: readonly Place[] = [
    { to: "/agreements", label: "Agreements", icon: "agreements" },
    { to: "/dates", label: "Dates", icon: "dates" },
    ...(asks ? [{ to: "/position", label: "Position", icon: "position" } as const] : []),
    { to: "/capacity", label: "Capacity", icon: "capacity" },
    { to: "/prices", label: "Prices", icon: "prices" },
    { to: "/evidence", label: "Evidence", icon: "evidence" },
  ];
  // A story in the page has no people and nobody to send to: nothing of the office.
  const admin: readonly Place[] = [
    ...(roles.includes("admin") && story === undefined
      ? ([
          { to: "/admin/members", label: "Members", icon: "people" },
          { to: "/admin/keys", label: "API keys", icon: "keys" },
          { to: "/admin/webhooks", label: "Webhooks", icon: "webhooks" },
        ] as const)
      : []),
    ...(story !== undefined ? [] : [{ to: "/admin/system", label: "System", icon: "system" } as const]),
  ];
  return [
    { label: undefined, places: work },
    { label: "On record", places: record },
    { label: "Administration", places: admin },
  ]
    .map(({ label, places }) => ({ label, places: places.filter(({ to }) => isFor(roles, to)) }))
    .filter(({ places }) => places.length > 0);
}

/** What a place reads first: who may not read that has nothing to do there. */
const READS: Readonly<Partial<Record<Place["to"], readonly string[]>>> = {
  "/queue": ["queueRead"],
  "/requests": ["requestList"],
  "/offers": ["noticeList"],
  "/awards": ["awardList"],
  "/approvals": ["approvalRuleList"],
  "/agreements": ["agreementList"],
  "/dates": ["dateList"],
  "/position": ["positionRead"],
  "/capacity": ["capacityRead"],
  "/prices": ["offerList"],
  "/evidence": ["feedRead", "requestList"],
};

const isFor = (roles: readonly string[], to: Place["to"]): boolean =>
  READS[to]?.some((operation) => mayCall(roles, operation)) ?? true;

/** Where somebody begins who has these roles: with what waits, with what was granted, with the people, or with the machine. */
export function firstPlace(roles: readonly string[], story: string | undefined): Place["to"] {
  if (story === FIRST_STORY) return "/try";
  const first = (["/queue", "/requests"] as const).find((to) => isFor(roles, to));
  return first ?? (roles.includes("admin") ? "/admin/members" : "/admin/system");
}
