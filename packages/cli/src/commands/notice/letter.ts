import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type BrokerOptions, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { fileFailure, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface LetterOptions extends BrokerOptions {
  readonly out?: string;
}

/** The letter that a notice also is, as PDF. */
export async function noticeLetter(io: Io, notice: string, options: LetterOptions): Promise<ExitCode> {
  const json = options.json === true;
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const { client, book } = line.value;
  const answer = await asked(line.value, async () => {
    const response = await client.send("noticeLetter", { params: { book, notice } });
    return new Uint8Array(await response.arrayBuffer());
  });
  if (!answer.ok) return tellFailure(io, answer.failure, json);
  const file = options.out ?? `notice-${notice}.pdf`;
  try {
    writeFileSync(resolve(io.cwd, file), answer.value);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "EIO";
    const failure = fileFailure({ code: "file_unwritable", path: file, message: `it cannot be written (${code})` });
    return tellFailure(io, failure, json);
  }
  io.out(json ? jsonText({ file, bytes: answer.value.length }) : `${file}\n`);
  return EXIT.ok;
}
