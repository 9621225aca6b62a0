/**
 * What a broker that runs in a page is made of: the same API over the same core, on stores in memory, for whoever opens the page. Nothing
 * here reaches a database, a file or Node, but for the hashes of `node:crypto`, which the build of a page replaces.
 */
export { startInMemory } from "./in-memory.ts";
export { openDoor } from "./open-door.ts";
