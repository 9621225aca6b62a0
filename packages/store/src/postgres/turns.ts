import type { Pool, PoolClient, QueryResult } from "pg";
import type { BookName, NewRecord } from "../log/record.ts";
import {
  type Appended,
  type BookTurn,
  OutcomeUnknown,
  type StateChanges,
  type Tail,
  UnknownBook,
} from "../log/store.ts";
import { append } from "./append.ts";
import { tailOf, type TurnRow } from "./rows.ts";

/** A turn without the queue: two round trips on any connections, each its own transaction. */
export async function freeTurn(pool: Pool, book: BookName, from: number, form?: number): Promise<BookTurn> {
  const { rows } = await pool.query<TurnRow>({
    name: "take_turn",
    text: "select * from take_turn_by($1, $2, false, $3)",
    values: [book, from, form ?? null],
  });
  const tail = tailOf(book, from, rows);
  if (tail === undefined) throw new UnknownBook(book);
  return {
    tail,
    append: (records, changes) => orUnknown(() => append(pool, book, tail, records, changes)),
    release: () => Promise.resolve(),
  };
}

/**
 * A turn that holds the queue of its book: a lock of its transaction, so it is free again when the turn ends, when this process dies,
 * and when it does nothing for too long.
 */
export async function queuedTurn(pool: Pool, book: BookName, from: number, form?: number): Promise<BookTurn> {
  const client = await pool.connect();
  // While it is ours a connection may be ended by the database; the next statement says so.
  client.on("error", ignore);
  const giveBack = (isBroken: boolean): void => {
    client.off("error", ignore);
    client.release(isBroken);
  };
  try {
    const tail = tailOf(book, from, await begin(client, book, from, form));
    if (tail === undefined) throw new UnknownBook(book);
    return heldTurn(client, giveBack, book, tail);
  } catch (error) {
    await client.query("rollback").then(
      () => giveBack(false),
      () => giveBack(true),
    );
    throw error;
  }
}

function ignore(): void {}

/** One round trip. The name of a book holds no quote, and `from` is a number: the simple protocol takes no parameters. */
async function begin(
  client: PoolClient,
  book: BookName,
  from: number,
  form: number | undefined,
): Promise<readonly TurnRow[]> {
  const changes = form === undefined ? "null" : Math.trunc(form);
  const text = `begin; select * from take_turn_by(${client.escapeLiteral(book)}, ${Math.trunc(from)}, true, ${changes})`;
  const results = (await client.query(text)) as unknown as readonly QueryResult<TurnRow>[];
  return results[1]?.rows ?? [];
}

function heldTurn(client: PoolClient, giveBack: (isBroken: boolean) => void, book: BookName, tail: Tail): BookTurn {
  const finish = async (how: "commit" | "rollback"): Promise<void> => {
    try {
      await client.query(how);
      giveBack(false);
    } catch (error) {
      giveBack(true);
      throw error;
    }
  };
  return {
    tail,
    append: async (records: readonly NewRecord[], changes?: StateChanges): Promise<Appended> => {
      let appended: Appended;
      try {
        appended = await append(client, book, tail, records, changes);
      } catch (error) {
        // Nothing is committed before the commit: the outcome is known.
        await finish("rollback").catch(ignore);
        throw error;
      }
      if (appended.outcome === "appended") await orUnknown(() => finish("commit"));
      else await finish("rollback").catch(ignore);
      return appended;
    },
    // A connection that is lost has given the queue back already.
    release: () => finish("rollback").catch(ignore),
  };
}

/** Classes of errors after which the server may have committed: lost connections, and its own going down. */
const MAYBE_COMMITTED = /^(?:08|57P)/;

/** An error that the server gave as its answer is known; a connection that ended without one leaves the outcome open. */
async function orUnknown<Value>(commit: () => Promise<Value>): Promise<Value> {
  try {
    return await commit();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !MAYBE_COMMITTED.test(code)) throw error;
    throw new OutcomeUnknown(error);
  }
}
