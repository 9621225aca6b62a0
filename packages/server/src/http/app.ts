import type { PartyId } from "@offtake/core/kernel";
import { parseBookName } from "@offtake/store/log";
import { randomBytes } from "node:crypto";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { PeopleProblem, reachOf } from "../people/in-page.ts";
import type { Admission, Principal } from "../people/index.ts";
import { textOf } from "./answers.ts";
import { addressOf, Call, isAsTold } from "./call.ts";
import { assertOwnPage, credentialsOf } from "./own-page.ts";
import { type Operation, operationIdOf, type Route, z } from "./operation.ts";
import { HttpProblem, notFound, peopleProblem, problem, problemResponse, type ProblemPart } from "./problems.ts";
import { RateLimits } from "./rate-limits.ts";
import { secured } from "./secured.ts";
import type { Services } from "./services.ts";

const EMPTY = z.object({});

/** Bytes of a body, unless its operation takes more. */
const BODY_MAX = 1 << 20;

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ":$1");

/** The API over what is behind it: routes, limits, and nothing that a route could forget. */
export function createApp(routes: readonly Route[], services: Services): Hono {
  const app = new Hono();
  const limits = new RateLimits(services.clock, services.callsPerSecond);
  app.use(secured);
  app.use(telling(services));
  for (const { operation, handle } of routes) {
    app.on(operation.method, honoPath(operation.path), bodies(operation), (context) =>
      timed(operationIdOf(operation), services, () =>
        answer(context, services, () => served(context, operation, handle, services, limits)),
      ),
    );
  }
  const taken = methodsByPath(routes);
  for (const [path, methods] of taken) app.all(path, (context) => refuseMethod(context, methods, services));
  const { links } = services;
  if (links !== undefined) {
    app.all("/n/*", (context) =>
      answer(context, services, () => {
        limits.take("public", context.req.method === "POST");
        return links(context.req.raw, context.req.path.slice("/n/".length));
      }),
    );
  }
  app.notFound((context) => {
    // The console's pages are what is left once nothing of the API is meant.
    const page = services.console?.answer(context.req.raw, context.req.path);
    return page ?? answer(context, services, () => Promise.reject(notFound()));
  });
  app.onError((error, context) => answer(context, services, () => Promise.reject(error)));
  return app;
}

/** What a page that is open must know and was not there when it was loaded: a newer one of it, and that nothing can be changed now. */
function telling({ console: pages, isReadOnly }: Services): MiddlewareHandler {
  return async (context, next) => {
    await next();
    if (!context.req.path.startsWith("/v1/")) return;
    if (pages?.build !== undefined) context.res.headers.set("offtake-console", pages.build);
    context.res.headers.set("offtake-read-only", String(isReadOnly()));
  };
}

async function timed(operation: string, services: Services, make: () => Promise<Response>): Promise<Response> {
  const from = performance.now();
  const response = await make();
  services.observe(operation, response.status, (performance.now() - from) / 1_000);
  return response;
}

/** No more of a body than its operation takes: by the length that is stated, or by what comes where none is. */
function bodies(operation: Operation): MiddlewareHandler {
  const maxSize = operation.body?.limit ?? BODY_MAX;
  const onError = (): Response => problemResponse(problem("body_too_large"));
  const counted = bodyLimit({ maxSize, onError });
  return async (context, next) => {
    if (isBodiless(context)) return next();
    const length = context.req.header("content-length");
    // Where a length is stated the server reads no further: to look at the body as a stream here would cost more than to read it.
    if (length === undefined || context.req.header("transfer-encoding") !== undefined) return counted(context, next);
    return Number.parseInt(length, 10) > maxSize ? onError() : next();
  };
}

/** Whatever comes with these is not read. */
const isBodiless = ({ req }: Context): boolean => req.method === "GET" || req.method === "HEAD";

/** Whoever looks whether a node is well is answered however many ask. */
const PROBES: ReadonlySet<string> = new Set(["healthRead", "readinessRead"]);

/** What may be done all the same where nothing can be changed: sessions, and whether anything goes out, are no part of what is on record. */
const BESIDE_RECORD: ReadonlySet<string> = new Set(["loginExchange", "sessionParty", "sessionEnd", "outgoingSet"]);

/** From the door to the answer: who calls, whether it may, what it sends, and then the route. */
async function served(
  context: Context,
  operation: Operation,
  handle: Route["handle"],
  services: Services,
  limits: RateLimits,
): Promise<Response> {
  const isPublic = operation.session !== true && reachOf(undefined, operation.id) !== "none";
  const from = addressOf(context, services);
  const { who, principal, admission }: Entered = isPublic
    ? { who: `public ${from}` }
    : await enter(context, operation, services).catch((error: unknown) => {
        // Guessing is counted where it comes from: nobody else waits for it.
        limits.take(`stranger ${from}`, true);
        throw error;
      });
  if (!PROBES.has(operation.id)) limits.take(who, operation.writes === true);
  const params = parsed(operation.params, context.req.param(), notFound);
  // Of another book nobody says whether it is there, whatever else was sent along.
  if (principal !== undefined && "book" in params && params["book"] !== principal.book) throw notFound();
  if (principal !== undefined) context.set("party" as never, principal.party as never);
  const query = parsed(operation.query, queryOf(context), parameterProblem);
  const body = await bodyOf(context, operation);
  if (operation.writes === true && !BESIDE_RECORD.has(operation.id) && services.isReadOnly())
    throw problem("read_only", { headers: { "retry-after": "30" } });
  return handle(new Call({ context, services, principal, admission, params, query, body }));
}

/** Lets in who is known and may call this; what a browser sends by itself only from our own pages. */
async function enter(context: Context, operation: Operation, services: Services): Promise<Entered> {
  const { door } = services;
  const credentials = credentialsOf(context);
  if (operation.session === true) {
    if ((await door.session(credentials)) === undefined) throw stranger();
    await assertOwnPage(context, services);
    return { who: `session ${addressOf(context, services)}` };
  }
  const principal = await door.authenticate(credentials);
  if (principal === undefined) throw stranger();
  await assertOwnPage(context, services);
  const admission = await door.access.admit(principal, operation.id, context.req.path);
  // Which roles may call what is no secret: this is said whatever the call is about.
  if (admission === undefined) throw problem("not_allowed");
  // A route that does not ask what was granted must not show more than that.
  if (admission.reach === "granted" && operation.granted !== true) throw notFound();
  return { who: `${principal.book}/${principal.party}`, principal, admission };
}

interface Entered {
  /** Whose bucket of calls it is. */
  readonly who: string;
  readonly principal?: Principal;
  readonly admission?: Admission;
}

const stranger = (): HttpProblem =>
  problem("not_authenticated", { headers: { "www-authenticate": 'Bearer realm="offtake"' } });

/** Every parameter once; unknown ones are refused by the schema. */
function queryOf(context: Context): Record<string, string> {
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, values] of Object.entries(context.req.queries())) {
    if (values.length > 1)
      throw parameterProblem([
        { code: "parameter_malformed", parameter: name.slice(0, 60), detail: "it stands twice" },
      ]);
    query[name] = values[0] ?? "";
  }
  return query;
}

const stricts = new WeakMap<z.ZodObject, z.ZodObject>();

/** Made once for each operation: a schema is worked out anew for every one that is made. */
function strictOf(schema: z.ZodObject): z.ZodObject {
  const known = stricts.get(schema) ?? schema.strict();
  stricts.set(schema, known);
  return known;
}

function parsed(
  schema: z.ZodObject | undefined,
  value: Record<string, string>,
  refuse: (parts: ProblemPart[]) => HttpProblem,
) {
  const result = strictOf(schema ?? EMPTY).safeParse(value);
  if (result.success) return result.data;
  throw refuse(
    result.error.issues.flatMap((issue) => {
      const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")];
      const detail = issue.code === "unrecognized_keys" ? "there is no such parameter" : issue.message;
      return names.map((name) => ({ code: "parameter_malformed", parameter: name.slice(0, 60), detail }));
    }),
  );
}

function parameterProblem(errors: ProblemPart[]): HttpProblem {
  const [first] = errors;
  return problem("parameter_malformed", { detail: `${first?.parameter ?? ""}: ${first?.detail ?? ""}`, errors });
}

const JSON_MEDIA = ["application/json"];
const NOTHING = new Uint8Array();

async function bodyOf(context: Context, { body }: Operation): Promise<Uint8Array | undefined> {
  const bytes = isBodiless(context) ? NOTHING : new Uint8Array(await context.req.arrayBuffer());
  if (body === undefined) {
    if (bytes.length > 0) throw problem("unsupported_media_type", { detail: "This operation takes no body." });
    return undefined;
  }
  if (bytes.length === 0) {
    if (body.optional === true) return undefined;
    throw problem("not_json", { detail: "The body is empty." });
  }
  const coding = context.req.header("content-encoding")?.toLowerCase() ?? "identity";
  if (coding !== "identity")
    throw problem("unsupported_media_type", { detail: "Send the body as it is: no `Content-Encoding` is read." });
  const media = (context.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const taken = body.media ?? JSON_MEDIA;
  if (media === undefined || !taken.includes(media))
    throw problem("unsupported_media_type", { detail: `Send \`Content-Type: ${taken.join("` or `")}\`.` });
  return bytes;
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, string[]>();
  for (const { operation } of routes) {
    const path = honoPath(operation.path);
    taken.set(path, [...(taken.get(path) ?? []), operation.method.toUpperCase()]);
  }
  return taken;
}

function refuseMethod(context: Context, methods: readonly string[], services: Services): Promise<Response> {
  const allow = methods.join(", ");
  return answer(context, services, () => Promise.reject(problem("method_not_allowed", { headers: { allow } })));
}

/** Whatever happens below becomes an answer: a problem as it stands, anything else as a fault of ours that says nothing. */
async function answer(context: Context, services: Services, make: () => Promise<Response>): Promise<Response> {
  const traceId = randomBytes(8).toString("hex");
  context.set("traceId" as never, traceId as never);
  try {
    return await revealed(context, services, await make());
  } catch (error) {
    if (error instanceof HttpProblem) return revealed(context, services, problemResponse(error));
    if (error instanceof PeopleProblem) return problemResponse(peopleProblem(error));
    if (isUnkept(error))
      return problemResponse(problem("malformed", { detail: "A text holds U+0000, which no text may." }));
    services.log.error({ traceId, err: described(error) }, "a call failed");
    const { document, headers } = problem("internal");
    return problemResponse(new HttpProblem({ ...document, traceId }, headers));
  }
}

/** Names and free words in the place of the references that stand for them in what the caller was told. */
async function revealed(context: Context, services: Services, response: Response): Promise<Response> {
  const book = parseBookName(context.req.param("book") ?? "");
  const isJson = /\bjson$/.test((response.headers.get("content-type") ?? "").split(";")[0] ?? "");
  if (services.office === undefined || book === undefined || !isJson || isAsTold(response)) return response;
  const made = textOf(response);
  const text = made ?? (await response.text());
  const party = context.get("party" as never) as PartyId | undefined;
  const shown = await services.office.texts.reveal(book, party, text);
  if (shown === made) return response;
  const { status, headers } = response;
  return new Response(shown, { status, headers });
}

/** PostgreSQL keeps every character but one: whoever sends that is told so, wherever it stands. */
const UNKEPT = "22021";
const isUnkept = (error: unknown): boolean => error instanceof Error && (error as { code?: unknown }).code === UNKEPT;

/** What the log may keep of a failure: where it was, not what was sent. */
function described(error: unknown): { readonly name: string; readonly message: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { name: "unknown", message: typeof error };
  const { name, message, stack } = error;
  return { name, message, ...(stack === undefined ? {} : { stack }) };
}
