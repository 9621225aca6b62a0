import type { BookState } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import { json } from "../call.ts";
import { inBook, type Route, route } from "../operation.ts";
import { notFound } from "../problems.ts";

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
