import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { changed, type PeopleContext, type Queryable, rowsOf } from "./database.ts";
import { keepGroups } from "./groups.ts";
import type { Logins } from "./logins.ts";
import { PeopleProblem } from "./problems.ts";
import { hashOf, newSecret } from "./secrets.ts";
import type { OpenedSession, Sessions } from "./sessions.ts";

/** An OpenID provider at which people log in, as the server is set up. */
export interface IdentityProvider {
  /** The name that invitations and groups go by. */
  readonly id: string;
  /** What the login page calls it. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client: PKCE alone. */
  readonly clientSecret?: string;
  /** Where it sends people back to: `loginIdentityReturn` of this server. */
  readonly redirectUri: string;
  /** `openid email profile` when absent. */
  readonly scope?: string;
  /** The claim with the groups of a person; `groups` when absent. */
  readonly groupsClaim?: string;
  /** Takes an address without `email_verified`, for a provider that never says it and lets nobody choose an address. */
  readonly trustsEmail?: boolean;
  /** Without TLS: for a provider on this machine only. */
  readonly allowInsecure?: boolean;
}

/** Where to send the browser, and what it must bring back in a cookie. */
export interface Departure {
  readonly url: string;
  readonly browserSecret: string;
}

export interface Arrival extends OpenedSession {
  readonly returnTo: string;
}

/** How long somebody may take at the provider; milliseconds. */
const JOURNEY_MS = 10 * 60_000;

interface Journey {
  readonly verifier: string;
  readonly nonce: string;
  readonly returnTo: string;
}

/** What a provider says about who has come back. */
interface Claims {
  readonly subject: string;
  readonly email?: string;
  readonly groups: readonly string[];
}

/** Logging in at identity providers: authorization code with PKCE, state and nonce, tied to one browser and good once. */
export class Identities {
  private readonly context: PeopleContext;
  private readonly sessions: Sessions;
  private readonly logins: Logins;
  private readonly providers: ReadonlyMap<string, IdentityProvider>;
  private readonly discovered = new Map<string, Promise<Configuration>>();

  constructor(
    context: PeopleContext,
    { sessions, logins }: { readonly sessions: Sessions; readonly logins: Logins },
    providers: readonly IdentityProvider[],
  ) {
    this.context = context;
    this.sessions = sessions;
    this.logins = logins;
    this.providers = new Map(providers.map((provider) => [provider.id, provider]));
  }

  list(): readonly Pick<IdentityProvider, "id" | "name">[] {
    return [...this.providers.values()].map(({ id, name }) => ({ id, name }));
  }

  /** @throws PeopleProblem `provider_unknown` */
  assertKnown(provider: string): void {
    if (!this.providers.has(provider)) throw new PeopleProblem("provider_unknown");
  }

  /**
   * @param returnTo a path of this server; anything else becomes `/`
   * @throws PeopleProblem `provider_unknown`, `login_refused` where the provider cannot be reached
   */
  async start(provider: string, returnTo: string): Promise<Departure> {
    this.assertKnown(provider);
    const known = this.providers.get(provider) as IdentityProvider;
    const configuration = await this.configuration(known).catch((cause: unknown) => {
      throw Object.assign(new PeopleProblem("login_refused"), { cause });
    });
    const [state, nonce, verifier, browserSecret] = [
      randomState(),
      randomNonce(),
      randomPKCECodeVerifier(),
      newSecret(),
    ];
    await changed(
      this.context.pool,
      `insert into login_journeys (state_hash, browser_hash, provider, verifier, nonce, return_to, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        hashOf(state),
        hashOf(browserSecret),
        provider,
        verifier,
        nonce,
        ownPath(returnTo),
        this.context.now() + JOURNEY_MS,
      ],
    );
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: known.redirectUri,
      scope: known.scope ?? "openid email profile",
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    return { url: url.href, browserSecret };
  }

  /**
   * Somebody is back.
   *
   * @param url the whole address that the provider sent the browser to
   * @throws PeopleProblem `login_refused`: the same for a journey that is unknown, used, too old or another browser's, for what the provider
   * refuses, and for somebody who is a member nowhere; `too_many_attempts`
   */
  async finish(provider: string, url: URL, browserSecret: string | undefined, address: string): Promise<Arrival> {
    await this.logins.assertFree(address);
    const known = this.providers.get(provider);
    const state = url.searchParams.get("state");
    const journey =
      known === undefined || state === null || browserSecret === undefined
        ? undefined
        : await this.journey(provider, state, browserSecret);
    if (known === undefined || state === null || journey === undefined) return this.logins.refuse(address);
    const claims = await this.claims(known, url, state, journey).catch(() => undefined);
    const login = claims === undefined ? undefined : await this.loginOf(provider, claims);
    if (login === undefined) return this.logins.refuse(address);
    return { ...(await this.sessions.open(login, "session", "browser")), returnTo: journey.returnTo };
  }

  /** A journey ends when it is looked up: a second answer with the same state finds nothing. */
  private async journey(provider: string, state: string, browserSecret: string): Promise<Journey | undefined> {
    const [journey] = await rowsOf<Journey & Record<string, unknown>>(
      this.context.pool,
      `delete from login_journeys where state_hash = $1 and browser_hash = $2 and provider = $3 and expires_at > $4
       returning verifier, nonce, return_to as "returnTo"`,
      [hashOf(state), hashOf(browserSecret), provider, this.context.now()],
    );
    return journey;
  }

  private async claims(known: IdentityProvider, url: URL, state: string, journey: Journey): Promise<Claims> {
    // The address that was registered, whatever a proxy made of the host.
    const back = new URL(known.redirectUri);
    back.search = url.search;
    const tokens = await authorizationCodeGrant(await this.configuration(known), back, {
      pkceCodeVerifier: journey.verifier,
      expectedState: state,
      expectedNonce: journey.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error("an identity token was asked for");
    const { sub, email } = claims;
    const isVouched = typeof email === "string" && (claims["email_verified"] === true || known.trustsEmail === true);
    return { subject: sub, groups: textsOf(claims[known.groupsClaim ?? "groups"]), ...(isVouched ? { email } : {}) };
  }

  /** Known by subject; at the first login by the address that was invited. Somebody who is a member nowhere is nobody. */
  private async loginOf(provider: string, claims: Claims): Promise<string | undefined> {
    return this.context.atOnce(async (client) => {
      const login = (await bySubject(client, provider, claims)) ?? (await byAddress(client, provider, claims));
      if (login === undefined) return undefined;
      const member = await rowsOf(client, "select 1 from members where login = $1 and removed_at is null limit 1", [
        login,
      ]);
      if (member.length === 0) return undefined;
      await keepGroups(client, login, claims.groups);
      return login;
    });
  }

  private configuration(known: IdentityProvider): Promise<Configuration> {
    const { id, issuer, clientId, clientSecret, allowInsecure } = known;
    const found = this.discovered.get(id);
    if (found !== undefined) return found;
    const insecure = allowInsecure === true ? { execute: [allowInsecureRequests] } : {};
    const asked = discovery(new URL(issuer), clientId, clientSecret, undefined, { ...insecure, timeout: 10 });
    this.discovered.set(id, asked);
    // What failed is asked again the next time.
    asked.catch(() => this.discovered.delete(id));
    return asked;
  }
}

async function bySubject(on: Queryable, provider: string, { subject }: Claims): Promise<string | undefined> {
  const [row] = await rowsOf<{ login: string }>(on, "select login from logins where provider = $1 and subject = $2", [
    provider,
    subject,
  ]);
  return row?.login;
}

/** Only a login that nobody has used: whoever has a subject is not taken over by somebody who gets the address later. */
async function byAddress(on: Queryable, provider: string, { subject, email }: Claims): Promise<string | undefined> {
  if (email === undefined) return undefined;
  const [row] = await rowsOf<{ login: string }>(
    on,
    `update logins set subject = $3 where provider = $1 and lower(email) = lower($2) and subject is null returning login`,
    [provider, email, subject],
  );
  return row?.login;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string").slice(0, 500) : [];
}

/** A path of this server and nothing that a browser could take for another host. */
export function ownPath(text: string): string {
  return /^\/(?![/\\])[\w\-./~%?=&:,+@]*$/.test(text) ? text : "/";
}
