import type { Receipt } from "@offtake/store/feeds";
import type { BookName, Head } from "@offtake/store/log";

/** Of a party's feed: where it ends, and the SHA-256 of all that the party sees. */
export interface CarriedFeed extends Head {
  readonly party: string;
  readonly views: string;
}

/** The first line: which book it is, and where everything in it ends. */
export interface CarriedHeader {
  readonly schema: "offtake/book-export@1";
  readonly book: BookName;
  readonly keeper: string;
  /** RFC 3339, UTC: the instant that it shows. */
  readonly madeAt: string;
  readonly log: Head;
  /** How many records had been told. */
  readonly told: number;
  readonly feeds: readonly CarriedFeed[];
}

/** A command with the events that followed, as JSON; `body` where packing them again would give other bytes than the log has. */
export interface CarriedRecord {
  readonly record: {
    readonly position: number;
    readonly at: number;
    readonly receivedAt?: number;
    readonly key: string;
    readonly fingerprint: string;
    readonly actor: string;
    readonly type: string;
    readonly took: boolean;
    readonly hash: string;
  };
  readonly events: readonly unknown[];
  readonly body?: string;
}

/** What a party was told of a record: in `told` a number stands for that event of it. */
export interface CarriedTelling {
  readonly telling: {
    readonly party: string;
    readonly position: number;
    readonly count: number;
    readonly record: number;
    readonly disclosedBy: number;
    readonly quotes: boolean;
    readonly hash: string;
  };
  readonly told: readonly unknown[];
}

/** A row of a table beside the log, as PostgreSQL makes JSON of it; the content of a file in base64. */
export interface CarriedRow {
  readonly row: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** For readers: an agreement as its keeper sees it. Importing makes it again from the log. */
export interface CarriedAgreement {
  readonly agreement: unknown;
}

/** The last line. */
export interface CarriedEnd {
  readonly end: {
    readonly records: number;
    readonly tellings: number;
    readonly rows: number;
    /** Files that are nobody's but their owners', and are not in it. */
    readonly withheld: number;
    /** SHA-256 of all lines before this one, line ends and all. */
    readonly sha256: string;
  };
}

export type CarriedLine =
  | CarriedHeader
  | CarriedRecord
  | CarriedTelling
  | CarriedRow
  | CarriedAgreement
  | { readonly receipt: Receipt }
  | { readonly handles: string }
  | CarriedEnd;

/** The tables beside the log that belong to a book, in the order in which they can be written. People and keys belong to the server. */
export const ROW_TABLES = ["file_contents", "files", "notice_forms", "provider_tasks", "texts", "keeping"] as const;

/** A book cannot be exported or imported; each message says what to do. */
export class CarryProblem extends Error {
  /**
   * `unknown_book`; `book_is_there`: one of that name. `export_unreadable`: this is no export. `export_damaged`: it is not what was
   * written. `export_unsound`: it does not hold together.
   */
  readonly code: "unknown_book" | "book_is_there" | "export_unreadable" | "export_damaged" | "export_unsound";

  constructor(code: CarryProblem["code"], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CarryProblem";
    this.code = code;
  }
}
