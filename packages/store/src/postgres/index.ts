export { SchemaProblem } from "./migrate.ts";
export { type PostgresOptions, PostgresStore } from "./postgres-store.ts";
export { UnsafeDatabase } from "./safety.ts";
