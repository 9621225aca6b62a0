import { BookState, type Command, type CommandBody, type Rejection, run } from "@offtake/core/book";
import type { Instant } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Books } from "./books.ts";

/** What a book begins with that the core would not take. */
export class BookRefused extends Error {
  readonly code = "book_refused";
  readonly rejection: Rejection;

  constructor(command: string, rejection: Rejection) {
    super(`${command} was rejected with ${rejection.code}: ${rejection.detail}`);
    this.name = "BookRefused";
    this.rejection = rejection;
  }
}

/** A command of what a book begins with, and whose it is. */
export type FirstCommand = Pick<Command, "actor"> & { readonly body: CommandBody };

/**
 * Makes a book that begins now.
 *
 * @returns false where there is one of that name; then nothing is done
 * @throws BookRefused where it does not fit together; then there is no book
 */
export async function makeBook(books: Books, book: BookName, first: readonly FirstCommand[]): Promise<boolean> {
  tryOut(first);
  const node = await books.create(book);
  if (node === undefined) return false;
  const answers = await Promise.all(
    first.map(({ actor, body }, index) => node.submit({ actor, body, key: `first ${index}` })),
  );
  for (const [index, answer] of answers.entries()) {
    if (answer.outcome === "rejected") throw new BookRefused(first[index]?.body.type ?? "", answer.rejection);
  }
  return true;
}

/** On a state of its own: what would be rejected is known before there is a book. */
function tryOut(first: readonly FirstCommand[]): void {
  const state = new BookState();
  const at = Date.now() as Instant;
  for (const [index, { actor, body }] of first.entries()) {
    const { rejection } = run(state, { ...body, actor, at, key: `first ${index}`, nonce: `first ${index}` });
    if (rejection !== undefined) throw new BookRefused(body.type, rejection);
  }
}
