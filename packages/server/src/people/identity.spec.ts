import type { PartyId } from "@offtake/core/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SESSION_COOKIE } from "./authenticate.ts";
import { type IdentityProvider, ownPath } from "./identity.ts";
import { type TestProvider, testProvider } from "./identity.fixture.ts";
import type { Role } from "./roles.ts";
import { withPeople } from "./world.fixture.ts";

let provider: TestProvider;
const configs: IdentityProvider[] = [];
beforeAll(async () => {
  provider = await testProvider();
  configs.push(provider.config, { ...provider.config, id: "gone", issuer: "http://127.0.0.1:9" });
});
afterAll(() => provider.stop());
const world = withPeople(() => configs);

const refused = expect.objectContaining({ code: "login_refused" });

let accounts = 0;

/** Somebody whom the provider knows, with an address that it vouches for. */
function known(more: { readonly verified?: boolean; readonly groups?: readonly string[] } = {}) {
  accounts += 1;
  const account = `somebody${accounts}`;
  const email = `${account}@example.com`;
  provider.people.set(account, { email, email_verified: more.verified ?? true, groups: more.groups ?? [] });
  return { account, email };
}

async function invited(roles: readonly Role[], more: Parameters<typeof known>[0] = {}) {
  const { people, party } = world();
  const { seat, admin } = await party();
  const { account, email } = known(more);
  const { person } = await people.members.invite(admin, { name: "Ann", email, provider: "sso", roles });
  return { people, seat, admin, account, email, person };
}

/** The whole way: to the provider, through its pages, and back. */
async function logIn(account: string, returnTo = "/") {
  const { identities } = world().people;
  const departure = await identities.start("sso", returnTo);
  const back = await provider.logIn(departure.url, account);
  return identities.finish("sso", back, departure.browserSecret, `address of ${account}`);
}

const asBrowser = (token: string) => world().people.authenticate({ cookie: `${SESSION_COOKIE}=${token}` });

describe("logging in at an identity provider", () => {
  test("lets in who was invited, at the party and with the roles of the invitation", async () => {
    const { seat, account, person } = await invited(["procurement"]);
    const arrival = await logIn(account, "/requests?state=open");
    expect(arrival.returnTo).toBe("/requests?state=open");
    expect(await asBrowser(arrival.token)).toEqual({ ...seat, person, roles: ["procurement"], via: "session" });
  });

  test("asks for a code with PKCE, state and nonce, new ones each time", async () => {
    const { identities } = world().people;
    const asked = await Promise.all([1, 2].map(async () => new URL((await identities.start("sso", "/")).url)));
    for (const url of asked) {
      expect(url.searchParams.get("response_type")).toBe("code");
      expect(url.searchParams.get("code_challenge_method")).toBe("S256");
    }
    for (const name of ["state", "nonce", "code_challenge"])
      expect(new Set(asked.map((url) => url.searchParams.get(name))).size).toBe(2);
  });

  test("knows somebody by the subject from then on, whatever address the provider tells later", async () => {
    const { account, person } = await invited(["finance"]);
    await logIn(account);
    provider.people.set(account, { email: "married@example.com", email_verified: true });
    expect(await asBrowser((await logIn(account)).token)).toMatchObject({ person });
  });

  test("does not give somebody's place to who gets the address later", async () => {
    const { account, email } = await invited(["finance"]);
    await logIn(account);
    const { account: next } = known();
    provider.people.set(next, { email, email_verified: true });
    await expect(logIn(next)).rejects.toEqual(refused);
  });

  test("refuses alike who is no member, whose address is not vouched for, and who was removed", async () => {
    await expect(logIn(known().account)).rejects.toEqual(refused);
    const unverified = await invited(["finance"], { verified: false });
    await expect(logIn(unverified.account)).rejects.toEqual(refused);
    const removed = await invited(["finance"]);
    await logIn(removed.account);
    await removed.people.members.remove(removed.admin, removed.person);
    await expect(logIn(removed.account)).rejects.toEqual(refused);
  });

  test("lets nobody in at another provider by the same address", async () => {
    const { people, party } = world();
    const { admin } = await party();
    const { account, email } = known();
    await people.members.invite(admin, { name: "Ann", email, provider: "other", roles: ["finance"] });
    await expect(logIn(account)).rejects.toEqual(refused);
  });
});

describe("coming back", () => {
  test("is possible once, in the browser that left, with the state it left with, and soon", async () => {
    const { people, account } = await invited(["finance"]);
    const { identities } = people;
    const leave = async () => {
      const departure = await identities.start("sso", "/");
      return { departure, back: await provider.logIn(departure.url, account) };
    };
    const one = await leave();
    const from = (back: URL, secret: string | undefined) => identities.finish("sso", back, secret, "an address");
    await expect(from(one.back, undefined)).rejects.toEqual(refused);
    await expect(from(one.back, "x".repeat(43))).rejects.toEqual(refused);
    expect((await from(one.back, one.departure.browserSecret)).token).toMatch(/^offs_/);
    await expect(from(one.back, one.departure.browserSecret)).rejects.toEqual(refused);
    const two = await leave();
    const changed = new URL(two.back);
    changed.searchParams.set("state", one.back.searchParams.get("state") ?? "");
    await expect(from(changed, two.departure.browserSecret)).rejects.toEqual(refused);
    const three = await leave();
    world().pass(11 * 60_000);
    await expect(from(three.back, three.departure.browserSecret)).rejects.toEqual(refused);
  });

  test("with another's code gets nobody in: the verifier belongs to the journey", async () => {
    const { people, account } = await invited(["finance"]);
    const victim = await people.identities.start("sso", "/");
    const stolen = await provider.logIn(victim.url, account);
    const mine = await people.identities.start("sso", "/");
    const mixed = new URL(stolen);
    mixed.searchParams.set("state", new URL(mine.url).searchParams.get("state") ?? "");
    await expect(people.identities.finish("sso", mixed, mine.browserSecret, "thief")).rejects.toEqual(refused);
  });

  test("with what the provider refuses gets nobody in", async () => {
    const { people } = await invited(["finance"]);
    const { browserSecret, url } = await people.identities.start("sso", "/");
    const back = new URL(provider.config.redirectUri);
    back.searchParams.set("state", new URL(url).searchParams.get("state") ?? "");
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("iss", provider.config.issuer);
    await expect(people.identities.finish("sso", back, browserSecret, "somewhere")).rejects.toEqual(refused);
  });

  test("to a page of this server only", () => {
    for (const path of ["/", "/requests/q1?tab=bids", "/a%20b"]) expect(ownPath(path)).toBe(path);
    for (const wrong of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "javascript:alert(1)",
      "",
      "/\nx",
    ])
      expect(ownPath(wrong)).toBe("/");
  });
});

describe("an identity provider", () => {
  test("that does not answer, or is not set up, lets nobody in and stops nothing", async () => {
    const { identities } = world().people;
    await expect(identities.start("gone", "/")).rejects.toEqual(refused);
    await expect(identities.start("nobody", "/")).rejects.toEqual(
      expect.objectContaining({ code: "provider_unknown" }),
    );
    expect(identities.list()).toEqual([
      { id: "sso", name: "Company login" },
      { id: "gone", name: "Company login" },
    ]);
  });
});

describe("groups of the identity provider", () => {
  test("bring roles to members, as they are at each login and as they are mapped today", async () => {
    const { people, seat, account } = await invited(["engineer"], { groups: ["money", "others"] });
    await people.groups.set(seat, { provider: "sso", group: "money", roles: ["finance"] });
    const { token } = await logIn(account);
    const roles = async () => (await asBrowser(token))?.roles;
    expect(await roles()).toEqual(["engineer", "finance"]);
    await people.groups.set(seat, { provider: "sso", group: "others", roles: ["legal", "engineer"] });
    expect(await roles()).toEqual(["engineer", "finance", "legal"]);
    await people.groups.remove(seat, "sso", "money");
    expect(await roles()).toEqual(["engineer", "legal"]);
    provider.people.set(account, { groups: [] });
    await logIn(account);
    expect(await roles()).toEqual(["engineer"]);
  });

  test("make nobody a member, and count for their own provider and party only", async () => {
    const { people, seat, account } = await invited([], { groups: ["money"] });
    await people.groups.set(seat, { provider: "other", group: "money", roles: ["finance"] });
    await people.groups.set(
      { ...seat, party: "rival" as PartyId },
      { provider: "sso", group: "money", roles: ["admin"] },
    );
    expect((await asBrowser((await logIn(account)).token))?.roles).toEqual([]);
    await people.groups.set(seat, { provider: "sso", group: "money", roles: ["finance"] });
    await expect(logIn(known({ groups: ["money"] }).account)).rejects.toEqual(refused);
    expect(await people.groups.list({ ...seat, party: "rival" as PartyId })).toEqual([
      { provider: "sso", group: "money", roles: ["admin"] },
    ]);
  });
});
