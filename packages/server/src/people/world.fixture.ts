import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PartyId } from "@offtake/core/kernel";
import { startEmbedded } from "@offtake/store/embedded";
import type { BookName } from "@offtake/store/log";
import { Database, PostgresStore } from "@offtake/store/postgres";
import { afterAll, beforeAll } from "vitest";
import type { IdentityProvider } from "./identity.ts";
import { People } from "./people.ts";
import type { PersonId, Principal, Seat } from "./principal.ts";
import type { Role } from "./roles.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const START = Date.UTC(2036, 0, 1, 9);

/** A server's people, with a clock to turn. */
export interface PeopleWorld {
  readonly people: People;
  readonly database: Database;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** A party of a book of its own, or of the one that is named, and its administrator. */
  readonly party: (
    name?: string,
    book?: string,
  ) => Promise<{ readonly seat: Seat; readonly admin: Seat & { readonly person: PersonId } }>;
  /** A member, with a terminal's session. */
  readonly member: (seat: Seat, roles: readonly Role[], more?: { readonly signsAs?: string }) => Promise<Someone>;
}

export interface Someone {
  readonly person: PersonId;
  readonly token: string;
  readonly authorization: string;
  readonly who: () => Promise<Principal | undefined>;
}

/** One embedded server for a spec file. */
export function withPeople(providers: () => readonly IdentityProvider[] = () => []): () => PeopleWorld {
  let world: PeopleWorld | undefined;
  let close: () => Promise<void> = () => Promise.resolve();
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "offtake-people-"));
    const server = await startEmbedded(folder);
    const database = await Database.open({ url: server.url });
    // Nothing here is about what a commit survives.
    await database.pool.query("alter system set synchronous_commit = off");
    await database.pool.query("select pg_reload_conf()");
    const store = await PostgresStore.open({ url: server.url, connections: 1, allowUnsafe: true });
    close = async () => {
      await store.close();
      await database.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    world = newWorld(database, (book) => store.createBook(book), providers());
  }, 120_000);
  afterAll(() => close());
  return () => {
    if (world === undefined) throw new Error("the server has not started");
    return world;
  };
}

function newWorld(
  database: Database,
  createBook: (book: BookName) => Promise<unknown>,
  providers: readonly IdentityProvider[],
): PeopleWorld {
  let at = START;
  let books = 0;
  const people = new People({ database, now: () => at, providers });
  const member: PeopleWorld["member"] = async (seat, roles, more = {}) => {
    const invited = await people.members.invite({ ...seat, person: "somebody" }, { name: "Some Body", roles, ...more });
    const { token } = await people.logins.exchange(invited.login?.code ?? "", "terminal", "test");
    const authorization = `Bearer ${token}`;
    const who = () => people.authenticate({ authorization });
    return { person: invited.person, token, authorization, who };
  };
  return {
    people,
    database,
    now: () => at,
    pass: (ms) => {
      at += ms;
    },
    member,
    party: async (name = "lab", book = `book-${(books += 1)}`) => {
      const seat = { book: book as BookName, party: name as PartyId };
      await createBook(seat.book);
      const { person } = await member(seat, ["admin"]);
      return { seat, admin: { ...seat, person } };
    },
  };
}
