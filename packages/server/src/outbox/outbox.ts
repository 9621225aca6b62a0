import { randomBytes } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Database, PartyReader } from "@offtake/store/postgres";
import type { Pool, PoolClient } from "pg";

/** The channel on which nodes hear that something is to be sent. */
export const OUTBOX_CHANNEL = "offtake_outbox";

export const DELIVERY_KINDS = ["mail", "webhook", "chat"] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];
export const DELIVERY_STATUSES = ["waiting", "sent", "dead", "cancelled"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What is to be sent to somebody. */
export interface NewDelivery {
  readonly book: BookName;
  /** For whom it is sent: who sees it in the list of deliveries. */
  readonly party: PartyId;
  readonly kind: DeliveryKind;
  /** Where it goes: deliveries to one endpoint wait for each other, and for nobody else's. */
  readonly endpoint: string;
  /** Names the effect: the same key in one book is one delivery, however often it is made. */
  readonly key: string;
  readonly body: unknown;
}

export interface Delivery {
  readonly id: string;
  readonly book: BookName;
  readonly party: PartyId;
  readonly kind: DeliveryKind;
  readonly endpoint: string;
  readonly key: string;
  readonly body: unknown;
  readonly status: DeliveryStatus;
  /** Attempts so far; while it is being sent, with that one. */
  readonly attempts: number;
  readonly dueAt: Date;
  readonly lastError?: string;
  readonly createdAt: Date;
  readonly endedAt?: Date;
}

/** What of deliveries is listed. */
export interface DeliveryFilter {
  readonly before?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly webhook?: string | undefined;
}

export interface Attempt {
  readonly number: number;
  readonly at: Date;
  readonly outcome: "sent" | "failed" | "refused";
  readonly detail: string;
}

interface DeliveryRow {
  readonly id: string;
  readonly book: string;
  readonly party: string;
  readonly kind: DeliveryKind;
  readonly endpoint: string;
  readonly key: string;
  readonly body: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly due_at: Date;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

const COLUMNS =
  "id, book, party, kind, endpoint, key, body, status, attempts, due_at, last_error, created_at, ended_at";

/**
 * Of each endpoint that nobody is sending to, the delivery that has been due longest; other nodes take other ones. A claim that is not
 * settled in time, because its node died, is due again. While all of it is held back there is nothing to take.
 */
const CLAIM = `
with free as (
  select e.endpoint from (select distinct endpoint from deliveries where status = 'waiting' and due_at <= clock_timestamp()) e
  where not exists (select 1 from outgoing_pause) and not exists (
    select 1 from deliveries c
    where c.status = 'waiting' and c.endpoint = e.endpoint and c.claimed_until > clock_timestamp()
  )
  limit $1
), due as (
  select d.id from free
  cross join lateral (
    select id from deliveries
    where status = 'waiting' and endpoint = free.endpoint and due_at <= clock_timestamp()
      and (claimed_until is null or claimed_until <= clock_timestamp())
    order by due_at, id limit 1
  ) d
), taken as (
  select id from deliveries where id in (select id from due)
    and status = 'waiting' and (claimed_until is null or claimed_until <= clock_timestamp())
  for update skip locked
)
update deliveries set claimed_until = clock_timestamp() + $2 * interval '1 millisecond', attempts = attempts + 1
where id in (select id from taken)
returning ${COLUMNS}`;

interface AttemptRow {
  readonly number: number;
  readonly at: Date;
  readonly outcome: Attempt["outcome"];
  readonly detail: string;
}

/** What is to be sent and what was, in the database: every node may send it, and none of it is lost with a node. */
export class Outbox {
  private readonly pool: Pool;
  private readonly reader: PartyReader;

  constructor({ pool, reader }: Pick<Database, "pool" | "reader">) {
    this.pool = pool;
    this.reader = reader;
  }

  /** Queues deliveries, within the transaction of whoever makes them where one is given. Those whose key is there already are left out. */
  async add(deliveries: readonly NewDelivery[], on: Pick<PoolClient, "query"> = this.pool): Promise<void> {
    if (deliveries.length === 0) return;
    const column = <Value>(of: (delivery: NewDelivery) => Value): Value[] => deliveries.map(of);
    await on.query(
      `with added as (
         insert into deliveries (id, book, party, kind, endpoint, key, body)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
         on conflict (book, key) do nothing returning 1
       )
       select pg_notify('${OUTBOX_CHANNEL}', '') where exists (select 1 from added)`,
      [
        column(() => `dlv_${randomBytes(16).toString("hex")}`),
        column(({ book }) => book),
        column(({ party }) => party),
        column(({ kind }) => kind),
        column(({ endpoint }) => endpoint),
        column(({ key }) => key),
        column(({ body }) => JSON.stringify(body)),
      ],
    );
  }

  /** Takes what is due for `claimMs`: at most `limit`, of each endpoint one. */
  async claim(limit: number, claimMs: number): Promise<readonly Delivery[]> {
    const { rows } = await this.pool.query<DeliveryRow>(CLAIM, [limit, claimMs]);
    return rows.map(deliveryOf);
  }

  /** It has arrived, or was refused for good. Said by whoever has the claim. */
  async end({ id, attempts }: Delivery, status: "sent" | "dead", detail: string): Promise<void> {
    const outcome = status === "sent" ? "sent" : "refused";
    await this.settle(
      `update deliveries set status = $6, claimed_until = null, ended_at = clock_timestamp(), last_error = case when $6 = 'dead' then $5 end
       where id = $1 and attempts = $2 and status = 'waiting' returning id`,
      [id, attempts, attempts, outcome, detail, status],
    );
  }

  /** It failed, and is tried again after a pause. */
  async retry({ id, attempts }: Delivery, pauseMs: number, detail: string): Promise<void> {
    await this.settle(
      `update deliveries set claimed_until = null, due_at = clock_timestamp() + $6 * interval '1 millisecond', last_error = $5
       where id = $1 and attempts = $2 and status = 'waiting' returning id`,
      [id, attempts, attempts, "failed", detail, pauseMs],
    );
  }

  /** Sends again what was sent or given up, as a delivery of its own name: whoever receives it can tell that it is the same. */
  async replay(book: BookName, party: PartyId, id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `with again as (
         update deliveries set status = 'waiting', due_at = clock_timestamp(), claimed_until = null, ended_at = null
         where book = $1 and party = $2 and id = $3 and status in ('sent', 'dead') returning id
       )
       select pg_notify('${OUTBOX_CHANNEL}', '') from again`,
      [book, party, id],
    );
    return rowCount === 1;
  }

  /** What waits for an endpoint is not sent any more. */
  async cancel(endpoint: string): Promise<void> {
    await this.pool.query(
      "update deliveries set status = 'cancelled', ended_at = clock_timestamp() where endpoint = $1 and status = 'waiting'",
      [endpoint],
    );
  }

  /** The newest first; `before` is the id of the last one of the page before. */
  async list(
    book: BookName,
    party: PartyId,
    limit: number,
    { before, status, webhook }: DeliveryFilter = {},
  ): Promise<readonly Delivery[]> {
    const { rows } = await this.reader.query<DeliveryRow>(book, party, {
      text: `select ${COLUMNS} from deliveries d
       where book = $1 and party = $2 and ($5::text is null or status = $5)
         and ($6::text is null or (kind = 'webhook' and endpoint = $6))
         and ($4::text is null or (created_at, id) < (select created_at, id from deliveries where id = $4 and book = $1 and party = $2))
       order by created_at desc, id desc limit $3`,
      values: [book, party, limit, before ?? null, status ?? null, webhook ?? null],
    });
    return rows.map(deliveryOf);
  }

  /** Of deliveries of that party, in the order in which they were made; one without any is not in it. */
  async attempts(
    book: BookName,
    party: PartyId,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Attempt[]>> {
    const { rows } = await this.reader.query<AttemptRow & { readonly delivery: string }>(book, party, {
      text: `select a.delivery, a.number, a.at, a.outcome, a.detail from delivery_attempts a join deliveries d on d.id = a.delivery
       where d.book = $1 and d.party = $2 and d.id = any ($3::text[]) order by a.delivery, a.number`,
      values: [book, party, ids],
    });
    const found = new Map<string, Attempt[]>();
    for (const { delivery, ...attempt } of rows) found.set(delivery, [...(found.get(delivery) ?? []), attempt]);
    return found;
  }

  /**
   * Holds back what is to go out, on every node, or lets it go again. What is on its way at this moment arrives; what waits then is sent in
   * its order, late.
   */
  async setPaused(isPaused: boolean): Promise<void> {
    await this.pool.query(
      isPaused
        ? "insert into outgoing_pause default values on conflict do nothing"
        : `with ended as (delete from outgoing_pause returning 1)
           select pg_notify('${OUTBOX_CHANNEL}', '') where exists (select 1 from ended)`,
    );
  }

  /** When the next one falls due, in milliseconds from now; undefined where nothing waits, or all of it is held back. */
  async nextDueMs(): Promise<number | undefined> {
    const { rows } = await this.pool.query<{ ms: number | null }>(
      `select extract(epoch from min(greatest(due_at, coalesce(claimed_until, due_at))) - clock_timestamp()) * 1000 as ms
       from deliveries where status = 'waiting' and not exists (select 1 from outgoing_pause)`,
    );
    const ms = rows[0]?.ms;
    return ms === null || ms === undefined ? undefined : Math.max(0, Number(ms));
  }

  /** How many wait, and how many were given up: for the operator. */
  async depth(): Promise<{ readonly waiting: number; readonly dead: number }> {
    const { rows } = await this.pool.query<{ waiting: string; dead: string }>(
      `select count(*) filter (where status = 'waiting') as waiting, count(*) filter (where status = 'dead') as dead
       from deliveries where status in ('waiting', 'dead')`,
    );
    return { waiting: Number(rows[0]?.waiting ?? 0), dead: Number(rows[0]?.dead ?? 0) };
  }

  private async settle(update: string, values: readonly unknown[]): Promise<void> {
    await this.pool.query(
      `with settled as (${update})
       insert into delivery_attempts (delivery, number, outcome, detail) select id, $3, $4, $5 from settled
       on conflict (delivery, number) do nothing`,
      [...values],
    );
  }
}

function deliveryOf(row: DeliveryRow): Delivery {
  const { id, book, party, kind, endpoint, key, body, status, attempts } = row;
  return {
    id,
    book: book as BookName,
    party: party as PartyId,
    kind,
    endpoint,
    key,
    body: JSON.parse(body) as unknown,
    status,
    attempts,
    dueAt: row.due_at,
    createdAt: row.created_at,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  };
}
