import {
  Books,
  createApp,
  type Door,
  Feeds,
  PAGE_ROUTES,
  type PersonId,
  type Principal,
  reachOf,
  ROLES,
  type Services,
  startTimers,
} from "@offtake/server/page";
import { MemoryFeedStore, MemoryStore, sha256 } from "@offtake/store/memory";
import type { MovableClock } from "../transport/transport.ts";
import { DemoClock } from "./demo-clock.ts";
import type { ConsoleStory } from "./story.ts";

/** A broker in the page: the same API over the same core, with everything in memory. */
export interface PageBroker {
  /** Answers a call as the API does; the party is that of `Offtake-Party`. */
  readonly answer: (request: Request) => Promise<Response>;
  readonly clock: DemoClock;
  readonly movable: MovableClock;
}

/**
 * Starts a broker with the book of a story, at the instant at which it is opened.
 *
 * @param at where the story is to stand instead, in milliseconds since 1970
 */
export async function startPageBroker(story: ConsoleStory, at: number = story.opensAt): Promise<PageBroker> {
  const clock = new DemoClock(at);
  const store = new MemoryStore({ clock: clock.now });
  await store.createBook(story.book);
  const turn = await store.takeTurn(story.book, 0);
  await turn.append(story.records.filter((record) => record.at <= at));
  const nonce = (): string => crypto.randomUUID();
  const books = await Books.open({ store, hash: sha256, nonce, monotonic: clock.now, pollMs: 60_000 });
  const failed = (error: unknown): void => console.error(error);
  const feeds = await Feeds.start({ log: store, feeds: new MemoryFeedStore(), hash: sha256, failed });
  const node = await books.get(story.book);
  if (node === undefined) throw new Error("Broken belief: the book of the story is there");
  if (node.length > 0) await feeds.waitFor(story.book, node.length - 1);
  await startTimers(books, { failed });
  const services: Services = {
    books,
    telling: feeds,
    door: doorOf(story),
    people: undefined,
    origins: () => [location.origin],
    log: { error: (_where, message) => failed(new Error(message)) },
    clock: () => performance.now(),
    wallClock: clock.now,
    isReadOnly: () => false,
    stopping: new AbortController().signal,
    notReady: async () => undefined,
    metrics: async () => ({ type: "text/plain", text: "" }),
    observe: () => {},
    makeBook: async () => false,
    firstMember: async () => undefined,
    keeperOf: async () => story.keeper,
  };
  const app = createApp(PAGE_ROUTES, services);
  let moves = 0;
  const listeners = new Set<() => void>();
  return {
    answer: async (request) => app.fetch(request),
    clock,
    movable: {
      onSet: (heard) => {
        listeners.add(heard);
        return () => listeners.delete(heard);
      },
      nextDue: () => node.nextDue(),
      moveTo: async (to) => {
        for (let due = node.nextDue(); due !== undefined && due <= to; due = node.nextDue()) {
          clock.setForward(due);
          moves += 1;
          await node.submit({ body: { type: "passTime" }, actor: story.keeper, key: `moved ${moves}` });
        }
        clock.setForward(to);
        for (const heard of listeners) heard();
        if (node.length > 0) await feeds.waitFor(story.book, node.length - 1);
      },
    },
  };
}

/** Everybody is played by whoever looks: each party is let in by its name, with all its roles. */
function doorOf(story: ConsoleStory): Door {
  return {
    authenticate: async ({ "offtake-party": named = "" }): Promise<Principal | undefined> => {
      const party = story.parties.find(({ id }) => named === `${story.book}/${id}`);
      if (party === undefined) return undefined;
      return { person: `person_${party.id}` as PersonId, party: party.id, book: story.book, roles: ROLES, via: "key" };
    },
    session: async () => undefined,
    access: {
      admit: async (caller, operation) => {
        const reach = reachOf(caller, operation);
        return reach === "none" ? undefined : { reach, requests: undefined, read: async () => true };
      },
    },
  };
}
