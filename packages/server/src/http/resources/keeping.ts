import { asTold, json } from "../call.ts";
import { isKeeper } from "../objects.ts";
import { bookParam, idParam, inBook, type Route, route, z } from "../operation.ts";
import { notFound } from "../problems.ts";
import { readPosted } from "../posted.ts";
import { bodyOf, done, NOTHING, officeOf, valueAnswer, withProblems } from "./office.ts";

const tag = "data protection";

const ruleBody = z.strictObject({
  agreement: z.string().min(1).max(256).optional().describe("Of this agreement; of all of the book when absent."),
  keepDays: z.int().min(0).max(36_500).optional().describe("Free words and files are kept for so long."),
  legalHold: z.string().min(1).max(500).optional().describe("Why nothing is erased, names neither, while this stands."),
});

/** The law on data: what of people is kept beside the log, how long, and how it is erased. */
export const keepingRoutes: readonly Route[] = [
  route(
    {
      id: "textList",
      method: "get",
      path: "/v1/books/{book}/texts",
      tag,
      description:
        "Names of people and free words that the caller's party wrote; all of the book for its keeper. At most 1,000; `holding` narrows them, such as to one person's name.",
      params: inBook,
      query: z.object({
        holding: z.string().min(1).max(200).optional().openapi({ description: "Only those with these words in them." }),
      }),
      answers: { 200: valueAnswer("Texts.") },
    },
    async (call) => {
      const { book, principal, query } = call;
      const texts = await officeOf(call).texts.list(book, principal.party, await isKeeper(call), query.holding);
      return asTold(json(200, { data: texts }));
    },
  ),
  route(
    {
      id: "textErase",
      method: "delete",
      path: "/v1/books/{book}/texts/{text}",
      tag,
      description:
        "Erases a name or free words for everybody: what is on record keeps its reference, every chain and every decision holds as before, and nobody can tell any more what was there. Refused while a legal hold keeps it, or, other than a name, a rule of retention.",
      params: z.object({ book: bookParam, text: idParam }),
      writes: true,
      unkeyed: true,
      answers: { 204: NOTHING },
    },
    async (call) => {
      const { book, principal, params } = call;
      const keeper = await isKeeper(call);
      await withProblems(officeOf(call).texts.erase(book, principal.party, keeper, params.text, principal.person));
      return done();
    },
  ),
  route(
    {
      id: "fileErase",
      method: "delete",
      path: "/v1/books/{book}/files/{file}",
      tag,
      description:
        "Erases a file of the caller's party: content, name and salt. Its reference stays on record, and tells nothing. Refused while a legal hold or a rule of retention keeps it.",
      params: z.object({ book: bookParam, file: idParam }),
      writes: true,
      unkeyed: true,
      answers: { 204: NOTHING },
    },
    async (call) => {
      const { book, principal, params } = call;
      await withProblems(officeOf(call).files.erase(book, principal.party, params.file, principal.person));
      return done();
    },
  ),
  route(
    {
      id: "keepingList",
      method: "get",
      path: "/v1/books/{book}/keeping",
      tag,
      description: "The rules of the book, for its keeper.",
      params: inBook,
      answers: { 200: valueAnswer("Rules.") },
    },
    async (call) => {
      if (!(await isKeeper(call))) throw notFound();
      return json(200, { data: await officeOf(call).keeping.list(call.book) });
    },
  ),
  route(
    {
      id: "keepingSet",
      method: "put",
      path: "/v1/books/{book}/keeping",
      tag,
      description:
        "Takes the place of the rule of that agreement, or of the book; one that says nothing takes it away. For the keeper.",
      params: inBook,
      body: bodyOf(ruleBody),
      writes: true,
      unkeyed: true,
      answers: { 204: NOTHING },
    },
    async (call) => {
      if (!(await isKeeper(call))) throw notFound();
      const { agreement, keepDays, legalHold } = readPosted(call, ruleBody);
      await officeOf(call).keeping.set(
        call.book,
        {
          ...(agreement === undefined ? {} : { agreement }),
          ...(keepDays === undefined ? {} : { keepDays }),
          ...(legalHold === undefined ? {} : { legalHold }),
        },
        call.principal.person,
      );
      return done();
    },
  ),
];
