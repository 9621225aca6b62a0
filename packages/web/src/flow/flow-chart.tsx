import { countText } from "../amounts/counts.ts";
import { Swatch, usePatterns } from "../coverage/patterns.tsx";
import { LAYER_WORD, type Layer } from "../coverage/segments.ts";
import { useWidth } from "../surface/use-width.ts";
import { type Flow, type FlowEntry, flowList } from "./flow.ts";
import { layoutOf } from "./layout.ts";

/** Narrower than this the flow is a list: labels would no longer fit. */
const NARROW_PX = 420;

/** Where the accelerators come from, left to right; a list on narrow screens and for those who read it. */
export function FlowChart({ flow }: { readonly flow: Flow }) {
  const [place, width] = useWidth<HTMLDivElement>();
  const isNarrow = width < NARROW_PX;
  return (
    <div ref={place}>
      {isNarrow ? undefined : <Drawing flow={flow} width={width} />}
      <div className={isNarrow ? "" : "sr-only"}>
        <List entries={flowList(flow)} />
      </div>
    </div>
  );
}

const DASHED: ReadonlySet<Layer> = new Set(["asked", "market", "open"]);

function Drawing({ flow, width }: { readonly flow: Flow; readonly width: number }) {
  const { defs, fillOf, lineOf } = usePatterns();
  const { nodes, links, height } = layoutOf(flow, width);
  return (
    <svg width={width} height={height} aria-hidden="true" className="block max-w-full text-xs">
      {defs}
      {links.map(({ key, path, layer, labelX, labelY, count }) => (
        <g key={key}>
          <title>{`${countText(count)} ${LAYER_WORD[layer]}`}</title>
          <path
            d={path}
            fill={fillOf(layer)}
            opacity={DASHED.has(layer) ? 1 : 0.3}
            {...lineOf(layer)}
            strokeWidth="1"
          />
          <text x={labelX} y={labelY} dominantBaseline="central" fill="var(--ink)" className="haloed">
            {countText(count)}
          </text>
        </g>
      ))}
      {nodes.map(({ id, label, x, y, height: tall, isEnd }) => (
        <g key={id}>
          <rect x={x} y={y} width="6" height={Math.max(2, tall)} rx="1" fill="var(--ink-soft)" />
          <text
            x={isEnd ? x + 12 : x}
            y={isEnd ? y + tall / 2 : y - 8}
            dominantBaseline="central"
            fill="var(--ink)"
            className="font-medium"
          >
            {label}
          </text>
        </g>
      ))}
    </svg>
  );
}

function List({ entries }: { readonly entries: readonly FlowEntry[] }) {
  return (
    <ul className="space-y-1">
      {entries.map(({ label, count, layer, under }) => (
        <li key={`${label} ${layer ?? ""}`}>
          <span className="flex items-center gap-2">
            {layer === undefined ? undefined : <Swatch layer={layer} />}
            <span>{label}</span>
            <span className="font-medium">{countText(count)}</span>
            {layer === undefined ? undefined : <span className="text-ink-soft">{LAYER_WORD[layer]}</span>}
          </span>
          {under.length === 0 ? undefined : (
            <div className="mt-1 border-l border-line pl-4">
              <List entries={under} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
