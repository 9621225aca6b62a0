import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../terminal/exit-codes.ts";
import { fileFailure, tellFailure } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { jsonText } from "../terminal/json.ts";

/** Writes what the broker sent into a file, and says its name; what cannot be written is told with the reason. */
export function saved(io: Io, file: string, bytes: Uint8Array, json: boolean): ExitCode {
  try {
    writeFileSync(resolve(io.cwd, file), bytes);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "EIO";
    const failure = fileFailure({ code: "file_unwritable", path: file, message: `it cannot be written (${code})` });
    return tellFailure(io, failure, json);
  }
  io.out(json ? jsonText({ file, bytes: bytes.length }) : `${file}\n`);
  return EXIT.ok;
}
