import { readFile } from "node:fs/promises";
import type { BrokerOptions } from "@offtake/server/broker";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

type Provider = NonNullable<BrokerOptions["providers"]>[number];

/**
 * The identity provider that the environment names, if any. Its id in invitations is `sso`.
 *
 * @param origin where browsers reach the broker
 */
export async function identityProvider(
  { env }: Pick<Io, "env">,
  origin: string,
): Promise<Outcome<readonly Provider[]>> {
  const issuer = env["OFFTAKE_OIDC_ISSUER"];
  if (issuer === undefined || issuer === "") return done([]);
  const clientId = env["OFFTAKE_OIDC_CLIENT_ID"];
  if (clientId === undefined || clientId === "")
    return wrong("OFFTAKE_OIDC_ISSUER is set and OFFTAKE_OIDC_CLIENT_ID is not: both name the provider");
  const place = parsed(issuer);
  const isHere = place?.hostname === "localhost" || place?.hostname === "127.0.0.1" || place?.hostname === "[::1]";
  if (place === undefined || (place.protocol !== "https:" && !(place.protocol === "http:" && isHere)))
    return wrong("OFFTAKE_OIDC_ISSUER takes an https address, such as https://login.example");
  const secret = await secretOf(env);
  if (!secret.ok) return secret;
  const { OFFTAKE_OIDC_NAME: name = "Company login", OFFTAKE_OIDC_GROUPS_CLAIM: groupsClaim } = env;
  return done([
    {
      id: "sso",
      name,
      issuer,
      clientId,
      redirectUri: `${origin}/login/sso/return`,
      ...(secret.value === undefined ? {} : { clientSecret: secret.value }),
      ...(groupsClaim === undefined ? {} : { groupsClaim }),
      ...(env["OFFTAKE_OIDC_TRUST_EMAIL"] === "1" ? { trustsEmail: true } : {}),
      ...(place.protocol === "http:" ? { allowInsecure: true } : {}),
    },
  ]);
}

async function secretOf(env: Io["env"]): Promise<Outcome<string | undefined>> {
  const path = env["OFFTAKE_OIDC_CLIENT_SECRET_FILE"];
  if (path === undefined || path === "") return done(env["OFFTAKE_OIDC_CLIENT_SECRET"]);
  try {
    return done((await readFile(path, "utf8")).trim());
  } catch {
    return wrong(`OFFTAKE_OIDC_CLIENT_SECRET_FILE names ${path}, which cannot be read`);
  }
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

const wrong = (message: string) => failed({ code: "usage", message, exit: EXIT.usage });
