import { feedsOf } from "@offtake/core/disclosure";
import type { CommandBody } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedObject, FeedStore } from "@offtake/store/feeds";
import type { BookName, LogStore } from "@offtake/store/log";
import { sha256 } from "@offtake/store/memory";
import { encodeDisclosed } from "@offtake/wire/codecs";
import { VIEW_KINDS } from "@offtake/wire/views";
import { BookNode, type DecidedEvents, recordedFrom } from "../books/index.ts";
import { LAB, smallWorld, submitRequest } from "../books/world.fixture.ts";
import { handleMaker } from "./handles.ts";
import { Projector } from "./projector.ts";

/** Ids that repeat themselves. */
function nonces(): () => string {
  let made = 0;
  return () => `nonce ${(made += 1)}`;
}

/** A node of a book in which a market is set up. */
export async function openBook(log: LogStore, book: BookName, decided?: DecidedEvents): Promise<BookNode> {
  await log.createBook(book);
  // Commands wait no time of their own: how long this machine took is in no record.
  const monotonic = (): number => 0;
  const node = new BookNode({
    store: log,
    book,
    hash: sha256,
    nonce: nonces(),
    monotonic,
    ...(decided && { decided }),
  });
  for (const [index, { actor, body }] of smallWorld().entries()) await send(node, body, `w${index}`, actor);
  return node;
}

/** Sends what is accepted. @returns its place in the log */
export async function send(node: BookNode, body: CommandBody, key: string, actor: PartyId = LAB): Promise<number> {
  const answer = await node.submit({ body, actor, key });
  if (answer.outcome === "rejected") throw new Error(`${body.type} is accepted: ${answer.rejection.detail}`);
  return answer.position;
}

/** Requests, each resolved at once: half of each by a holder, half by a price list. */
export async function sendRequests(node: BookNode, from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += 1) await send(node, submitRequest(`q${index}`, index), `q${index}`);
}

export const projector = (log: LogStore, feeds: FeedStore, book: BookName, more = {}): Projector =>
  new Projector({ log, feeds, book, hash: sha256, ...more });

/** The feed of everybody as the core makes them of the whole log, as text. */
export async function expectedFeeds(log: LogStore, feeds: FeedStore, book: BookName): Promise<Map<PartyId, string[]>> {
  const records = await log.read(book, 0, 100_000);
  const handleOf = handleMaker(await feeds.secret(book));
  const all = feedsOf(
    records.flatMap((record) => recordedFrom(record).events),
    { handleOf },
  );
  return new Map([...all].map(([party, feed]) => [party, feed.map((event) => JSON.stringify(encodeDisclosed(event)))]));
}

/** Everything that a store of feeds has of a book, to be compared byte for byte. */
export async function everything(
  feeds: FeedStore,
  book: BookName,
): Promise<{ readonly feeds: Record<string, string[]>; readonly objects: readonly FeedObject[] }> {
  const found: Record<string, string[]> = {};
  const objects: FeedObject[] = [];
  for (const party of await feeds.parties(book)) {
    found[party] = (await feeds.readFeed(book, party, 0, 100_000)).map(({ body, hash }) => `${hash} ${body}`);
    for (const kind of VIEW_KINDS)
      objects.push(...(await feeds.listObjects(book, party, { kind, order: "id", limit: 1_000 })).objects);
  }
  return { feeds: found, objects };
}
