import { openApiDocument } from "../openapi.ts";
import { type Route, route } from "../operation.ts";

/** The document of all routes, made when it is first asked for. */
export function documentRoute(routes: () => readonly Route[], version: string): Route {
  let text: string | undefined;
  return route(
    {
      id: "apiDocumentRead",
      method: "get",
      path: "/openapi.json",
      tag: "server",
      answers: { 200: { description: "This document.", schema: { inline: { type: "object" } } } },
    },
    () => {
      text ??= JSON.stringify(openApiDocument(routes(), version));
      return Promise.resolve(new Response(text, { headers: { "content-type": "application/json" } }));
    },
  );
}
