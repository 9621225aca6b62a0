import { formatInstant, type Instant, type PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { loginBody, sessionPartyBody } from "@offtake/wire/api";
import { type People, SESSION_COOKIE, type SessionView, sessionTokenOf } from "../../people/index.ts";
import { type Call, json } from "../call.ts";
import { type Route, route, type z } from "../operation.ts";
import { notFound, problem } from "../problems.ts";

const tag = "sessions";
const path = "/v1/session";

const DONE = { 204: { description: "Done." } } as const;

/** Who one is, and for whom one acts. */
export const sessionRoutes: readonly Route[] = [
  route(
    {
      id: "loginExchange",
      method: "post",
      path: "/v1/login",
      tag,
      description: "A session in exchange for a login that is good once. Unknown, used and too old are told alike.",
      body: { schema: { component: "LoginBody" } },
      answers: {
        201: {
          description: "Logged in. The token is shown this once; a browser gets it as a cookie instead.",
          schema: {
            inline: {
              type: "object",
              properties: {
                token: { type: "string" },
                csrf: { type: "string", description: "What a page sends as `x-csrf-token` to change something." },
                expiresAt: { type: "string", format: "date-time" },
              },
              required: ["expiresAt"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const { code, kind = "terminal" } = await call.read(loginBody);
      const { token, csrf, expiresAt } = await peopleOf(call).logins.exchange(code, kind, call.address);
      const until = formatInstant(expiresAt as Instant);
      if (kind === "terminal") return json(201, { token, expiresAt: until });
      const cookie = `${SESSION_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`;
      return json(201, { csrf, expiresAt: until }, { "set-cookie": cookie });
    },
  ),
  route(
    {
      id: "sessionRead",
      method: "get",
      path,
      tag,
      session: true,
      answers: {
        200: {
          description:
            "Whose session it is, and for whom it may act: as the one whose book it is before others, where that is among them.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/Session" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => json(200, { data: sessionValue(await keepersFirst(call, await sessionOf(call))) }),
  ),
  route(
    {
      id: "sessionParty",
      method: "put",
      path: `${path}/party`,
      tag,
      session: true,
      description: "For whom the session acts from now on where a call does not say so with `Offtake-Party`.",
      body: { schema: { component: "SessionParty" } },
      answers: DONE,
    },
    async (call) => {
      const { book, party } = await call.read(sessionPartyBody);
      const token = sessionTokenOf(call.credentials)?.token ?? "";
      if (!(await peopleOf(call).sessions.choose(token, book as BookName, party as PartyId))) throw notFound();
      return new Response(null, { status: 204 });
    },
  ),
  route({ id: "sessionEnd", method: "delete", path, tag, session: true, answers: DONE }, async (call) => {
    await peopleOf(call).sessions.end(sessionTokenOf(call.credentials)?.token ?? "");
    return new Response(null, { status: 204 });
  }),
];

type Any = Pick<Call<z.ZodObject, z.ZodObject>, "services" | "credentials">;

function peopleOf({ services }: Pick<Any, "services">): People {
  if (services.people === undefined) throw notFound();
  return services.people;
}

async function sessionOf(call: Any): Promise<SessionView> {
  const session = await peopleOf(call).session(call.credentials);
  if (session === undefined) throw problem("not_authenticated");
  return session;
}

/** Who may act for several begins as the one whose book it is. */
async function keepersFirst({ services }: Any, session: SessionView): Promise<SessionView> {
  const keepers = new Map<BookName, PartyId | undefined>();
  for (const { book } of session.memberships) {
    if (!keepers.has(book)) keepers.set(book, await services.keeperOf(book));
  }
  const isKeeper = ({ book, party }: SessionView["memberships"][number]): boolean => keepers.get(book) === party;
  const others = session.memberships.filter((seat) => !isKeeper(seat));
  return { ...session, memberships: [...session.memberships.filter(isKeeper), ...others] };
}

function sessionValue({ kind, csrf, expiresAt, chosen, memberships }: SessionView) {
  return {
    kind,
    ...(kind === "browser" ? { csrf } : {}),
    expiresAt: formatInstant(expiresAt as Instant),
    ...(chosen === undefined ? {} : { chosen }),
    memberships: memberships.map(({ book, party, person, roles, name, signsAs }) => ({
      book,
      party,
      person,
      roles,
      name,
      ...(signsAs === undefined ? {} : { signsAs }),
    })),
  };
}
