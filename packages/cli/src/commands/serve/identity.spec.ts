import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { identityProvider } from "./identity.ts";

const ORIGIN = "https://broker.example";
const GOOD = { OFFTAKE_OIDC_ISSUER: "https://login.example", OFFTAKE_OIDC_CLIENT_ID: "offtake" };
const read = (env: Record<string, string>) => identityProvider({ env }, ORIGIN);

test("without an issuer there is no identity provider", async () => {
  expect(await read({})).toEqual({ ok: true, value: [] });
});

test("an issuer comes with all that the environment says of it, its secret from a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "offtake-identity-"));
  const file = join(folder, "secret");
  writeFileSync(file, "hidden\n");
  const more = { OFFTAKE_OIDC_CLIENT_SECRET_FILE: file, OFFTAKE_OIDC_NAME: "Lab", OFFTAKE_OIDC_GROUPS_CLAIM: "roles" };
  expect(await read({ ...GOOD, ...more, OFFTAKE_OIDC_TRUST_EMAIL: "1" })).toEqual({
    ok: true,
    value: [
      {
        id: "sso",
        name: "Lab",
        issuer: "https://login.example",
        clientId: "offtake",
        clientSecret: "hidden",
        groupsClaim: "roles",
        trustsEmail: true,
        redirectUri: "https://broker.example/login/sso/return",
      },
    ],
  });
  rmSync(folder, { recursive: true });
});

test.each([
  [{ OFFTAKE_OIDC_ISSUER: "https://login.example" }, "OFFTAKE_OIDC_CLIENT_ID"],
  [{ ...GOOD, OFFTAKE_OIDC_ISSUER: "http://login.example" }, "https"],
  [{ ...GOOD, OFFTAKE_OIDC_ISSUER: "login" }, "https"],
  [{ ...GOOD, OFFTAKE_OIDC_CLIENT_SECRET_FILE: "/nowhere" }, "/nowhere"],
])("what is missing or wrong is said (%j)", async (env, words) => {
  const told = await read(env);
  expect(told).toMatchObject({ ok: false, failure: { code: "usage", message: expect.stringContaining(words) } });
});

test("a provider on this machine may be without TLS", async () => {
  expect(await read({ ...GOOD, OFFTAKE_OIDC_ISSUER: "http://127.0.0.1:9000" })).toMatchObject({
    value: [{ allowInsecure: true }],
  });
});
