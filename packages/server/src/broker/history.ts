import { BookState, type Command, type CommandBody, type Rejection, run } from "@offtake/core/book";
import type { Instant } from "@offtake/core/kernel";
import type { Hash, LogStore, BookName, NewRecord } from "@offtake/store/log";
import { type Books, fingerprintOf, recordOf } from "../books/index.ts";

/** Records that are appended at once. */
const CHUNK = 500;

/**
 * Makes a book with a past: decides the commands anew, each at its own time, and keeps what follows as if it had been decided then.
 *
 * @returns false where there is a book of that name; then nothing is done
 * @throws where the past is not over yet: a book lives in the database's time
 */
export async function makeBookWithPast(
  store: LogStore,
  book: BookName,
  commands: readonly Command[],
  hash: Hash,
): Promise<boolean> {
  const records = recordsOf(commands, hash);
  if ((await store.books()).includes(book)) return false;
  if (!(await store.createBook(book))) return false;
  for (let from = 0; from < records.length; from += CHUNK) {
    const chunk = records.slice(from, from + CHUNK);
    const turn = await store.takeTurn(book, from, { queued: true });
    if (turn.tail.head.length !== from || turn.tail.stamp < (chunk.at(-1)?.at ?? 0)) {
      await turn.release();
      throw new Error(
        turn.tail.head.length === from
          ? `The past of ${book} reaches beyond the present of the database.`
          : `Somebody else writes to ${book} while it is made.`,
      );
    }
    const { outcome } = await turn.append(chunk);
    if (outcome !== "appended") throw new Error(`The past of ${book} could not be kept (${outcome}).`);
  }
  return true;
}

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

function recordsOf(commands: readonly Command[], hash: Hash): readonly NewRecord[] {
  const state = new BookState();
  return commands.flatMap((command) => {
    const fingerprint = fingerprintOf(command, hash);
    return recordOf(command, fingerprint, run(state, command)) ?? [];
  });
}
