import type { Books } from "../books/index.ts";
import { Alarm } from "./alarm.ts";

export interface TimersOptions {
  /** How often it is looked for books that somebody else has made. */
  readonly pollMs?: number;
  /** Told what went wrong with a book that stays closed or with a wake-up; each is tried again. */
  readonly failed?: (error: unknown) => void;
}

/** Wakes what falls due in any book of the store. */
export interface Timers {
  /** Rings no more. To be closed before the books are. */
  close(): Promise<void>;
}

const POLL_MS = 5_000;

/**
 * Starts to wake every book of the store at its deadlines: opens them all, since a deadline falls due whether or not anybody asks for
 * its book.
 *
 * @returns when all books that there are have been opened, or said why not
 */
export async function startTimers(books: Books, options: TimersOptions = {}): Promise<Timers> {
  const failed = options.failed ?? (() => {});
  const alarms: Alarm[] = [];
  const stopHearing = books.onOpen((node) => alarms.push(new Alarm(node, failed)));
  const openAll = async (): Promise<void> => {
    const names = await books.names();
    await Promise.all(names.map((name) => books.get(name).catch(failed)));
  };
  await openAll().catch(failed);
  let opening: Promise<void> | undefined;
  const poll = setInterval(() => {
    opening ??= openAll()
      .catch(failed)
      .finally(() => (opening = undefined));
  }, options.pollMs ?? POLL_MS);
  poll.unref?.();
  return {
    close: async () => {
      clearInterval(poll);
      stopHearing();
      await opening;
      await Promise.all(alarms.map((alarm) => alarm.close()));
    },
  };
}
