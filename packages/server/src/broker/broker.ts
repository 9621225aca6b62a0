import { randomBytes, randomUUID } from "node:crypto";
import type { Command } from "@offtake/core/book";
import type { BookName } from "@offtake/store/log";
import { type EmbeddedDatabase, startEmbedded } from "@offtake/store/embedded";
import { Database, PostgresFeedStore, PostgresStore, sha256 } from "@offtake/store/postgres";
import { Books, type BookWarning, DecidedEvents, type FirstCommand, makeBook } from "../books/index.ts";
import { type ConsoleFiles, readConsole } from "../console/index.ts";
import { importBook } from "../carry/index.ts";
import { Feeds } from "../feeds/index.ts";
import { createApp, ROUTES, type Services } from "../http/index.ts";
import { type FirstMember, type OneTimeLogin, People } from "../people/index.ts";
import type { Office } from "../office/index.ts";
import { serveLink } from "../links/index.ts";
import { Keeping, TextStore } from "../texts/index.ts";
import { startTimers } from "../timers/index.ts";
import { makeBookWithPast } from "./history.ts";
import { type Listening, listen } from "./listen.ts";
import { type BrokerMetrics, newMetrics } from "./metrics.ts";
import { believing } from "./proxies.ts";
import { type Looked, nodeName, statusOf, supportBundle } from "./status.ts";
import { startUpkeep } from "./upkeep.ts";
import { openOffice } from "./post.ts";
import { type BrokerOptions, BrokerProblem, type DataSource } from "./options.ts";

/** A broker that serves. */
export interface Broker {
  /** Where it answers, such as `http://127.0.0.1:8400`. */
  readonly address: string;
  readonly books: Books;
  /**
   * Makes a book that begins now; false where there is one of that name.
   *
   * @throws BookRefused where it does not fit together; then there is no book
   */
  makeBook(book: BookName, first: readonly FirstCommand[]): Promise<boolean>;
  /** Makes a book with a past, such as that of a story; false where there is one of that name. */
  makeBookWithPast(book: BookName, past: readonly Command[]): Promise<boolean>;
  /** A login that is good once, for whoever starts the broker; undefined where that person has been removed everywhere. */
  firstLogin(name: string, seats: readonly FirstMember[]): Promise<OneTimeLogin | undefined>;
  /** Whether its data were taken over from a broker that was killed. */
  readonly adopted: boolean;
  /** What whoever runs it should know, and can do something about. */
  readonly warnings: readonly string[];
  /** Answers what is on its way, takes nothing more, and gives everything back. Nothing acknowledged is lost. */
  close(): Promise<void>;
}

/**
 * Starts a broker: its database, its books with their deadlines, and the API.
 *
 * @throws BrokerProblem, EmbeddedProblem, UnsafeDatabase, SchemaProblem: each says what to do
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const started: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of started.splice(0).reverse()) await close();
  };
  try {
    return await start(options, started, closeAll);
  } catch (error) {
    await closeAll().catch(() => {});
    throw error;
  }
}

async function start(
  options: BrokerOptions,
  started: (() => Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<Broker> {
  const { log, listen: where } = options;
  const id = randomBytes(4).toString("hex");
  const { database, embedded, url } = await openDatabase(options.data, started, nodeName(id));
  const warnings: string[] = [];
  if (database.reader.unheld !== undefined) {
    warnings.push(
      `The database does not hold readers to the rows of their party (${database.reader.unheld}); what a party may see rests on the statements alone. Let an administrator run: create role offtake_reader nologin; grant offtake_reader to the user of DATABASE_URL.`,
    );
    log.warn({ why: database.reader.unheld }, "the database does not hold readers to the rows of their party");
  }
  if (!(await database.hears()))
    log.warn("the database's notices are not heard, as through a transaction-mode pooler: connect to it directly");
  const store = new PostgresStore(database);
  const warned = (problem: BookWarning): void =>
    log.warn(problem, "what stands beside the log was wrong and was got around");
  const texts = new TextStore(database.pool, new Keeping(database.pool));
  const hide = texts.hide.bind(texts);
  const decided = new DecidedEvents();
  const books = await Books.open({
    store,
    hash: sha256,
    nonce: randomUUID,
    warned,
    hide,
    decided,
    // Nobody sends anything before there are feeds.
    pace: (book) => feeds.pace(book),
    batchOf: (book) => feeds.batchOf(book),
  });
  started.push(() => books.close());
  const failed = (error: unknown): void => log.error({ why: messageOf(error) }, "something is tried again");
  const feedStore = new PostgresFeedStore(database);
  const feeds = await Feeds.start({ log: store, feeds: feedStore, hash: sha256, failed, decided });
  started.push(() => feeds.close());
  const timers = await startTimers(books, { failed });
  started.push(() => timers.close());
  const people = new People({ database, providers: options.providers ?? [] });
  started.push(await people.hear(database.listen.bind(database)));
  const upkeep = startUpkeep(people, books, database, failed);
  started.push(() => upkeep.close());
  const stopping = new AbortController();
  /** A book is told before anybody looks. */
  const made = async (book: BookName, making: Promise<boolean>): Promise<boolean> => {
    const isNew = await making;
    const length = (await books.get(book))?.length ?? 0;
    if (length > 0) await feeds.waitFor(book, length - 1);
    return isNew;
  };
  let address = options.publicUrl ?? "http://localhost";
  const office = await openOffice(options, {
    database,
    store: feedStore,
    books,
    feeds,
    failed,
    address: () => address,
  });
  started.push(() => office.close());
  const watched = {
    lags: () => feeds.lags(),
    followers: () => feeds.followers,
    overdueMs: () => overdueMs(books),
  };
  const metrics = newMetrics({ books: async () => (await books.names()).length, ...watched });
  const pages = options.console === undefined ? undefined : await readConsole(options.console);
  const looked: Looked = {
    id,
    startedAt: Date.now(),
    database,
    console: pages?.build,
    isReadOnly: options.readOnly === true,
    ...watched,
  };
  const app = createApp(
    ROUTES,
    services(options, {
      pages,
      looked,
      office,
      books,
      feeds,
      people,
      metrics,
      stopping: stopping.signal,
      address: () => address,
      makeBook: (book, first) => made(book, makeBook(books, book, first)),
      importBook: (lines) => importBook(url, lines),
    }),
  );
  const listening = await listen(app, where.host, where.port);
  started.push(() => listening.drain());
  address = options.publicUrl ?? addressOf(listening);
  await embedded?.announce(address);
  embedded?.onLost(() => {
    if (!stopping.signal.aborted) options.onLost?.("The database of this broker has gone.");
  });
  log.info({ address }, "serving");
  let closing: Promise<void> | undefined;
  return {
    address,
    books,
    makeBook: (book, first) => made(book, makeBook(books, book, first)),
    makeBookWithPast: (book, past) => made(book, makeBookWithPast(store, book, past, sha256, hide)),
    firstLogin: (name, seats) => people.bootstrap(name, seats),
    adopted: embedded?.adopted ?? false,
    warnings,
    close: () => {
      stopping.abort();
      closing ??= closeAll().then(() => log.info("stopped"));
      return closing;
    },
  };
}

/**
 * The database that a broker keeps its data in; `started` takes what gives it back.
 *
 * @param name what this node is called there
 */
export async function openDatabase(
  data: DataSource,
  started: (() => Promise<void>)[],
  name?: string,
): Promise<{ readonly database: Database; readonly embedded: EmbeddedDatabase | undefined; readonly url: string }> {
  const embedded = "folder" in data ? await startEmbedded(data.folder) : undefined;
  if (embedded !== undefined) started.push(() => embedded.stop());
  const url = "url" in data ? data.url : (embedded?.url ?? "");
  const allowUnsafe = "url" in data && data.allowUnsafe === true;
  const database = await Database.open({ url, allowUnsafe, ...(name === undefined ? {} : { name }) }).catch(
    (error: unknown) => {
      throw unreachable(error, url) ?? error;
    },
  );
  started.push(() => database.close());
  return { database, embedded, url };
}

const AWAY: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOENT",
  "28P01",
  "28000",
  "3D000",
]);

/** What a pooler says to settings of a connection that it would share among many. */
const POOLED = "08P01";

/** What the driver says where there is nobody, told with the place and without the password. */
function unreachable(error: unknown, url: string): BrokerProblem | undefined {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  if (code === POOLED && message?.includes("startup parameter") === true)
    return new BrokerProblem(
      "database_unreachable",
      `At ${placeOf(url)} there is a pooler and not the database (${message}): connect to PostgreSQL directly`,
      error,
    );
  if (code === undefined || !AWAY.has(code)) return undefined;
  return new BrokerProblem(
    "database_unreachable",
    `The database at ${placeOf(url)} cannot be used: ${message ?? code}`,
    error,
  );
}

function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
  } catch {
    return "the given address";
  }
}

/** Until somebody else is invited there is nobody else to do it. */
const FIRST_ROLES = ["admin", "procurement", "finance", "engineer", "legal", "provider-desk", "signatory"] as const;

interface Parts {
  readonly looked: Looked;
  readonly pages: ConsoleFiles | undefined;
  readonly books: Books;
  readonly feeds: Feeds;
  readonly people: People;
  readonly office: Office;
  readonly metrics: BrokerMetrics;
  /** Aborted once the broker goes down. */
  readonly stopping: AbortSignal;
  readonly makeBook: Services["makeBook"];
  readonly importBook: NonNullable<Services["importBook"]>;
  /** Where it is reached; known once it listens. */
  readonly address: () => string;
}

function services(
  options: BrokerOptions,
  {
    looked,
    pages,
    office,
    books,
    feeds,
    people,
    metrics,
    stopping,
    address,
    makeBook: made,
    importBook: imported,
  }: Parts,
): Services {
  return {
    books,
    telling: feeds,
    log: options.log,
    ...(options.trustedProxies === undefined ? {} : { clientOf: believing(options.trustedProxies) }),
    clock: () => performance.now(),
    door: people,
    office,
    links: (request, token) => serveLink(office.linkBroker, request, token),
    ...(pages === undefined ? {} : { console: pages }),
    people,
    origins: () => [new URL(address()).origin],
    ...(options.callsPerSecond === undefined ? {} : { callsPerSecond: options.callsPerSecond }),
    isReadOnly: () => options.readOnly === true,
    status: () => statusOf(looked),
    support: async () => supportBundle(looked, settingsOf(options), await metrics.registry.metrics()),
    notReady: async () => {
      if (stopping.aborted) return "This node is going down.";
      try {
        await books.names();
        return undefined;
      } catch {
        return "The database does not answer.";
      }
    },
    metrics: async () => ({ type: metrics.registry.contentType, text: await metrics.registry.metrics() }),
    observe: (operation, status, seconds) => metrics.calls.observe({ operation, status: String(status) }, seconds),
    stopping,
    makeBook: made,
    importBook: imported,
    firstMember: async (seat) => {
      const { login } = await people.members.invite(seat, { name: "First administrator", roles: FIRST_ROLES });
      return login;
    },
    keeperOf: async (book: BookName) => (await books.get(book))?.view.header?.keeper,
  };
}

/** Which settings are made, and not what they are. */
function settingsOf(options: BrokerOptions): Readonly<Record<string, boolean | number>> {
  return {
    ownDatabase: "folder" in options.data,
    publicUrl: options.publicUrl !== undefined,
    identityProviders: options.providers?.length ?? 0,
    mail: options.mail !== undefined,
    webhookNetworks: options.webhookNetworks?.length ?? 0,
    trustedProxies: options.trustedProxies?.length ?? 0,
    letterFonts: options.letterFonts?.length ?? 0,
    callsPerSecond: options.callsPerSecond ?? 500,
    console: options.console !== undefined,
    readOnly: options.readOnly === true,
  };
}

function addressOf({ host, port }: Listening): string {
  const shown = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${shown.includes(":") ? `[${shown}]` : shown}:${port}`;
}

async function overdueMs(books: Books): Promise<number> {
  const names = await books.names();
  const nodes = await Promise.all(names.map((name) => books.get(name)));
  return Math.max(0, ...nodes.map((node) => (node?.now() ?? 0) - (node?.nextDue() ?? Infinity)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
