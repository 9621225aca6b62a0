/**
 * What a broker that runs in a page is made of: the same API over the same core, on stores in memory, for whoever opens the page. Nothing
 * here reaches a database, a file or Node, but for the hashes of `node:crypto`, which the build of a page replaces.
 */
export { Books } from "../books/index.ts";
export { Feeds } from "../feeds/index.ts";
export { createApp } from "../http/app.ts";
export { PAGE_ROUTES } from "../http/page-routes.ts";
export type { Door, Services } from "../http/services.ts";
export { reachOf, ROLES } from "../people/in-page.ts";
export type { PersonId, Principal } from "../people/principal.ts";
export { startTimers } from "../timers/index.ts";
