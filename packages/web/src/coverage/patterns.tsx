import { useId } from "react";
import type { Layer } from "./segments.ts";

/** How each layer is drawn, so that none is told by colour alone: full, hatched, outlined, dotted, empty. */
const INK: Readonly<Record<Layer, string>> = {
  accepted: "var(--secured)",
  through: "var(--secured)",
  asked: "var(--waiting)",
  market: "var(--waiting)",
  open: "var(--neutral)",
};

/** Patterns of one chart; its own ids, since a page may have several. */
export function usePatterns() {
  const id = useId();
  return {
    fillOf: (layer: Layer): string => (layer === "accepted" ? "var(--secured-fill)" : `url(#${id}${layer})`),
    lineOf: (layer: Layer) => ({ stroke: INK[layer], strokeDasharray: DASH[layer] }),
    defs: <PatternDefs id={id} />,
  };
}

const DASH: Readonly<Record<Layer, string | undefined>> = {
  accepted: undefined,
  through: undefined,
  asked: "4 3",
  market: "1.5 2.5",
  open: "1 3",
};

function PatternDefs({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={`${id}through`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--secured-ground)" />
        <rect width="2.5" height="6" fill="var(--secured-fill)" />
      </pattern>
      <pattern id={`${id}asked`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill="var(--waiting-ground)" />
      </pattern>
      <pattern id={`${id}market`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="var(--panel)" />
        <circle cx="1.5" cy="1.5" r="0.9" fill="var(--waiting)" opacity="0.55" />
      </pattern>
      <pattern id={`${id}open`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill="var(--panel)" />
      </pattern>
    </defs>
  );
}

/** A swatch for the legend, drawn as in the chart. */
export function Swatch({ layer }: { readonly layer: Layer }) {
  const { defs, fillOf, lineOf } = usePatterns();
  return (
    <svg width="14" height="10" aria-hidden="true" className="inline-block">
      {defs}
      <rect x="0.5" y="0.5" width="13" height="9" fill={fillOf(layer)} {...lineOf(layer)} />
    </svg>
  );
}
