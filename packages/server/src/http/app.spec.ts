import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { MemoryFeedStore, MemoryStore, sha256 } from "@offtake/store/memory";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { Feeds } from "../feeds/index.ts";
import type { PersonId, Principal } from "../people/index.ts";
import { createApp } from "./app.ts";
import { json } from "./call.ts";
import { inBook, operationIdOf, type Route, route, z } from "./operation.ts";
import { openApiDocument } from "./openapi.ts";
import { systemRoutes } from "./resources/system.ts";
import { API_VERSION, ROUTES } from "./routes.ts";
import type { Services } from "./services.ts";
import { doorFor } from "./world.fixture.ts";

const SOMEBODY: Principal = {
  person: "p" as PersonId,
  party: "lab" as PartyId,
  book: "small" as BookName,
  roles: ["procurement"],
  via: "key",
};

async function serving(routes: readonly Route[], more: Partial<Services> = {}) {
  let now = 0;
  const log: string[] = [];
  const store = new MemoryStore({ clock: () => now });
  const services: Services = {
    books: { names: async () => [], get: async () => undefined, create: async () => undefined },
    telling: await Feeds.start({ log: store, feeds: new MemoryFeedStore(), hash: sha256 }),
    door: doorFor(({ authorization }) => (authorization === "Bearer good" ? SOMEBODY : undefined)),
    people: undefined,
    origins: () => ["https://broker.example"],
    log: pino({ base: null }, { write: (line: string) => void log.push(line) }),
    clock: () => now,
    isReadOnly: () => false,
    stopping: new AbortController().signal,
    makeBook: async () => false,
    firstMember: async () => undefined,
    notReady: async () => undefined,
    metrics: async () => ({ type: "text/plain", text: "" }),
    observe: () => {},
    keeperOf: async () => undefined,
    ...more,
  };
  const app = createApp(routes, services);
  const call = async (path: string, { headers = {}, ...init }: Init = {}): Promise<Response> =>
    app.request(path, { ...init, headers: { authorization: "Bearer good", ...headers } });
  return { call, log, pass: (ms: number) => (now += ms) };
}

/** A route that changes something, as far as the door can tell. */
const changing = route(
  {
    id: "requestSubmit",
    method: "post",
    path: "/v1/books/{book}/requests",
    tag: "requests",
    params: inBook,
    query: z.object({ limit: z.coerce.number().int().min(1).max(9).optional() }),
    body: { schema: { component: "RequestBody" }, limit: 100 },
    writes: true,
    answers: { 201: { description: "" } },
  },
  async (call) => json(201, { book: call.book, bytes: call.bytes.length }),
);
const failing = route(
  { id: "bookList", method: "get", path: "/v1/books", tag: "books", answers: { 200: { description: "" } } },
  () => Promise.reject(new Error("the price of lab is 2.31")),
);

interface Init extends Omit<RequestInit, "headers"> {
  readonly headers?: Record<string, string>;
}

const post = (body: string, headers: Record<string, string> = {}): Init => ({
  method: "POST",
  body,
  headers: { "content-type": "application/json", ...headers },
});
const PATH = "/v1/books/small/requests";

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const { status, code, type } = (await response.json()) as { status: number; code: string; type: string };
  expect(status).toBe(response.status);
  expect(type).toBe(`/problems/${code}`);
  return `${status} ${code}`;
}

describe("the door", () => {
  test("lets nobody in who is not known, and says nothing else to them", async () => {
    const { call } = await serving([changing]);
    const response = await call(PATH, post("{}", { authorization: "Bearer bad" }));
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
    expect(await problemOf(response)).toBe("401 not_authenticated");
  });

  test("refuses what the caller's roles do not allow", async () => {
    const door = doorFor(() => ({ ...SOMEBODY, roles: ["finance"] }));
    expect(await problemOf(await (await serving([changing], { door })).call(PATH, post("{}")))).toBe("403 not_allowed");
  });

  test("answers for another book, and for one that cannot be, as for an address that is none", async () => {
    const { call } = await serving([changing]);
    const bodies = await Promise.all(
      ["/v1/books/other/requests", "/v1/books/NO%20BOOK/requests", "/v1/nowhere"].map(async (path) => {
        const response = await call(path, post("{}"));
        expect(response.status).toBe(404);
        return response.text();
      }),
    );
    expect(new Set(bodies).size).toBe(1);
  });

  test.each([
    ["another type", post("x", { "content-type": "text/html" }), "415 unsupported_media_type"],
    ["packed", post("{}", { "content-encoding": "gzip" }), "415 unsupported_media_type"],
    ["no body", post(""), "400 not_json"],
    ["too much of it", post(`"${"x".repeat(200)}"`), "413 body_too_large"],
  ])("refuses a body: %s", async (_, init, expected) => {
    expect(await problemOf(await (await serving([changing])).call(PATH, init))).toBe(expected);
  });

  test.each(["?limit=0", "?limit=x", "?limit=1&limit=2", "?unknown=1"])("refuses the parameters %s", async (query) => {
    const { call } = await serving([changing]);
    expect(await problemOf(await call(PATH + query, post("{}")))).toBe("400 parameter_malformed");
  });

  test("says which methods an address takes", async () => {
    const response = await (await serving([changing])).call(PATH, { method: "DELETE" });
    expect(response.headers.get("allow")).toBe("POST");
    expect(await problemOf(response)).toBe("405 method_not_allowed");
  });

  test("takes no change while the broker is read-only", async () => {
    const response = await (await serving([changing], { isReadOnly: () => true })).call(PATH, post("{}"));
    expect(response.headers.get("retry-after")).toBe("30");
    expect(await problemOf(response)).toBe("503 read_only");
  });

  test("says beside each answer whether changes are taken, and which console it serves", async () => {
    const console = { build: "abc123", answer: () => undefined };
    const says = async (more: Partial<Services>) => {
      const { headers } = await (await serving([changing], more)).call(PATH);
      return [headers.get("offtake-read-only"), headers.get("offtake-console")];
    };
    expect(await says({})).toEqual(["false", null]);
    expect(await says({ isReadOnly: () => true, console })).toEqual(["true", "abc123"]);
  });

  test("lets a party call so often and no more, until it has waited", async () => {
    const { call, pass } = await serving([changing]);
    const statuses = new Set<number>();
    for (let index = 0; index < 2_100; index += 1) statuses.add((await call(PATH, post("{}"))).status);
    expect([...statuses]).toEqual([201, 429]);
    pass(1_000);
    expect((await call(PATH, post("{}"))).status).toBe(201);
  });

  test("counts guesses where they come from, and answers probes however many there are", async () => {
    const { call } = await serving([changing, ...systemRoutes]);
    const statuses = new Set<number>();
    for (let index = 0; index < 2_100; index += 1)
      statuses.add((await call(PATH, post("{}", { authorization: "Bearer bad" }))).status);
    expect([...statuses]).toEqual([401, 429]);
    expect((await call(PATH, post("{}"))).status).toBe(201);
    const probed = await Promise.all(Array.from({ length: 2_100 }, () => call("/healthz")));
    expect(probed.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test("tells a fault of ours to the log and not to the caller", async () => {
    const { call, log } = await serving([failing]);
    const response = await call("/v1/books");
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("2.31");
    const { traceId } = JSON.parse(text) as { traceId: string };
    expect(log.join()).toContain(traceId);
  });

  test("tells every browser to load nothing and to guess nothing", async () => {
    const { call } = await serving([changing]);
    for (const path of [PATH, "/nowhere"]) {
      const { headers } = await call(path, post("{}"));
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });
});

describe("the document", () => {
  const document = JSON.parse(JSON.stringify(openApiDocument(ROUTES, API_VERSION))) as {
    paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    components: { schemas: Record<string, unknown> };
  };

  test("has every route once, by a name of its own", () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ROUTES.map(({ operation }) => operationIdOf(operation)).toSorted());
  });

  test("refers to nothing that is not in it", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? "");
    expect(references.length).toBeGreaterThan(10);
    const known = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`));
    expect(references.filter((ref) => !known.has(ref))).toEqual([]);
  });

  test("says of every operation which problems it may end with", () => {
    for (const methods of Object.values(document.paths)) {
      for (const { responses } of Object.values(methods)) expect(Object.keys(responses)).toContain("500");
    }
  });
});
