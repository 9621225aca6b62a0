import { grantBody } from "@offtake/wire/api";
import type { PersonId } from "../../people/index.ts";
import { json } from "../call.ts";
import { idParam, inBook, type Route, route, z } from "../operation.ts";
import { accessValue, DONE, done, grantValue, toldAll } from "../people-values.ts";

const tag = "people";
const path = "/v1/books/{book}/grants";
const change = { writes: true, unkeyed: true } as const;

export const grantRoutes: readonly Route[] = [
  route(
    {
      id: "grantList",
      method: "get",
      path,
      tag,
      params: inBook,
      answers: { 200: toldAll("All, also those that ended.", "Grant") },
    },
    async ({ register, seat }) => json(200, { data: (await register.grants.list(seat)).map(grantValue) }),
  ),
  route(
    {
      id: "grantGive",
      method: "post",
      path,
      tag,
      description: "Lets an auditor read requests with all that hangs on them, for a time. Each use is written down.",
      params: inBook,
      body: { schema: { component: "GrantBody" } },
      ...change,
      answers: {
        201: {
          description: "Its id.",
          schema: {
            inline: {
              type: "object",
              properties: {
                data: {
                  type: "object",
                  properties: { granted: { type: "string" } },
                  required: ["granted"],
                  additionalProperties: false,
                },
              },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const { person, from, to, requests, why } = await call.read(grantBody);
      const wish = { person: person as PersonId, requests, from: Number(from), to: Number(to), why };
      return json(201, { data: { granted: await call.register.grants.give(call.by, wish) } });
    },
  ),
  route(
    {
      id: "grantRevoke",
      method: "post",
      path: `${path}/{granted}/revoke`,
      tag,
      params: inBook.extend({ granted: idParam }),
      ...change,
      answers: { 204: DONE },
    },
    async ({ register, seat, params }) => {
      await register.grants.revoke(seat, params.granted);
      return done();
    },
  ),
  route(
    {
      id: "accessLogRead",
      method: "get",
      path: "/v1/books/{book}/access-log",
      tag,
      description: "Newest first. To go on, send the last `entry` as `before`.",
      params: inBook,
      query: z.object({
        before: z.coerce.number().int().min(1).optional(),
        limit: z.coerce.number().int().min(1).max(1_000).optional(),
      }),
      answers: { 200: toldAll("Uses of grants, what was taken away, and refusals.", "AccessEntry") },
    },
    async ({ register, seat, query: { before, limit = 100 } }) => {
      const found = await register.access.list(seat, { limit, ...(before === undefined ? {} : { before }) });
      return json(200, { data: found.map(accessValue) });
    },
  ),
];
