import type { Schemas } from "@offtake/client";
import { expect, test } from "vitest";
import { monthsOf } from "./grid.ts";
import { positionOf } from "./position.ts";

const at = (text: string): string => `${text}T00:00:00Z`;
const MONTHS = monthsOf(at("2026-05-01"), at("2026-08-01"), "UTC");

interface Asked {
  readonly id: string;
  readonly count: number;
  readonly from: string;
  readonly to: string;
  readonly region?: string;
  readonly status?: string;
}

/** A request of one lot, as far as a position looks at it. */
function request({ id, count, from, to, region = "us-*", status = "open" }: Asked): Schemas["Request"] {
  const window = { from: at(from), to: at(to) };
  const accelerators = [{ acceleratorType: "h100", factor: "1" }];
  const lot = { id: `${id}-l`, request: id, lineIndex: 0, side: "demand", count, window };
  return {
    id,
    status,
    updatedAt: at("2026-01-01"),
    view: {
      request: { id, lines: [{ accelerators, count, regions: [region], window }] },
      lots: [{ lot }],
      tenders: [],
      closed: status === "closed" || status === "awarded_part",
    },
  } as unknown as Schemas["Request"];
}

function award(of: string, count: number, from: string, to: string): Schemas["Award"] {
  const line = { lot: `${of}-l`, provider: "p", count, window: { from: at(from), to: at(to) } };
  return {
    id: `a-${of}`,
    status: "confirmed",
    updatedAt: at("2026-01-01"),
    view: { as: "keeper", status: "confirmed", award: { id: `a-${of}`, request: of, lines: [line] } },
  } as unknown as Schemas["Award"];
}

test("a month stands as it does when most is missing, and its three numbers are of that time", () => {
  const { rows, top } = positionOf(
    [
      request({ id: "a", count: 100, from: "2026-05-01", to: "2026-07-01" }),
      request({ id: "b", count: 40, from: "2026-06-10", to: "2026-06-20" }),
    ],
    [],
    [award("a", 70, "2026-05-01", "2026-07-01")],
    MONTHS,
  );
  expect(rows).toEqual([
    {
      accelerator: "h100",
      region: "us-*",
      requests: ["a", "b"],
      cells: [
        { demand: 100, secured: 70, gap: 30 },
        { demand: 140, secured: 70, gap: 70 },
        { demand: 0, secured: 0, gap: 0 },
      ],
    },
  ]);
  expect(top).toBe(70);
});

test("of a closed request only what it got counts, of a withdrawn one nothing; regions stand apart", () => {
  const { rows } = positionOf(
    [
      request({ id: "a", count: 100, from: "2026-05-01", to: "2026-06-01", status: "awarded_part" }),
      request({ id: "b", count: 10, from: "2026-05-01", to: "2026-06-01", region: "eu-*" }),
      request({ id: "c", count: 500, from: "2026-05-01", to: "2026-06-01", status: "withdrawn" }),
      request({ id: "d", count: 9, from: "2027-05-01", to: "2027-06-01", region: "ap-*" }),
    ],
    [],
    [award("a", 60, "2026-05-01", "2026-06-01")],
    MONTHS,
  );
  expect(rows.map(({ region, cells }) => [region, cells[0]])).toEqual([
    ["eu-*", { demand: 10, secured: 0, gap: 10 }],
    ["us-*", { demand: 60, secured: 60, gap: 0 }],
  ]);
});

test("where nothing is missing the month stands as it does when most is asked for", () => {
  const { rows } = positionOf(
    [
      request({ id: "a", count: 8, from: "2026-05-01", to: "2026-06-01" }),
      request({ id: "b", count: 8, from: "2026-05-10", to: "2026-05-20" }),
    ],
    [],
    [award("a", 8, "2026-05-01", "2026-06-01"), award("b", 8, "2026-05-10", "2026-05-20")],
    MONTHS,
  );
  expect(rows[0]?.cells[0]).toEqual({ demand: 16, secured: 16, gap: 0 });
});
