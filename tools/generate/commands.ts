import { COMMANDS } from "../../packages/cli/src/commands/index.ts";
import { commandPaths, runCli } from "../../packages/cli/src/program.ts";

/** The reference of the command line: what `--help` of each command prints. */
export async function generate(): Promise<Map<string, string>> {
  const sections = [
    `# Commands\n\nWhat \`--help\` prints, command by command. This page is generated from the command itself; do not edit it.\n`,
  ];
  for (const path of commandPaths(COMMANDS)) {
    sections.push(`## ${["offtake", ...path].join(" ")}\n\n\`\`\`text\n${(await helpOf(path)).trimEnd()}\n\`\`\`\n`);
  }
  return new Map([["docs/reference/commands.md", sections.join("\n")]]);
}

async function helpOf(path: readonly string[]): Promise<string> {
  let text = "";
  const out = (piece: string): void => {
    text += piece;
  };
  const quiet = { env: {}, cwd: "/", outIsTerminal: false, errIsTerminal: false, signal: new AbortController().signal };
  await runCli([...path, "--help"], { ...quiet, out, err: out, width: 100 }, COMMANDS);
  return text;
}
