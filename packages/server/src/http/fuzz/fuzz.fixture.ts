import { Random } from "@offtake/core/kernel";
import type { Hono } from "hono";
import { Seen } from "./seen.fixture.ts";
import { type Node, Values } from "./values.fixture.ts";

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: unknown;
}

export interface Spot {
  readonly method: string;
  readonly path: string;
  readonly operation: Node;
  readonly parameters: readonly Parameter[];
}

/** How something is called: as it is meant to be, or with something odd in it now and then. */
interface Called extends Spot {
  readonly isPlain: boolean;
}

/** What came of a run: how often each status, and everything that must not be. */
export interface Fuzzed {
  readonly calls: number;
  readonly statuses: ReadonlyMap<number, number>;
  /** Calls that were answered with 5xx, or not at all, as they were sent. */
  readonly failures: readonly string[];
  /** Operations that were answered with 2xx at least once. */
  readonly reached: ReadonlySet<string>;
}

/** Bodies that make sense, so that a run gets to what lies behind them. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

export interface FuzzOptions {
  readonly app: Pick<Hono, "request">;
  readonly document: Node;
  readonly seed: string;
  readonly calls: number;
  readonly parties: readonly string[];
  readonly names: readonly string[];
  readonly known: Known;
  /** Operations that others depend on: called again and again. */
  readonly often?: readonly string[];
  /** Now and then time goes by. */
  readonly tick?: () => Promise<void>;
  readonly progress?: (done: number) => void;
}

/** Parameters of paths that are numbers. */
const NUMBERS: ReadonlySet<string> = new Set(["length"]);
/** Calls between two ticks. */
const TICK_EVERY = 500;
const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"] as const;
const MEDIA = [
  "application/json",
  "application/json",
  "application/json",
  "application/yaml",
  "text/plain",
  "text/html",
] as const;
const ODD_PATHS = ["%00", "..%2f..", "%e0%a4%a", "%", "x".repeat(3_000), "a b", "é", "*", "null"] as const;
const TEXTS = [
  "",
  "{",
  "[1,2",
  '{"a":1,"a":2}',
  "a: &x [*x, *x]",
  "{".repeat(200),
  "- ".repeat(3_000),
  "\u0000",
  "H100:512@us 2036-05-01+7d <=2.60 USD/h",
  "H100:-5@@",
  "!!js/function x",
  "null",
  "12e400",
] as const;

/** Calls operations of the document with what fits and with what does not, one after the other, and notes what came of it. */
export async function fuzz(options: FuzzOptions): Promise<Fuzzed> {
  const random = new Random(options.seed);
  const spots = spotsOf(options.document);
  const ids = [...options.names];
  const seen = new Seen(spots, options.often ?? []);
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const reached = new Set<string>();
  for (let index = 0; index < options.calls; index += 1) {
    if (index > 0 && index % TICK_EVERY === 0) await options.tick?.();
    const values = new Values(random, options.document, ids);
    const missing = random.chance(1, 3) ? spots.filter((one) => !reached.has(idOf(one))) : [];
    const spot = seen.looks(index) ?? random.pick(missing.length > 0 ? missing : spots);
    // What has not been answered yet is first called as it is meant to be.
    const isPlain = (!reached.has(idOf(spot)) || seen.looks(index) !== undefined) && random.chance(2, 3);
    const { as, url, init } = callOf({ ...spot, isPlain }, values, random, options, index, seen);
    const status = await send(
      options.app,
      url,
      init,
      (found, text, etag) => {
        keep(ids, found);
        seen.note(as, spot, url, text, etag);
      },
      (why) => failures.push(`${init.method} ${url} ${why}`),
    );
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 200 && status < 300) reached.add(idOf(spot));
    if (status >= 500)
      failures.push(`${status} ${init.method} ${url.slice(0, 300)} ${String(init.body).slice(0, 600)}`);
    if ((index + 1) % 5_000 === 0) options.progress?.(index + 1);
  }
  return { calls: options.calls, statuses, failures, reached };
}

const idOf = ({ operation }: Spot): string => String(operation["operationId"]);

function spotsOf(document: Node): readonly Spot[] {
  return Object.entries(document["paths"] as Readonly<Record<string, Node>>).flatMap(([path, methods]) =>
    Object.entries(methods)
      .map(([method, value]) => {
        const operation = value as Node;
        return { method, path, operation, parameters: (operation["parameters"] ?? []) as readonly Parameter[] };
      })
      // A stream has no end.
      .filter(({ operation }) => operation["operationId"] !== "feedStream"),
  );
}

interface Call {
  readonly as: string;
  readonly url: string;
  readonly init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string };
}

function callOf(spot: Called, values: Values, random: Random, options: FuzzOptions, index: number, seen: Seen): Call {
  const isOdd = (of: number): boolean => !spot.isPlain && random.chance(1, of);
  const method = isOdd(40) ? random.pick(METHODS) : spot.method.toUpperCase();
  // Mostly somebody who was told of such a thing.
  const told = options.parties.filter((party) => seen.thing(party, spot.path, random) !== undefined);
  const as = told.length > 0 && random.chance(3, 4) ? random.pick(told) : random.pick(options.parties);
  const headers: Record<string, string> = {
    authorization: isOdd(50) ? "Bearer " : `Bearer ${as}`,
    "idempotency-key": isOdd(20) ? random.pick(["", "same", "x".repeat(300), "é"]) : `k${index}`,
  };
  const query = queryOf(spot, values, random);
  const body =
    method === "GET" || method === "HEAD"
      ? undefined
      : bodyOf(spot, values, random, options.known, (name) => seen.pick(as, name, random) ?? values.text());
  const path = pathOf(spot, as, values, random, seen, idIn(body));
  for (const { name, in: where } of spot.parameters)
    if (where === "header" && name === "If-Match")
      headers["if-match"] =
        spot.isPlain || random.chance(3, 4) ? (seen.etag(as, path) ?? "*") : random.pick(["*", '"3"', "x", ""]);
  const url = `http://broker${path}${query}`;
  if (body === undefined) return { as, url, init: { method, headers: asBytes(headers) } };
  const media = !isOdd(10) ? random.pick(mediaOf(spot)) : random.pick(MEDIA);
  return { as, url, init: { method, headers: asBytes({ ...headers, "content-type": media }), body } };
}

/** Mostly the address of something that there is; of what is put there under its id, mostly by that id. */
function pathOf(
  { method, path, parameters, isPlain }: Called,
  as: string,
  values: Values,
  random: Random,
  seen: Seen,
  id: string | undefined,
): string {
  const thing = isPlain || random.chance(4, 5) ? seen.thing(as, path, random) : undefined;
  const template =
    method === "put" && id !== undefined && (isPlain || random.chance(3, 4)) ? path.replace(/\{\w+\}$/, id) : path;
  const known = thing !== undefined && template === path ? path.replace(thing.template, thing.address) : template;
  return known.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "book" && (isPlain || random.chance(19, 20))) return "small";
    if (!isPlain && random.chance(1, 25)) return random.pick(ODD_PATHS);
    const words = (parameters.find((one) => one.name === name)?.schema as Node | undefined)?.["enum"];
    if (Array.isArray(words) && random.chance(3, 4)) return String(random.pick<unknown>(words));
    const found = NUMBERS.has(name) ? String(random.between(1, 40)) : seen.pick(as, name, random);
    return encodeURIComponent(found !== undefined && random.chance(3, 4) ? found : values.text());
  });
}

function idIn(body: string | undefined): string | undefined {
  const id = /^\{"id":"([\w.-]{1,60})"/.exec(body ?? "")?.[1];
  return id === undefined ? undefined : encodeURIComponent(id);
}

/** Headers are bytes; what is not one of them cannot be sent. */
const asBytes = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString("latin1")]));

function queryOf({ parameters, isPlain }: Called, values: Values, random: Random): string {
  const chosen = parameters.filter(
    ({ in: where, required }) => where === "query" && (required === true || (!isPlain && random.chance(1, 3))),
  );
  const search = new URLSearchParams();
  for (const { name, schema } of chosen)
    search.append(name, String(!isPlain && random.chance(1, 8) ? values.text() : scalar(values.of(schema))));
  if (!isPlain && random.chance(1, 50)) search.append("unknown", "1");
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

const scalar = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "x";

function bodyOf(
  { operation, isPlain }: Called,
  values: Values,
  random: Random,
  known: Known,
  find: (name: string) => string,
): string | undefined {
  const content = (operation["requestBody"] as Node | undefined)?.["content"] as Node | undefined;
  if (content === undefined) return !isPlain && random.chance(1, 40) ? "{}" : undefined;
  const schema = (content["application/json"] as Node | undefined)?.["schema"];
  // A file of some kind: any bytes will do.
  if (schema === undefined) return !isPlain && random.chance(1, 8) ? "" : `%PDF-1.7 ${random.pick(TEXTS)}`;
  if (!isPlain && random.chance(1, 12)) return random.pick(TEXTS);
  const good = known[String(operation["operationId"])];
  const value = good !== undefined && (isPlain || random.chance(2, 3)) ? random.pick(good) : values.of(schema);
  const text = JSON.stringify(!isPlain && random.chance(1, 3) ? values.broken(value) : value);
  // `{name}` stands for something that there is.
  return text.replaceAll(/"\{(\w+)\}"/g, (_, name: string) => JSON.stringify(find(name)));
}

/** The media types that an operation takes: JSON where it can be. */
function mediaOf({ operation }: Spot): readonly string[] {
  const content = (operation["requestBody"] as Node | undefined)?.["content"] as Node | undefined;
  const media = Object.keys(content ?? {});
  return media.length === 0 || media.includes("application/json") ? ["application/json"] : media;
}

function keep(list: string[], found: readonly string[]): void {
  for (const id of found) if (!list.includes(id)) list.push(id);
  if (list.length > IDS_MAX) list.splice(0, list.length - IDS_MAX);
}

const ID = /"id":"([A-Za-z][A-Za-z0-9_.:-]{1,40})"/g;
/** Ids that were seen are called again; the oldest make room. */
const IDS_MAX = 400;

async function send(
  app: Pick<Hono, "request">,
  url: string,
  init: Call["init"],
  saw: (ids: readonly string[], text: string, etag: string | null) => void,
  failed: (why: string) => void,
): Promise<number> {
  try {
    const response = await app.request(url, init);
    const text = await response.text();
    if (response.status < 300)
      saw(
        [...text.slice(0, 4_000).matchAll(ID)].map(([, id]) => id ?? ""),
        text.slice(0, 200_000),
        response.headers.get("etag"),
      );
    else if (response.status >= 400) assertProblem(new URL(url).pathname, text, response, failed);
    return response.status;
  } catch (error) {
    failed(`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return 0;
  }
}

/** Whatever is refused is refused by a problem with a code. */
function assertProblem(path: string, text: string, response: Response, failed: (why: string) => void): void {
  const type = response.headers.get("content-type") ?? "";
  // Who logs in by a form is answered by a page.
  if (type.startsWith("text/html") && /^\/log(?:in|out)(?:\/|$)/.test(path)) return;
  if (type !== "application/problem+json") return failed("was refused by no problem");
  if (text === "") return;
  const { code, status } = JSON.parse(text) as { readonly code?: unknown; readonly status?: unknown };
  if (typeof code !== "string" || status !== response.status) failed("was refused by a problem without a code");
}
