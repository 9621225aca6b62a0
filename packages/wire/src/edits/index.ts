export { addClause } from "./add-clause.ts";
export { confirmReading } from "./confirm-reading.ts";
export type { Edited } from "./place.ts";
