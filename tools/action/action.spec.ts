import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plainValue, readSource } from "../../packages/wire/src/source/index.ts";
import { ROOT } from "../sources.ts";

function parse(text: string): unknown {
  const { root, problems } = readSource({ name: "the file", text });
  if (root === undefined || problems.length > 0) throw new Error(problems[0]?.message ?? "it is empty");
  return plainValue(root);
}

interface Action {
  readonly inputs: Record<string, { readonly default?: string }>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: Record<string, string>;
}

const FOLDER = join(ROOT, "action/plan");
const action = parse(readFileSync(join(FOLDER, "action.yml"), "utf8")) as Action;

/** Stands in for GitHub: keeps comments in a file, and writes down what it was asked. */
const GH = `#!/usr/bin/env node
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const home = process.env.FAKE_GH;
const args = process.argv.slice(2);
appendFileSync(home + "/calls", JSON.stringify(args) + "\\n");
if (existsSync(home + "/refuse")) {
  process.stderr.write("::error::gh: Resource not accessible by integration (HTTP 403)\\n");
  process.exit(1);
}
const read = () => JSON.parse(readFileSync(home + "/comments.json", "utf8"));
const write = (list) => writeFileSync(home + "/comments.json", JSON.stringify(list));
const path = args.find((arg) => arg.startsWith("repos/"));
const method = args[args.indexOf("-X") + 1];
if (args.includes("-X")) {
  const { body } = JSON.parse(readFileSync(0, "utf8"));
  const list = read();
  if (method === "POST") list.push({ id: 1000 + list.length, body, user: { type: "Bot" }, author_association: "NONE" });
  else list.find((one) => path.endsWith("/" + one.id)).body = body;
  write(list);
} else {
  const page = Number(/page=(\\d+)$/.exec(path)[1]);
  process.stdout.write(JSON.stringify(read().slice((page - 1) * 100, page * 100)));
}
`;

let home: string;
let repository: string;
let base: string;

const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=spec", "-c", "user.email=spec@example.org", ...args], {
    cwd: repository,
    encoding: "utf8",
  }).trim();

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "offtake-action-"));
  repository = join(home, "repository");
  mkdirSync(join(home, "bin"));
  writeFileSync(join(home, "bin/gh"), GH);
  chmodSync(join(home, "bin/gh"), 0o755);
  writeFileSync(join(home, "comments.json"), "[]");
  cpSync(join(ROOT, "docs/how-to/examples/book.yaml"), join(repository, "book/book.yaml"), { recursive: true });
  cpSync(join(ROOT, "docs/how-to/examples/past.csv"), join(repository, "past.csv"));
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "The book as it is");
  base = git("rev-parse", "HEAD");
  writeFileSync(
    join(home, "event.json"),
    JSON.stringify({ pull_request: { number: 7, title: '"; touch owned #', base: { sha: base } } }),
  );
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const book = (): string => readFileSync(join(repository, "book/book.yaml"), "utf8");
const amend = (text: string): void => writeFileSync(join(repository, "book/book.yaml"), text);
const longer = (): void => amend(book().replace("window: 3 business days", "window: 10 business days"));

/** What the action's steps do, as a runner would: inputs become the environment, and every `run` goes to bash. */
function runAction(inputs: Record<string, string> = {}): {
  code: number;
  out: string;
  summary: string;
  outputs: string;
} {
  const [step] = action.runs.steps;
  const env = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([key, value]) => {
      const [, name = ""] = /^\$\{\{ inputs\.([a-z]+) \}\}$/.exec(value) ?? [];
      return [key, inputs[name] ?? (name === "token" ? "a token" : (action.inputs[name]?.default ?? ""))];
    }),
  );
  const file = (name: string): string => join(home, name);
  for (const name of ["summary", "outputs"]) writeFileSync(file(name), "");
  const ended = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step?.run ?? ""], {
    cwd: repository,
    encoding: "utf8",
    env: {
      ...process.env,
      ...env,
      PATH: `${join(home, "bin")}:${process.env["PATH"]}`,
      FAKE_GH: home,
      GITHUB_ACTION_PATH: FOLDER,
      GITHUB_EVENT_PATH: file("event.json"),
      GITHUB_REPOSITORY: "tern/contracts",
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_OUTPUT: file("outputs"),
      NO_COLOR: "1",
    },
  });
  return {
    code: ended.status ?? 1,
    out: ended.stdout + ended.stderr,
    summary: readFileSync(file("summary"), "utf8"),
    outputs: readFileSync(file("outputs"), "utf8"),
  };
}

const comments = (): { id: number; body: string }[] =>
  JSON.parse(readFileSync(join(home, "comments.json"), "utf8")) as { id: number; body: string }[];
const AT = { book: "book", at: "2026-09-03T14:00:00Z" };

describe("the action's definition", () => {
  test("runs nothing but its own script, and no expression stands in what a shell reads", () => {
    expect(action.runs.using).toBe("composite");
    for (const { run, uses, shell } of action.runs.steps) {
      expect(uses).toBeUndefined();
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
  });

  test("the workflow of the how-to page asks for no more than it needs, and pins what it uses", () => {
    const page = readFileSync(join(ROOT, "docs/how-to/comment-on-pull-requests.md"), "utf8");
    const [, text = ""] = /```yaml\n(name: [^]*?)```/.exec(page) ?? [];
    const workflow = parse(text) as {
      on: object;
      permissions: object;
      jobs: Record<string, { steps: readonly Step[] }>;
    };
    expect(Object.keys(workflow.on)).toEqual(["pull_request"]);
    expect(workflow.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    expect(existsSync(join(ROOT, "action/plan/action.yml"))).toBe(true);
    expect(
      used.filter(
        (name) => !/@[0-9a-f]{40}$/.test(name) && name !== "YOUR-ORGANISATION/offtake/action/plan@FULL-COMMIT-ID",
      ),
    ).toEqual([]);
  });
});

describe("the action on a pull request", () => {
  test("comments once, replaces its comment on the next push, and says when nothing changes any more", () => {
    longer();
    const first = runAction(AT);
    expect(first.out).not.toContain("offtake plan ended");
    expect(first.code).toBe(0);
    expect(first.outputs).toBe("changes=true\n");
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toBe(first.summary);
    expect(first.summary).toContain("<!-- offtake plan: tern -->");
    expect(first.summary).toContain("2 of 2 requests would come out otherwise");
    amend(book().replace("window: 10 business days", "window: 4 business days"));
    const second = runAction(AT);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toBe(second.summary);
    expect(second.summary).not.toBe(first.summary);
    git("checkout", "-q", "book/book.yaml");
    const last = runAction(AT);
    expect([last.outputs, comments().length]).toEqual(["changes=false\n", 1]);
    expect(comments()[0]?.body).toContain("no request would come out otherwise");
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
  });

  test("adds no comment where nothing changes, and leaves those of others alone", () => {
    const others = Array.from({ length: 101 }, (_, id) => ({
      id,
      body: id === 3 ? "<!-- offtake plan: tern -->\nmine!" : "hello",
      user: { type: "User" },
      author_association: "NONE",
    }));
    writeFileSync(join(home, "comments.json"), JSON.stringify(others));
    expect(runAction(AT).code).toBe(0);
    expect(comments()).toEqual(others);
    longer();
    runAction(AT);
    expect(comments()).toHaveLength(102);
    expect(comments()[3]?.body).toContain("mine!");
  });

  test("compares by a list, and keeps quiet where it is told to", () => {
    longer();
    const { code, summary } = runAction({ ...AT, requests: "past.csv\n", comment: "false" });
    expect(code).toBe(0);
    expect(summary).toContain("3 of 3 requests");
    expect([comments(), existsSync(join(home, "calls"))]).toEqual([[], false]);
  });

  test("the page's words for trying it out work as they stand, and send nothing", () => {
    longer();
    symlinkSync(ROOT, join(home, "offtake"));
    const page = readFileSync(join(ROOT, "docs/how-to/comment-on-pull-requests.md"), "utf8");
    const [, typed = ""] = /```sh\n(printf [^]*?)```/.exec(page) ?? [];
    const { status, stdout } = spawnSync("bash", ["-euc", typed.replaceAll("/tmp/", `${home}/`)], {
      cwd: repository,
      encoding: "utf8",
      env: { ...process.env, PATH: `${join(home, "bin")}:${process.env["PATH"]}`, FAKE_GH: home, NO_COLOR: "1" },
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining("requests come out otherwise")]);
    expect(readFileSync(join(home, "summary.md"), "utf8")).toContain("<!-- offtake plan: tern -->");
    expect(existsSync(join(home, "calls"))).toBe(false);
  });

  test("a token that may not write leaves a warning and the summary, and nothing that gh says is a command", () => {
    longer();
    writeFileSync(join(home, "refuse"), "");
    const { code, out, summary } = runAction(AT);
    expect(code).toBe(0);
    expect(out).toContain("::warning::The comment could not be written");
    expect(summary).toContain("Offtake");
    expect(out.indexOf("::stop-commands::")).toBeLessThan(out.indexOf("::error::gh"));
    expect(out).toMatch(/::stop-commands::([0-9a-f-]{36})\n::error::gh[^]*\n::\1::\n/);
  });

  test.each([
    ["a broken file", () => amend("schema: offtake/book@1\nkeper: x\n"), AT, "ended with 7"],
    ["a book that the base does not have", () => {}, { ...AT, book: "nowhere" }, "has no book at nowhere"],
    ["a path out of the repository", () => {}, { ...AT, book: "../other" }, "from the root of the repository"],
    ["a list that is none", () => {}, { ...AT, requests: "--help" }, "from the root of the repository"],
    ["no pull request", () => writeFileSync(join(home, "event.json"), "{}"), AT, "on: pull_request"],
    [
      "a base that is no commit",
      () =>
        writeFileSync(
          join(home, "event.json"),
          JSON.stringify({ pull_request: { number: 7, base: { sha: "$(touch owned)" } } }),
        ),
      AT,
      "on: pull_request",
    ],
  ])("%s ends the step with what to do, and no comment", (_, change, inputs, hint) => {
    change();
    const { code, out } = runAction(inputs);
    expect([code, out]).toEqual([1, expect.stringContaining(hint)]);
    expect(comments()).toEqual([]);
    expect(existsSync(join(repository, "owned"))).toBe(false);
  });
});
