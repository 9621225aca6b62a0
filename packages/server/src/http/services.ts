import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { BookNode, FirstCommand } from "../books/index.ts";
import type { Imported } from "../carry/index.ts";
import type { ConsoleFiles } from "../console/index.ts";
import type { Office } from "../office/index.ts";
import type { Feeds } from "../feeds/index.ts";
import type {
  Authenticator,
  CredentialHeaders,
  People,
  SessionView,
  OneTimeLogin,
  Principal,
} from "../people/index.ts";

/** The books of a server, as routes use them. */
export interface BookShelf {
  names(): Promise<readonly BookName[]>;
  get(book: BookName): Promise<BookNode | undefined>;
  create(book: BookName): Promise<BookNode | undefined>;
}

/** What parties were told, as routes use it: nothing that a party reads comes from anywhere else. */
export type Telling = Pick<Feeds, "store" | "receipt" | "outcome" | "follow">;

/** Who calls, and what it may do. */
export interface Door extends Authenticator {
  readonly access: Pick<People["access"], "admit">;
  session(headers: CredentialHeaders): Promise<Pick<SessionView, "csrf" | "kind"> | undefined>;
}

/** One of the processes that serve the books of a database. */
export interface ServerNode {
  readonly id: string;
  readonly version: string;
  /** RFC 3339. */
  readonly since: string;
  /** The one that answers. */
  readonly isThis: boolean;
}

/** How a broker does, for whoever runs it: numbers, and no name of anybody. */
export interface ServerStatus {
  readonly version: string;
  /** Of the console that it serves. */
  readonly console?: string;
  readonly node: string;
  readonly startedAt: string;
  readonly isReadOnly: boolean;
  readonly nodes: readonly ServerNode[];
  readonly database: { readonly version: string; readonly roundTripMs: number; readonly migrations: number };
  /** Of the book of which most has not been told yet. */
  readonly feeds: { readonly behindRecords: number; readonly behindMs: number; readonly followers: number };
  readonly deadlines: { readonly overdueMs: number };
  /** Deliveries that wait, of those such that were tried before, such that were given up; webhooks that are off; since when all is held back. */
  readonly outbox: {
    readonly waiting: number;
    readonly retried: number;
    readonly dead: number;
    readonly webhooksOff: number;
    readonly pausedSince?: string;
  };
}

/** What routes are served with: everything behind the API, made by whoever wires a broker. */
export interface Services {
  readonly books: BookShelf;
  readonly telling: Telling;
  readonly door: Door;
  /** People, sessions and keys; undefined where there is no database to keep them in. */
  readonly people: People | undefined;
  /** Where browsers reach this broker: scheme, host and port. */
  readonly origins: () => readonly string[];
  readonly log: { error(where: object, message: string): void };
  /** Where a call comes from, given the connection and `X-Forwarded-For`; the connection when absent. */
  readonly clientOf?: (connection: string, forwardedFor: string | undefined) => string;
  /** Milliseconds since 1970, for limits and nothing that is decided. */
  readonly clock: () => number;
  /** Milliseconds since 1970, for what is worked out beforehand; the clock of the machine when absent. */
  readonly wallClock?: () => number;
  /** Calls a second that each party may keep up, reading and changing apart; the usual number when absent. */
  readonly callsPerSecond?: number;
  /** While true every change is refused and reading goes on. */
  readonly isReadOnly: () => boolean;
  /** Aborted once this node goes down: what has no end by itself ends then. */
  readonly stopping: AbortSignal;
  /** Why this node cannot serve; undefined where it can. */
  readonly notReady: () => Promise<string | undefined>;
  /** Absent where there is no server, as in a page. */
  readonly status?: () => Promise<ServerStatus>;
  /** What whoever helps is given: without prices, names and secrets. */
  readonly support?: () => Promise<Readonly<Record<string, unknown>>>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Told how long each call took. */
  readonly observe: (operation: string, status: number, seconds: number) => void;
  /**
   * Makes a book that begins now, told to its parties when it is answered; false where there is one of that name.
   *
   * @throws BookRefused where it does not fit together
   */
  readonly makeBook: (book: BookName, first: readonly FirstCommand[]) => Promise<boolean>;
  /**
   * Makes a book of an export: all of it or nothing. Absent where there is no database to make it in.
   *
   * @throws CarryProblem
   */
  readonly importBook?: (lines: AsyncIterable<string>) => Promise<Imported>;
  /** A login that is good once, for the first administrator of a party of a new book. */
  readonly firstMember: (seat: Pick<Principal, "book" | "party" | "person">) => Promise<OneTimeLogin | undefined>;
  readonly keeperOf: (book: BookName) => Promise<PartyId | undefined>;
  /** What reaches out of the broker and in by hand; absent where there is no database for it. */
  readonly office?: Office;
  /** Answers who comes by a signed link, whose token is given; absent as `office` is. */
  readonly links?: (request: Request, token: string) => Promise<Response>;
  /** The pages of the console; absent where the API is served alone. */
  readonly console?: ConsoleFiles;
}
