import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const OBTAIN = fileURLToPath(new URL("../../obtain-chromium.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "offtake-path-"));

/** A path with nothing on it but what a test puts there. */
beforeAll(() => {
  for (const name of ["apt-get", "sudo", "npm"]) {
    const program = join(folder, name);
    writeFileSync(program, `#!/bin/sh\necho "${name} reaches nobody" >&2\nexit 100\n`);
    chmodSync(program, 0o755);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = { PATH: `${folder}:/bin`, CHROMIUM: "" };

test("where none can be had, each way that failed is said in a line, and nothing is taken for one", () => {
  const bare = { ...env, PATH: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [OBTAIN], { env: bare, encoding: "utf8" });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("No Chromium can be had here");
  for (const line of [/system: none is there/, /debian: /, /npm: /]) expect(stderr).toMatch(line);
});

test("the one that is named, or on the path, is the one", () => {
  const named = execFileSync(process.execPath, [OBTAIN], {
    env: { ...env, CHROMIUM: process.execPath },
    encoding: "utf8",
  });
  expect(named.trim()).toBe(process.execPath);
  const program = join(folder, "chromium");
  writeFileSync(program, "#!/bin/sh\n");
  chmodSync(program, 0o755);
  const found = execFileSync(process.execPath, [OBTAIN, "--from", "system"], { env, encoding: "utf8" });
  expect(dirname(found.trim())).toBe(folder);
  rmSync(program);
});
