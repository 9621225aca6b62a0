import { Readable } from "node:stream";
import { CarryProblem, exportParty } from "../../carry/index.ts";
import { json } from "../call.ts";
import { inBook, type Route, route } from "../operation.ts";
import { notFound, problem } from "../problems.ts";
import { valueAnswer } from "./office.ts";

const tag = "books";
const LINES = "application/x-ndjson";

/** Books as a whole: what a party has of one, to take away; and one from elsewhere. */
export const carryRoutes: readonly Route[] = [
  route(
    {
      id: "bookExport",
      method: "get",
      path: "/v1/books/{book}/export",
      tag,
      description:
        "All that the caller's party has of the book, as lines of JSON: its feed with hashes, what it sees, files with their contents (its own privileged ones too, nobody else's), the names and free words that references stand for, its receipt. Of others it holds nothing that the party was not told. The whole book, which can be imported again, is written by `offtake export all`, by whoever runs the broker.",
      params: inBook,
      answers: { 200: { description: "All of it.", media: LINES, schema: { inline: { type: "string" } } } },
    },
    async (call) => {
      const { services, book, principal, admission } = call;
      const { office } = services;
      if (!(await admission.read(`all of ${principal.party}`, undefined))) throw notFound();
      async function* lines(): AsyncIterable<string> {
        for await (const line of exportParty(
          services.telling.store,
          office?.files,
          office?.texts,
          book,
          principal.party,
        ))
          yield `${line}\n`;
      }
      return new Response(Readable.toWeb(Readable.from(lines(), { objectMode: false })) as ReadableStream, {
        headers: {
          "content-type": LINES,
          "cache-control": "no-store",
          "content-disposition": `attachment; filename="${book}-${principal.party}-all.ndjson"`,
        },
      });
    },
  ),
  route(
    {
      id: "bookImport",
      method: "post",
      path: "/v1/imports",
      tag,
      description:
        "A whole book from `offtake export all`, into a broker that has none of its name: the same log, feeds, files and views, or nothing. Every link is followed first. Members and keys are not in it: its keeper's first administrator logs in with the login that comes back; it is shown this once. Larger ones than 64 MiB are imported by `offtake import all`.",
      body: { schema: { inline: { type: "string" } }, media: [LINES], limit: 64 << 20 },
      writes: true,
      unkeyed: true,
      answers: { 201: valueAnswer("Its name, its keeper, where its log ends, and the login.") },
    },
    async (call) => {
      const { importBook } = call.services;
      if (importBook === undefined) throw notFound();
      try {
        const { book, keeper, log, state, feeds, withheld } = await importBook(linesOf(call.file.text));
        const login = await call.services.firstMember({ book, party: keeper, person: call.principal.person });
        const data = {
          book,
          keeper,
          log,
          state,
          feeds,
          withheld,
          ...(login === undefined ? {} : { login: login.code }),
        };
        return json(201, { data }, { location: `/v1/books/${book}` });
      } catch (error) {
        if (!(error instanceof CarryProblem)) throw error;
        const code = error.code === "book_is_there" ? "duplicate_id" : "malformed";
        throw problem(code, { detail: error.message });
      }
    },
  ),
];

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split("\n");
}
