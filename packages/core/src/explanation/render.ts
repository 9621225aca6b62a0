import { deadlineText as clockOf, parseZone, type ZoneId } from "../calendar/index.ts";
import type { Deadline, Explanation, Step } from "./explanation.ts";
import { FirstAppearances } from "./words.ts";

export interface RenderOptions {
  /** Wall clock for deadlines; the zone that each deadline was counted in when absent. */
  readonly zone?: ZoneId;
  /** Words explained so far, where several explanations are read one after the other; none when absent. */
  readonly words?: FirstAppearances;
  /** False where whoever shows the explanation tells the caveats elsewhere. */
  readonly caveats?: boolean;
}

const BULLETS = ["*", "-", "·"] as const;

/** The explanation as indented text. Every word that is not of the first hour is explained under the line where it first stands. */
export function renderText(explanation: Explanation, options: RenderOptions = {}): string {
  const words = options.words ?? new FirstAppearances();
  const lines: string[] = [];
  const write = (bullet: string, indent: string, text: string): void => {
    lines.push(`${indent}${bullet}${text}`);
    const under = indent + " ".repeat(bullet.length);
    for (const { word, meaning } of words.take(text)) lines.push(`${under}(${word}: ${meaning})`);
  };
  const writeStep = (step: Step, depth: number): void => {
    const bullet = `${BULLETS[Math.min(depth, BULLETS.length - 1)]} `;
    write(bullet, "  ".repeat(depth), stepText(step, options));
    for (const child of step.children) writeStep(child, depth + 1);
  };
  write("", "", explanation.title);
  for (const step of explanation.steps) writeStep(step, 0);
  const caveats = options.caveats === false ? [] : explanation.caveats;
  if (caveats.length > 0) write("", "", "what this rests on and nobody has confirmed");
  for (const caveat of caveats) write("! ", "", caveat.text);
  return `${lines.join("\n")}\n`;
}

function stepText(step: Step, options: RenderOptions): string {
  if (step.deadline === undefined) return step.text;
  return `${step.text}; ${deadlineText(step.deadline, options)}`;
}

function deadlineText({ label, at, utc, zone: counted, skipped }: Deadline, options: RenderOptions): string {
  const zone = options.zone ?? parseZone(counted);
  const when = zone === undefined ? utc : clockOf(zone, at);
  const days = skippedText(skipped);
  return `${label} ${when}${days === "" ? "" : `, ${days} not counted`}`;
}

/** Weekends by their number, holidays by name: "4 weekend days and Thu 26 Nov 2026 Thanksgiving Day". */
function skippedText(skipped: readonly string[]): string {
  const holidays = skipped.filter((day) => !day.endsWith(" weekend"));
  const weekend = skipped.length - holidays.length;
  const parts = weekend === 0 ? holidays : [`${weekend} weekend day${weekend === 1 ? "" : "s"}`, ...holidays];
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
