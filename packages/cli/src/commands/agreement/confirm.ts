import { parseCivilDate } from "@offtake/core/calendar";
import { confirmReading } from "@offtake/wire/edits";
import { readText } from "../../documents/files.ts";
import { writeText } from "../../documents/write.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { fileFailure, invalidDocument, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { styleOf } from "../../terminal/style.ts";
import { stillValid } from "./still-valid.ts";

export interface ConfirmOptions {
  readonly by?: string;
  readonly at?: string;
  readonly agreement?: string;
  readonly json?: true;
}

/** Records in the file who confirmed that the fields of a clause say what its text says; the rest of the file stays as it is. */
export function confirm(io: Io, path: string, clause: string, options: ConfirmOptions): ExitCode {
  const json = options.json === true;
  const at = options.at ?? new Date().toISOString().slice(0, 10);
  const by = options.by?.trim() ?? "";
  if (parseCivilDate(at) === undefined || by === "") {
    const message =
      by === ""
        ? options.by === undefined
          ? "say who confirmed it with --by NAME"
          : "--by names nobody"
        : `--at ${at.slice(0, 40)} is no date, such as 2026-09-14`;
    return tellFailure(io, { code: "usage", message, exit: EXIT.usage }, json);
  }
  const file = readText(path, io.cwd);
  if (!file.ok) return tellFailure(io, fileFailure(file.problem), json);
  const before = stillValid(file.value, io.cwd);
  if (before !== undefined) return tellFailure(io, before, json);
  const edited = confirmReading(file.value, clause, { by, at }, options.agreement);
  if (!edited.ok) {
    const { code, message, expected } = edited;
    const exit = code === "unknown_clause" || code === "unknown_agreement" ? EXIT.notFound : EXIT.invalid;
    return tellFailure(io, { code, message: `${path}: ${message}; expected ${expected}`, exit }, json);
  }
  const after = stillValid({ name: file.value.name, text: edited.text }, io.cwd);
  if (after !== undefined) return tellFailure(io, { ...invalidDocument(after.problems ?? []), code: after.code }, json);
  const written = writeText(path, edited.text, io.cwd);
  if (!written.ok) return tellFailure(io, fileFailure(written.problem), json);
  if (json) io.out(jsonText({ file: path, clause, reading: { by, at } }));
  io.err(`${styleOf(io).good("✓")} ${path}: the reading of ${clause} is confirmed by ${by}, ${at}\n`);
  return EXIT.ok;
}
