import { expect, test } from "vitest";
import { positionGrid } from "./told.ts";

const cell = (accelerator: string, month: string, demand: number, secured: number, requests: readonly string[]) => ({
  accelerator,
  region: "us",
  month,
  demand,
  secured,
  gap: demand - secured,
  demandSeconds: "0",
  securedSeconds: "0",
  gapSeconds: "0",
  requests,
  requestCount: requests.length,
});

const MONTHS = ["2026-05", "2026-06", "2026-07"];

test("a kind has a row, each month its place, and a month of which nothing was told is nothing", () => {
  const told = [cell("h100", "2026-05", 96, 32, ["a"]), cell("h100", "2026-07", 64, 0, ["a", "b"])];
  expect(positionGrid({ cells: told }, MONTHS)).toEqual({
    months: MONTHS,
    top: 64,
    rows: [
      {
        accelerator: "h100",
        region: "us",
        cells: [
          expect.objectContaining({ demand: 96, secured: 32, gap: 64 }),
          { demand: 0, secured: 0, gap: 0 },
          expect.objectContaining({ demand: 64, secured: 0, gap: 64 }),
        ],
        requests: ["a", "b"],
        requestCount: 2,
      },
    ],
  });
});

test("kinds stand in the order in which they were told, and the ground is measured by the largest gap", () => {
  const told = [cell("b200", "2026-05", 8, 8, ["a"]), cell("h100", "2026-06", 512, 12, ["b"])];
  const { rows, top } = positionGrid({ cells: told }, MONTHS);
  expect(rows.map(({ accelerator }) => accelerator)).toEqual(["b200", "h100"]);
  expect(top).toBe(500);
  expect(positionGrid({ cells: [] }, MONTHS)).toEqual({ months: MONTHS, rows: [], top: 0 });
});
