import { randomBytes } from "node:crypto";
import { type Instant, type PartyId, formatInstant } from "@offtake/core/kernel";
import type { Award, AwardLine } from "@offtake/core/awards";
import type { BookName } from "@offtake/store/log";
import type { Database } from "@offtake/store/postgres";
import type { Consequences } from "../dispatch/index.ts";

/** What a provider sets up by hand for one line of an award. */
export interface TaskLine {
  readonly count: number;
  readonly acceleratorType: string;
  readonly region: string;
  readonly from: string;
  readonly to: string;
  readonly host?: string;
}

export const TASK_STATUSES = ["open", "done", "void"] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export interface ProviderTask {
  readonly id: string;
  readonly provider: PartyId;
  readonly status: TaskStatus;
  readonly line: TaskLine;
  /** The provider's own name for what it has set up. */
  readonly reservation?: string;
  /** What else the provider's system says of it: an account, a cluster, a quota. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly doneAt?: Date;
}

/** What of tasks is listed. */
export interface TaskFilter {
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly status?: TaskStatus | undefined;
}

interface Row {
  readonly id: string;
  readonly party: string;
  readonly status: ProviderTask["status"];
  readonly body: string;
  readonly reservation: string | null;
  readonly fields: string | null;
  readonly created_at: Date;
  readonly done_at: Date | null;
}

const PLACE = /^([01])\.(\d{1,18})\.(.{1,256})$/su;

/** When it was made, whole: texts of instants are of milliseconds. */
const MICROS = "(extract(epoch from created_at) * 1000000)::bigint";

const COLUMNS = "id, party, status, body, reservation, fields, created_at, done_at";

export interface TasksOptions {
  readonly database: Pick<Database, "pool" | "reader">;
  readonly keeperOf: (book: BookName) => Promise<PartyId | undefined>;
  /** Those of the awards that there are, as the keeper has them. */
  readonly awardsOf: (book: BookName, keeper: PartyId, awards: readonly string[]) => Promise<readonly Award[]>;
}

/**
 * The manual driver: a confirmed award becomes one task for each of its lines. Whoever sets it up in the provider's own system says so, with the
 * provider's reservation id; the keeper and the provider see it, and nobody else.
 */
export class ProviderTasks {
  private readonly options: TasksOptions;

  constructor(options: TasksOptions) {
    this.options = options;
  }

  /** Follows the keeper's feed: it tells of every award whole. */
  readonly consequences: Consequences = async (book, party, entries) => {
    const told = entries.filter(({ type }) => type === "awardConfirmed" || type === "awardDefaulted");
    if (told.length === 0 || (await this.options.keeperOf(book)) !== party) return [];
    // A default comes after what it ends, so what is opened here may be void again below.
    await this.open(
      book,
      party,
      told.flatMap(({ event }) => (event.type === "awardConfirmed" ? [event.award] : [])),
    );
    for (const { event } of told)
      if (event.type === "awardDefaulted") await this.void(book, event.award, event.provider);
    return [];
  };

  /** The keeper sees all of them, a provider its own. Open ones first, the oldest at the top. Undefined where `after` is no place in it. */
  async list(
    book: BookName,
    party: PartyId,
    { limit = 100, after, status }: TaskFilter = {},
  ): Promise<{ readonly tasks: readonly ProviderTask[]; readonly next?: string } | undefined> {
    const place = after === undefined ? [null, null, null] : PLACE.exec(after)?.slice(1);
    if (place === undefined) return undefined;
    const { rows } = await this.options.database.reader.query<Row & { readonly place: string }>(book, party, {
      text: `select ${COLUMNS}, case when status = 'open' then '0.' else '1.' end || ${MICROS} || '.' || id as place
        from provider_tasks where book = $1 and (party = $2 or $3) and ($4::text is null or status = $4)
          and ($5::integer is null or (case when status = 'open' then 0 else 1 end, ${MICROS}, id) > ($5, $6::bigint, $7::text))
        order by case when status = 'open' then 0 else 1 end, ${MICROS}, id limit $8`,
      values: [book, party, (await this.options.keeperOf(book)) === party, status ?? null, ...place, limit + 1],
    });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1)?.place : undefined;
    return { tasks: page.map(taskOf), ...(last === undefined ? {} : { next: last }) };
  }

  /** How many there are of each state. */
  async count(book: BookName, party: PartyId): Promise<Readonly<Partial<Record<TaskStatus, number>>>> {
    const { rows } = await this.options.database.reader.query<{ status: TaskStatus; count: string }>(book, party, {
      text: "select status, count(*) as count from provider_tasks where book = $1 and (party = $2 or $3) group by status",
      values: [book, party, (await this.options.keeperOf(book)) === party],
    });
    return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
  }

  /** It is set up. Said again it is corrected. Undefined where the caller has no such task, or it is void. */
  async complete(
    book: BookName,
    party: PartyId,
    id: string,
    done: { readonly reservation: string; readonly fields?: Readonly<Record<string, string>>; readonly by?: string },
  ): Promise<ProviderTask | undefined> {
    const { rows } = await this.options.database.pool.query<Row>(
      `update provider_tasks set status = 'done', reservation = $4, fields = $5, done_by = $6, done_at = clock_timestamp()
       where book = $1 and id = $2 and status <> 'void' and (party = $3 or $7) returning ${COLUMNS}`,
      [
        book,
        id,
        party,
        done.reservation,
        done.fields === undefined ? null : JSON.stringify(done.fields),
        done.by ?? null,
        (await this.options.keeperOf(book)) === party,
      ],
    );
    return rows[0] === undefined ? undefined : taskOf(rows[0]);
  }

  private async open(book: BookName, keeper: PartyId, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const awards = await this.options.awardsOf(book, keeper, ids);
    const lines = awards.flatMap(({ id, lines: all }) => all.map((line, index) => ({ id, line, index })));
    const column = <Value>(of: (one: (typeof lines)[number]) => Value): Value[] => lines.map(of);
    await this.options.database.pool.query(
      `insert into provider_tasks (book, keeper, id, party, award, line, body)
       select $1, $2, t.* from unnest($3::text[], $4::text[], $5::text[], $6::integer[], $7::text[]) t
       on conflict (book, party, award, line) do nothing`,
      [
        book,
        keeper,
        column(() => `tsk_${randomBytes(12).toString("hex")}`),
        column(({ line }) => line.provider),
        column(({ id }) => id),
        column(({ index }) => index),
        column(({ line }) => JSON.stringify(lineOf(line))),
      ],
    );
  }

  private async void(book: BookName, award: string, provider: PartyId): Promise<void> {
    await this.options.database.pool.query(
      "update provider_tasks set status = 'void', reservation = null where book = $1 and award = $2 and party = $3",
      [book, award, provider],
    );
  }
}

const text = (at: Instant): string => formatInstant(at);

function lineOf({ count, acceleratorType, region, window, host }: AwardLine): TaskLine {
  const line = { count, acceleratorType, region, from: text(window.from), to: text(window.to) };
  return host === undefined ? line : { ...line, host };
}

function taskOf({ id, party, status, body, reservation, fields, created_at, done_at }: Row): ProviderTask {
  return {
    id,
    provider: party as PartyId,
    status,
    line: JSON.parse(body) as TaskLine,
    ...(reservation === null ? {} : { reservation }),
    ...(fields === null ? {} : { fields: JSON.parse(fields) as Readonly<Record<string, string>> }),
    createdAt: created_at,
    ...(done_at === null ? {} : { doneAt: done_at }),
  };
}
