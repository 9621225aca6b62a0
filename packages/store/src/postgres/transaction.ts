import type { Pool, PoolClient } from "pg";

/** Runs what is done with a connection in one transaction: all of it, or nothing where it throws. */
export async function inTransaction<Value>(pool: Pool, work: (client: PoolClient) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  // While it is ours a connection may be ended by the database, between two statements as well; the next one says so. Nobody else listens.
  client.on("error", ignore);
  let isBroken = false;
  try {
    await client.query("begin");
    const value = await work(client);
    await client.query("commit");
    return value;
  } catch (error) {
    await client.query("rollback").catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(isBroken);
  }
}

function ignore(): void {}
