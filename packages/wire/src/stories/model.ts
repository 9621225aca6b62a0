import type { Evidence } from "@offtake/core/agreements";
import type { Money, PartyId } from "@offtake/core/kernel";
import type { Book } from "../book/index.ts";
import type { ClauseName, Expectation, Step } from "../cases/index.ts";
import type { Origin } from "../source/index.ts";

/** A story: a book, what happens in it, and what of the news it shows. */
export interface StoryDocument {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** What of it was made up. */
  readonly assumed?: string;
  readonly world: Book;
  readonly script: readonly Step[];
  /** What holds at the end. */
  readonly expect: readonly Expectation[];
  readonly records: readonly StoryRecord[];
  readonly elements: readonly StoryElement[];
  readonly origin: Origin;
}

/** A fact that nothing computes yet. */
export interface StoryRecord {
  readonly id: string;
  readonly about: string;
  readonly parties: readonly PartyId[];
  readonly amount?: Money;
  readonly standing?: "announced" | "ceiling" | "pledged" | "contracted" | "paid";
  readonly evidence: Evidence;
}

export interface StoryElement {
  readonly quote: string;
  readonly object: string;
  /** It runs if there are any and all of them hold at the end. */
  readonly shown: readonly Expectation[];
  readonly recorded: readonly RecordRef[];
}

/** A record of the story, or a clause of one of its agreements. */
export type RecordRef = { readonly record: string } | ClauseName;
