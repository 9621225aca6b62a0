export { Database, type DatabaseOptions } from "./database.ts";
export { hash as sha256 } from "./hash.ts";
export { SchemaProblem } from "./migrate.ts";
export { PostgresFeedStore } from "./postgres-feeds.ts";
export { PostgresStore } from "./postgres-store.ts";
export { PartyReader } from "./reader.ts";
export { UnsafeDatabase } from "./safety.ts";
export { inTransaction } from "./transaction.ts";
