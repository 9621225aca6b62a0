import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { COMMANDS } from "../../packages/cli/src/commands/index.ts";
import { runCli } from "../../packages/cli/src/program.ts";
import { ROOT } from "../sources.ts";

/** Folders whose pages have their files and outputs filled in; the examples of a page lie in `examples` beside it. */
const FOLDERS = ["docs/tutorials", "docs/how-to", "docs/how-to/clauses", "docs/explanation"];

const FILE = /<!-- file: (.+?) -->\n[\s\S]*?<!-- end -->/g;
const RUN = /<!-- run(?: (\d+))?: (.+?) -->\n[\s\S]*?<!-- end -->/g;

/** Paths of the pages, from the root. */
export function pagePaths(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".md"))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
}

/**
 * A page with its examples as they are and its commands as they print. `<!-- file: PATH -->` shows a file, counted from the
 * page. `<!-- run CODE: offtake ... -->` runs a command in the examples and must end with that exit code, 0 where none is given;
 * `; FILE: OLD => NEW` behind it changes one place of a file for this run, as the page tells its reader to do. Commands before `&&` are
 * run first and not shown: the page has shown them above. Each run begins with the examples as they are.
 */
export async function filledPage(path: string): Promise<string> {
  const text = readFileSync(join(ROOT, path), "utf8");
  const folder = dirname(join(ROOT, path));
  const withFiles = text.replaceAll(FILE, (_, name: string) => between(`file: ${name}`, fileBlock(join(folder, name))));
  const outputs: string[] = [];
  for (const [, code, line = ""] of withFiles.matchAll(RUN)) {
    outputs.push(await outputBlock(line, Number(code ?? 0), join(folder, "examples"), path));
  }
  return withFiles.replaceAll(RUN, (_, code: string | undefined, line: string) =>
    between(`run${code === undefined ? "" : ` ${code}`}: ${line}`, outputs.shift() ?? ""),
  );
}

const between = (head: string, block: string): string => `<!-- ${head} -->\n\n${block}\n<!-- end -->`;

/** An example as its reader sees it: the line for editors has a path that only fits the repository. */
export function fileBlock(path: string): string {
  const text = readFileSync(path, "utf8").replace(/^# yaml-language-server.*\n(?:#\n)?/, "");
  return `\`\`\`${path.endsWith(".csv") ? "csv" : "yaml"}\n${text}\`\`\`\n`;
}

async function outputBlock(line: string, expected: number, examples: string, page: string): Promise<string> {
  const [commands = "", ...edits] = line.split("; ");
  const before = commands.split(" && ");
  const command = before.pop() ?? "";
  const desk = mkdtempSync(join(tmpdir(), "offtake-docs-"));
  try {
    cpSync(examples, desk, { recursive: true });
    if (command.includes(" data/"))
      cpSync(join(ROOT, "data/agreements"), join(desk, "data/agreements"), { recursive: true });
    for (const earlier of before) await run(wordsOf(earlier), desk);
    for (const edit of edits) applyEdit(desk, edit, page);
    const { code, text } = await run(wordsOf(command), desk);
    if (code !== expected) throw new Error(`${page}: "${command}" ended with ${code}, not ${expected}:\n${text}`);
    return `\`\`\`console\n$ ${command}\n${text.trimEnd()}\n\`\`\`\n`;
  } finally {
    rmSync(desk, { recursive: true, force: true });
  }
}

function applyEdit(desk: string, edit: string, page: string): void {
  const [, file = "", before = "", after = ""] = /^(\S+): (.+) => (.*)$/.exec(edit) ?? [];
  const path = join(desk, file);
  if (file === "" || !statSync(path).isFile()) throw new Error(`${page}: "${edit}" is no change of a file`);
  const parts = readFileSync(path, "utf8").split(before);
  if (parts.length !== 2) throw new Error(`${page}: "${before}" stands ${parts.length - 1} times in ${file}`);
  writeFileSync(path, parts.join(after));
}

/** The arguments of `offtake ...`, with quotes taken off. */
function wordsOf(command: string): string[] {
  const [name, ...words] = Array.from(
    command.matchAll(/"([^"]*)"|(\S+)/g),
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
  if (name !== "offtake") throw new Error(`"${command}" is no command of offtake`);
  return words;
}

/** What a person sees: both streams in one, no colours, lines of 100 characters. */
async function run(args: readonly string[], cwd: string): Promise<{ code: number; text: string }> {
  let text = "";
  const out = (piece: string): void => {
    text += piece;
  };
  const quiet = { env: {}, outIsTerminal: false, errIsTerminal: false, signal: new AbortController().signal };
  const code = await runCli(args, { ...quiet, out, err: out, cwd, width: 100 }, COMMANDS);
  return { code, text };
}
