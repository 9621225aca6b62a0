import { FILE_MAX, MEDIA_TYPES } from "../../files/index.ts";
import { json } from "../call.ts";
import { bookParam, idParam, inBook, type Route, route, z } from "../operation.ts";
import { notFound, problem } from "../problems.ts";
import { officeOf, valueAnswer, withProblems } from "./office.ts";

const tag = "files";
const BYTES = { type: "string", format: "binary" } as const;

/** Files beside the log: answers that came by mail, proofs of delivery. */
export const fileRoutes: readonly Route[] = [
  route(
    {
      id: "fileAdd",
      method: "post",
      path: "/v1/books/{book}/files",
      tag,
      description:
        "Keeps a file for the caller's party. Its reference stands in for it on record; it tells nothing of the content.",
      params: inBook,
      query: z.object({
        agreement: idParam.optional().openapi({ description: "The agreement that it is about: how long it is kept." }),
        name: z.string().min(1).max(200).openapi({ description: "What the file is called." }),
        for: idParam.optional().openapi({ description: "Another party that may read it." }),
        privileged: z
          .enum(["true", "false"])
          .optional()
          .openapi({ description: "Nobody's but the caller's party's, also in exports." }),
      }),
      body: { schema: { inline: BYTES }, media: MEDIA_TYPES, limit: FILE_MAX },
      writes: true,
      answers: { 201: valueAnswer("Reference, SHA-256, size and name.") },
    },
    async (call) => {
      const { book, principal, query } = call;
      const isPrivileged = query.privileged === "true";
      if (isPrivileged && query.for !== undefined)
        throw problem("parameter_malformed", { detail: "A privileged file is read by nobody else." });
      const stored = await withProblems(
        officeOf(call).files.add(book, {
          bytes: call.bytes,
          mediaType: (call.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
          name: query.name,
          owner: principal.party,
          addedBy: principal.person,
          privileged: isPrivileged,
          ...(query.agreement === undefined ? {} : { agreement: query.agreement }),
          readers: query.for === undefined ? [] : [query.for as typeof principal.party],
        }),
      );
      return json(201, { data: stored });
    },
  ),
  route(
    {
      id: "fileRead",
      method: "get",
      path: "/v1/books/{book}/files/{file}",
      tag,
      params: z.object({ book: bookParam, file: idParam }),
      answers: { 200: { description: "The file.", media: "application/octet-stream", schema: { inline: BYTES } } },
    },
    async (call) => {
      const { files } = officeOf(call);
      const { book, principal, params } = call;
      const stored = await files.find(book, principal.party, params.file);
      const content = stored && (await files.content(book, principal.party, params.file));
      if (stored === undefined || content === undefined) throw notFound();
      return new Response(new Uint8Array(content), {
        headers: {
          "content-type": stored.mediaType,
          "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
          "cache-control": "no-store",
        },
      });
    },
  ),
];
