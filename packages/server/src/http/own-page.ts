import type { Context } from "hono";
import { isOwnPage } from "../people/in-page.ts";
import type { CredentialHeaders } from "../people/index.ts";
import { peopleProblem } from "./problems.ts";
import type { Services } from "./services.ts";

export function credentialsOf({ req }: Context): CredentialHeaders {
  return {
    authorization: req.header("authorization"),
    cookie: req.header("cookie"),
    "offtake-party": req.header("offtake-party"),
  };
}

/** A cookie is sent by a browser whoever asks it to; keys and terminals send none. */
export async function assertOwnPage(
  context: Context,
  { door, origins }: Pick<Services, "door" | "origins">,
  csrf?: string,
): Promise<void> {
  const credentials = credentialsOf(context);
  const { req } = context;
  if (credentials.authorization !== undefined || req.method === "GET") return;
  const session = await door.session(credentials);
  const facts = {
    method: req.method,
    origin: req.header("origin"),
    fetchSite: req.header("sec-fetch-site"),
    csrf: csrf ?? req.header("x-csrf-token"),
  };
  if (session === undefined || !isOwnPage({ ...facts, expected: session.csrf, origins: origins() }))
    throw peopleProblem({ code: "wrong_origin" });
}
