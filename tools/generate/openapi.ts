import { writtenSchema } from "../../packages/wire/src/schemas/index.ts";
import { API_VERSION, openApiDocument, ROUTES } from "../../packages/server/src/http/index.ts";

/** The OpenAPI document, from the routes that are served. */
export function generate(): Promise<Map<string, string>> {
  const text = writtenSchema(openApiDocument(ROUTES, API_VERSION));
  return Promise.resolve(new Map([["packages/wire/openapi.json", `${text}\n`]]));
}
