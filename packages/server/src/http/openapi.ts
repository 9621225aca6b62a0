import { OpenAPIHono } from "@hono/zod-openapi";
import type { Schema } from "@offtake/wire/codecs";
import { PROBLEM_CODES } from "@offtake/wire/problems";
import { PERMISSIONS } from "../people/index.ts";
import { components } from "./components.ts";
import {
  type AnswerSpec,
  type BodySchema,
  type Operation,
  operationIdOf,
  type Route,
  summaryOf,
  z,
} from "./operation.ts";
import { PROBLEM_TYPE } from "./problems.ts";

type Json = { readonly [key: string]: unknown };

const refOf = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

const schemaOf = (schema: BodySchema): Json => ("component" in schema ? refOf(schema.component) : schema.inline);

const PROBLEM: Schema = {
  type: "object",
  description: "What was wrong (RFC 9457). `code` is stable; `title` and `detail` are for people.",
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string", enum: [...PROBLEM_CODES.keys()] },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: {
          code: { type: "string" },
          pointer: { type: "string", description: "JSON pointer into the body." },
          parameter: { type: "string" },
          detail: { type: "string" },
          file: { type: "string" },
          line: { type: "integer" },
          column: { type: "integer" },
          didYouMean: { type: "array", items: { type: "string" } },
        },
        required: ["code", "detail"],
        additionalProperties: false,
      },
    },
    traceId: { type: "string" },
    receipt: {
      $ref: "#/components/schemas/Receipt",
      description: "Where what was sent is on record all the same: the proof of when it came.",
    },
  },
  required: ["type", "title", "status", "detail", "code"],
  additionalProperties: false,
};

const KEY = z.object({
  "Idempotency-Key": z.string().min(1).max(200).openapi({
    description:
      "A text of the caller's own for this one thing. Sent again within a day with the same body it has no second effect and is answered alike; with another body it is a problem.",
    example: "0d7e3c1e-7a52-4a7e-8f0e-0b8d1a8c7f10",
  }),
});
const MATCH = z.object({
  "If-Match": z.string().openapi({ description: "The `ETag` of what the caller has seen." }),
});

/** Problems that any operation may end with, by what it takes. */
function problemStatuses(operation: Operation): readonly number[] {
  const { params, query, body, writes, ifMatch } = operation;
  const isPublic = PERMISSIONS[operation.id] === "public";
  return [
    ...(query !== undefined || body !== undefined || writes === true ? [400] : []),
    ...(isPublic ? [] : [401, 403]),
    ...(params === undefined ? [] : [404]),
    ...(writes === true ? [409, 422] : []),
    ...(ifMatch === true ? [412, 428] : []),
    ...(body === undefined ? [] : [413, 415]),
    429,
    500,
    ...(writes === true ? [503] : []),
  ];
}

const PROBLEM_WORDS: Readonly<Record<number, string>> = {
  400: "The address, a header or the body cannot be read.",
  401: "The caller is not known.",
  403: "The caller may not do that.",
  404: "It is not there, or not the caller's to see.",
  409: "Not as things stand now.",
  412: "It has changed since it was read.",
  413: "The body is too large.",
  415: "The body is of another type.",
  422: "What was sent does not hold together.",
  428: "It must be said which version is meant.",
  429: "Too many requests.",
  500: "A fault of the broker.",
  503: "The broker cannot do that at the moment.",
};

function answerOf({ description, schema, media = "application/json", headers = {} }: AnswerSpec): Json {
  return {
    description,
    ...(Object.keys(headers).length === 0
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: "string" } }]),
          ),
        }),
    ...(schema === undefined ? {} : { content: { [media]: { schema: schemaOf(schema) } } }),
  };
}

function responsesOf(operation: Operation): Json {
  const own = Object.entries(operation.answers).map(([status, spec]) => [status, answerOf(spec)] as const);
  const problems = problemStatuses(operation)
    .filter((status) => !(status in operation.answers))
    .map((status) => [
      String(status),
      { description: PROBLEM_WORDS[status] ?? "", content: { [PROBLEM_TYPE]: { schema: refOf("Problem") } } },
    ]);
  return Object.fromEntries([...own, ...problems]) as Json;
}

function headersOf({ writes, ifMatch, unkeyed }: Operation) {
  if (writes !== true || unkeyed === true) return undefined;
  return ifMatch === true ? KEY.extend(MATCH.shape) : KEY;
}

function register(registry: OpenAPIHono["openAPIRegistry"], operation: Operation): void {
  const { method, path, tag, description, params, query, body } = operation;
  const headers = headersOf(operation);
  const content = Object.fromEntries(
    (body?.media ?? ["application/json"]).map((media) => [
      media,
      { schema: body === undefined ? {} : schemaOf(body.schema) },
    ]),
  );
  registry.registerPath({
    method,
    path,
    operationId: operationIdOf(operation),
    tags: [tag],
    summary: summaryOf(operation),
    ...(description === undefined ? {} : { description }),
    security: PERMISSIONS[operation.id] === "public" ? [] : [{ key: [] }, { session: [] }],
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body: { content, required: body.optional !== true } }),
    },
    responses: responsesOf(operation) as never,
  });
}

/** The OpenAPI document of a list of routes: the same list that is served. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  for (const [name, schema] of components({ Problem: PROBLEM }))
    registry.registerComponent("schemas", name, schema as never);
  registry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description: "An API key, or the token of a terminal's session.",
  });
  registry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-offtake",
    description: "A browser's session.",
  });
  for (const { operation } of routes) register(registry, operation);
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Offtake",
      version,
      description: ABOUT,
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(({ operation }) => operation.tag))].map((name) => ({ name })),
  }) as unknown as Json;
}

const ABOUT = [
  "The broker's API. Whatever a party reads comes from its own feed; what it may not see is answered like what is not there.",
  "Times are RFC 3339 in UTC, windows hold their beginning and not their end, amounts are digits with a currency.",
  "Lists come in pages of `data` with a `nextCursor`. Every change takes an `Idempotency-Key` and answers with a receipt: the place and the hash",
  "of the caller's own feed after it. Problems are RFC 9457 with a stable `code`.",
].join(" ");
