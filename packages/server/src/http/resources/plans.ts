import { DAY_MS } from "@offtake/core/kernel";
import { type Plan, planOf, priceFactsOf } from "@offtake/core/planning";
import { UTC } from "@offtake/core/calendar";
import { changesAnything, planDocument } from "@offtake/wire/planned";
import { assumedOf, assumedWindow } from "@offtake/wire/requests";
import { asKeeperKnows, nowOf } from "../ahead.ts";
import { json } from "../call.ts";
import { drawnId } from "../ids.ts";
import { inBook, type Route, route, z } from "../operation.ts";
import { rejected } from "../problems.ts";
import { readRequest, REQUEST_BODY } from "./requests.ts";

export const planRoutes: readonly Route[] = [
  route(
    {
      id: "requestPlan",
      method: "post",
      path: "/v1/books/{book}/requests/plan",
      tag: "requests",
      description:
        "What would follow from a request if it were sent now: who must be asked, in what order and by when, what each source costs after commitments, what it rests on, what else would work, and where the choice flips. The document of `offtake plan --json`. Worked out from what the keeper was told, and for the keeper alone; sealed bids, and what others have answered in advance, are not in it. Nothing is sent and nothing is kept.",
      params: inBook,
      query: z.object({
        leadDays: z.coerce.number().int().min(0).max(3_650).optional().openapi({
          description: "Days from the award to the first hour of service. Default: none.",
        }),
        alternatives: z
          .enum(["true", "false"])
          .optional()
          .openapi({ description: "Also look for what else would work. Default: true." }),
      }),
      body: REQUEST_BODY,
      answers: {
        200: {
          description: "The plan.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/PlanDocument" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const { leadDays, alternatives } = call.query;
      const now = nowOf(call);
      const zone = await call.zone();
      const id = drawnId("req", call.file.text);
      const read = await readRequest(call, { id, window: assumedWindow(zone, now) });
      const { request } = await call.supposed({ type: "submitRequest", request: read });
      const planned = await asKeeperKnows(call, (state) => {
        const at = state.now > now ? state.now : now;
        const prices = priceFactsOf(state.offers.sortedValues(), [...state.indexValues.sortedValues()].flat());
        const options = { at, prices, alternatives: alternatives !== "false" };
        return planOf(state, request, leadDays === undefined ? options : { ...options, leadMs: leadDays * DAY_MS });
      });
      if (!planned.ok) throw rejected(planned.rejection, true);
      return json(200, { data: documentOf(planned.plan, assumedOf(request, planned.plan.zone ?? UTC, now)) });
    },
  ),
];

function documentOf(plan: Plan, assumed: string | undefined) {
  return planDocument([assumed === undefined ? { plan } : { plan, assumed }], plan.at, changesAnything(plan));
}
