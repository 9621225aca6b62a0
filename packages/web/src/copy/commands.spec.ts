import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { cliText, curlText, shellWord } from "./commands.ts";

/** What a shell makes of the words. */
const inShell = (text: string): string => execFileSync("sh", ["-c", `printf '%s\\n' ${text}`], { encoding: "utf8" });

test.each(["plain", "us-*", "it's", "", "a b", "$HOME", "`id`", '"quoted"', "x\ny", "H100:4096"])(
  "a shell reads %j back as it was",
  (word) => {
    expect(inShell(shellWord(word))).toBe(`${word}\n`);
  },
);

test("commands are as short as they can be", () => {
  expect(cliText(["plan", "H100:4096", "--book", "my book"])).toBe("offtake plan H100:4096 --book 'my book'");
});

test("a reading call needs no key, and no token stands in it", () => {
  expect(curlText({ method: "GET", path: "/v1/books/aurora/queue" }, "https://b.example")).toBe(
    'curl -sS https://b.example/v1/books/aurora/queue \\\n  -H "authorization: Bearer $OFFTAKE_TOKEN"',
  );
});

test("a change has a key of its own at each run, its party and its body", () => {
  const text = curlText(
    { method: "POST", path: "/v1/books/b/requests?x=1", body: { why: "it's" }, party: "b/lab" },
    "https://b.example",
  );
  expect(text).toContain("'https://b.example/v1/books/b/requests?x=1'");
  expect(text).toContain('-H "idempotency-key: $(date +%s)-$$"');
  expect(text).toContain("-H 'offtake-party: b/lab'");
  expect(text).toContain(`-d '{"why":"it'\\''s"}'`);
});
