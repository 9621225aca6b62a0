import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readConsole } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "offtake-console-"));
mkdirSync(join(folder, "assets"));
writeFileSync(join(folder, "index.html"), "<!doctype html><title>Offtake</title>");
writeFileSync(join(folder, "assets/app-1a2b.js"), "export {};\n".repeat(100));
writeFileSync(join(folder, "assets/font-1a2b.woff2"), "font");
writeFileSync(join(folder, ".built-from"), "secret");
writeFileSync(join(folder, "manifest.json"), "{}");
afterAll(() => rmSync(folder, { recursive: true }));
const console = await readConsole(folder);

const PAGE = { accept: "text/html,application/xhtml+xml" };
const ask = (path: string, headers: Record<string, string> = PAGE, method = "GET") =>
  console.answer(new Request(`http://localhost${path}`, { method, headers }), path);

describe("the console", () => {
  test.each(["/", "/queue", "/requests/llama-4.1", "/index.html", "/v1x"])("shows its page at %s", async (path) => {
    const answer = ask(path);
    expect(answer?.status).toBe(200);
    expect(answer?.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await answer?.text()).toContain("<title>Offtake</title>");
  });

  test.each(["/v1", "/v1/books", "/v1/nothing/here", "/n/abc", "/login", "/healthz", "/openapi.json", "/ical/x.ics"])(
    "leaves %s to the API, also for a browser",
    (path) => expect(ask(path)).toBeUndefined(),
  );

  test("shows its page to nobody who asks for something else, changes something, or misses a part", () => {
    expect(ask("/queue", { accept: "application/json" })).toBeUndefined();
    expect(ask("/queue", {})).toBeUndefined();
    expect(ask("/queue", PAGE, "POST")).toBeUndefined();
    expect(ask("/assets/app-9z9z.js")).toBeUndefined();
  });

  test("loads from its own server alone, nothing inline, and is framed by nobody", () => {
    const policy = ask("/")?.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toContain("http");
  });

  test("keeps parts with a hash in their name for good, and looks for a new page each time", () => {
    expect(ask("/assets/app-1a2b.js")?.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(ask("/")?.headers.get("cache-control")).toBe("no-cache");
    const etag = ask("/")?.headers.get("etag") ?? "";
    const again = ask("/", { ...PAGE, "if-none-match": etag });
    expect([again?.status, again?.body]).toEqual([304, null]);
  });

  test("sends text compressed to who takes it, and fonts as they are", async () => {
    const zipped = ask("/assets/app-1a2b.js", { "accept-encoding": "br, gzip" });
    expect(zipped?.headers.get("content-encoding")).toBe("gzip");
    const bytes = new Uint8Array((await zipped?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(gunzipSync(bytes).toString()).toBe("export {};\n".repeat(100));
    expect(zipped?.headers.get("content-length")).toBe(String(bytes.length));
    expect(ask("/assets/app-1a2b.js", {})?.headers.has("content-encoding")).toBe(false);
    expect(ask("/assets/font-1a2b.woff2", { "accept-encoding": "gzip" })?.headers.has("content-encoding")).toBe(false);
  });

  test("does not tell how it was built", () => {
    expect(ask("/.built-from", {})).toBeUndefined();
    expect(ask("/manifest.json", {})).toBeUndefined();
  });

  test("is missing where there is no page", async () => {
    await expect(readConsole(join(folder, "assets"))).rejects.toThrow("no index.html");
  });
});
