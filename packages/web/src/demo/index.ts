import type { Session } from "../app/broker.ts";
import type { Transport } from "../transport/transport.ts";
import { startPageBroker } from "./page-broker.ts";
import { fetchStory } from "./story.ts";

/** Everything that a party's people may do: in a story all of them are played here. */
const EVERY_ROLE = ["procurement", "finance", "engineer", "provider-desk", "legal", "signatory", "admin"] as const;

/**
 * A broker that runs in this page, with a story in it, from static files and without any server.
 *
 * @param at where the story is to stand, as an instant; where it opens when absent
 */
export async function demoTransport(name: string, at: string | undefined): Promise<Transport> {
  const story = await fetchStory(name);
  const instant = at === undefined ? Number.NaN : Date.parse(at);
  const { answer, clock, movable } = await startPageBroker(story, Number.isNaN(instant) ? undefined : instant);
  const session: Session = {
    kind: "terminal",
    expiresAt: "9999-12-31T00:00:00Z",
    chosen: { book: story.book, party: story.keeper },
    memberships: story.parties.map(({ id, name: called }) => ({
      book: story.book,
      party: id,
      person: `person_${id}`,
      roles: EVERY_ROLE,
      name: called,
    })),
  };
  return {
    secret: { csrf: undefined },
    now: clock.now,
    clock: movable,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (pathname === "/v1/session") return Response.json({ data: session });
      // A key, as a program has it: nothing here is sent by a browser on its own.
      request.headers.set("authorization", "Bearer demo");
      return answer(request);
    },
  };
}
