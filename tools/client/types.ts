/** A part of the OpenAPI document. */
export type Node = { readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

const KEY = /^[A-Za-z_$][\w$]*$/;
const keyText = (key: string): string => (KEY.test(key) ? key : JSON.stringify(key));

/** The type of TypeScript of what a JSON Schema lets through; looser where the schema says what types cannot. */
export function typeText(schema: unknown): string {
  if (!isNode(schema)) return "unknown";
  const { $ref, const: constant, enum: words, allOf, anyOf, oneOf, type } = schema;
  if (typeof $ref === "string") return `Schemas[${JSON.stringify($ref.replace("#/components/schemas/", ""))}]`;
  if (constant !== undefined) return JSON.stringify(constant);
  if (Array.isArray(words)) return words.map((word) => JSON.stringify(word)).join(" | ");
  if (Array.isArray(allOf) && allOf.length === 1) return typeText(allOf[0]);
  const several = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  if (several !== undefined) return unionText(several.map(typeText));
  if (Array.isArray(type)) return unionText(type.map((one: unknown) => typeText({ ...schema, type: one })));
  if (type === "array") return `readonly (${typeText(schema["items"])})[]`;
  if (type === "object") return objectText(schema);
  const plain: Readonly<Record<string, string>> = {
    string: "string",
    integer: "number",
    number: "number",
    boolean: "boolean",
    null: "null",
  };
  return typeof type === "string" ? (plain[type] ?? "unknown") : "unknown";
}

const unionText = (types: readonly string[]): string => [...new Set(types)].join(" | ");

function objectText({ properties, required, additionalProperties }: Node): string {
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(isNode(properties) ? properties : {}).map(
    ([key, value]) => `readonly ${keyText(key)}${needed.has(key) ? "" : "?"}: ${typeText(value)}`,
  );
  const others = isNode(additionalProperties) ? [`readonly [key: string]: ${typeText(additionalProperties)}`] : [];
  if (fields.length === 0 && others.length === 0) return "{ readonly [key: string]: unknown }";
  return fields.length > 0 && others.length > 0
    ? `{ ${fields.join("; ")} } & { ${others.join("; ")} }`
    : `{ ${[...fields, ...others].join("; ")} }`;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: unknown;
}

function parametersText(parameters: readonly Parameter[], where: string): string {
  const fields = parameters
    .filter((one) => one.in === where)
    .map(
      ({ name, required, schema }) => `readonly ${keyText(name)}${required === true ? "" : "?"}: ${typeText(schema)}`,
    );
  return fields.length === 0 ? "undefined" : `{ ${fields.join("; ")} }`;
}

const contentOf = (value: unknown): Node => (isNode(value) && isNode(value["content"]) ? value["content"] : {});

/** What an operation is called with and answers: its JSON, a text where it answers something else, nothing where it has no body. */
function operationText(method: string, path: string, operation: Node): string {
  const parameters = (operation["parameters"] ?? []) as readonly Parameter[];
  const body = contentOf(operation["requestBody"]);
  const responses = isNode(operation["responses"]) ? operation["responses"] : {};
  const good = Object.entries(responses).find(([status]) => status.startsWith("2"));
  const answer = contentOf(good?.[1]);
  const schemaIn = (content: Node): unknown => (content["application/json"] as Node | undefined)?.["schema"];
  const headers = parameters.filter((one) => one.in === "header").map(({ name }) => name.toLowerCase());
  const fields = {
    method: JSON.stringify(method.toUpperCase()),
    path: JSON.stringify(path),
    params: parametersText(parameters, "path"),
    query: parametersText(parameters, "query"),
    body:
      Object.keys(body).length === 0 ? "undefined" : schemaIn(body) === undefined ? "string" : typeText(schemaIn(body)),
    answer: schemaIn(answer) === undefined ? "string" : typeText(schemaIn(answer)),
    writes: String(headers.includes("idempotency-key")),
  };
  return `{ ${Object.entries(fields)
    .map(([key, text]) => `readonly ${key}: ${text}`)
    .join("; ")} }`;
}

/** A module of types, and of what has to be there when it runs: the method and address of each operation. */
export function clientModule(document: Node): string {
  const { schemas } = document["components"] as { readonly schemas: Node };
  const operations = Object.entries(document["paths"] as Readonly<Record<string, Node>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, value]) => {
      const operation = value as Node;
      return { id: String(operation["operationId"]), method, path, operation };
    }),
  );
  const lines = (entries: readonly (readonly [string, string])[], end: string): string =>
    entries.map(([key, text]) => `  readonly ${keyText(key)}: ${text}${end}`).join("\n");
  const types = lines(
    Object.entries(schemas).map(([name, schema]) => [name, typeText(schema)] as const),
    ";",
  );
  const calls = lines(
    operations.map(({ id, method, path, operation }) => [id, operationText(method, path, operation)] as const),
    ";",
  );
  const table = operations.map(({ id, method, path }) => {
    return `  ${keyText(id)}: { method: ${JSON.stringify(method.toUpperCase())}, path: ${JSON.stringify(path)} },`;
  });
  return [
    "// Made from packages/wire/openapi.json by `npm run generate`; do not edit it.\n",
    "/** Every named part of the API's document. */",
    `export interface Schemas {\n${types}\n}\n`,
    "/** Every operation: what it is called with, and what it answers. */",
    `export interface Operations {\n${calls}\n}\n`,
    "export const OPERATIONS: { readonly [Id in keyof Operations]: { readonly method: string; readonly path: string } } = {",
    `${table.join("\n")}\n};\n`,
  ].join("\n");
}
