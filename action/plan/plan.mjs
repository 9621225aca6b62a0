// What a pull request changes in a book: compares the book of its base with the one that is checked out, writes the job summary, and
// keeps one comment on the pull request up to date. Plain Node, git and gh; what the pull request holds is data here, never code.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const OFFTAKE = join(dirname(fileURLToPath(import.meta.url)), "../../bin/offtake.mjs");
const CHANGES = 2;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/** Ends the step with one line that says what to do. */
class StepError extends Error {}

/** @typedef {{ code: number, out: string, err: string }} Ended */

/**
 * @param {string} command
 * @param {readonly string[]} args never a line for a shell
 * @param {{ input?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Ended}
 */
function run(command, args, { input, env = process.env } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    env,
    maxBuffer: OUTPUT_BYTES_MAX,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined) throw new StepError(`${command} could not be run: ${error.message}`);
  return { code: status ?? 1, out: stdout, err: stderr };
}

/** @param {readonly string[]} args */
function git(args) {
  const ended = run("git", args);
  if (ended.code !== 0) throw new StepError(`git ${args[0]} failed: ${ended.err.trim()}`);
  return ended.out;
}

/** The pull request, from the event and not from the environment of expressions: nobody's title or branch gets near a shell. */
function pullRequest() {
  const path = process.env["GITHUB_EVENT_PATH"] ?? "";
  const event = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const { number, base } = event.pull_request ?? {};
  const sha = base?.sha;
  if (!Number.isSafeInteger(number) || typeof sha !== "string" || !/^[0-9a-f]{40,64}$/.test(sha))
    throw new StepError("this is no pull request: run the action `on: pull_request`");
  return { number: Number(number), base: sha };
}

/**
 * A path inside the repository.
 *
 * @param {string} text
 * @param {string} what
 */
function inside(text, what) {
  const path = normalize(text.trim());
  if (isAbsolute(path) || path === ".." || path.startsWith("../") || path.startsWith("-"))
    throw new StepError(`${what} ${text.trim()}: a path from the root of the repository is wanted`);
  return path;
}

/**
 * The tree of the base beside the one that is checked out.
 *
 * @param {string} sha
 * @param {string} folder
 */
function checkOutBase(sha, folder) {
  const known = run("git", ["cat-file", "-e", `${sha}^{commit}`]).code === 0;
  if (!known) git(["fetch", "--no-tags", "--depth=1", "origin", sha]);
  git(["worktree", "add", "--detach", folder, sha]);
}

/**
 * @param {string} base the folder of the base
 * @returns {Ended}
 */
function compare(base) {
  const book = inside(process.env["OFFTAKE_BOOK"] || ".", "book");
  if (!existsSync(join(base, book))) throw new StepError(`the base of the pull request has no book at ${book}`);
  const requests = (process.env["OFFTAKE_REQUESTS"] ?? "").split("\n").filter((line) => line.trim() !== "");
  const at = (process.env["OFFTAKE_AT"] ?? "").trim();
  const { GH_TOKEN: _, ...env } = process.env;
  const args = [
    OFFTAKE,
    "plan",
    "--book",
    join(base, book),
    "--amend",
    book,
    ...requests.flatMap((line) => ["--requests", inside(line, "requests")]),
    ...(at === "" ? [] : ["--at", at]),
    "--markdown",
    "--detailed-exitcode",
  ];
  return run(process.execPath, args, { env });
}

/** @param {string} path of an API, from the repository */
const api = (path) => `repos/${process.env["GITHUB_REPOSITORY"] ?? ""}/${path}`;

/** Comments of one page of the list. */
const PAGE = 100;
const PAGES_MAX = 30;
const TRUSTED = ["OWNER", "MEMBER", "COLLABORATOR"];

/**
 * The comment that begins with the marker: of a bot, or of somebody who may write here, since anybody can write a marker.
 *
 * @param {number} number
 * @param {string} marker
 * @returns {{ found: number | undefined } | Ended}
 */
function ownComment(number, marker) {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const listed = run("gh", ["api", `${api(`issues/${number}/comments`)}?per_page=${PAGE}&page=${page}`]);
    if (listed.code !== 0) return listed;
    const comments =
      /** @type {{ id: number, body?: string, author_association?: string, user?: { type?: string } }[]} */ (
        JSON.parse(listed.out)
      );
    const own = comments.find(
      ({ body, user, author_association: role }) =>
        (body ?? "").split(/\r?\n/, 1)[0] === marker && (user?.type === "Bot" || TRUSTED.includes(role ?? "")),
    );
    if (own !== undefined) return { found: own.id };
    if (comments.length < PAGE) break;
  }
  return { found: undefined };
}

/**
 * Replaces the comment that begins with the marker of this one, or adds it. Where nothing changes, nothing is added.
 *
 * @param {number} number
 * @param {string} body
 * @param {boolean} changes
 * @returns {Ended}
 */
function comment(number, body, changes) {
  const [marker = ""] = body.split("\n", 1);
  const own = ownComment(number, marker);
  if ("code" in own) return own;
  if (own.found === undefined && !changes) return { code: 0, out: "", err: "" };
  const place =
    own.found === undefined
      ? ["-X", "POST", api(`issues/${number}/comments`)]
      : ["-X", "PATCH", api(`issues/comments/${own.found}`)];
  return run("gh", ["api", ...place, "--input", "-", "--silent"], { input: JSON.stringify({ body }) });
}

/**
 * Prints what others wrote so that no line of it is a command to the runner.
 *
 * @param {string} text
 */
function tell(text) {
  if (text.trim() === "") return;
  const token = randomUUID();
  process.stdout.write(`::stop-commands::${token}\n${text.trimEnd()}\n::${token}::\n`);
}

/**
 * @param {string | undefined} path
 * @param {string} text
 */
function append(path, text) {
  if (path !== undefined && path !== "") appendFileSync(path, text);
}

function main() {
  const { number, base } = pullRequest();
  const folder = mkdtempSync(join(tmpdir(), "offtake-base-"));
  const tree = join(folder, "base");
  try {
    checkOutBase(base, tree);
    const { code, out, err } = compare(tree);
    tell(err);
    if (code !== 0 && code !== CHANGES)
      throw new StepError(`offtake plan ended with ${code}; its messages stand above`);
    const changes = code === CHANGES;
    append(process.env["GITHUB_OUTPUT"], `changes=${changes}\n`);
    append(process.env["GITHUB_STEP_SUMMARY"], out);
    process.stdout.write(
      `offtake: ${changes ? "requests come out otherwise" : "nothing comes out otherwise"}; the job summary says more\n`,
    );
    if (process.env["OFFTAKE_COMMENT"] === "false") return;
    const said = comment(number, out, changes);
    if (said.code === 0) return;
    // A pull request of a fork has a token that only reads: the summary has the same text.
    tell(said.err);
    process.stdout.write(
      "::warning::The comment could not be written: does the job have `pull-requests: write`? The job summary holds it.\n",
    );
  } finally {
    if (existsSync(tree)) run("git", ["worktree", "remove", "--force", tree]);
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof StepError)) throw error;
  tell(`offtake: ${error.message}`);
  process.exitCode = 1;
}
