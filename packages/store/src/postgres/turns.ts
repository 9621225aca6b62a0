import type { Pool, PoolClient, QueryResult } from "pg";
import type { BookName, NewRecord } from "../log/record.ts";
import { type Appended, type BookTurn, OutcomeUnknown, type Tail, UnknownBook } from "../log/store.ts";
import { append } from "./append.ts";
import { tailOf, type TurnRow } from "./rows.ts";

/** A turn without the queue: two round trips on any connections, each its own transaction. */
export async function freeTurn(pool: Pool, book: BookName, from: number): Promise<BookTurn> {
  const { rows } = await pool.query<TurnRow>({
    name: "take_turn",
    text: "select * from take_turn($1, $2, false)",
    values: [book, from],
  });
  const tail = tailOf(book, rows);
  if (tail === undefined) throw new UnknownBook(book);
  return {
    tail,
    append: (records) => orUnknown(() => append(pool, book, tail, records)),
    release: () => Promise.resolve(),
  };
}

/**
 * A turn that holds the queue of its book: a lock of its transaction, so it is free again when the turn ends, when this process dies,
 * and when it does nothing for too long.
 */
export async function queuedTurn(pool: Pool, book: BookName, from: number): Promise<BookTurn> {
  const client = await pool.connect();
  // While it is ours a connection may be ended by the database; the next statement says so.
  client.on("error", ignore);
  const giveBack = (isBroken: boolean): void => {
    client.off("error", ignore);
    client.release(isBroken);
  };
  try {
    const tail = tailOf(book, await begin(client, book, from));
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
async function begin(client: PoolClient, book: BookName, from: number): Promise<readonly TurnRow[]> {
  const text = `begin; select * from take_turn(${client.escapeLiteral(book)}, ${Math.trunc(from)}, true)`;
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
    append: async (records: readonly NewRecord[]): Promise<Appended> => {
      let appended: Appended;
      try {
        appended = await append(client, book, tail, records);
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
