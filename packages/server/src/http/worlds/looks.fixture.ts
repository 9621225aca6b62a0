import type { Route } from "../operation.ts";
import { approvalRoutes } from "../resources/approvals.ts";
import { fileRoutes } from "../resources/files.ts";
import { grantRoutes } from "../resources/grants.ts";
import { keyRoutes } from "../resources/keys.ts";
import { memberRoutes } from "../resources/members.ts";
import { postRoutes } from "../resources/post.ts";
import { taskRoutes } from "../resources/tasks.ts";
import { tellingRoutes } from "../resources/telling.ts";
import { ROUTES } from "../routes.ts";
import type { World } from "./world.fixture.ts";

/** How much a watcher looks at: what is new, or everything there is. */
type Depth = "news" | "all";

const BOOK = "/v1/books/{book}/";
/** What a feed is told in other forms than pages: these are asked for by name. */
const STREAMS = new Set(["feed/stream", "feed/export"]);
const pathOf = ({ operation }: Route): string => operation.path.slice(BOOK.length);
const readsIn = (routes: readonly Route[]): readonly string[] =>
  routes
    .filter(({ operation }) => operation.method === "get" && operation.path.startsWith(BOOK))
    .map(pathOf)
    .filter((path) => !STREAMS.has(path));

/** What there is only where a database keeps it. */
const KEPT = new Set(
  readsIn([
    ...approvalRoutes,
    ...memberRoutes,
    ...keyRoutes,
    ...grantRoutes,
    ...postRoutes,
    ...fileRoutes,
    ...tellingRoutes,
    ...taskRoutes,
  ]),
);
const READS = readsIn(ROUTES);
const OF_THINGS = READS.filter((path) => /^[\w-]+\/\{\w+\}(\/[\w-]+)?$/.test(path));
const NEWS = ["feed", "invitations", "notices", "bids", "queue"];

const isServed = (world: World, path: string): boolean => world.served.services.office !== undefined || !KEPT.has(path);

/** Addresses of one thing of a list, with its parameter in braces. */
export const readsOfThings = (world: World, list: string): readonly string[] =>
  OF_THINGS.filter((one) => one.startsWith(`${list}/{`) && isServed(world, one));

/** A watcher looks around, and hears what it is answered. */
export async function look(world: World, who: string, depth: Depth): Promise<void> {
  if (depth === "news") {
    for (const path of NEWS) await world.asks(who, "GET", path);
    return;
  }
  for (const path of READS.filter((one) => !one.includes("{") && isServed(world, one))) {
    for (const id of idsOf(await world.asks(who, "GET", path)))
      for (const one of readsOfThings(world, path))
        await world.asks(who, "GET", one.replace(/\{\w+\}/, encodeURIComponent(id)));
  }
  const feed = await world.asks(who, "GET", "feed?limit=1000");
  const { length } = (JSON.parse(feed) as { readonly data: readonly unknown[] }).data;
  await world.follows(who, length);
  for (const path of ["feed/export?format=csv", "feed/export?format=ndjson"]) await world.asks(who, "GET", path);
  for (const path of [`receipts/${length}`, `receipts/${length + 1}`]) await world.asks(who, "GET", path);
  for (const path of ["position?from=2036-01-01&to=2038-01-01", "position?accelerator=h100-sxm-80gb&region=us"])
    await world.asks(who, "GET", path);
  for (const path of ["invitations", "notices", "parties", "agreements"]) await turnPages(world, who, path);
}

/** Ids of a page; none where it is an export, or a single thing. */
function idsOf(text: string): readonly string[] {
  const listed = /^\{"data":\[.*\],"nextCursor":(?:null|"[\w-]+")\}$/s.test(text);
  const { data } = (listed ? JSON.parse(text) : { data: [] }) as { readonly data: readonly { readonly id: string }[] };
  return data.map(({ id }) => id);
}

/** One by one, by the cursor. */
async function turnPages(world: World, who: string, path: string): Promise<void> {
  for (let cursor = ""; ; ) {
    const text = await world.asks(who, "GET", `${path}?limit=1&order=id${cursor}`);
    const { nextCursor } = JSON.parse(text) as { readonly nextCursor: string | null };
    if (nextCursor === null) return;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
}
