export type { Operations, Schemas } from "./api.ts";
export { type Answer, ApiProblem, type Arguments, Client, type ClientOptions } from "./client.ts";
export { type FeedEntry, followFeed } from "./feed.ts";
