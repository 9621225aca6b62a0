import type { ViewKind } from "@offtake/core/disclosure";
import { DAY_MS, type Instant, type PartyId } from "@offtake/core/kernel";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";

/** Something that a party has to have done by an instant, or that happens then. Known from the party's own view. */
export interface PartyDeadline {
  readonly kind: DeadlineKind;
  readonly id: string;
  /** The last instant in time, or that at which it happens. */
  readonly at: Instant;
  /** When it began to run, in the party's own view: what half of it is counted from. */
  readonly since: Instant;
  readonly agreement?: string;
}

/** Kinds of objects whose deadlines people are reminded of. */
export const DEADLINE_KINDS = [
  "notices",
  "invitations",
  "bids",
  "awards",
  "agreements",
  "waivers",
] as const satisfies readonly ViewKind[];
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** What it is, in words that hold no price, no count and nobody's name: they may stand in a chat. */
export const DEADLINE_TITLE: Readonly<Record<DeadlineKind, string>> = {
  notices: "Answer to a notice",
  invitations: "Close of bids",
  bids: "A bid runs out",
  awards: "An award is conditional until then",
  agreements: "An agreement ends",
  waivers: "A waiver ends",
};

/** Windows are hours and days; dates of agreements are told months ahead. */
export const isAgreementDate = (kind: DeadlineKind): boolean => kind === "agreements" || kind === "waivers";

const PAGE = 500;

/** Deadlines of a party from an instant on, up to a number of days after it, of each kind in their order. */
export async function deadlinesOf(
  feeds: Pick<FeedStore, "listObjects">,
  book: BookName,
  party: PartyId,
  from: Instant,
  days: number,
): Promise<readonly PartyDeadline[]> {
  const found: PartyDeadline[] = [];
  for (const kind of DEADLINE_KINDS) {
    let after: string | undefined;
    do {
      const page = await feeds.listObjects(book, party, {
        kind,
        order: "deadline",
        limit: PAGE,
        dueFrom: from,
        dueBefore: (from + days * DAY_MS) as Instant,
        ...(after === undefined ? {} : { after }),
      });
      for (const { id, deadline, updatedAt, agreement } of page.objects) {
        if (deadline === undefined) continue;
        found.push({ kind, id, at: deadline, since: updatedAt, ...(agreement === undefined ? {} : { agreement }) });
      }
      after = page.next;
    } while (after !== undefined);
  }
  return found;
}
