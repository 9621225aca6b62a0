import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../sources.ts";
import { elementsTable, elementsTally } from "./elements.ts";
import { playStory } from "./play.ts";
import { printedBy } from "./printed.ts";

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
let printed = "";

/** The command as a newcomer types it, in a process of its own. */
beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/start.mjs"), "--once"], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, COLUMNS: "", NO_COLOR: "1" },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`npm start -- --once ended with ${status}:\n${stderr}`);
  printed = stdout;
}, 120_000);

/** What stands between `<!-- NAME -->` and `<!-- end -->`. */
function section(name: string): string {
  const [, after] = readme.split(`<!-- ${name} -->`);
  const [text] = after?.split("<!-- end -->") ?? [];
  if (text === undefined) throw new Error(`the README has no section ${name}`);
  return text;
}

describe("the first screen of the README", () => {
  const shownIn = (name: string): string => /```text\n([\s\S]*?)\n```/.exec(section(name))?.[1] ?? "";

  test("shows what npm start really prints", () => {
    const shown = shownIn("excerpt of stargate-2025");
    expect(shown.split("\n").length).toBeGreaterThan(15);
    expect(printed).toContain(shown);
  });

  test("shows what offtake explain really prints, and npm start gives the same reasons", async () => {
    const shown = shownIn("reasons of stargate-2025");
    expect(shown.split("\n").length).toBeGreaterThan(15);
    expect(await printedBy(["explain", "stargate-2025", "--request", "inference-2025"])).toContain(shown);
    const reasons = shown.split("\n").filter((line) => /^ *[*·-] /.test(line));
    expect(printed.split("\n")).toEqual(expect.arrayContaining(reasons));
  });

  test("shows each element of the news with the state that the run gives it", async () => {
    const { elements } = await playStory("stargate-2025");
    expect(section("elements of stargate-2025").trim()).toBe(
      `${elementsTally(elements)}.\n\n${elementsTable(elements)}`,
    );
    for (const { quote } of elements) expect(printed.replaceAll(/\s+/g, " ")).toContain(quote.replaceAll('"', "'"));
  });

  test("explains the seven words of the first hour, each once", () => {
    const words = ["agreement", "right", "request", "notice", "answer", "award", "evidence"];
    const bold = [...readme.matchAll(/\*\*(\w+)\*\*/g)].map(([, word = ""]) => word.toLowerCase());
    expect(bold).toEqual(words);
  });
});
