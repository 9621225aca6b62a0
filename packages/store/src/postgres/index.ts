export { Database, type DatabaseOptions } from "./database.ts";
export { SchemaProblem } from "./migrate.ts";
export { PostgresStore } from "./postgres-store.ts";
export { UnsafeDatabase } from "./safety.ts";
