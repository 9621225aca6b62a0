import type { BookEvent } from "../book/events.ts";
import type { AuditedBid, AuditedLot, Finding, Recorded } from "./finding.ts";
import { bidsIn, listAt } from "./finding.ts";

/** What a party was given, in its order; looked at from outside, so of any shape. */
export type AuditedFeed = readonly unknown[];

/**
 * I4: nobody sees a bid of another: not its id, not its prices. The keeper sees what stands in it from its opening on and not
 * before. Prices that a party knows from its own papers (notices to it, its bids, offers, agreements, awards) prove nothing.
 *
 * @param feeds by party; positions of findings count in the feed
 */
export function auditFeeds(history: readonly BookEvent[], feeds: ReadonlyMap<string, AuditedFeed>): Finding[] {
  const papers = new Papers(history);
  return [...feeds].flatMap(([party, feed]) =>
    party === papers.keeper ? auditKeeper(papers, feed) : auditParty(papers, party, feed),
  );
}

function auditParty(papers: Papers, party: string, feed: AuditedFeed): Finding[] {
  const foreign = papers.foreignPrices(party);
  return feed.flatMap((item, position) => {
    const { texts, prices } = leavesOf(item);
    const ids = [...texts].filter((text) => (papers.bids.get(text)?.bidder ?? party) !== party);
    const leaked = [...prices].flatMap((price) => foreign.get(price) ?? []);
    return [
      ...ids.map((id) => finding(position, `${party} was shown the bid of another`, [id, party])),
      ...leaked.map((id) => finding(position, `${party} was shown a price of the bid of another`, [id, party])),
    ];
  });
}

/**
 * Before the opening of a bid the keeper may know that it is there: its id, and nothing that stands in it. Looked for where it
 * would show: in what the keeper is told of the same request.
 */
function auditKeeper(papers: Papers, feed: AuditedFeed): Finding[] {
  const known = new Set(papers.keeperPrices);
  const sealed = new Set(papers.bids.keys());
  return feed.flatMap((item, position) => {
    const { texts, prices } = leavesOf(item);
    if (isOpening(item)) {
      for (const id of texts) {
        for (const price of pricesIn(papers.bids.get(id))) known.add(price);
        sealed.delete(id);
      }
    }
    const news = [...prices].filter((price) => !known.has(price));
    if (news.length === 0) return [];
    return papers
      .bidsAbout(texts)
      .filter((bid) => sealed.has(bid.id) && pricesIn(bid).some((price) => news.includes(price)))
      .map((bid) => finding(position, "the keeper was shown a price of a sealed bid", [bid.id]));
  });
}

function isOpening(item: unknown): boolean {
  const type = typeof item === "object" && item !== null ? (item as { type?: unknown }).type : undefined;
  return type === "bidsOpened" || type === "bidsUnsealed";
}

function finding(position: number, message: string, ids: readonly string[]): Finding {
  return { invariant: "I4", position, message, ids };
}

/** Events that tell of bids after they were opened: the prices in them were sealed before. */
const AFTER_OPENING: ReadonlySet<BookEvent["type"]> = new Set([
  "bidReceived",
  "listBidsReceived",
  "evaluated",
  "awardProposed",
  "awardIssued",
  "noticeSent",
  "clearanceIssued",
]);

/** What of an event the keeper may know whatever bids say; of a proposal, what it proposes without a bid. */
function ofKeeper(event: BookEvent): unknown {
  if (event.type === "awardProposed") return event.lines.filter(({ line }) => line.bid === undefined);
  return AFTER_OPENING.has(event.type) ? undefined : event;
}

/** Which prices each party may know without having seen the bid of another. */
class Papers {
  keeper: string | undefined;
  readonly bids = new Map<string, AuditedBid>();
  readonly keeperPrices = new Set<bigint>();
  private readonly known = new Map<string, Set<bigint>>();
  private readonly agreements = new Map<string, Recorded<"agreementRecorded">["agreement"]>();
  private readonly lots = new Map<string, AuditedLot>();
  private readonly buyers = new Map<string, readonly string[]>();
  private readonly bidsOf = new Map<string, AuditedBid[]>();
  /** By agreement: who took it over, and what was asked and answered under it. */
  private readonly successors = new Map<string, string[]>();
  private readonly correspondence = new Map<string, unknown[]>();
  private readonly notices = new Map<string, Recorded<"noticeSent">["notice"]>();

  constructor(history: readonly BookEvent[]) {
    for (const event of history) {
      this.note(event);
      for (const price of pricesIn(ofKeeper(event))) this.keeperPrices.add(price);
      for (const [party, value] of this.ownPapers(event)) this.learn(party, value);
    }
  }

  /** Prices in bids of others that the party cannot know, with the bid that each stands in. */
  foreignPrices(party: string): Map<bigint, string> {
    const known = this.known.get(party);
    const foreign = new Map<bigint, string>();
    for (const bid of this.bids.values()) {
      if (bid.bidder === party) continue;
      for (const price of pricesIn(bid)) if (known?.has(price) !== true) foreign.set(price, bid.id);
    }
    return foreign;
  }

  /** The bids that are named, and those of a request or a tender that is named. */
  bidsAbout(texts: ReadonlySet<string>): AuditedBid[] {
    return [...new Set([...texts].flatMap((text) => this.bidsOf.get(text) ?? []))];
  }

  private note(event: BookEvent): void {
    if (event.type === "bookOpened") this.keeper = event.header.keeper;
    if (event.type === "agreementRecorded") this.agreements.set(event.agreement.id, event.agreement);
    if (event.type === "noticeSent") {
      this.notices.set(event.notice.id, event.notice);
      listAt(this.correspondence, event.notice.right.agreement).push(event.notice);
    }
    if (event.type === "agreementAssigned" && event.effective) listAt(this.successors, event.agreement).push(event.to);
    if (event.type === "answerReceived") listAt(this.correspondence, this.underOf(event.notice)).push(event.answer);
    if (event.type === "lotFormed" || event.type === "lotRestated") this.lots.set(event.lot.id, event.lot);
    if (event.type === "requestSubmitted") {
      const { id, buyer, sale } = event.request;
      this.buyers.set(id, sale === undefined ? [buyer] : [buyer, sale.to]);
    }
    if (event.type !== "bidReceived" && event.type !== "listBidsReceived") return;
    for (const bid of bidsIn(event)) {
      this.bids.set(bid.id, bid);
      for (const name of [bid.id, bid.tender, event.request]) listAt(this.bidsOf, name).push(bid);
    }
  }

  /** The agreement that a notice was sent under. */
  private underOf(notice: string): string {
    return this.notices.get(notice)?.right.agreement ?? "";
  }

  private learn(party: string, value: unknown): void {
    const prices = this.known.get(party) ?? new Set();
    this.known.set(party, prices);
    for (const price of pricesIn(value)) prices.add(price);
  }

  /** What of an event is a party's own paper, or addressed to it. */
  private ownPapers(event: BookEvent): readonly (readonly [party: string, paper: unknown])[] {
    switch (event.type) {
      case "agreementRecorded": {
        const { id, buyer, provider, otherParties } = event.agreement;
        // Whoever has taken it over is told of every later version.
        const parties = [buyer, provider, ...otherParties, ...(this.successors.get(id) ?? [])];
        return parties.map((party) => [party, event.agreement] as const);
      }
      case "agreementAssigned":
        if (!event.effective) return [];
        return [[event.to, [this.agreements.get(event.agreement), this.correspondence.get(event.agreement)]]];
      case "requestSubmitted":
      case "requestRevised":
        return [
          [event.request.buyer, event.request],
          [event.request.sale?.to ?? event.request.buyer, event.request],
        ];
      case "offerListed":
        return [[event.offer.provider, event.offer]];
      case "standingAnswerGiven":
        return [[event.standing.party, event.standing]];
      case "noticeSent": {
        const successors = this.successors.get(event.notice.right.agreement) ?? [];
        return [event.notice.holder, ...successors].map((party) => [party, event.notice] as const);
      }
      case "answerReceived": {
        const holder = this.notices.get(event.notice)?.holder ?? event.by;
        const successors = this.successors.get(this.underOf(event.notice)) ?? [];
        return [event.by, holder, ...successors].map((party) => [party, event.answer] as const);
      }
      case "tenderOpened": {
        const terms = event.tender.lots.map(({ lot }) => this.lots.get(lot)?.terms);
        return event.invitations.map(({ provider }) => [provider, terms] as const);
      }
      case "bidReceived":
      case "listBidsReceived":
        return bidsIn(event).map((bid) => [bid.bidder, bid] as const);
      case "awardIssued": {
        const buyers = this.buyers.get(event.award.request) ?? [];
        return event.award.lines.flatMap((line) => [line.provider, ...buyers].map((party) => [party, line] as const));
      }
      default:
        return [];
    }
  }
}

function pricesIn(value: unknown): readonly bigint[] {
  return [...leavesOf(value).prices];
}

/**
 * Every text in a value, and every amount of money above zero: what stands under `micros` or `microsPerHour`. Nothing stands
 * everywhere, and gives no price away.
 */
function leavesOf(value: unknown): { readonly texts: Set<string>; readonly prices: Set<bigint> } {
  const texts = new Set<string>();
  const prices = new Set<bigint>();
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === "string") texts.add(next);
    if (typeof next !== "object" || next === null) continue;
    const entries = next instanceof Map ? next.entries() : Object.entries(next);
    for (const [name, inner] of entries) {
      if (typeof inner === "bigint" && (name === "micros" || name === "microsPerHour")) {
        if (inner > 0n) prices.add(inner);
      } else rest.push(inner);
    }
  }
  return { texts, prices };
}
