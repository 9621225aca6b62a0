import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeText } from "./write.ts";

const cwd = mkdtempSync(join(tmpdir(), "offtake-write-"));
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

describe("a file that is written", () => {
  test("takes the place of an ordinary file, or of none, and leaves nothing beside it", () => {
    writeFileSync(join(cwd, "old.txt"), "old");
    expect(writeText("old.txt", "new", cwd)).toEqual({ ok: true, value: "old.txt" });
    expect(writeText("sub/new.txt", "new", cwd)).toEqual({ ok: true, value: "sub/new.txt" });
    expect(readFileSync(join(cwd, "old.txt"), "utf8")).toBe("new");
    expect(readdirSync(cwd).toSorted()).toEqual(["old.txt", "sub"]);
  });

  test("does not take the place of a pipe, a device or a folder", async () => {
    const server = createServer().listen(join(cwd, "pipe"));
    await once(server, "listening");
    for (const path of ["pipe", "sub"])
      expect(writeText(path, "new", cwd)).toMatchObject({
        ok: false,
        problem: { code: "file_unwritable", path, message: expect.stringContaining("no ordinary file") },
      });
    expect(statSync(join(cwd, "pipe")).isSocket()).toBe(true);
    expect(readdirSync(cwd).toSorted()).toEqual(["old.txt", "pipe", "sub"]);
    await new Promise((closed) => server.close(closed));
  });

  test("below a file is a place that cannot be written, and the file stays", () => {
    expect(writeText("old.txt/new.txt", "new", cwd)).toMatchObject({
      ok: false,
      problem: { code: "file_unwritable", path: "old.txt/new.txt" },
    });
    expect(readFileSync(join(cwd, "old.txt"), "utf8")).toBe("new");
  });
});
