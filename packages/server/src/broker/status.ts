import type { Database } from "@offtake/store/postgres";
import type { Lag } from "../feeds/index.ts";
import type { ServerNode, ServerStatus } from "../http/services.ts";
import { VERSION } from "./version.ts";

/** What a node is called on its connections to the database, so that the others see it there: its version and its own id. */
export const nodeName = (id: string): string => `${PREFIX}${VERSION} ${id}`;

const PREFIX = "offtake node ";
const NODE = /^offtake node (\S+) ([0-9a-f]+)$/;

/** Where the state of a node is looked up. */
export interface Looked {
  readonly id: string;
  readonly startedAt: number;
  readonly database: Pick<Database, "pool">;
  readonly console: string | undefined;
  readonly isReadOnly: boolean;
  readonly lags: () => readonly Lag[];
  readonly followers: () => number;
  readonly overdueMs: () => Promise<number>;
}

const NODES = `
select application_name as name, min(backend_start) as since from pg_stat_activity
where application_name like '${PREFIX}%' and datname = current_database() group by 1 order by 2, 1`;

const OUTBOX = `
select count(*) filter (where status = 'waiting') as waiting,
  count(*) filter (where status = 'waiting' and attempts > 0) as retried,
  count(*) filter (where status = 'dead') as dead,
  (select count(*) from webhooks where status = 'off') as off,
  (select since from outgoing_pause) as paused
from deliveries`;

type Outgoing = Record<"waiting" | "retried" | "dead" | "off", string> & { readonly paused: Date | null };

const ABOUT = `
select current_setting('server_version') as version,
  (select count(*) from migrations) as steps,
  (select max(version) from migrations) as newest`;

/** How the broker does: its nodes, its database, what lags and what waits to be sent. Numbers, and no name of anybody. */
export async function statusOf(looked: Looked): Promise<ServerStatus> {
  const { id, startedAt, database, console, isReadOnly, lags, followers, overdueMs } = looked;
  const { pool } = database;
  const from = performance.now();
  const { rows: about } = await pool.query<{ version: string; steps: string; newest: number }>(ABOUT);
  const roundTripMs = Math.round((performance.now() - from) * 10) / 10;
  const { rows: nodes } = await pool.query<{ name: string; since: Date }>(NODES);
  const { rows: outbox } = await pool.query<Outgoing>(OUTBOX);
  const most = (values: readonly number[]): number => Math.max(0, ...values);
  const [sent] = outbox;
  return {
    version: VERSION,
    ...(console === undefined ? {} : { console }),
    node: id,
    startedAt: new Date(startedAt).toISOString(),
    isReadOnly,
    nodes: nodes.flatMap(({ name, since }) => nodeOf(name, since, id)),
    database: {
      version: about[0]?.version.split(" ")[0] ?? "",
      roundTripMs,
      migrations: Number(about[0]?.steps ?? 0),
    },
    feeds: {
      behindRecords: most(lags().map(({ records }) => records)),
      behindMs: Math.round(most(lags().map(({ ms }) => ms))),
      followers: followers(),
    },
    deadlines: { overdueMs: Math.round(await overdueMs()) },
    outbox: {
      waiting: Number(sent?.waiting ?? 0),
      retried: Number(sent?.retried ?? 0),
      dead: Number(sent?.dead ?? 0),
      webhooksOff: Number(sent?.off ?? 0),
      ...(sent?.paused ? { pausedSince: sent.paused.toISOString() } : {}),
    },
  };
}

function nodeOf(name: string, since: Date, own: string): readonly ServerNode[] {
  const [, version, id] = NODE.exec(name) ?? [];
  if (version === undefined || id === undefined) return [];
  return [{ id, version, since: since.toISOString(), isThis: id === own }];
}

const TABLES = `
select relname as name, n_live_tup as rows, pg_total_relation_size(relid) as bytes from pg_stat_user_tables order by 1`;

/**
 * What whoever helps needs to see, and nothing that says who deals with whom about what: figures, sizes, versions, and which settings are
 * made, not what they are.
 */
export async function supportBundle(
  looked: Looked,
  settings: Readonly<Record<string, boolean | number>>,
  metrics: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await looked.database.pool.query<{ name: string; rows: string; bytes: string }>(TABLES);
  const memory = process.memoryUsage();
  return {
    schema: "offtake/support-bundle@1",
    madeAt: new Date().toISOString(),
    status: await statusOf(looked),
    runtime: {
      node: process.version,
      platform: process.platform,
      arch: process.arch,
      upSeconds: Math.round(process.uptime()),
      residentBytes: memory.rss,
      heapBytes: memory.heapUsed,
    },
    settings,
    tables: rows.map(({ name, rows: count, bytes }) => ({ name, rows: Number(count), bytes: Number(bytes) })),
    metrics: metrics.split("\n"),
  };
}
