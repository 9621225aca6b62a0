import { json } from "../call.ts";
import { problem } from "../problems.ts";
import { type Route, route } from "../operation.ts";

const STATE = {
  inline: {
    type: "object",
    properties: { status: { type: "string", enum: ["ok"] } },
    required: ["status"],
    additionalProperties: false,
  },
} as const;

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
