import type { AgreementVersion } from "@offtake/core/agreements";
import type { Command, CommandBody, NoticeState, RequestState } from "@offtake/core/book";
import type { CapacityBlock } from "@offtake/core/capacity";
import { canonicalText, type Instant, type PartyId, Random } from "@offtake/core/kernel";
import { MemoryBook, type Receipt } from "../memory-book/index.ts";
import { drawPauseMs, MARKET_OPENS } from "./clock.ts";
import { drawRates, type OddThing, type Rates } from "./rates.ts";

/**
 * What a market has beyond what every one has: products that are announced and ship first on some, or rights that are taken month by
 * month.
 */
export type MarketKind = "usual" | "releases" | "months";

/** What is submitted with a command where it is not what a well-behaved client would send. */
export interface Oddity {
  readonly at?: Instant;
  readonly receivedAt?: Instant;
  readonly key?: string;
}

/** A market that could not be played to its end: the core threw at its last command, or a request stays open. */
export class Broken extends Error {
  readonly commands: readonly Command[];
  readonly isThrown: boolean;

  constructor(commands: readonly Command[], isThrown: boolean, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.commands = commands;
    this.isThrown = isThrown;
  }

  get command(): Command {
    return this.commands[this.commands.length - 1] as Command;
  }
}

/** One market being played: its book, its clock, its dice, and what the players remember. */
export class Play {
  readonly book: MemoryBook;
  readonly random: Random;
  readonly rates: Rates;
  now = MARKET_OPENS;
  /** While true, odd things happen. */
  odd = true;
  readonly providers: PartyId[] = [];
  readonly hosts: PartyId[] = [];
  readonly agreements = new Map<string, AgreementVersion>();
  readonly blocks: CapacityBlock[] = [];
  /** Notices and bids that were open once, for those that come back to them too late. */
  readonly past: { readonly notices: string[]; readonly bids: string[]; readonly awards: string[] } = {
    notices: [],
    bids: [],
    awards: [],
  };
  /** Dice of their own for releases of products, so that markets without them stay what they were. */
  readonly releases: Random | undefined;
  /** Dice of their own for rights by month, for the same reason. */
  readonly months: Random | undefined;
  private given = 0;

  constructor(seed: string, kind: MarketKind = "usual") {
    this.releases = kind === "releases" ? new Random(`releases ${seed}`) : undefined;
    this.months = kind === "months" ? new Random(`months ${seed}`) : undefined;
    this.book = new MemoryBook(seed);
    this.random = new Random(`market ${seed}`);
    this.rates = drawRates(this.random);
  }

  get keeper(): PartyId {
    return this.book.state.header?.keeper ?? ("lab" as PartyId);
  }

  /** Whether an odd thing happens now, by its rate. */
  does(thing: OddThing, outOf = 10): boolean {
    return this.odd && this.random.chance(this.rates[thing], Math.max(outOf, 8));
  }

  /** A document id that was not given before in this market. */
  id<Id extends string>(prefix: string): Id {
    this.given += 1;
    return `${prefix}${this.given}` as Id;
  }

  submit(body: CommandBody, actor: PartyId, oddity: Oddity = {}): Receipt {
    const at = oddity.at ?? this.now;
    const receivedAt = oddity.receivedAt ?? this.arrival(at);
    try {
      return this.book.submit(body, {
        at,
        actor,
        fingerprint: inShort(body),
        ...(receivedAt === at ? {} : { receivedAt }),
        ...(oddity.key === undefined ? {} : { key: oddity.key }),
      });
    } catch (cause) {
      throw this.broken(cause);
    }
  }

  private arrival(at: Instant): Instant {
    return this.does("slow arrivals", 40) ? ((at - this.random.between(0, 5_000)) as Instant) : at;
  }

  /** Moves the clock; timers run on the way, unless they are late. */
  wait(until: Instant = (this.now + drawPauseMs(this.random)) as Instant): void {
    if (until < this.now) return;
    this.now = until;
    if (!this.does("late timers", 20)) this.settle();
  }

  /** Lets everything happen that is due. */
  settle(): void {
    try {
      this.book.passTime(this.now);
    } catch (cause) {
      throw this.broken(cause);
    }
  }

  private broken(cause: unknown): Broken {
    return new Broken(this.book.commands, true, cause);
  }

  requests(): RequestState[] {
    return this.book.state.requests.sortedValues();
  }

  request(): RequestState | undefined {
    return this.oneOf(this.requests());
  }

  /** Notices that nobody has closed. */
  notices(): NoticeState[] {
    return this.book.state.notices.sortedValues().filter((notice) => notice.closedAt === undefined);
  }

  oneOf<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : this.random.pick(items);
  }

  party(): PartyId {
    return this.random.pick(this.book.state.parties.sortedValues()).id;
  }
}

/** What a command says, as a short text: where two differ, so do these, save by a chance of one in a thousand million. */
function inShort(body: CommandBody): string {
  return String(new Random(canonicalText(body)).below(1_000_000_000));
}
