import { type AnyCall, json } from "../call.ts";
import { readObject } from "../objects.ts";
import { idParam, inBook, type Route, route } from "../operation.ts";
import { notFound } from "../problems.ts";

const tag = "requests";
const path = "/v1/books/{book}/requests/{request}/lots";
const inRequest = inBook.extend({ request: idParam });

/** A lot as its request's view has it, with what stands at its side. */
interface ToldLot {
  readonly lot: { readonly id: string };
}

/** @throws HttpProblem where the request is not there, or not the caller's to see */
async function lotsOf(call: AnyCall, request: string): Promise<readonly ToldLot[]> {
  const { value } = await readObject(call, "requests", request, `lots of ${request}`);
  return (value as { readonly view: { readonly lots: readonly ToldLot[] } }).view.lots;
}

/** The homogeneous parts of a request: who had a right on each, what was cleared, what is left. The keeper's alone. */
export const lotRoutes: readonly Route[] = [
  route(
    {
      id: "lotList",
      method: "get",
      path,
      tag,
      granted: true,
      params: inRequest,
      answers: {
        200: {
          description: "All of them.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { type: "array", items: { $ref: "#/components/schemas/Lot" } } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => json(200, { data: await lotsOf(call, call.params.request) }),
  ),
  route(
    {
      id: "lotRead",
      method: "get",
      path: `${path}/{lot}`,
      tag,
      granted: true,
      params: inRequest.extend({ lot: idParam }),
      answers: {
        200: {
          description: "One.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/Lot" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const lots = await lotsOf(call, call.params.request);
      const found = lots.find(({ lot }) => lot.id === call.params.lot);
      if (found === undefined) throw notFound();
      return json(200, { data: found });
    },
  ),
];
