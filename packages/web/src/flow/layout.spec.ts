import { expect, test } from "vitest";
import { flowOf } from "./flow.ts";
import { layoutOf } from "./layout.ts";

const span = { from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" };
const flow = flowOf(
  [
    { layer: "accepted", party: "a", count: 1_700, span },
    { layer: "through", party: "a", host: "h", count: 800, span },
    { layer: "market", count: 1_596, span },
  ],
  (party) => party,
);

test("nodes are as high as what comes through them, in their order, inside the picture", () => {
  const { nodes, height } = layoutOf(flow, 600);
  const heights = new Map(nodes.map((node) => [node.label, node.height]));
  expect((heights.get("Demand") ?? 0) / 4_096).toBeCloseTo((heights.get("a") ?? 0) / 2_500, 4);
  expect((heights.get("h") ?? 0) / 800).toBeCloseTo((heights.get("Demand") ?? 0) / 4_096, 4);
  for (const node of nodes) {
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.x).toBeLessThanOrEqual(594);
    expect(node.y + node.height).toBeLessThanOrEqual(height);
  }
});

test("nodes of a column never stand on each other", () => {
  const { nodes } = layoutOf(flow, 600);
  const pairs = nodes.flatMap((a) => nodes.filter((b) => b !== a && b.x === a.x).map((b) => [a, b] as const));
  expect(pairs.length).toBeGreaterThan(0);
  expect(pairs.filter(([a, b]) => a.y < b.y + b.height && b.y < a.y + a.height)).toEqual([]);
});

test("every link is a closed band", () => {
  const { links } = layoutOf(flow, 600);
  expect(links).toHaveLength(4);
  for (const { path } of links) expect(path).toMatch(/^M[\d.]+ [-\d.]+C.*V[-\d.]+C.*Z$/);
});

test("nothing has a picture of nothing", () => {
  expect(layoutOf({ nodes: [], links: [] }, 600)).toMatchObject({ nodes: [], links: [] });
});
