import { randomUUID } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Database } from "@offtake/store/postgres";
import { MemoryFeedStore, MemoryStore, sha256 } from "@offtake/store/memory";
import { pino } from "pino";
import { Books, makeBook } from "../books/index.ts";
import { smallWorld } from "../books/world.fixture.ts";
import type { WorldCommand } from "@offtake/wire/book";
import { Feeds } from "../feeds/index.ts";
import { openOffice } from "../broker/post.ts";
import { type CredentialHeaders, People, type PersonId, type Principal, reachOf, ROLES } from "../people/index.ts";
import { createApp, type Door, ROUTES, type Services } from "./index.ts";

export const BOOK = "small" as BookName;
const ADDRESS = "https://broker.example";

/** Lets in whom the given function knows, with whatever its roles allow. */
export function doorFor(known: (headers: CredentialHeaders) => Principal | undefined): Door {
  return {
    authenticate: async (headers) => known(headers),
    session: async () => undefined,
    access: {
      admit: async (caller, operation) => {
        const reach = reachOf(caller, operation);
        return reach === "none" ? undefined : { reach, requests: undefined, read: async () => true };
      },
    },
  };
}

/** What somebody sends: by whom, and what. */
export interface Sent {
  readonly as?: string;
  readonly body?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** What a served book begins with, where it is not the small one. */
export interface Beginning {
  /** Its name, where many are kept beside one database; the small book's when absent. */
  readonly book?: BookName;
  readonly commands?: readonly WorldCommand[];
  /** Randomness for ids, one text for each command. */
  readonly nonce?: () => string;
  /** Where members, keys, letters, files and what is sent are kept; without it there is nothing of all that. */
  readonly database?: Database;
}

/** The small book behind the API, in memory; whoever says so acts as that party, with every role. */
export async function servedBook(
  more: Partial<Services> = {},
  { book = BOOK, commands, nonce, database }: Beginning = {},
) {
  let now = Date.UTC(2036, 0, 1, 18);
  const store = new MemoryStore({ clock: () => now });
  const feeds = new MemoryFeedStore({ secretOf: () => "0".repeat(64) });
  const books = await Books.open({
    store,
    hash: sha256,
    nonce: nonce ?? randomUUID,
    monotonic: () => now,
    pollMs: 3_600_000,
  });
  const node = await books.create(book);
  if (node === undefined) throw new Error("the store is empty, so there is no book of that name");
  let position = 0;
  for (const [index, { actor, body }] of (commands ?? smallWorld()).entries()) {
    const answer = await node.submit({ actor, body, key: `world ${index}` });
    if (answer.outcome !== "accepted") throw new Error(`${body.type}: ${JSON.stringify(answer)}`);
    ({ position } = answer);
  }
  const telling = await Feeds.start({ log: store, feeds, hash: sha256 });
  // Whoever reads first reads the whole world.
  await telling.receipt(book, "lab" as PartyId, position);
  const log: string[] = [];
  const failed = (error: unknown): void => void log.push(String(error));
  const office =
    database === undefined
      ? undefined
      : await openOffice({}, { database, store: feeds, books, feeds: telling, address: () => ADDRESS, failed });
  const services: Services = {
    books,
    telling,
    door: doorFor(({ authorization }) => principalOf(authorization)),
    people: database === undefined ? undefined : new People({ database, now: () => now }),
    ...(office === undefined ? {} : { office }),
    origins: () => [ADDRESS],
    log: pino({ base: null }, { write: (line: string) => void log.push(line) }),
    clock: () => 0,
    wallClock: () => now,
    isReadOnly: () => false,
    stopping: new AbortController().signal,
    makeBook: (name, first) => makeBook(books, name, first),
    firstMember: async () => undefined,
    notReady: async () => undefined,
    metrics: async () => ({ type: "text/plain", text: "" }),
    observe: () => {},
    keeperOf: async (name) => (await books.get(name))?.view.header?.keeper,
    ...more,
  };
  const app = createApp(ROUTES, services);
  let keys = 0;
  const sendAt = async (method: string, path: string, sent: Sent = {}): Promise<Response> => {
    const { as = "lab", body, text = body === undefined ? undefined : JSON.stringify(body) } = sent;
    const headers = {
      authorization: `Bearer ${as}`,
      "idempotency-key": sent.key ?? `k${(keys += 1)}`,
      ...(text === undefined ? {} : { "content-type": sent.type ?? "application/json" }),
      ...sent.headers,
    };
    const { signal } = sent;
    return app.request(path, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const send = (method: string, path: string, sent: Sent = {}): Promise<Response> =>
    sendAt(method, `/v1/books/${book}${path}`, sent);
  const callAt = async (method: string, path: string, sent: Sent = {}): Promise<Answered> => {
    const response = await sendAt(method, path, sent);
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Record<string, unknown> };
  };
  const call = (method: string, path: string, sent: Sent = {}): Promise<Answered> =>
    callAt(method, `/v1/books/${book}${path}`, sent);
  return {
    app,
    services,
    log,
    node,
    now: () => now,
    sendAt,
    send,
    call,
    callAt,
    close: async () => {
      await office?.close();
      await books.close();
      await telling.close();
    },
    pass: (ms: number) => (now += ms),
  };
}

function principalOf(authorization: string | undefined): Principal | undefined {
  const party = /^Bearer ([a-z]+)$/.exec(authorization ?? "")?.[1];
  if (party === undefined) return undefined;
  return { person: `p_${party}` as PersonId, party: party as PartyId, book: BOOK, roles: ROLES, via: "key" };
}
