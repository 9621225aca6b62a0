import type { BookEvent, Command } from "@offtake/core/book";
import { feedsOf } from "@offtake/core/disclosure";
import { canonicalText, type PartyId } from "@offtake/core/kernel";
import { type BookRecord, MemoryBook } from "../memory-book/index.ts";

/** Two runs of one market that differ in one sealed bid, which wins in neither. */
export interface TwoWorlds {
  readonly bidder: PartyId;
  readonly keeper: PartyId;
  readonly one: readonly BookEvent[];
  readonly other: readonly BookEvent[];
  /** The logs of both: one record for each command that left something. */
  readonly logs: readonly [readonly BookRecord[], readonly BookRecord[]];
}

type Placed = Extract<Command, { type: "placeBid" }>;

/**
 * The same market with one losing bid a millionth dearer, where that changes nothing else that is decided; undefined for a market
 * without such a bid.
 */
export function otherWorld(book: MemoryBook, seed: string): TwoWorlds | undefined {
  const history = book.history();
  const won = new Set(
    history.flatMap((event) => (event.type === "awardIssued" ? event.award.lines.map((line) => line.bid) : [])),
  );
  const told = new Set(history.flatMap((event) => (event.type === "noticeSent" ? [event.notice.thirdParty?.bid] : [])));
  for (const record of book.records()) {
    const event = record.events.find(
      (one) => one.type === "bidReceived" && one.verdict === "sealed" && !one.bid.standing,
    );
    if (record.type !== "placeBid" || event?.type !== "bidReceived" || won.has(event.bid.id) || told.has(event.bid.id))
      continue;
    const commands = book.commands.map((command) =>
      command.type === "placeBid" && command.key === record.key ? dearer(command) : command,
    );
    const other = replayed(seed, commands);
    if (outcomes(other.history()) !== outcomes(history)) continue;
    return {
      bidder: event.bid.bidder,
      keeper: book.state.header?.keeper ?? event.bid.bidder,
      one: history,
      other: other.history(),
      logs: [book.records(), other.records()],
    };
  }
  return undefined;
}

function replayed(seed: string, commands: readonly Command[]): MemoryBook {
  const book = new MemoryBook(seed);
  for (const command of commands) book.perform(command);
  return book;
}

function dearer(command: Placed): Placed {
  const lines = command.bid.lines.map((line) => ({
    ...line,
    tiers: line.tiers.map((tier) => ({ ...tier, rate: { ...tier.rate, microsPerHour: tier.rate.microsPerHour + 1n } })),
  }));
  return { ...command, bid: { ...command.bid, lines } };
}

/** Everything that became of the requests: where this is the same, nothing but the bid differs. */
function outcomes(history: readonly BookEvent[]): string {
  const kinds = new Set([
    "awardIssued",
    "noticeSent",
    "noticeClosed",
    "requestClosed",
    "improvementAsked",
    "extensionAsked",
    "bidVoided",
  ]);
  return canonicalText(history.filter((event) => kinds.has(event.type)));
}

/** The parties whose feeds differ although they have nothing to do with the bid. */
export function whoCanTell({ bidder, keeper, one, other }: TwoWorlds): PartyId[] {
  const [before, after] = [feedsOf(one), feedsOf(other)];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (party) =>
      party !== bidder &&
      party !== keeper &&
      canonicalText(before.get(party) ?? []) !== canonicalText(after.get(party) ?? []),
  );
}
