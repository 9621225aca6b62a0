import { sankey } from "d3-sankey";
import type { Layer } from "../coverage/segments.ts";
import type { Flow } from "./flow.ts";

export interface NodeDrawn {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Nothing goes on from it: beside it there is room. */
  readonly isEnd: boolean;
}

export interface LinkDrawn {
  readonly key: string;
  readonly path: string;
  readonly layer: Layer;
  readonly count: number;
  readonly labelX: number;
  readonly labelY: number;
}

export interface FlowDrawn {
  readonly nodes: readonly NodeDrawn[];
  readonly links: readonly LinkDrawn[];
  readonly height: number;
}

interface NodeIn {
  readonly id: string;
  readonly label: string;
  readonly column: number;
}
interface LinkIn {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  readonly layer: Layer;
}

/** A row of the widest column has about so much height, so that names never stand on each other. */
const ROW_PX = 56;

/** Right of the last column stand its names. */
const MARGIN_PX = 118;

/** Where the nodes and bands of a flow stand in so much width. Nodes and links in the order of the flow. */
export function layoutOf(flow: Flow, width: number): FlowDrawn {
  const rows = Math.max(1, ...[0, 1, 2].map((column) => flow.nodes.filter((node) => node.column === column).length));
  const height = rows * ROW_PX + 30;
  if (flow.nodes.length === 0) return { nodes: [], links: [], height };
  const arranged = sankey<NodeIn, LinkIn>()
    .nodeId(({ id }) => id)
    .nodeWidth(6)
    .nodePadding(22)
    .nodeAlign(({ column }) => column)
    // In the order in which they came: a picture that only grows does not jump.
    .nodeSort((a, b) => (a.index ?? 0) - (b.index ?? 0))
    .linkSort((a, b) => (a.index ?? 0) - (b.index ?? 0))
    .extent([
      [0, 24],
      [width - MARGIN_PX, height - 6],
    ])({
    nodes: flow.nodes.map(({ id, label, column }) => ({ id, label, column })),
    links: flow.links.map(({ from, to, count, layer }) => ({ source: from, target: to, value: count, layer })),
  });
  return {
    height,
    nodes: arranged.nodes.map(({ id, label, x0 = 0, y0 = 0, y1 = 0 }) => ({
      id,
      label,
      x: x0,
      y: y0,
      height: y1 - y0,
      isEnd: !flow.links.some(({ from }) => from === id),
    })),
    links: arranged.links.map(({ source, target, value, layer, y0 = 0, y1 = 0, width: thick = 1 }) => {
      const [from, to] = [(source as { x1?: number }).x1 ?? 0, (target as { x0?: number }).x0 ?? 0];
      return {
        key: `${nodeId(source)} ${nodeId(target)} ${layer}`,
        path: band(from, y0, to, y1, Math.max(1, thick)),
        layer,
        count: value,
        labelX: from + 8,
        labelY: y0,
      };
    }),
  };
}

const nodeId = (node: unknown): string => (node as NodeIn).id;

/** A band as a closed shape, so that it can be filled and outlined; its ends stand upright. */
function band(x0: number, y0: number, x1: number, y1: number, thick: number): string {
  const middle = (x0 + x1) / 2;
  const half = thick / 2;
  const there = `C${middle} ${y0 - half} ${middle} ${y1 - half} ${x1} ${y1 - half}`;
  const back = `C${middle} ${y1 + half} ${middle} ${y0 + half} ${x0} ${y0 + half}`;
  return `M${x0} ${y0 - half}${there}V${y1 + half}${back}Z`;
}
