import { formatInstant } from "@offtake/core/kernel";
import { exportFeed, type FeedEntry, type Receipt } from "@offtake/store/feeds";
import { decodeDisclosed, presentDisclosed } from "@offtake/wire/codecs";
import { type AnyCall, json } from "../call.ts";
import { inBook, type Route, route, z } from "../operation.ts";
import { notFound, problem } from "../problems.ts";

const tag = "feed";
const path = "/v1/books/{book}/feed";

const PAGE_DEFAULT = 100;
/** Entries that are read at once for an export. */
const CHUNK = 1_000;
/** Nothing was told for so long: a comment shows both ends that the line is alive. */
const KEEP_ALIVE_MS = 15_000;

const place = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const ENTRY_PAGE = {
  description:
    "Entries in order; `next` is where to read on, also where there is nothing yet; `length` is how many there are by now.",
  schema: {
    inline: {
      type: "object",
      properties: {
        data: { type: "array", items: { $ref: "#/components/schemas/FeedEntry" } },
        next: { type: "integer", minimum: 0 },
        length: { type: "integer", minimum: 0 },
      },
      required: ["data", "next", "length"],
      additionalProperties: false,
    },
  },
} as const;

/** The caller's own feed: everything that it was ever told, by places of its own. */
export const feedRoutes: readonly Route[] = [
  route(
    {
      id: "feedRead",
      method: "get",
      path,
      tag,
      description: "Everything that the caller's party was told, in order. Places count from 0 in this feed alone.",
      params: inBook,
      query: z.object({
        from: place.optional().openapi({ description: "First place. Default: 0." }),
        limit: z.coerce.number().int().min(1).max(1_000).optional().openapi({ description: "Default: 100." }),
      }),
      answers: { 200: ENTRY_PAGE },
    },
    async ({ services, book, principal, query: { from = 0, limit = PAGE_DEFAULT } }) => {
      const { store } = services.telling;
      const [entries, head] = await Promise.all([
        store.readFeed(book, principal.party, from, limit),
        store.head(book, principal.party),
      ]);
      // More may be told between the two looks.
      const length = entries.length === 0 ? head.length : Math.max(head.length, from + entries.length);
      return json(200, { data: entries.map(entryValue), next: from + entries.length, length });
    },
  ),
  route(
    {
      id: "feedStream",
      method: "get",
      path: `${path}/stream`,
      tag,
      description:
        "The same as server-sent events, as it grows. The `id` of an event is its place; a client that comes back with `Last-Event-ID` goes on behind it, and misses nothing and gets nothing twice.",
      params: inBook,
      query: z.object({
        from: place.optional().openapi({ description: "First place. Default: behind `Last-Event-ID`, or 0." }),
      }),
      answers: { 200: { description: "Events.", media: "text/event-stream", schema: { inline: { type: "string" } } } },
    },
    (call) => Promise.resolve(stream(call, call.query.from ?? afterLast(call.header("last-event-id")))),
  ),
  route(
    {
      id: "feedRead",
      variant: "Export",
      summary: "one's whole feed, to take away",
      description: "As lines of JSON, with hashes, that `offtake verify` checks offline; or as a table.",
      method: "get",
      path: `${path}/export`,
      tag,
      params: inBook,
      query: z.object({ format: z.enum(["ndjson", "csv"]).optional() }),
      answers: {
        200: { description: "All of it.", media: "application/x-ndjson", schema: { inline: { type: "string" } } },
      },
    },
    (call) => Promise.resolve(call.query.format === "csv" ? exportCsv(call) : exportLines(call)),
  ),
  route(
    {
      id: "receiptRead",
      method: "get",
      path: "/v1/books/{book}/receipts/{length}",
      tag,
      description:
        "The receipt for the first so many entries of the caller's feed: the same as was given when they were told.",
      params: inBook.extend({ length: z.string().regex(/^[1-9]\d{0,14}$/) }),
      answers: {
        200: {
          description: "It.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/Receipt" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async ({ services, book, principal: { party }, params }) => {
      const length = Number(params.length);
      const [entry] = await services.telling.store.readFeed(book, party, length - 1, 1);
      if (entry === undefined) throw notFound();
      return json(200, {
        data: { schema: "offtake/receipt@1", book, party, length, hash: entry.hash } satisfies Receipt,
      });
    },
  ),
];

function afterLast(id: string | undefined): number {
  if (id === undefined || id === "") return 0;
  if (!/^\d{1,15}$/.test(id))
    throw problem("parameter_malformed", { detail: "Last-Event-ID: a place of the feed is expected" });
  return Number(id) + 1;
}

function entryValue({ position, hash, body }: FeedEntry) {
  const told = decodeDisclosed(JSON.parse(body));
  if (!told.ok) throw new Error(`Broken belief: an entry of a feed can be read (${told.problem.message})`);
  return {
    position,
    at: formatInstant(told.value.at),
    type: told.value.type,
    hash,
    event: presentDisclosed(told.value, "told"),
  };
}

function stream({ services, book, principal, signal }: AnyCall, from: number): Response {
  const encoder = new TextEncoder();
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal, services.stopping]);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string): void => {
        if (!both.aborted) controller.enqueue(encoder.encode(text));
      };
      send(": offtake\n\n");
      const alive = setInterval(() => send(": alive\n\n"), KEEP_ALIVE_MS);
      both.addEventListener("abort", () => clearInterval(alive), { once: true });
      try {
        for await (const entries of services.telling.follow(book, principal.party, from, both)) {
          const text = entries.map((entry) => eventText(entryValue(entry))).join("");
          send((await services.office?.texts.reveal(book, principal.party, text)) ?? text);
        }
      } finally {
        clearInterval(alive);
        if (!ended.signal.aborted) controller.close();
      }
    },
    cancel: () => ended.abort(),
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}

const eventText = (entry: ReturnType<typeof entryValue>): string =>
  `id: ${entry.position}\nevent: ${entry.type}\ndata: ${JSON.stringify(entry)}\n\n`;

/** All of the feed, read as fast as it is taken. */
function exported({ book, principal }: AnyCall, text: AsyncIterable<string>, type: string, name: string): Response {
  const encoder = new TextEncoder();
  const pieces = text[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await pieces.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": type,
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${book}-${principal.party}.${name}"`,
    },
  });
}

/** The bodies stand as they were told, since the hashes are over them. */
function exportLines(call: AnyCall): Response {
  const { services, book, principal } = call;
  async function* lines(): AsyncIterable<string> {
    for await (const line of exportFeed(services.telling.store, book, principal.party)) yield `${line}\n`;
  }
  return exported(call, lines(), "application/x-ndjson", "ndjson");
}

function exportCsv(call: AnyCall): Response {
  const { services, book, principal } = call;
  async function* rows(): AsyncIterable<string> {
    yield "position,at,type,hash,event\r\n";
    for (let from = 0; ; from += CHUNK) {
      const entries = await services.telling.store.readFeed(book, principal.party, from, CHUNK);
      for (const entry of entries) {
        const value = entryValue(entry);
        const event = JSON.stringify(value.event);
        yield rowOf(value, (await services.office?.texts.reveal(book, principal.party, event)) ?? event);
      }
      if (entries.length < CHUNK) return;
    }
  }
  return exported(call, rows(), "text/csv; charset=utf-8", "csv");
}

function rowOf({ position, at, type, hash }: ReturnType<typeof entryValue>, event: string): string {
  return `${[String(position), at, type, hash, event].map(cell).join(",")}\r\n`;
}

/** Quoted, and never a formula to a program that opens it. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
