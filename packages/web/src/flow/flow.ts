import type { Layer, Segment } from "../coverage/segments.ts";

/** Where accelerators come from: the demand on the left, then who supplies, then who runs it. */
export interface FlowNode {
  readonly id: string;
  readonly label: string;
  readonly column: 0 | 1 | 2;
  readonly count: number;
}

export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly layer: Layer;
}

export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

export const DEMAND = "demand";
const MARKET = "market";
const NOBODY = "nobody";

/**
 * The segments of a coverage as a flow. Times are left out: each segment weighs by its count, so that one of a week and one of a month
 * that follow on each other are two in it.
 */
export function flowOf(segments: readonly Segment[], nameOf: (party: string) => string): Flow {
  const nodes = new Map<string, FlowNode>();
  const links = new Map<string, FlowLink>();
  const into = (id: string, label: string, column: 0 | 1 | 2, count: number): void => {
    const before = nodes.get(id)?.count ?? 0;
    nodes.set(id, { id, label, column, count: before + count });
  };
  const between = (from: string, to: string, layer: Layer, count: number): void => {
    const key = `${from} ${to} ${layer}`;
    links.set(key, { from, to, layer, count: (links.get(key)?.count ?? 0) + count });
  };
  for (const { layer, party, host, count } of segments) {
    const [id, label] = sellerOf(layer, party, nameOf);
    into(DEMAND, "Demand", 0, count);
    into(id, label, 1, count);
    between(DEMAND, id, layer, count);
    if (host === undefined) continue;
    into(`host ${host}`, nameOf(host), 2, count);
    between(id, `host ${host}`, layer, count);
  }
  return { nodes: [...nodes.values()], links: [...links.values()] };
}

function sellerOf(
  layer: Layer,
  party: string | undefined,
  nameOf: (party: string) => string,
): readonly [string, string] {
  if (party !== undefined) return [`party ${party}`, nameOf(party)];
  return layer === "market" ? [MARKET, "Market"] : [NOBODY, "Nobody so far"];
}

/** The flow as an indented list: for narrow screens, and for those who read it. */
export interface FlowEntry {
  readonly label: string;
  readonly count: number;
  readonly layer?: Layer;
  readonly under: readonly FlowEntry[];
}

export function flowList({ nodes, links }: Flow): readonly FlowEntry[] {
  const label = new Map(nodes.map((node) => [node.id, node.label]));
  const below = (from: string): readonly FlowEntry[] =>
    links
      .filter((link) => link.from === from)
      .map(({ to, layer, count }) => ({ label: label.get(to) ?? to, count, layer, under: hostsOf(to, layer) }));
  // A seller's hosts stand under what it passes through, not under what it runs itself.
  const hostsOf = (seller: string, layer: Layer): readonly FlowEntry[] =>
    below(seller).filter((entry) => entry.layer === layer);
  return nodes
    .filter(({ column }) => column === 0)
    .map(({ id, count }) => ({ label: "Demand", count, under: below(id) }));
}
