import { BookState, type Command, run } from "@offtake/core/book";
import type { Hash, LogStore, BookName, NewRecord } from "@offtake/store/log";
import { fingerprintOf, recordOf } from "../books/index.ts";

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

function recordsOf(commands: readonly Command[], hash: Hash): readonly NewRecord[] {
  const state = new BookState();
  return commands.flatMap((command) => {
    const fingerprint = fingerprintOf(command, hash);
    return recordOf(command, fingerprint, run(state, command)) ?? [];
  });
}
