import { BookState, type Command, run } from "@offtake/core/book";
import type { Hash, LogStore, BookName, NewRecord } from "@offtake/store/log";
import { type BookNodeOptions, fingerprintOf, recordOf } from "../books/index.ts";

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
  hide?: BookNodeOptions["hide"],
): Promise<boolean> {
  if ((await store.books()).includes(book)) return false;
  const hidden: Command[] = [];
  for (const command of commands)
    hidden.push({ ...command, ...(await (hide?.(book, command, command.actor) ?? command)) } as Command);
  const records = recordsOf(hidden, hash);
  if (!(await store.createBook(book))) return false;
  await appendPast(store, book, 0, records);
  return true;
}

/**
 * Appends what was decided in the past, behind the first `at` records.
 *
 * @throws where it is not over yet, or somebody else writes to the book
 */
export async function appendPast(
  store: LogStore,
  book: BookName,
  at: number,
  records: readonly NewRecord[],
): Promise<void> {
  for (let done = 0; done < records.length; done += CHUNK) {
    const from = at + done;
    const chunk = records.slice(done, done + CHUNK);
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
}

function recordsOf(commands: readonly Command[], hash: Hash): readonly NewRecord[] {
  const state = new BookState();
  return commands.flatMap((command) => {
    const fingerprint = fingerprintOf(command, hash);
    return recordOf(command, fingerprint, run(state, command)) ?? [];
  });
}
