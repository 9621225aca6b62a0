import { COMMANDS } from "../../packages/cli/src/commands/index.ts";
import { runCli } from "../../packages/cli/src/program.ts";
import { ROOT } from "../sources.ts";

/** What `npm start -- --once` prints where nobody watches: no colours, lines of 100 characters. */
export async function printedBy(args: readonly string[]): Promise<string> {
  let printed = "";
  let complaints = "";
  const code = await runCli(
    args,
    {
      out: (text) => {
        printed += text;
      },
      err: (text) => {
        complaints += text;
      },
      env: {},
      cwd: ROOT,
      outIsTerminal: false,
      errIsTerminal: false,
      width: 100,
      signal: new AbortController().signal,
    },
    COMMANDS,
  );
  if (code !== 0) throw new Error(`offtake ${args.join(" ")} ended with ${code}:\n${complaints}`);
  return printed;
}

/** The lines from the first that begins with `from` up to the first after it that begins with `to`, which is left out. */
export function excerpt(text: string, from: string, to: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(from));
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith(to));
  if (start < 0 || length < 0) throw new Error(`the output has no lines from "${from}" to "${to}"`);
  return lines
    .slice(start, start + 1 + length)
    .join("\n")
    .trimEnd();
}
