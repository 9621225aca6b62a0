import { scaleLinear, scaleUtc } from "d3-scale";
import { offsetMs, shownAt } from "../clock/zoned.ts";
import { dayText } from "@offtake/core/calendar";
import { countText } from "../amounts/counts.ts";
import type { Step } from "./profile.ts";
import { topOf } from "./profile.ts";

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Axes {
  readonly x: (at: number) => number;
  readonly y: (count: number) => number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A label of the time axis has about so much room, in px. */
const LABEL_PX = 76;

/** Where instants and counts stand in the frame of the chart, and what is written along it. Days are those of the zone. */
export function axesOf(steps: readonly Step[], frame: Frame, zone: string): Axes {
  const from = steps[0]?.from ?? 0;
  const to = steps.at(-1)?.to ?? from + 1;
  const range = [frame.left, frame.width - frame.right];
  const time = scaleUtc([from, to], range);
  // Ticks stand at midnights of the zone: they are looked for on its own clock, and put back.
  const offset = offsetMs(zone, from);
  const local = scaleUtc([from + offset, to + offset], range);
  const top = Math.max(1, topOf(steps));
  const count = scaleLinear([0, top], [frame.height - frame.bottom, frame.top]);
  const wanted = Math.max(2, Math.floor((frame.width - frame.left - frame.right) / LABEL_PX));
  return {
    x: (at) => time(at),
    y: (value) => count(value),
    xTicks: local.ticks(Math.min(wanted, 8)).map((date) => {
      const at = date.getTime() - offsetMs(zone, date.getTime() - offset);
      return { at, text: tickText(at, to - from, zone) };
    }),
    yTicks: count
      .ticks(4)
      .filter(Number.isInteger)
      .map((value) => ({ at: value, text: countText(value) })),
  };
}

const DAY = 86_400_000;

/** "1 May" over weeks and months, "May 2026" over years, "14:00" within days. */
function tickText(at: number, length: number, zone: string): string {
  const { epochDay, msOfDay } = shownAt(zone, at);
  const [, day = "", month = "", year = ""] = dayText(epochDay).split(" ");
  if (length > 600 * DAY) return `${month} ${year}`;
  if (length > 3 * DAY) return `${day} ${month}`;
  return `${String(Math.floor(msOfDay / 3_600_000)).padStart(2, "0")}:00`;
}
