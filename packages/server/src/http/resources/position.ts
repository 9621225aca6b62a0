import { type PositionCell, positionOf, type PositionView, type ViewKind } from "@offtake/core/disclosure";
import { formatInstant, windowSeconds } from "@offtake/core/kernel";
import { nowOf, windowOf, windowQuery } from "../ahead.ts";
import { type AnyCall, json } from "../call.ts";
import { isKeeper } from "../objects.ts";
import { shown } from "../shown.ts";
import { idParam, inBook, type Route, route, z } from "../operation.ts";
import { problem } from "../problems.ts";

const text = { type: "string" } as const;
const instant = { type: "string", format: "date-time" } as const;
const seconds = { type: "string", pattern: "^-?\\d+$", description: "Accelerator-seconds." } as const;
const average = {
  type: "integer",
  description: "Accelerators, on average over the part of the month that was asked for.",
} as const;

export const POSITION = {
  type: "object",
  properties: {
    from: instant,
    to: instant,
    zone: { type: "string", description: "Whose months they are: the book's." },
    complete: { type: "boolean", description: "false: there is more than was looked through; the newest was." },
    cells: {
      type: "array",
      items: {
        type: "object",
        properties: {
          accelerator: text,
          region: text,
          month: { type: "string", description: "Such as 2027-01." },
          demand: average,
          secured: average,
          gap: { ...average, description: `${average.description} Demand less secured.` },
          demandSeconds: seconds,
          securedSeconds: seconds,
          gapSeconds: seconds,
          requestCount: { type: "integer", description: "How many requests it is made of." },
          requests: { type: "array", items: text, description: "Their ids, the first 20 of them." },
        },
        required: [
          "accelerator",
          "region",
          "month",
          "demand",
          "secured",
          "gap",
          "demandSeconds",
          "securedSeconds",
          "gapSeconds",
          "requestCount",
          "requests",
        ],
        additionalProperties: false,
      },
    },
  },
  required: ["from", "to", "zone", "complete", "cells"],
  additionalProperties: false,
} as const;

/** Requests, and awards, that are looked through: the newest. */
const OBJECTS_MAX = 20_000;
const PAGE = 1_000;
/** Requests that a cell names; their number tells whether there are more. */
const REQUESTS_SHOWN = 20;

export const positionRoutes: readonly Route[] = [
  route(
    {
      id: "positionRead",
      method: "get",
      path: "/v1/books/{book}/position",
      tag: "capacity",
      description:
        "What the keeper needs less what it has, by kind, region and month: awards where they are, what of requests is open as their first alternative; what was given up counts no more. For the keeper of a book that buys.",
      params: inBook,
      query: z.object({
        ...windowQuery,
        accelerator: idParam.optional().openapi({ description: "Only this kind." }),
        region: idParam.optional().openapi({ description: "Only this region." }),
      }),
      answers: {
        200: {
          description: "One cell for each kind, region and month in which there is anything.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/Position" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      if (!(await isKeeper(call))) throw problem("keepers_alone");
      const { accelerator, region } = call.query;
      const window = windowOf(call.query, nowOf(call));
      const zone = await call.zone();
      const [requests, awards] = [await newest(call, "requests"), await newest(call, "awards")];
      const cells = positionOf({ requests: requests.found, awards: awards.found }, window, zone).filter(
        (cell) =>
          (accelerator === undefined || cell.acceleratorType === accelerator) &&
          (region === undefined || cell.region === region),
      );
      const data = {
        from: formatInstant(window.from),
        to: formatInstant(window.to),
        zone,
        complete: requests.isAll && awards.isAll,
        cells: cells.map(cellValue),
      };
      return json(200, { data });
    },
  ),
];

async function newest<Kind extends ViewKind & keyof PositionView>(
  { services, book, principal }: AnyCall,
  kind: Kind,
): Promise<{ readonly found: PositionView[Kind]; readonly isAll: boolean }> {
  const found = new Map<string, unknown>();
  let after: string | undefined;
  do {
    const page = await services.telling.store.listObjects(book, principal.party, {
      kind,
      order: "created",
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const object of page.objects) found.set(object.id, shown(kind, object).view);
    after = page.next;
  } while (after !== undefined && found.size < OBJECTS_MAX);
  return { found: found as unknown as PositionView[Kind], isAll: after === undefined };
}

function cellValue({ acceleratorType, region, month, window, demand, secured, requests }: PositionCell) {
  const length = BigInt(windowSeconds(window));
  const over = (amount: bigint): number => Number((2n * amount + length) / (2n * length));
  return {
    accelerator: acceleratorType,
    region,
    month,
    demand: over(demand),
    secured: over(secured),
    gap: over(demand) - over(secured),
    demandSeconds: String(demand),
    securedSeconds: String(secured),
    gapSeconds: String(demand - secured),
    requestCount: requests.size,
    requests: [...requests].sort().slice(0, REQUESTS_SHOWN),
  };
}
