import { expect, test } from "vitest";
import { coverageOf } from "../coverage/of-request.ts";
import { only, toldTo } from "../gallery/told.ts";
import { flowList, flowOf } from "./flow.ts";

const name = (party: string): string => party.toUpperCase();

function flowAt(until: string) {
  const { all } = toldTo("aurora-labs", until);
  return flowOf(coverageOf(only(all("requests")), all("notices"), all("awards")).segments, name);
}

test("what is passed through goes on to who runs it, and every node weighs what comes into it", () => {
  const { nodes, links } = flowAt("2026-12-31T00:00:00Z");
  expect(nodes.map(({ label, column, count }) => [label, column, count])).toEqual([
    ["Demand", 0, 4_096],
    ["MERIDIAN", 1, 2_500],
    ["CORVID-CLOUD", 2, 800],
    ["EMBER", 1, 1_024],
    ["NORTHLIGHT", 1, 572],
  ]);
  expect(links.filter(({ from }) => from === "demand").reduce((sum, { count }) => sum + count, 0)).toBe(4_096);
  expect(links.filter(({ to }) => to === "host corvid-cloud")).toEqual([
    { from: "party meridian", to: "host corvid-cloud", layer: "through", count: 800 },
  ]);
});

test("as a list the host stands under what is passed through to it", () => {
  expect(flowList(flowAt("2026-03-10T00:00:00Z"))).toEqual([
    {
      label: "Demand",
      count: 4_096,
      under: [
        { label: "MERIDIAN", count: 1_700, layer: "accepted", under: [] },
        {
          label: "MERIDIAN",
          count: 800,
          layer: "through",
          under: [{ label: "CORVID-CLOUD", count: 800, layer: "through", under: [] }],
        },
        { label: "Market", count: 1_596, layer: "market", under: [] },
      ],
    },
  ]);
});

test("nothing flows where nothing is asked for", () => {
  expect(flowOf([], name)).toEqual({ nodes: [], links: [] });
  expect(flowList(flowOf([], name))).toEqual([]);
});
