import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** The built console, kept in memory: a build that takes its place on disk does not reach into one that is served. */
export interface ConsoleFiles {
  /** Which build it is; undefined where its page does not say. */
  readonly build: string | undefined;
  /**
   * The file of a path, or the page where somebody opens a view by its address; undefined where neither is meant, and the API says what
   * it says.
   */
  answer(request: Pick<Request, "method" | "headers">, path: string): Response | undefined;
}

interface Kept {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer> | undefined;
  readonly type: string;
  readonly etag: string;
  /** Named by a hash of what is in it: it never changes. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".yaml": "text/yaml; charset=utf-8",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".wasm": "application/wasm",
};

/** Fonts are compressed already. */
const ZIPPED = new Set([".html", ".js", ".css", ".svg", ".json", ".yaml"]);

/**
 * Everything from this server, nothing inline, framed by nobody. Pages of the console ask this server only, so that a page that was tampered
 * with can tell nobody.
 */
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What the API has for itself: below these nothing is ever answered by a page. */
const OF_THE_API = /^\/(?:v1|n|login|logout|ical)(?:\/|$)|^\/(?:healthz|readyz|metrics|openapi\.json)$/;

/** The page says what it is a build of, so that one that is open can tell that there is another. */
const BUILD = /<meta name="offtake-build" content="([\w.-]{1,64})"/;

const zip = promisify(gzip);

/**
 * Reads a built console.
 *
 * @param folder with an `index.html` in it
 * @throws where there is none
 */
export async function readConsole(folder: string): Promise<ConsoleFiles> {
  const kept = new Map<string, Kept>();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of paths) {
    const path = join(entry.parentPath, entry.name);
    // How it was built is nobody's business.
    if (entry.name.startsWith(".") || entry.name === "manifest.json") continue;
    const name = path.slice(folder.length).replaceAll("\\", "/");
    kept.set(name.startsWith("/") ? name : `/${name}`, await keptFile(path));
  }
  const page = kept.get("/index.html");
  if (page === undefined) throw new Error(`There is no index.html in ${folder}`);
  return {
    build: BUILD.exec(new TextDecoder().decode(page.bytes))?.[1],
    answer: (request, path) => {
      if (request.method !== "GET" && request.method !== "HEAD") return undefined;
      const file = kept.get(path);
      if (file !== undefined && path !== "/index.html") return served(request, file);
      if (path.startsWith("/assets/") || OF_THE_API.test(path) || !wantsPage(request)) return undefined;
      return served(request, page);
    },
  };
}

async function keptFile(path: string): Promise<Kept> {
  const bytes = new Uint8Array(readFileSync(path));
  const extension = extname(path);
  return {
    bytes,
    zipped: ZIPPED.has(extension) ? new Uint8Array(await zip(bytes, { level: 9 })) : undefined,
    type: TYPES[extension] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    immutable: /[/\\]assets[/\\]/.test(path),
  };
}

/** A program that asks for JSON gets the API's word, whatever the address. */
const wantsPage = ({ headers }: Pick<Request, "headers">): boolean =>
  (headers.get("accept") ?? "").split(",").some((one) => one.trim().startsWith("text/html"));

function served({ method, headers: asked }: Pick<Request, "method" | "headers">, file: Kept): Response {
  const { bytes, zipped, type, etag, immutable } = file;
  const isZipped = zipped !== undefined && /\bgzip\b/.test(asked.get("accept-encoding") ?? "");
  const headers: Record<string, string> = {
    "content-type": type,
    "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
    etag,
    ...(zipped === undefined ? {} : { vary: "accept-encoding" }),
    ...(isZipped ? { "content-encoding": "gzip" } : {}),
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
  };
  if (asked.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const body = isZipped ? zipped : bytes;
  headers["content-length"] = String(body.length);
  return new Response(method === "HEAD" ? null : body, { status: 200, headers });
}
