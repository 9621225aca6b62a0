import type { BookState } from "@offtake/core/book";
import { parseBookName } from "@offtake/store/log";
import { parseBook, worldCommands } from "@offtake/wire/book";
import type { SourceFile } from "@offtake/wire/source";
import type { PartyId } from "@offtake/core/kernel";
import { BookRefused } from "../../books/index.ts";
import { type Call, json } from "../call.ts";
import { inBook, type Route, route, z } from "../operation.ts";
import { postedFiles, readPosted } from "../posted.ts";
import { invalidDocument, notFound, problem, rejected } from "../problems.ts";

const tag = "books";

/** What everybody who acts in a book knows of it. */
function bookValue(book: string, { header }: Pick<BookState, "header">, party: PartyId) {
  if (header === undefined) throw notFound();
  const { keeper, kind, currency, zone } = header;
  return { book, keeper, kind, currency, zone, party, isKeeper: keeper === party };
}

export const bookRoutes: readonly Route[] = [
  route(
    {
      id: "bookCreate",
      method: "post",
      path: "/v1/books",
      tag,
      description:
        "A book of these files: parties, agreements, capacity, prices. Nothing is made where they do not fit together. Its keeper's first administrator logs in with the login that comes back; it is shown this once. Price lists in tables are not taken here: send their prices as offers, or start the broker with `--book`.",
      body: { schema: { component: "BookFiles" }, limit: 16 << 20 },
      writes: true,
      answers: {
        201: {
          description: "Made.",
          schema: {
            inline: {
              type: "object",
              properties: {
                data: {
                  type: "object",
                  properties: {
                    book: { type: "string" },
                    keeper: { type: "string" },
                    login: { type: "string", description: "Good once." },
                  },
                  required: ["book", "keeper"],
                  additionalProperties: false,
                },
              },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    createBook,
  ),
  route(
    {
      id: "bookList",
      method: "get",
      path: "/v1/books",
      tag,
      description:
        "The book in which the caller acts. Whoever acts in several says which with `Offtake-Party: BOOK/PARTY`.",
      answers: {
        200: {
          description: "One, or none where the book is not open.",
          schema: {
            inline: {
              type: "object",
              properties: {
                data: { type: "array", items: { $ref: "#/components/schemas/BookEntry" } },
                nextCursor: { type: "null" },
              },
              required: ["data", "nextCursor"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async ({ principal, services }) => {
      const node = await services.books.get(principal.book);
      const data = node?.view.header === undefined ? [] : [bookValue(principal.book, node.view, principal.party)];
      return json(200, { data, nextCursor: null });
    },
  ),
  route(
    {
      id: "bookRead",
      method: "get",
      path: "/v1/books/{book}",
      tag,
      params: inBook,
      answers: {
        200: {
          description: "Whose book it is, and for whom the caller acts in it.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/BookEntry" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => json(200, { data: bookValue(call.book, (await call.node()).view, call.principal.party) }),
  ),
];

const posted = z.strictObject({ book: z.string().max(64), files: postedFiles(100) });

/** A key is asked for as everywhere, and is of no use here: what makes it one thing is the name. */
async function createBook({ file, key: _, services, principal }: Call<z.ZodObject, z.ZodObject>): Promise<Response> {
  const { book: name, files } = readPosted({ file }, posted);
  const book = parseBookName(name);
  if (book === undefined) throw problem("malformed", { detail: `${name} is no name of a book.` });
  const read = parseBook(files, { resolve: (reference, from) => found(files, reference, from) });
  if (!read.ok) throw invalidDocument(read.problems);
  if (read.value.priceLists.length > 0)
    throw problem("not_supported", {
      detail: "Price lists in tables are not taken here; send their prices as offers.",
    });
  const { keeper } = read.value.header;
  try {
    if (!(await services.makeBook(book, worldCommands(read.value))))
      throw problem("duplicate_id", { detail: "There is a book of that name." });
  } catch (error) {
    if (error instanceof BookRefused) throw rejected(error.rejection, true);
    throw error;
  }
  const login = await services.firstMember({ book, party: keeper, person: principal.person });
  const data = { book, keeper, ...(login === undefined ? {} : { login: login.code }) };
  return json(201, { data }, { location: `/v1/books/${book}` });
}

/** Files that another one of the same call refers to, from its own place. */
function found(files: readonly SourceFile[], reference: string, from: string): readonly SourceFile[] | undefined {
  const base = from.includes("/") ? from.slice(0, from.lastIndexOf("/") + 1) : "";
  const wanted = new URL(reference, `file:///${base}`).pathname.slice(1);
  const file = files.find(({ name }) => name === wanted || name === reference);
  return file === undefined ? undefined : [file];
}
