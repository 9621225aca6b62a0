import { type CapacityLedger, freeRunOf, type HeldBlock, rootOf } from "@offtake/core/capacity";
import { partyCapacity } from "@offtake/core/disclosure";
import { intersection, type TimeWindow } from "@offtake/core/kernel";
import { documented } from "@offtake/wire/documented";
import { asKeeperKnows, nowOf, windowOf, windowQuery } from "../ahead.ts";
import { type AnyCall, json } from "../call.ts";
import { idParam, inBook, type Route, route, z } from "../operation.ts";
import { ownView } from "../own-view.ts";

const text = { type: "string" } as const;
const instant = { type: "string", format: "date-time" } as const;
const count = { type: "integer" } as const;
const STRETCH = {
  type: "object",
  description: "Until the next one, or the end.",
  properties: { from: instant, to: instant, free: count },
  required: ["from", "to", "free"],
  additionalProperties: false,
} as const;

export const BLOCK_CALENDAR = {
  type: "object",
  properties: {
    block: text,
    provider: text,
    host: text,
    accelerator: text,
    region: text,
    quantity: count,
    blockSize: count,
    from: instant,
    to: instant,
    firmness: { type: "string", enum: ["firm", "forecast"] },
    phase: { type: "string", description: "The phase of the site that it becomes available with." },
    lineage: {
      type: "array",
      items: text,
      description:
        "The blocks that it comes from, the root last; without any where it is one, or where they are not the caller's to know.",
    },
    lowestFree: {
      ...count,
      description: "The least that is free at any time of the window; below 0 where more is held than there is.",
    },
    calendar: { type: "array", items: STRETCH },
  },
  required: [
    "block",
    "provider",
    "accelerator",
    "region",
    "quantity",
    "blockSize",
    "from",
    "to",
    "firmness",
    "lineage",
    "lowestFree",
    "calendar",
  ],
  additionalProperties: false,
} as const;

export const CAPACITY = {
  type: "object",
  properties: {
    from: instant,
    to: instant,
    blocks: { type: "array", items: { $ref: "#/definitions/BlockCalendar" } },
    free: {
      type: "array",
      description: "By accelerator and region, machines that several list counted once.",
      items: {
        type: "object",
        properties: { accelerator: text, region: text, calendar: { type: "array", items: STRETCH } },
        required: ["accelerator", "region", "calendar"],
        additionalProperties: false,
      },
    },
  },
  required: ["from", "to", "blocks", "free"],
  additionalProperties: false,
} as const;

export const freeRoutes: readonly Route[] = [
  route(
    {
      id: "capacityRead",
      method: "get",
      path: "/v1/books/{book}/capacity",
      tag: "capacity",
      description:
        "Blocks with what of each is free at every instant of a window: the keeper's of all that are on record, with what each comes from; everybody else's own, less what is held of them and what they were awarded.",
      params: inBook,
      query: z.object({
        ...windowQuery,
        accelerator: idParam.optional().openapi({ description: "Only this kind." }),
        region: idParam.optional().openapi({ description: "Only this region." }),
        provider: idParam.optional().openapi({ description: "Only what this party sells." }),
      }),
      answers: {
        200: {
          description: "Blocks, and what is free of them together.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/Capacity" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const window = windowOf(call.query, nowOf(call));
      const asked = asks(call.query);
      const keeper = await call.services.keeperOf(call.book);
      const data =
        keeper === call.principal.party
          ? await asKeeperKnows(call, (state) =>
              capacityValue(state.capacity, (held) => asked(held) && !state.withdrawnBlocks.has(held.block.id), window),
            )
          : capacityValue(await own(call), asked, window);
      return json(200, { data: documented(data) });
    },
  ),
];

const own = async (call: AnyCall): Promise<CapacityLedger> =>
  partyCapacity(await ownView(call, ["blocks", "holds", "awards"]));

type Asked = (held: HeldBlock) => boolean;

function asks({
  accelerator,
  region,
  provider,
}: {
  readonly accelerator?: string | undefined;
  readonly region?: string | undefined;
  readonly provider?: string | undefined;
}): Asked {
  return ({ block }) =>
    (accelerator === undefined || block.acceleratorType === accelerator) &&
    (region === undefined || block.region === region) &&
    (provider === undefined || block.provider === provider);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly free: number;
}

function capacityValue(ledger: CapacityLedger, asked: Asked, window: TimeWindow) {
  const shown = ledger.blocks().filter((held) => asked(held) && intersection(held.block.window, window) !== undefined);
  const listed = new Set(shown.map(({ calendars }) => calendars[0]));
  const sums = new Map<string, { readonly accelerator: string; readonly region: string; steps: Map<number, number> }>();
  const blocks = shown.map((held) => {
    const calendar = freeOver(held, window);
    // A block that comes from another one in the list is in that one's calendar.
    if (!held.calendars.slice(1).some((one) => listed.has(one))) addTo(sums, held, calendar);
    return blockValue(ledger, held, calendar);
  });
  const free = [...sums.values()].map(({ steps, ...place }) => ({ ...place, calendar: summed(steps, window) }));
  return { ...window, blocks, free };
}

function blockValue(ledger: CapacityLedger, { block }: HeldBlock, calendar: readonly Stretch[]) {
  const { id, provider, host, acceleratorType, region, quantity, blockSize, window, firmness, phase } = block;
  const root = rootOf((one) => ledger.get(one)?.block, id);
  return {
    block: id,
    provider,
    host,
    accelerator: acceleratorType,
    region,
    quantity,
    blockSize,
    ...window,
    firmness,
    phase,
    lineage: root.ok ? root.chain.slice(1).map((one) => one.id) : [],
    lowestFree: calendar.reduce((least, { free }) => Math.min(least, free), Number.MAX_SAFE_INTEGER),
    calendar,
  };
}

function freeOver(held: HeldBlock, window: TimeWindow): readonly Stretch[] {
  const inside = intersection(held.block.window, window);
  const stretches: Stretch[] = [];
  if (inside !== undefined)
    freeRunOf(held, inside).forEach((from, to, free) => {
      stretches.push({ from, to, free });
    });
  return stretches;
}

function addTo(
  sums: Map<string, { readonly accelerator: string; readonly region: string; steps: Map<number, number> }>,
  { block: { acceleratorType, region } }: HeldBlock,
  calendar: readonly Stretch[],
): void {
  const name = `${acceleratorType} ${region}`;
  const sum = sums.get(name) ?? { accelerator: acceleratorType, region, steps: new Map<number, number>() };
  sums.set(name, sum);
  for (const { from, to, free } of calendar) {
    const counted = Math.max(0, free);
    sum.steps.set(from, (sum.steps.get(from) ?? 0) + counted);
    sum.steps.set(to, (sum.steps.get(to) ?? 0) - counted);
  }
}

/** The steps of a sum as stretches, from the window's beginning to its end. */
function summed(steps: ReadonlyMap<number, number>, { from, to }: TimeWindow): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let free = 0;
  let since: number = from;
  for (const [at, change] of [...steps].sort(([a], [b]) => a - b)) {
    if (change === 0) continue;
    if (at > since) stretches.push({ from: since, to: at, free });
    free += change;
    since = Math.max(since, at);
  }
  if (since < to) stretches.push({ from: since, to, free });
  return stretches;
}
