import { API_VERSION, openApiDocument, ROUTES } from "../../packages/server/src/http/index.ts";
import { writtenSchema } from "../../packages/wire/src/schemas/index.ts";
import { apiPage } from "../reference/api.ts";
import { clientModule, type Node } from "../client/types.ts";

/** The OpenAPI document and its page of the reference, from the routes that are served, and the types of the client, from the document. */
export function generate(): Promise<Map<string, string>> {
  const text = writtenSchema(openApiDocument(ROUTES, API_VERSION));
  return Promise.resolve(
    new Map([
      ["packages/wire/openapi.json", `${text}\n`],
      ["docs/reference/api.md", apiPage(ROUTES)],
      ["packages/client/src/api.ts", clientModule(JSON.parse(text) as Node)],
    ]),
  );
}
