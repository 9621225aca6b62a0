import { keyBody, keyRotationBody } from "@offtake/wire/api";
import type { KeyId, MadeKey, PersonId } from "../../people/index.ts";
import { json } from "../call.ts";
import { idParam, inBook, type Route, route } from "../operation.ts";
import { DONE, done, keyValue, time, told, toldAll } from "../people-values.ts";

const tag = "people";
const path = "/v1/books/{book}/keys";
const inKey = inBook.extend({ key: idParam });
const change = { writes: true, unkeyed: true } as const;
const DAY_MS = 86_400_000;

export const keyRoutes: readonly Route[] = [
  route(
    {
      id: "keyList",
      method: "get",
      path,
      tag,
      params: inBook,
      answers: { 200: toldAll("All, also those that ended.", "ApiKey") },
    },
    async ({ register, seat }) => json(200, { data: (await register.keys.list(seat)).map(keyValue) }),
  ),
  route(
    {
      id: "keyCreate",
      method: "post",
      path,
      tag,
      params: inBook,
      body: { schema: { component: "KeyBody" } },
      ...change,
      answers: { 201: told("The key, shown this once.", "ApiKeyMade") },
    },
    async (call) => {
      const { days, person, ...wish } = await call.read(keyBody);
      const livesMs = days === undefined ? {} : { livesMs: days * DAY_MS };
      return shown(await call.register.keys.create(call.by, { ...wish, ...livesMs, person: person as PersonId }));
    },
  ),
  route(
    {
      id: "keyRotate",
      method: "post",
      path: `${path}/{key}/rotate`,
      tag,
      description: "A second key with the same label; the first ends after the overlap.",
      params: inKey,
      body: { schema: { component: "KeyRotation" }, optional: true },
      ...change,
      answers: { 201: told("The new key, shown this once.", "ApiKeyMade") },
    },
    async (call) => {
      const { overlapDays } = await call.readOptional(keyRotationBody);
      const overlap = overlapDays === undefined ? undefined : overlapDays * DAY_MS;
      return shown(await call.register.keys.rotate(call.by, call.params.key as KeyId, overlap));
    },
  ),
  route(
    {
      id: "keyRevoke",
      method: "post",
      path: `${path}/{key}/revoke`,
      tag,
      params: inKey,
      ...change,
      answers: { 204: DONE },
    },
    async ({ register, seat, params }) => {
      await register.keys.revoke(seat, params.key as KeyId);
      return done();
    },
  ),
];

const shown = ({ expiresAt, ...key }: MadeKey): Response => json(201, { data: { ...key, expiresAt: time(expiresAt) } });
