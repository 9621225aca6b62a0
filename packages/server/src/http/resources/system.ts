import { json } from "../call.ts";
import { notFound, problem } from "../problems.ts";
import { type Route, route } from "../operation.ts";

const STATE = {
  inline: {
    type: "object",
    properties: { status: { type: "string", enum: ["ok"] } },
    required: ["status"],
    additionalProperties: false,
  },
} as const;

const text = { type: "string" } as const;
const count = { type: "integer", minimum: 0 } as const;
const instant = { type: "string", format: "date-time" } as const;
const object = <Fields extends object>(properties: Fields, optional: readonly string[] = []) => ({
  type: "object" as const,
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false as const,
});

const STATUS = object({
  data: object(
    {
      version: text,
      console: { ...text, description: "The build of the console that it serves; pages of another one are old." },
      node: { ...text, description: "The one that answers." },
      startedAt: instant,
      isReadOnly: { type: "boolean" },
      nodes: { type: "array", items: object({ id: text, version: text, since: instant, isThis: { type: "boolean" } }) },
      database: object({ version: text, roundTripMs: { type: "number" }, migrations: count }),
      feeds: object({ behindRecords: count, behindMs: count, followers: count }),
      deadlines: object({ overdueMs: count }),
      outbox: object({ waiting: count, retried: count, dead: count, webhooksOff: count, pausedSince: instant }, [
        "pausedSince",
      ]),
    },
    ["console"],
  ),
});

/** What those who run the broker ask it. */
export const systemRoutes: readonly Route[] = [
  route(
    {
      id: "healthRead",
      method: "get",
      path: "/healthz",
      tag: "server",
      answers: { 200: { description: "The process lives.", schema: STATE } },
    },
    () => Promise.resolve(json(200, { status: "ok" })),
  ),
  route(
    {
      id: "readinessRead",
      method: "get",
      path: "/readyz",
      tag: "server",
      answers: {
        200: { description: "This node serves: the database answers, feeds are kept up.", schema: STATE },
        503: {
          description: "It does not, or is going down.",
          media: "application/problem+json",
          schema: { component: "Problem" },
        },
      },
    },
    async ({ services }) => {
      const why = await services.notReady();
      if (why !== undefined) throw problem("unavailable", { detail: why, headers: { "retry-after": "2" } });
      return json(200, { status: "ok" });
    },
  ),
  route(
    {
      id: "serverStatusRead",
      method: "get",
      path: "/v1/server/status",
      tag: "server",
      description: "Nodes, database, lags and what waits to be sent, in numbers. Nobody is named in it.",
      answers: { 200: { description: "How the broker does.", schema: { inline: STATUS } } },
    },
    async ({ services }) => {
      if (services.status === undefined) throw notFound();
      return json(200, { data: await services.status() });
    },
  ),
  route(
    {
      id: "supportBundleRead",
      method: "get",
      path: "/v1/server/support-bundle",
      tag: "server",
      description:
        "What whoever helps needs: the status, sizes, figures, and which settings are made. No price, no name, no secret is in it.",
      answers: { 200: { description: "A file.", schema: { inline: { type: "object" } } } },
    },
    async ({ services }) => {
      if (services.support === undefined) throw notFound();
      return json(200, await services.support(), {
        "content-disposition": 'attachment; filename="offtake-support.json"',
        "cache-control": "no-store",
      });
    },
  ),
  route(
    {
      id: "metricsRead",
      method: "get",
      path: "/metrics",
      tag: "server",
      answers: {
        200: {
          description: "Prometheus text format. No party is named in it.",
          media: "text/plain",
          schema: { inline: { type: "string" } },
        },
      },
    },
    async ({ services }) => {
      const { type, text } = await services.metrics();
      return new Response(text, { headers: { "content-type": type } });
    },
  ),
];
