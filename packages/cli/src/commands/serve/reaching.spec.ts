import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { reaching } from "./reaching.ts";

const cwd = mkdtempSync(join(tmpdir(), "offtake-reaching-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const read = (env: Record<string, string>) => reaching({ env, cwd });

test("nothing is said of it: nothing reaches out, and no proxy is believed", async () => {
  expect(await read({})).toEqual({ ok: true, value: {} });
});

test("proxies, networks and fonts are lists with commas", async () => {
  writeFileSync(join(cwd, "a.ttf"), "font");
  const env = {
    OFFTAKE_TRUSTED_PROXIES: "10.0.0.0/8, 127.0.0.1",
    OFFTAKE_WEBHOOK_NETWORKS: "10.1.0.0/16",
    OFFTAKE_LETTER_FONTS: "a.ttf",
  };
  expect(await read(env)).toEqual({
    ok: true,
    value: {
      trustedProxies: ["10.0.0.0/8", "127.0.0.1"],
      webhookNetworks: ["10.1.0.0/16"],
      letterFonts: [Buffer.from("font")],
    },
  });
});

test.each([
  [{ OFFTAKE_TRUSTED_PROXIES: "10.0.0.0/8,proxy.example" }, "not proxy.example"],
  [{ OFFTAKE_LETTER_FONTS: "none.ttf" }, "names none.ttf, which cannot be read"],
])("what cannot be right is said before anything starts (%j)", async (env, words) => {
  expect(await read(env)).toMatchObject({
    ok: false,
    failure: { code: "usage", message: expect.stringContaining(words) },
  });
});
