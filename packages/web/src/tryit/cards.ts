import type { Schemas } from "@offtake/client";

/** What the broker has told so far, to its keeper and to the bidder of the story. */
export interface TriedSoFar {
  readonly requests: readonly Schemas["Request"][];
  readonly notices: readonly Schemas["Notice"][];
  /** Of the bidder. */
  readonly invitations: readonly Schemas["Invitation"][];
  readonly bids: readonly Schemas["Bid"][];
}

export type CardId = "submit" | "answer" | "clock" | "bid" | "award" | "evidence";

export interface Card {
  readonly id: CardId;
  readonly state: "done" | "next" | "later";
  /** The request that it is about. */
  readonly request?: string;
  /** The notice to answer, or the invitation to bid on. */
  readonly object?: string;
  /** Who must be played for it. */
  readonly as?: string;
}

const ENDED: ReadonlySet<string> = new Set(["sent", "open"]);

/**
 * The six steps of a first visit, each made of what has been told: a step is done when what it asks for has happened, in whatever way. The
 * first one that is not is next.
 */
export function cardsOf({ requests, notices, invitations, bids }: TriedSoFar): readonly Card[] {
  const request = requests.toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt))[0];
  const own = notices.filter(({ view }) => view.as === "keeper" && view.notice.request === request?.id);
  const open = own.find(({ status }) => ENDED.has(status));
  const invitation = invitations.find(({ status }) => status === "open") ?? invitations[0];
  const tenders = request?.view.tenders ?? [];
  const isAwarded = (request?.view.awards.length ?? 0) > 0;
  const facts: Readonly<Record<CardId, boolean>> = {
    submit: request !== undefined,
    answer: own.some(({ view }) => view.answers.length > 0) || (own.length > 0 && open === undefined),
    clock: own.length > 0 && open === undefined,
    bid: isAwarded || bids.some(({ status }) => status !== "withdrawn"),
    award: isAwarded,
    evidence: false,
  };
  const ids: readonly CardId[] = ["submit", "answer", "clock", "bid", "award", "evidence"];
  const next = ids.find((id) => !facts[id]);
  const holder = open?.view.as === "keeper" ? open.view.notice.holder : undefined;
  const about: Readonly<Record<CardId, Partial<Card>>> = {
    submit: {},
    answer: open === undefined || holder === undefined ? {} : { object: open.id, as: holder },
    clock: {},
    bid: invitation === undefined || tenders.length === 0 ? {} : { object: invitation.id },
    award: {},
    evidence: {},
  };
  return ids.map((id) => ({
    id,
    state: facts[id] ? "done" : id === next ? "next" : "later",
    ...(request === undefined ? {} : { request: request.id }),
    ...about[id],
  }));
}
