export type { Intake, IntakeProblem, IntakeProblemCode } from "./problem.ts";
export type { NamedText } from "./text.ts";
export { readText, TEXT_BYTES_MAX } from "./text.ts";
export { readTable, type Table, type TableRow } from "./table.ts";
