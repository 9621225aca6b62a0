import { type BrokerOptions, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { saved } from "../../broker/saved.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

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
  return saved(io, options.out ?? `notice-${notice}.pdf`, answer.value, json);
}
