import type { PartyId } from "@offtake/core/kernel";
import type { Hash } from "../log/chain.ts";
import type { BookName } from "../log/record.ts";
import { emptyFeed, grown } from "./chain.ts";
import type { FeedHead } from "./entry.ts";
import type { Receipt } from "./receipt.ts";

/** What is wrong with an exported feed, or with what was signed for against it; stable codes. */
export type FeedProblemCode =
  /** The first line does not say whose feed it is. */
  | "feed_header"
  /** A line is no entry. */
  | "feed_line"
  /** Entries are missing before this one. */
  | "feed_gap"
  /** An entry that was there before, or belongs further up. */
  | "feed_order"
  /** The entry, or one before it, is not what was told: its link does not follow. */
  | "feed_edited"
  /** The feed ends before the place that the receipt is for. */
  | "feed_truncated"
  /** The feed holds together, and is another one than the receipt was given for. */
  | "feed_rewritten"
  /** The receipt is for another book or another party. */
  | "receipt_of_other";

export interface FeedProblem {
  readonly code: FeedProblemCode;
  /** Line of the file, from 1; absent where it is about the end. */
  readonly line?: number;
  readonly message: string;
}

export interface Verified {
  readonly book: string;
  readonly party: string;
  /** Where the feed ends. */
  readonly head: FeedHead;
  readonly receipts: number;
  readonly problems: readonly FeedProblem[];
}

/** More are not told: the rest follows from the first ones. */
const PROBLEMS_MAX = 20;

interface Line {
  readonly position: number;
  readonly hash: string;
  readonly body: string;
}

/**
 * Checks an exported feed line by line, with nothing but the file and the receipts: every edit, gap, exchange and cut is told with its
 * line.
 */
export class FeedVerifier {
  private readonly hash: Hash;
  private readonly receipts: readonly Receipt[];
  private readonly problems: FeedProblem[] = [];
  private readonly links = new Map<number, string>();
  private readonly wanted: ReadonlySet<number>;
  private owner: { readonly book: string; readonly party: string } | undefined;
  private head: FeedHead | undefined;
  /** Its first line says whose it is; of what does not, nothing more need be told. */
  private isFeed = true;
  private line = 0;

  constructor(hash: Hash, receipts: readonly Receipt[] = []) {
    this.hash = hash;
    this.receipts = receipts;
    this.wanted = new Set(receipts.map(({ length }) => length));
  }

  /** Takes the next line of the file. Empty lines are passed over. */
  take(text: string): void {
    this.line += 1;
    if (text.trim() === "") return;
    if (this.owner === undefined) this.begin(text);
    else if (this.isFeed) this.follow(text);
  }

  /** What came of it, when all lines were taken. */
  end(): Verified {
    const { book, party } = this.owner ?? { book: "", party: "" };
    const head = this.head ?? { length: 0, hash: "" };
    if (this.line === 0) this.add("feed_header", "The file is empty.");
    if (this.owner !== undefined && this.isFeed) for (const receipt of this.receipts) this.compare(receipt, head);
    return { book, party, head, receipts: this.receipts.length, problems: this.problems };
  }

  private begin(text: string): void {
    const header = parse(text);
    const { schema, book, party } = header ?? {};
    if (schema !== "offtake/feed@1" || typeof book !== "string" || typeof party !== "string") {
      this.add("feed_header", "The first line does not say whose feed it is; this may be another file.", this.line);
      this.isFeed = false;
      this.owner = { book: "", party: "" };
    } else this.owner = { book, party };
    this.head = emptyFeed(this.owner.book as BookName, this.owner.party as PartyId, this.hash);
    this.keep(this.head);
  }

  private follow(text: string): void {
    const entry = lineOf(text);
    const { head } = this;
    if (entry === undefined || head === undefined) {
      this.add("feed_line", "This line is no entry of a feed.", this.line);
      return;
    }
    const { position, hash, body } = entry;
    if (position < head.length) {
      this.add("feed_order", `Entry ${position} stands after entry ${head.length - 1}.`, this.line);
      return;
    }
    if (position > head.length) {
      const missing =
        position - head.length === 1 ? `Entry ${head.length} is` : `Entries ${head.length} to ${position - 1} are`;
      this.add("feed_gap", `${missing} missing before entry ${position}.`, this.line);
    } else if (grown(head, body, this.hash).hash !== hash)
      this.add("feed_edited", `Entry ${position} is not what was told: its link does not follow.`, this.line);
    // Goes on from what the line says, so that one mistake is told once.
    this.head = { length: position + 1, hash };
    this.keep(this.head);
  }

  private keep({ length, hash }: FeedHead): void {
    if (this.wanted.has(length)) this.links.set(length, hash);
  }

  private compare(receipt: Receipt, head: FeedHead): void {
    const { book, party } = this.owner ?? { book: "", party: "" };
    if (receipt.book !== book || receipt.party !== party) {
      this.add("receipt_of_other", `The receipt is for ${receipt.party} in ${receipt.book}.`);
      return;
    }
    const link = this.links.get(receipt.length);
    if (link === undefined && receipt.length > head.length)
      this.add("feed_truncated", `The receipt is for ${receipt.length} entries; the feed ends after ${head.length}.`);
    else if (link !== undefined && link !== receipt.hash)
      this.add(
        "feed_rewritten",
        `After ${receipt.length} entries the feed is not the one that the receipt was given for.`,
      );
  }

  private add(code: FeedProblemCode, message: string, line?: number): void {
    if (this.problems.length < PROBLEMS_MAX)
      this.problems.push(line === undefined ? { code, message } : { code, line, message });
  }
}

/** Reads a receipt from the text of its file; undefined where it is none. */
export function parseReceipt(text: string): Receipt | undefined {
  const { schema, book, party, length, hash } = parse(text) ?? {};
  if (schema !== "offtake/receipt@1" || typeof book !== "string" || typeof party !== "string") return undefined;
  if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 0) return undefined;
  if (typeof hash !== "string" || !HASH.test(hash)) return undefined;
  return { schema, book, party, length, hash };
}

const HASH = /^[0-9a-f]{64}$/;

function lineOf(text: string): Line | undefined {
  const { position, hash, body } = parse(text) ?? {};
  if (typeof position !== "number" || !Number.isSafeInteger(position) || position < 0) return undefined;
  return typeof hash === "string" && HASH.test(hash) && typeof body === "string" ? { position, hash, body } : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
