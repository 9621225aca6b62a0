import { type AcceleratorType, DAY_MS, type Instant, rational, type RequestId } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import { DAYS, LAB, START, usd } from "./resolve-world.ts";

/** What a request asks of the calendar, for the bare loop. */
export interface Ask {
  readonly firstDay: number;
  readonly days: number;
  readonly count: number;
}

const LENGTHS = 40;
const BLOCKS = 64;
const CAPS = 200;
const PURPOSES = ["training", "inference", "research", "fine-tuning"] as const;
const STARTS = DAYS - LENGTHS;
const KINDS = STARTS * LENGTHS * BLOCKS * CAPS * PURPOSES.length;
/** A prime that divides no factor of KINDS: steps by it visit every kind once before any twice. */
const STEP = 1_000_000_007;

const ONE = rational(1n);
const ACCELERATORS = [{ acceleratorType: "h100" as AcceleratorType, factor: ONE }];
const REGIONS = ["us-central"];

/** The digits of the `index`-th kind of request: start, length, count, price cap, purpose. No two below KINDS are alike. */
function digits(index: number): readonly [start: number, length: number, blocks: number, cap: number, purpose: number] {
  let rest = Number((BigInt(index) * BigInt(STEP)) % BigInt(KINDS));
  const digit = (base: number): number => {
    const value = rest % base;
    rest = (rest - value) / base;
    return value;
  };
  return [digit(STARTS), digit(LENGTHS), digit(BLOCKS), digit(CAPS), digit(PURPOSES.length)];
}

export function askOf(index: number): Ask {
  const [firstDay, length, blocks] = digits(index);
  return { firstDay, days: length + 1, count: countOf(blocks) };
}

/** Small parts most often: half of them have up to 128 accelerators, the largest has 512. */
function countOf(blocks: number): number {
  return 8 * (1 + Math.floor((blocks * blocks) / BLOCKS));
}

/** No two requests alike: each has its own start, length, count, cap and purpose. */
export function benchRequest(index: number): ComputeRequest {
  const [firstDay, length, blocks, cap, purpose] = digits(index);
  const count = countOf(blocks);
  const from = (START + firstDay * DAY_MS) as Instant;
  return {
    id: `q${index}` as RequestId,
    version: 1,
    buyer: LAB,
    lines: [
      {
        accelerators: ACCELERATORS,
        count,
        blockSize: 8,
        gangMin: 8,
        divisible: true,
        regions: REGIONS,
        window: { from, to: (from + (length + 1) * DAY_MS) as Instant },
        purposes: [{ purpose: PURPOSES[purpose] as string }],
        cap: usd(1.3 + cap * 0.01),
        stated: {},
        switchingCosts: [],
      },
    ],
    unfilled: "close",
    approvals: [],
  };
}
