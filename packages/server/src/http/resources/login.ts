import {
  cookieOf,
  type OpenedSession,
  ownPath,
  parsePartyHeader,
  PeopleProblem,
  SESSION_COOKIE,
  sessionTokenOf,
} from "../../people/index.ts";
import type { Call } from "../call.ts";
import { loginPage, sessionPage } from "../login-page.ts";
import { type Route, route, z } from "../operation.ts";
import { notFound, problem } from "../problems.ts";

const tag = "login";
const FORM = "application/x-www-form-urlencoded";
/** Ties a login at an identity provider to the browser that began it. */
const JOURNEY_COOKIE = "__Host-offtake-login";
const HERE = "/login";

type AnyCall = Call<z.ZodObject, z.ZodObject>;

const html = { description: "A page.", media: "text/html", schema: { inline: { type: "string" } } } as const;
const away = { description: "Goes on elsewhere.", headers: { Location: "Where." } } as const;
const cookieFor = (name: string, value: string, seconds: number, sameSite: "Lax" | "Strict"): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${sameSite}; Max-Age=${seconds}`;

/** Logging in and out with a browser. */
export const loginRoutes: readonly Route[] = [
  route(
    {
      id: "loginPage",
      method: "get",
      path: HERE,
      tag,
      description:
        "Where people log in; for who is logged in, for whom one acts. With `code`, a one-time login is filled in and not yet used.",
      query: z.object({
        code: z.string().max(200).optional(),
        returnTo: z.string().max(2_000).optional().openapi({ description: "A path of this server, to go on to." }),
      }),
      answers: { 200: html },
    },
    async (call) => {
      const session = await call.register.session(call.credentials);
      if (session !== undefined && session.kind === "browser") return sessionPage(session);
      return loginPage({ providers: call.register.identities.list(), ...call.query });
    },
  ),
  route(
    {
      id: "loginExchange",
      variant: "Form",
      summary: "log in with a one-time login, in a browser",
      method: "post",
      path: HERE,
      tag,
      body: { schema: { inline: { type: "object" } }, media: [FORM], limit: 4_096 },
      writes: true,
      unkeyed: true,
      answers: { 303: away, 401: html },
    },
    async (call) => {
      assertSameSite(call);
      const form = new URLSearchParams(call.file.text);
      const code = form.get("code")?.trim() ?? "";
      const goOn = form.get("returnTo") ?? "";
      try {
        return entered(
          await call.register.logins.exchange(code, "browser", call.address),
          goOn === "" ? homeOf(call) : ownPath(goOn),
        );
      } catch (error) {
        if (error instanceof PeopleProblem) return refusedPage(call, error, goOn);
        throw error;
      }
    },
  ),
  route(
    {
      id: "loginIdentityStart",
      method: "get",
      path: `${HERE}/{provider}`,
      tag,
      params: z.object({ provider: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/) }),
      query: z.object({ returnTo: z.string().max(2_000).optional() }),
      answers: { 302: away, 401: html },
    },
    async (call) => {
      try {
        const { url, browserSecret } = await call.register.identities.start(
          call.params.provider,
          call.query.returnTo ?? homeOf(call),
        );
        return goTo(302, url, [cookieFor(JOURNEY_COOKIE, browserSecret, 600, "Lax")]);
      } catch (error) {
        if (error instanceof PeopleProblem && error.code === "provider_unknown") throw notFound();
        if (error instanceof PeopleProblem) return refusedPage(call, error);
        throw error;
      }
    },
  ),
  route(
    {
      id: "loginIdentityReturn",
      method: "get",
      path: `${HERE}/{provider}/return`,
      tag,
      params: z.object({ provider: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/) }),
      // What providers add to it; the library that reads it decides what counts.
      query: z.object(
        Object.fromEntries(
          [
            "code",
            "state",
            "iss",
            "error",
            "error_description",
            "error_uri",
            "session_state",
            "scope",
            "authuser",
            "hd",
            "prompt",
          ].map((name) => [name, z.string().max(4_000).optional()]),
        ),
      ),
      answers: { 303: away, 401: html },
    },
    async (call) => {
      const secret = cookieOf(call.header("cookie"), JOURNEY_COOKIE);
      try {
        const arrival = await call.register.identities.finish(call.params.provider, call.url, secret, call.address);
        return entered(arrival, arrival.returnTo);
      } catch (error) {
        if (error instanceof PeopleProblem) return refusedPage(call, error);
        throw error;
      }
    },
  ),
  route(
    {
      id: "sessionParty",
      variant: "Form",
      summary: "choose for whom one acts, in a browser",
      method: "post",
      path: `${HERE}/party`,
      tag,
      body: { schema: { inline: { type: "object" } }, media: [FORM], limit: 4_096 },
      writes: true,
      unkeyed: true,
      answers: { 303: away },
    },
    async (call) => {
      const form = new URLSearchParams(call.file.text);
      const wanted = parsePartyHeader(form.get("party") ?? "");
      const token = await ownToken(call, form);
      if (wanted === undefined || !(await call.register.sessions.choose(token, wanted.book, wanted.party)))
        throw notFound();
      return goTo(303, homeOf(call), []);
    },
  ),
  route(
    {
      id: "sessionEnd",
      variant: "Form",
      summary: "log out, in a browser",
      method: "post",
      path: "/logout",
      tag,
      body: { schema: { inline: { type: "object" } }, media: [FORM], limit: 4_096 },
      writes: true,
      unkeyed: true,
      answers: { 303: away },
    },
    async (call) => {
      await call.register.sessions.end(await ownToken(call, new URLSearchParams(call.file.text)));
      return goTo(303, HERE, [cookieFor(SESSION_COOKIE, "", 0, "Lax")]);
    },
  ),
];

/** Where somebody who is logged in goes on: to the console, where it is served. */
const homeOf = ({ services }: Pick<AnyCall, "services">): string => (services.console === undefined ? HERE : "/");

/** Nobody can be logged in from another site's page, as somebody else. */
function assertSameSite(call: AnyCall): void {
  const origin = call.header("origin");
  if (origin !== undefined && !call.services.origins().includes(origin)) throw problem("wrong_origin");
}

/** The token of the session in whose page a form was filled in. */
async function ownToken(call: AnyCall, form: URLSearchParams): Promise<string> {
  const { credentials } = call;
  const token = sessionTokenOf(credentials)?.token;
  if (token === undefined || (await call.register.session(credentials)) === undefined)
    throw problem("not_authenticated");
  await call.assertOwnPage(form.get("csrf") ?? "");
  return token;
}

/** A new session's cookie goes out only here; `Lax`, so that a link in a mail finds one logged in. */
function entered({ token, expiresAt }: OpenedSession, location: string): Response {
  const seconds = Math.max(0, Math.floor((expiresAt - Date.now()) / 1_000));
  return goTo(303, location, [
    cookieFor(SESSION_COOKIE, token, seconds, "Lax"),
    cookieFor(JOURNEY_COOKIE, "", 0, "Lax"),
  ]);
}

function goTo(status: 302 | 303, location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status, headers });
}

function refusedPage(call: AnyCall, { code, message, retryAfterSeconds }: PeopleProblem, returnTo?: string): Response {
  return loginPage({
    providers: call.register.identities.list(),
    returnTo,
    problem:
      code === "too_many_attempts"
        ? `${message}. Wait a quarter of an hour, then try again.`
        : `${message}. Ask an administrator of your party for a new one.`,
    status: code === "too_many_attempts" ? 429 : 401,
    headers: retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) },
  });
}
