import { personAtTerminal } from "../terminal/asker.ts";
import { EXIT, type ExitCode } from "../terminal/exit-codes.ts";
import { tellFailure } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";

/**
 * Asks the person before something that cannot be undone; `--yes` says it beforehand.
 *
 * @returns undefined where it may be done, else the exit code with which the command ends
 */
export async function agreedTo(
  io: Io,
  options: { readonly yes?: true; readonly json?: true },
  question: string,
): Promise<ExitCode | undefined> {
  if (options.yes === true) return undefined;
  if (io.inIsTerminal !== true)
    return tellFailure(
      io,
      { code: "usage", message: `${question} Nobody can be asked here; say --yes`, exit: EXIT.usage },
      options.json === true,
    );
  const answer = await personAtTerminal().confirm(question);
  if (answer === true) return undefined;
  io.err("Nothing was done.\n");
  return EXIT.changes;
}
