import { randomBytes } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Database, PartyReader } from "@offtake/store/postgres";
import type { Pool } from "pg";
import type { Consequences } from "../dispatch/index.ts";
import type { Outbox } from "../outbox/index.ts";
import { type EgressRules, urlProblem, type UrlProblem } from "./addresses.ts";
import { eventTypeOf, payloadOf } from "./payload.ts";
import { type Keys, newSecret, newSigningKey } from "./signing.ts";

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** Only these types of events; all where empty. A name with `*` at its end stands for all that begin so. */
  readonly types: readonly string[];
  readonly status: "on" | "off";
  readonly whyOff?: string;
  /** `whpk_`: what signatures `v1a` are checked with. */
  readonly publicKey: string;
  readonly createdAt: Date;
}

/** The address of an endpoint is not taken. */
export class WebhookProblem extends Error {
  readonly code: UrlProblem | "too_many";

  constructor(code: WebhookProblem["code"], message: string) {
    super(message);
    this.name = "WebhookProblem";
    this.code = code;
  }
}

interface Row {
  readonly id: string;
  readonly url: string;
  readonly types: string[];
  readonly status: "on" | "off";
  readonly why_off: string | null;
  readonly keys: string;
  readonly created_at: Date;
}

const SAID: Readonly<Record<UrlProblem, string>> = {
  not_a_url: "That is no address.",
  not_https: "Webhooks go to `https` addresses.",
  has_credentials: "An address with a password in it is not taken; signatures say who sends.",
  port_not_allowed: "Webhooks go to the ports 443 and 8443.",
  not_public: "Webhooks go to public addresses, and to networks that the operator of this broker has named.",
  too_long: "That address is too long.",
};

/** Endpoints of a party at most. */
const ENDPOINTS_MAX = 20;
/** How long an old secret signs beside the new one. */
const OVERLAP_HOURS = 24;

/** The queue of an endpoint in the outbox. */
export const queueOf = (book: string, id: string): string => `webhook:${book}/${id}`;

/** Endpoints that a party has told of what concerns it. */
export class Webhooks {
  private readonly pool: Pool;
  private readonly reader: PartyReader;
  private readonly rules: EgressRules;
  private readonly outbox: Outbox;

  constructor({ pool, reader }: Pick<Database, "pool" | "reader">, outbox: Outbox, rules: EgressRules) {
    this.pool = pool;
    this.reader = reader;
    this.outbox = outbox;
    this.rules = rules;
  }

  /** The secret is shown this once. @throws WebhookProblem */
  async create(
    book: BookName,
    party: PartyId,
    url: string,
    types: readonly string[],
  ): Promise<{ readonly endpoint: WebhookEndpoint; readonly secret: string }> {
    this.assertUrl(url);
    const secret = newSecret();
    const keys: Keys = { secrets: [secret], signing: newSigningKey() };
    const { rows } = await this.pool.query<Row>(
      `insert into webhooks (book, id, party, url, types, keys)
       select $1, $2, $3, $4, $5, $6 where (select count(*) from webhooks where book = $1 and party = $3) < ${ENDPOINTS_MAX}
       returning id, url, types, status, why_off, keys, created_at`,
      [book, `whk_${randomBytes(12).toString("hex")}`, party, url, types, JSON.stringify(keys)],
    );
    const [row] = rows;
    if (row === undefined) throw new WebhookProblem("too_many", `A party has at most ${ENDPOINTS_MAX} endpoints.`);
    return { endpoint: endpointOf(row), secret };
  }

  async list(book: BookName, party: PartyId): Promise<readonly WebhookEndpoint[]> {
    return (await this.rows(book, party)).map(endpointOf);
  }

  async find(book: BookName, party: PartyId, id: string): Promise<WebhookEndpoint | undefined> {
    return (await this.list(book, party)).find((one) => one.id === id);
  }

  /** Changes address or types, or turns it on again. False where there is none. */
  async update(
    book: BookName,
    party: PartyId,
    id: string,
    change: { readonly url?: string; readonly types?: readonly string[]; readonly status?: "on" | "off" },
  ): Promise<boolean> {
    if (change.url !== undefined) this.assertUrl(change.url);
    const { rowCount } = await this.pool.query(
      `update webhooks set url = coalesce($4, url), types = coalesce($5, types), status = coalesce($6, status),
         why_off = case when $6 = 'on' then null else why_off end
       where book = $1 and party = $2 and id = $3`,
      [book, party, id, change.url ?? null, change.types ?? null, change.status ?? null],
    );
    return rowCount === 1;
  }

  /** A new secret; the one before signs beside it for a day, so that nothing is lost while it is replaced. Undefined where there is none. */
  async rotate(book: BookName, party: PartyId, id: string): Promise<string | undefined> {
    const secret = newSecret();
    const { rowCount } = await this.pool.query(
      `update webhooks set rotated_at = clock_timestamp(),
         keys = jsonb_set(keys::jsonb, '{secrets}', jsonb_build_array($4::text, keys::jsonb -> 'secrets' -> 0))::text
       where book = $1 and party = $2 and id = $3`,
      [book, party, id, secret],
    );
    return rowCount === 1 ? secret : undefined;
  }

  async remove(book: BookName, party: PartyId, id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query("delete from webhooks where book = $1 and party = $2 and id = $3", [
      book,
      party,
      id,
    ]);
    await this.outbox.cancel(queueOf(book, id));
    return rowCount === 1;
  }

  /** It said that it is gone for good (410), or nobody turned it on: nothing more is sent to it. */
  async turnOff(book: BookName, id: string, why: string): Promise<void> {
    await this.pool.query("update webhooks set status = 'off', why_off = $3 where book = $1 and id = $2", [
      book,
      id,
      why,
    ]);
    await this.outbox.cancel(queueOf(book, id));
  }

  /** For sending: where to, and signed by what. Undefined where it is off or gone. */
  async target(book: BookName, id: string): Promise<{ readonly url: string; readonly keys: Keys } | undefined> {
    const { rows } = await this.pool.query<{ url: string; keys: string; overlaps: boolean }>(
      `select url, keys, coalesce(rotated_at > clock_timestamp() - interval '${OVERLAP_HOURS} hours', false) as overlaps
       from webhooks where book = $1 and id = $2 and status = 'on'`,
      [book, id],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const keys = JSON.parse(row.keys) as Keys;
    return { url: row.url, keys: { ...keys, secrets: keys.secrets.slice(0, row.overlaps ? 2 : 1) } };
  }

  /** What follows for endpoints from what a party was told. */
  readonly consequences: Consequences = async (book, party, entries) => {
    const endpoints = (await this.rows(book, party)).filter(({ status }) => status === "on");
    return endpoints.flatMap(({ id, types }) =>
      entries
        .filter(({ type }) => wants(types, eventTypeOf(type)))
        .map(({ position, event }) => ({
          book,
          party,
          kind: "webhook" as const,
          endpoint: queueOf(book, id),
          key: `${id}/${position}`,
          body: { webhook: id, payload: payloadOf(book, party, position, event) },
        })),
    );
  };

  private assertUrl(url: string): void {
    const problem = urlProblem(url, this.rules);
    if (problem !== undefined) throw new WebhookProblem(problem, SAID[problem]);
  }

  private async rows(book: BookName, party: PartyId): Promise<readonly Row[]> {
    const { rows } = await this.reader.query<Row>(book, party, {
      text: "select id, url, types, status, why_off, keys, created_at from webhooks where book = $1 and party = $2 order by created_at, id",
      values: [book, party],
    });
    return rows;
  }
}

function wants(types: readonly string[], type: string): boolean {
  return (
    types.length === 0 || types.some((one) => (one.endsWith("*") ? type.startsWith(one.slice(0, -1)) : one === type))
  );
}

function endpointOf({ id, url, types, status, why_off, keys, created_at }: Row): WebhookEndpoint {
  const publicKey = (JSON.parse(keys) as Keys).signing.public;
  return { id, url, types, status, publicKey, createdAt: created_at, ...(why_off === null ? {} : { whyOff: why_off }) };
}
