import { expect, test } from "vitest";
import { gridOf, monthsOf } from "./grid.ts";

const at = (text: string): string => `${text}T00:00:00Z`;

test("months are those that the window touches", () => {
  expect(monthsOf(at("2026-11-15"), at("2027-02-01"), "UTC").map(({ key }) => key)).toEqual([
    "2026-11",
    "2026-12",
    "2027-01",
  ]);
  expect(monthsOf(at("2026-01-01"), at("2036-01-01"), "UTC", 24)).toHaveLength(24);
  expect(monthsOf(at("2026-01-01"), at("2026-01-01"), "UTC")).toEqual([]);
});

test("months begin at midnight of the zone, through the change of the clocks", () => {
  const [march, april] = monthsOf("2026-03-10T00:00:00Z", at("2026-05-01"), "America/Los_Angeles");
  expect([march, april].map((month) => month && [month.key, new Date(month.from).toISOString()])).toEqual([
    ["2026-03", "2026-03-01T08:00:00.000Z"],
    ["2026-04", "2026-04-01T07:00:00.000Z"],
  ]);
  // 1 May of UTC is still April there.
  expect(monthsOf(at("2026-05-01"), at("2026-05-02"), "America/Los_Angeles").map(({ key }) => key)).toEqual([
    "2026-04",
    "2026-05",
  ]);
});

test("a cell holds the least and the most that is free in its month", () => {
  const stretch = (from: string, to: string, free: number) => ({ from: at(from), to: at(to), free });
  const grid = gridOf(
    {
      from: at("2026-05-01"),
      to: at("2026-07-01"),
      blocks: [],
      free: [
        { accelerator: "h200", region: "us", calendar: [stretch("2026-05-01", "2026-07-01", 8)] },
        {
          accelerator: "h100",
          region: "us",
          calendar: [stretch("2026-05-01", "2026-05-20", 100), stretch("2026-05-20", "2026-07-01", -4)],
        },
        { accelerator: "h100", region: "eu", calendar: [] },
      ],
    },
    "UTC",
  );
  expect(grid.rows.map(({ accelerator, region, cells }) => [accelerator, region, cells])).toEqual([
    [
      "h100",
      "eu",
      [
        { least: 0, most: 0 },
        { least: 0, most: 0 },
      ],
    ],
    [
      "h100",
      "us",
      [
        { least: -4, most: 100 },
        { least: -4, most: -4 },
      ],
    ],
    [
      "h200",
      "us",
      [
        { least: 8, most: 8 },
        { least: 8, most: 8 },
      ],
    ],
  ]);
  expect(grid.top).toBe(100);
});
