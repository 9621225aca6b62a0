import { PERMISSIONS } from "../../packages/server/src/people/index.ts";
import { type Operation, operationIdOf, type Route } from "../../packages/server/src/http/index.ts";
import { summaryOf } from "../../packages/server/src/http/operation.ts";

const HEAD = `# The API

Every operation, made from the routes that are served; do not edit this page. The same as a document for programs:
[openapi.json](../../packages/wire/openapi.json), also at \`/openapi.json\` of a broker. How to run one: [run the broker](../how-to/run-the-broker.md).

## What holds for all of it

- **Who calls**: \`Authorization: Bearer\` with an API key or the token of a terminal's session; browsers have a cookie, and send \`x-csrf-token\` with
  what changes something. Who acts for several parties says for which with \`Offtake-Party: BOOK/PARTY\`.
- **What is read** comes from the caller's own feed. What is not there and what one may not see are answered by the same 404.
- **Changes** take an \`Idempotency-Key\`: sent again within a day with the same body they have no second effect and are answered alike; with another
  body that is \`retry_differs\` (422). They answer with the thing as the caller sees it afterwards, and with a receipt: where the caller's own feed
  ended, with its hash. \`GET\` afterwards shows it.
- **Bodies** are the documents of [book files](book-files.md), as JSON or YAML; what is wrong in them is told with line, column and JSON pointer.
- **Lists** are pages of \`data\` with a \`nextCursor\`; \`?limit\`, \`?status\`, \`?order\`, \`?descending\` and \`?agreement\` choose. Each object has an \`id\`, a \`status\`,
  a \`deadline\` where time alone changes something, \`updatedAt\`, and its \`view\`.
- **Versions**: \`ETag\` is the place in the caller's feed at which a thing changed last. Where the table says so, \`If-Match\` must name it.
- **Amounts** are \`{"amount": "21894019.20", "currency": "USD"}\`, prices have \`"per": "accelerator-hour"\`, instants are RFC 3339 in UTC, windows hold their
  beginning and not their end.
- **Problems** are RFC 9457 with a stable \`code\`: see [problem codes](problem-codes.md). 429 and 503 say when to come back in \`Retry-After\`.
- A feed as events: \`GET .../feed/stream\` with \`Last-Event-ID\` goes on behind it; nothing is missed, nothing comes twice.
`;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function whoOf({ id }: Operation): string {
  const allowed = PERMISSIONS[id];
  return typeof allowed === "string" ? (allowed === "public" ? "anybody" : "every member") : allowed.join(", ");
}

function takesOf({ body, ifMatch, query }: Operation): string {
  const parts = [
    ...(body === undefined ? [] : ["component" in body.schema ? `\`${body.schema.component}\`` : "a body"]),
    ...(query === undefined ? [] : Object.keys(query.shape).map((name) => `\`?${name}\``)),
    ...(ifMatch === true ? ["`If-Match`"] : []),
  ];
  return parts.join(" ");
}

function sectionOf(tag: string, operations: readonly Operation[]): string {
  const rows = operations.map((operation) => {
    const { method, path } = operation;
    const what =
      operation.description === undefined ? summaryOf(operation) : `${summaryOf(operation)}. ${operation.description}`;
    return `| \`${method.toUpperCase()} ${path}\` | ${cell(what)} | ${takesOf(operation)} | ${whoOf(operation)} |`;
  });
  return [`## ${tag}`, "", "| Call | What | Takes | Who |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}

/** The page of the reference: a section for each tag, a row for each operation. */
export function apiPage(routes: readonly Route[]): string {
  const operations = routes.map(({ operation }) => operation);
  const names = operations.map(operationIdOf);
  if (new Set(names).size !== names.length) throw new Error("two operations have one name");
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return [
    HEAD,
    ...tags.map((tag) =>
      sectionOf(
        tag,
        operations.filter((one) => one.tag === tag),
      ),
    ),
  ].join("\n");
}
