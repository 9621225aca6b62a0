import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Account } from "oidc-provider";
import type { IdentityProvider } from "./identity.ts";

/** Somebody at the identity provider. */
export interface Identity {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[];
}

/** A real OpenID provider in this process; whoever's name is typed in is logged in. */
export interface TestProvider {
  readonly config: IdentityProvider;
  readonly people: Map<string, Identity>;
  /** Walks through the provider's pages as a browser would, and returns where it sends the browser in the end. */
  readonly logIn: (url: string, account: string) => Promise<URL>;
  readonly stop: () => Promise<void>;
}

const CLIENT = { clientId: "offtake", clientSecret: "a-secret-of-the-test-and-of-nothing-else" };
const REDIRECT = "https://broker.example/login/sso/return";

export async function testProvider(): Promise<TestProvider> {
  const people = new Map<string, Identity>();
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [REDIRECT] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["groups"] },
    // Claims in the identity token itself, as most providers are set up.
    conformIdTokenClaims: false,
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true },
    cookies: { keys: ["of the test"] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context: unknown, sub: string): Account => ({
      accountId: sub,
      claims: () => ({ sub, ...people.get(sub) }),
    }),
  });
  server.on("request", provider.callback());
  return {
    config: {
      id: "sso",
      name: "Company login",
      issuer,
      ...CLIENT,
      redirectUri: REDIRECT,
      allowInsecure: true,
    },
    people,
    logIn: (url, account) => walk(url, account),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Follows redirects with cookies, types the name in, agrees, until it is sent to the broker. */
async function walk(start: string, account: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  let body: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
    keep(cookies, response);
    body = undefined;
    const location = response.headers.get("location");
    if (location !== null) {
      url = new URL(location, url);
      if (url.href.startsWith(REDIRECT)) return url;
      continue;
    }
    const page = await response.text();
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) throw new Error(`The provider shows ${response.status}: ${page.slice(0, 500)}`);
    const prompt = page.includes('value="login"')
      ? { prompt: "login", login: account, password: "x" }
      : { prompt: "consent" };
    url = new URL(action, url);
    body = new URLSearchParams(prompt as Record<string, string>);
  }
  throw new Error("the provider goes round in circles");
}

function keep(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
