import { randomUUID } from "node:crypto";
import {
  advanceDisclosure,
  concernedBy,
  DISCLOSED_BY,
  disclosures,
  emptyDisclosure,
  foldView,
  type DisclosedEvent,
  listed,
  type PartyView,
  type ViewKind,
  type ViewObject,
} from "@offtake/core/disclosure";
import type { Instant, PartyId } from "@offtake/core/kernel";
import { emptyFeed, type FeedObject, grown, type Telling as Told } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { MemoryFeedStore, MemoryStore, sha256 } from "@offtake/store/memory";
import { encodeDisclosed } from "@offtake/wire/codecs";
import { encodeView } from "@offtake/wire/views";
import { pino } from "pino";
import { Books, recordedFrom } from "../books/index.ts";
import { smallWorld } from "../books/world.fixture.ts";
import { type PersonId, type Principal, ROLES } from "../people/index.ts";
import { createApp, ROUTES, type Services } from "./index.ts";

const BOOK = "small" as BookName;

/** Tells everybody what a log says, all of it anew each time: for specs, whose logs are short. */
async function project(store: MemoryStore, feeds: MemoryFeedStore): Promise<void> {
  const from = await feeds.projectedTo(BOOK);
  const records = await store.read(BOOK, 0, 100_000);
  const state = emptyDisclosure();
  const told = new Map<PartyId, { at: Instant; event: DisclosedEvent }[]>();
  const heads = new Map<PartyId, { length: number; hash: string }>();
  const tellings: Told[] = [];
  for (const record of records) {
    const mine = new Map<PartyId, string[]>();
    for (const event of recordedFrom(record).events) {
      for (const { party, event: shown } of disclosures(event, state)) {
        told.set(party, [...(told.get(party) ?? []), { at: event.at, event: shown }]);
        mine.set(party, [...(mine.get(party) ?? []), JSON.stringify(encodeDisclosed(shown))]);
      }
      advanceDisclosure(state, event);
    }
    for (const [party, bodies] of mine) {
      const before = heads.get(party) ?? emptyFeed(BOOK, party, sha256);
      const after = bodies.reduce((head, body) => grown(head, body, sha256), before);
      heads.set(party, after);
      if (record.position < from) continue;
      const { length: position } = before;
      tellings.push({
        party,
        record: record.position,
        position,
        told: bodies.map((body) => ({ body })),
        hash: after.hash,
      });
    }
  }
  const objects = [...told].flatMap(([party, feed]) => objectsOf(party, feed));
  await feeds.project(BOOK, from, { disclosedBy: DISCLOSED_BY, to: records.length, tellings, objects });
}

function objectsOf(party: PartyId, feed: readonly { at: Instant; event: DisclosedEvent }[]): FeedObject[] {
  const view = foldView(feed.map(({ event }) => event));
  const changes = new Map<string, { created: number; version: number; updatedAt: Instant }>();
  for (const [version, { at, event }] of feed.entries()) {
    for (const { kind, id } of concernedBy(event)) {
      const created = changes.get(`${kind} ${id}`)?.created ?? version;
      changes.set(`${kind} ${id}`, { created, version, updatedAt: at });
    }
  }
  return (Object.keys(view) as (keyof PartyView)[]).flatMap((kind: ViewKind) =>
    [...(view[kind] as ReadonlyMap<string, ViewObject>)].flatMap(([id, object]) => {
      const change = changes.get(`${kind} ${id}`);
      const body = JSON.stringify(encodeView(kind, object as never));
      return change === undefined ? [] : [{ party, kind, id, ...listed(kind, object as never), ...change, body }];
    }),
  );
}

/** What somebody sends: by whom, and what. */
export interface Sent {
  readonly as?: string;
  readonly body?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** The small book behind the API, in memory; whoever says so acts as that party, with every role. */
export async function servedBook(more: Partial<Services> = {}) {
  let now = Date.UTC(2036, 0, 1, 18);
  const store = new MemoryStore({ clock: () => now });
  const feeds = new MemoryFeedStore({ secretOf: () => "0".repeat(64) });
  const books = await Books.open({ store, hash: sha256, nonce: randomUUID, monotonic: () => now, pollMs: 3_600_000 });
  const node = await books.create(BOOK);
  for (const [index, { actor, body }] of smallWorld().entries())
    await node?.submit({ actor, body, key: `world ${index}` });
  await project(store, feeds);
  const log: string[] = [];
  const services: Services = {
    books,
    telling: { store: feeds, waitFor: () => project(store, feeds), subscribe: async function* () {} },
    people: { authenticate: async ({ authorization }) => principalOf(authorization) },
    log: pino({ base: null }, { write: (line: string) => void log.push(line) }),
    clock: () => 0,
    isReadOnly: () => false,
    notReady: async () => undefined,
    metrics: async () => ({ type: "text/plain", text: "" }),
    observe: () => {},
    keeperOf: async (book) => (await books.get(book))?.view.header?.keeper,
    ...more,
  };
  const app = createApp(ROUTES, services);
  let keys = 0;
  const send = async (method: string, path: string, sent: Sent = {}): Promise<Response> => {
    const { as = "lab", body, text = body === undefined ? undefined : JSON.stringify(body) } = sent;
    const headers = {
      authorization: `Bearer ${as}`,
      "idempotency-key": sent.key ?? `k${(keys += 1)}`,
      ...(text === undefined ? {} : { "content-type": sent.type ?? "application/json" }),
      ...sent.headers,
    };
    return app.request(`/v1/books/small${path}`, { method, headers, ...(text === undefined ? {} : { body: text }) });
  };
  const call = async (method: string, path: string, sent: Sent = {}): Promise<Answered> => {
    const response = await send(method, path, sent);
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Record<string, unknown> };
  };
  return { app, services, log, send, call, close: () => books.close(), pass: (ms: number) => (now += ms) };
}

function principalOf(authorization: string | undefined): Principal | undefined {
  const party = /^Bearer ([a-z]+)$/.exec(authorization ?? "")?.[1];
  if (party === undefined) return undefined;
  return { person: `p_${party}` as PersonId, party: party as PartyId, book: BOOK, roles: ROLES, via: "key" };
}
