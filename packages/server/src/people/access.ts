import { changed, type PeopleContext, rowsOf } from "./database.ts";
import type { Grant, Grants } from "./grants.ts";
import type { OperationId } from "./operations.ts";
import { reachOf } from "./permissions.ts";
import type { PersonId, Principal, Seat } from "./principal.ts";

export interface AccessEntry {
  readonly entry: number;
  readonly at: number;
  readonly person: PersonId;
  readonly via: Principal["via"];
  readonly key: string | null;
  readonly operation: string;
  readonly object: string | null;
  readonly outcome: "read" | "refused";
  /** The grant that was used. */
  readonly granted: string | null;
}

/** What is taken away to be read elsewhere is recorded whoever takes it. */
const RECORDED: readonly OperationId[] = ["bookExport", "evidenceExport"];

/** How far somebody who was let in may go with an operation. */
export interface Admission {
  readonly reach: "granted" | "all";
  /** Those that the grants name; undefined where nothing is left out. */
  readonly requests: readonly string[] | undefined;
  /**
   * Whether what hangs on this request may be shown now; recorded: who read what under which grant, or was refused.
   *
   * @param object what is read, by its kind and id
   * @param request undefined for what hangs on none
   */
  read(object: string, request: string | undefined): Promise<boolean>;
}

/** The door: every call of a known caller goes through `admit` before anything is looked up. */
export class Access {
  private readonly context: PeopleContext;
  private readonly grants: Grants;

  constructor(context: PeopleContext, grants: Grants) {
    this.context = context;
    this.grants = grants;
  }

  /** Undefined where the caller may not call this: to be answered as if there were nothing. A known caller's refusal is recorded. */
  async admit(caller: Principal, operation: OperationId, object?: string): Promise<Admission | undefined> {
    const reach = reachOf(caller, operation);
    if (reach === "none") {
      await this.record(caller, { operation, object, outcome: "refused" });
      return undefined;
    }
    const grants = reach === "granted" ? await this.grants.live(caller) : [];
    const grantFor = (request: string | undefined): Grant | undefined =>
      request === undefined ? undefined : grants.find(({ requests }) => requests.includes(request));
    return {
      reach,
      requests: reach === "all" ? undefined : [...new Set(grants.flatMap(({ requests }) => requests))],
      read: async (read, request) => {
        const granted = grantFor(request)?.granted;
        const isCovered = reach === "all" || granted !== undefined;
        const entry = { operation, object: read, outcome: isCovered ? "read" : "refused", granted } as const;
        if (!isCovered || reach === "granted" || RECORDED.includes(operation)) await this.record(caller, entry);
        return isCovered;
      },
    };
  }

  /**
   * Newest first, a page at a time. Entries are counted for each party by itself: the table counts those of all, and so would tell how often others
   * read and were refused.
   *
   * @param options.before only those whose number is lower
   */
  list({ book, party }: Seat, { before, limit }: { readonly before?: number; readonly limit: number }) {
    return rowsOf<AccessEntry & Record<string, unknown>>(
      this.context.pool,
      `with own as (select count(*) as length from access_log where book = $1 and party = $2),
            page as (
              select l.*, row_number() over (order by l.entry desc) as place from access_log l where book = $1 and party = $2
              order by l.entry desc
              offset greatest(0, (select length from own) - coalesce($3::bigint - 1, (select length from own))) limit $4
            )
       select (own.length - page.place + 1)::float8 as entry, at::float8 as at, person, via, key, operation, object, outcome, granted
       from own, page order by page.place`,
      [book, party, before ?? null, limit],
    ) as Promise<readonly AccessEntry[]>;
  }

  private async record(
    { book, party, person, via, key }: Principal,
    entry: Pick<AccessEntry, "operation" | "outcome"> & {
      readonly object?: string | undefined;
      readonly granted?: string | undefined;
    },
  ): Promise<void> {
    await changed(
      this.context.pool,
      `insert into access_log (book, party, at, person, via, key, operation, object, outcome, granted)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        book,
        party,
        this.context.now(),
        person,
        via,
        key ?? null,
        entry.operation,
        entry.object ?? null,
        entry.outcome,
        entry.granted ?? null,
      ],
    );
  }
}
