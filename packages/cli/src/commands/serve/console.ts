import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Io } from "../../terminal/io.ts";

const WEB = fileURLToPath(new URL("../../../../web/", import.meta.url));
const BUILD = `${WEB}build.mjs`;
const DIST = `${WEB}dist`;

/**
 * The folder of the built console, built now where its sources have changed since. Undefined where there is none and none can be built: a
 * broker serves its API all the same.
 */
export async function consoleFolder(io: Io): Promise<string | undefined> {
  const problem = existsSync(BUILD) ? await built(io) : undefined;
  if (problem !== undefined) io.err(`offtake: the console could not be built: ${problem}\n`);
  if (existsSync(`${DIST}/index.html`)) return DIST;
  io.err("offtake: there is no built console here; the API is served without it\n");
  return undefined;
}

/** @returns why it could not be built, in one line */
function built(io: Io): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BUILD], { stdio: ["ignore", "ignore", "pipe"] });
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (/^offtake: /m.test(text)) io.err(text);
    });
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) =>
      resolve(
        code === 0 ? undefined : (/^\w*Error: .*$/m.exec(told)?.[0] ?? `it ended with code ${code ?? "unknown"}`),
      ),
    );
  });
}
