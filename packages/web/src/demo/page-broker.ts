import { openDoor, startInMemory } from "@offtake/server/page";
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
  const { app, node, feeds } = await startInMemory({
    book: story.book,
    keeper: story.keeper,
    records: story.records.filter((record) => record.at <= at),
    clock: clock.now,
    door: openDoor(
      story.book,
      story.parties.map(({ id }) => id),
    ),
    origins: () => [location.origin],
    failed: (error) => console.error(error),
  });
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
