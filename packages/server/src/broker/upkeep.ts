import { type Books, Unavailable } from "../books/index.ts";
import type { Effect, People } from "../people/index.ts";
import type { Database } from "@offtake/store/postgres";

/** How often approvals are looked after whose command was not sent, and what has ended is swept away. */
const FOLLOW_MS = 15_000;
const SWEEP_MS = 3_600_000;
/** How often the database is asked to look at tables that have grown: by itself it does so each minute, where that was not turned off. */
const ANALYZE_MS = 20_000;

/**
 * Sends the commands of approvals that were given and never reported as done, after a crash between the two: under the key of the approval,
 * so that a command that had arrived is not decided twice.
 */
export async function followUp(people: People, books: Pick<Books, "get">): Promise<number> {
  const undone = await people.approvals.undone();
  let sent = 0;
  for (const effect of undone) sent += (await send(effect, people, books)) ? 1 : 0;
  return sent;
}

async function send(effect: Effect, people: People, books: Pick<Books, "get">): Promise<boolean> {
  const { book, party: actor, key, body } = effect;
  const node = await books.get(book);
  if (node === undefined) return false;
  try {
    const answer = await node.submit({ body, actor, key });
    await people.approvals.done(effect, answer.outcome === "accepted" ? "accepted" : answer.rejection.code);
    return true;
  } catch (error) {
    if (error instanceof Unavailable) return false;
    throw error;
  }
}

/** Looks after people's things, and what the database knows of its tables, until it is closed. */
export function startUpkeep(
  people: People,
  books: Pick<Books, "get">,
  database: Pick<Database, "analyzeGrown">,
  failed: (error: unknown) => void,
): { close(): Promise<void> } {
  let working: Promise<unknown> = Promise.resolve();
  const every = (ms: number, work: () => Promise<unknown>): NodeJS.Timeout =>
    setInterval(() => {
      working = working.then(work).catch(failed);
    }, ms);
  const timers = [
    every(FOLLOW_MS, () => followUp(people, books)),
    every(SWEEP_MS, () => people.sweep()),
    every(ANALYZE_MS, () => database.analyzeGrown()),
  ];
  for (const timer of timers) timer.unref();
  return {
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await working;
    },
  };
}
