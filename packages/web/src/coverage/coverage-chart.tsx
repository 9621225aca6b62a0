import { useState } from "react";
import { ToggleButton } from "react-aria-components";
import { countText } from "../amounts/counts.ts";
import { momentText } from "../clock/zoned.ts";
import { zoneOf } from "../clock/three-zones.ts";
import { useViewing } from "../clock/viewing.ts";
import { useWidth } from "../surface/use-width.ts";
import { type Axes, axesOf, type Frame } from "./axes.ts";
import { CoverageTable } from "./coverage-table.tsx";
import { labelOf } from "./labels.ts";
import { Swatch, usePatterns } from "./patterns.tsx";
import { type Bar, barsOf, type Part, profileOf, type Step } from "./profile.ts";
import { type Coverage, type Layer, LAYER_WORD, LAYERS, type LayerWords } from "./segments.ts";
import { coverageSentence } from "./sentence.ts";

interface CoverageChartProps {
  readonly coverage: Coverage;
  readonly nameOf: (party: string) => string;
  readonly height?: number;
  /** What the line above the bars is; "asked for" when absent. */
  readonly demandWord?: string;
  /** Said in place of how much of the demand is covered, where the picture is of something else. */
  readonly sentence?: string;
  /** What layers are called, where they are something else than parts of a request. */
  readonly words?: Partial<Readonly<Record<Layer, string>>>;
}

/**
 * Capacity over time: the height of a bar is accelerators, stacked by how sure they are, under the line of what is asked for. The same
 * numbers stand in a table, and in one sentence.
 */
export function CoverageChart({
  coverage,
  nameOf,
  height = 220,
  demandWord = "asked for",
  ...others
}: CoverageChartProps) {
  const words: LayerWords = { ...LAYER_WORD, ...others.words };
  const [isTable, setTable] = useState(false);
  const steps = profileOf(coverage);
  const layers = LAYERS.filter((layer) => steps.some(({ parts }) => parts.some((part) => part.layer === layer)));
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex items-start justify-between gap-4">
        <p>{others.sentence ?? coverageSentence(steps)}</p>
        {steps.length === 0 ? undefined : (
          <ToggleButton
            isSelected={isTable}
            onChange={setTable}
            className="shrink-0 cursor-pointer rounded border border-line px-2 py-0.5 text-xs text-ink-soft hover:bg-hover data-[selected]:bg-selected data-[selected]:text-ink print:hidden"
          >
            Table
          </ToggleButton>
        )}
      </figcaption>
      {steps.length === 0 ? undefined : isTable ? (
        <CoverageTable
          steps={steps}
          nameOf={nameOf}
          demandWord={demandWord}
          words={words}
          hasMissing={others.sentence === undefined}
        />
      ) : (
        <>
          <Drawing steps={steps} nameOf={nameOf} height={height} words={words} />
          <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft">
            {layers.map((layer) => (
              <li key={layer} className="flex items-center gap-1.5">
                <Swatch layer={layer} /> {words[layer]}
              </li>
            ))}
            <li className="flex items-center gap-1.5">
              <svg width="14" height="10" aria-hidden="true">
                <path d="M0 5H14" stroke="var(--ink)" strokeWidth="2" />
              </svg>
              {demandWord}
            </li>
          </ul>
        </>
      )}
    </figure>
  );
}

interface DrawingProps {
  readonly steps: readonly Step[];
  readonly nameOf: (party: string) => string;
  readonly height: number;
  readonly words: LayerWords;
}

/** The picture is for the eyes: the table beside it carries the same for everybody else. */
function Drawing({ steps, nameOf, height, words }: DrawingProps) {
  const [place, width] = useWidth<HTMLDivElement>();
  const { choice, zones } = useViewing();
  const { defs, fillOf, lineOf } = usePatterns();
  const frame: Frame = { width, height, left: 44, right: 8, top: 14, bottom: 22 };
  const zone = zoneOf(choice, zones);
  const axes = axesOf(steps, frame, zone);
  return (
    <div ref={place}>
      <svg width={width} height={height} aria-hidden="true" className="block max-w-full overflow-visible text-xs">
        {defs}
        <Grid axes={axes} frame={frame} />
        {barsOf(steps).map((bar) => {
          const box = boxOf(bar, axes);
          return (
            <g key={`${bar.from} ${bar.layer} ${bar.party ?? ""} ${bar.host ?? ""}`}>
              <title>{`${labelOf(bar, nameOf, words)}: ${countText(bar.count)}\n${momentText(zone, bar.from)} → ${momentText(zone, bar.to)}`}</title>
              <rect {...box} rx="1.5" fill={fillOf(bar.layer)} {...lineOf(bar.layer)} strokeWidth="1" />
              <Label box={box} part={bar} text={`${labelOf(bar, nameOf, words)} ${countText(bar.count)}`} />
            </g>
          );
        })}
        <path d={demandPath(steps, axes)} fill="none" stroke="var(--ink)" strokeWidth="2" />
      </svg>
    </div>
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf({ from, to, below, count }: Bar, { x, y }: Axes): Box {
  const left = x(from);
  const top = y(below + count);
  return {
    x: left + 0.5,
    y: top + 0.5,
    width: Math.max(1, x(to) - left - 1),
    height: Math.max(1, y(below) - top - 1.5),
  };
}

/** A direct label where there is room for it: parties are told apart by their names, not by hue. */
function Label({ box, part, text }: { readonly box: Box; readonly part: Part; readonly text: string }) {
  if (box.height < 15 || box.width < text.length * 6.4 + 16) return undefined;
  const isFull = part.layer === "accepted";
  const middle = box.y + box.height / 2;
  return (
    <>
      {isFull ? undefined : (
        <rect
          x={box.x + 5}
          y={middle - 8}
          width={text.length * 6.4 + 6}
          height="16"
          rx="3"
          fill="var(--panel)"
          opacity="0.92"
        />
      )}
      <text
        x={box.x + 8}
        y={middle}
        dominantBaseline="central"
        fill={isFull ? "var(--on-secured-fill)" : "var(--ink)"}
        className="font-medium"
      >
        {text}
      </text>
    </>
  );
}

function Grid({ axes, frame }: { readonly axes: Axes; readonly frame: Frame }) {
  const right = frame.width - frame.right;
  const ground = frame.height - frame.bottom;
  return (
    <g fill="var(--ink-soft)">
      {axes.yTicks.map(({ at, text }) => (
        <g key={at}>
          <path d={`M${frame.left} ${axes.y(at)}H${right}`} stroke="var(--line)" />
          <text x={frame.left - 6} y={axes.y(at)} dominantBaseline="central" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {axes.xTicks.map(({ at, text }, index) => (
        <g key={at}>
          <path d={`M${axes.x(at)} ${ground}v4`} stroke="var(--line-strong)" />
          {index === 0 && isCrowded(axes, frame) ? undefined : (
            <text x={axes.x(at)} y={ground + 15} textAnchor={anchorAt(axes.x(at), frame)}>
              {text}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** So much room a label needs from where it begins, in px. */
const APART_PX = 64;

/** The first label is moved inside the picture: there it may come too near to the second one, which then stands alone. */
function isCrowded({ x, xTicks: [first, second] }: Axes, frame: Frame): boolean {
  if (first === undefined || second === undefined || anchorAt(x(first.at), frame) !== "start") return false;
  return x(second.at) - x(first.at) < APART_PX;
}

/** The first and the last label stay inside the picture. */
function anchorAt(x: number, frame: Frame): "start" | "middle" | "end" {
  if (x - frame.left < 20) return "start";
  return frame.width - frame.right - x < 20 ? "end" : "middle";
}

/** A line that goes up and down with what is asked for; where nothing is, there is none. */
function demandPath(steps: readonly Step[], { x, y }: Axes): string {
  let path = "";
  let end = Number.NaN;
  for (const { from, to, demand } of steps) {
    if (demand === 0) continue;
    path += end === from ? `V${y(demand)}H${x(to)}` : `M${x(from)} ${y(demand)}H${x(to)}`;
    end = to;
  }
  return path;
}
