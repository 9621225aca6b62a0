import { readTable, type Table } from "@offtake/intake/files";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome } from "../terminal/failures.ts";
import { readText } from "./files.ts";

/** A sheet of rows and columns as somebody sends it back; with the line where it cannot be read as one. */
export function readSheetFile(path: string, cwd: string): Outcome<Table> {
  const file = readText(path, cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const table = readTable(file.value);
  if (table.ok) return done(table.value);
  const { code, detail, line } = table.problem;
  const where = line === undefined ? file.value.name : `${file.value.name}:${line}`;
  return failed({ code, message: `${where}: ${detail}`, exit: EXIT.invalid });
}
