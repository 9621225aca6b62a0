import type { BookEvent } from "@offtake/core/book";
import { formatInstant } from "@offtake/core/kernel";
import type { Origin } from "@offtake/wire/source";
import { AUDITOR, explanationLines, explanationsFor } from "./explanation.ts";
import type { Expected } from "./judge.ts";
import type { CaseFailure } from "./result.ts";
import { eventsOfStep, type Scene } from "./scene.ts";
import { writtenAs } from "./written.ts";

const LINES_MAX = 30;

/** An expectation in one line, as the case writes it. */
export function expectedText({ kind, fields, negated }: Expected): string {
  if (kind === "rejected") return `rejected: ${String(fields["code"])}`;
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${writtenAs(value)}`);
  const text = `${kind}: {${parts.join(", ")}}`;
  return negated ? `not ${text}` : text;
}

/** @param about the request that it is about, where that is known */
export function failureAt(
  origin: Origin,
  scene: Scene,
  expected: string,
  happened: string,
  about?: string,
): CaseFailure {
  const { file, line, column } = origin;
  const explanation = scene.isStep ? stepLines(scene) : endLines(scene, about);
  return { expected, happened, when: scene.when, explanation, file, line, column };
}

/** The request that an expectation names; the only one where it names none and there is but one. */
export function requestIn({ kind, fields }: Expected, { chronicle }: Scene): string | undefined {
  const named = kind === "request" ? fields["id"] : fields["request"];
  if (typeof named === "string") return named;
  const [only, other] = chronicle.requests.keys();
  return other === undefined ? only : undefined;
}

/** How the request came out and why, as its keeper is told; the record itself where nothing can be explained. */
function endLines(scene: Scene, about: string | undefined): readonly string[] {
  const explained = about === undefined ? [] : explanationsFor(scene, AUDITOR, about);
  const lines = explained.flatMap(explanationLines);
  return lines.length === 0 ? stepLines(scene) : lines.slice(0, LINES_MAX);
}

/** What the broker recorded in the step; at the end all of it, without the setting up of the world. */
function stepLines(scene: Scene): string[] {
  const { events: all } = scene.chronicle;
  const begun = Math.max(
    0,
    all.findIndex(({ type }) => type === "requestSubmitted"),
  );
  const events = scene.isStep ? eventsOfStep(scene) : all.slice(begun);
  const lines = events.slice(0, LINES_MAX).map(eventLine);
  const more = events.length - lines.length;
  const refused =
    scene.rejection === undefined ? [] : [`rejected with ${scene.rejection.code}: ${scene.rejection.detail}`];
  return [...lines, ...(more > 0 ? [`... and ${more} more events`] : []), ...refused];
}

const GENERATED_ID = /^[a-z]{3}_[0-9a-z]{20}$/;

/** An event in one line: its type and what a reader knows it by; ids that the run gave are left out. */
export function eventLine(event: BookEvent): string {
  const { type, at, ...rest } = event;
  return `${formatInstant(at)} ${type} ${namesIn(rest).join(", ")}`.trimEnd();
}

/** Values that identify: those of the event itself, and those of the one thing that it is about. */
const SUBJECTS = [
  "notice",
  "clearance",
  "lot",
  "bid",
  "award",
  "answer",
  "agreement",
  "tender",
  "evaluation",
  "request",
] as const;
const SHOWN = new Set([
  "holder",
  "kind",
  "count",
  "status",
  "why",
  "reason",
  "verdict",
  "bidder",
  "provider",
  "request",
  "respondBy",
  "label",
  "by",
  "id",
  "outcome",
  "awarded",
  "channel",
  "round",
]);

function namesIn(value: Readonly<Record<string, unknown>>): string[] {
  const own = Object.entries(value)
    .filter(([key, item]) => (SHOWN.has(key) || typeof item !== "object") && isShort(item))
    .map(([key, item]) => `${key} ${writtenAs(item)}`);
  const inner = SUBJECTS.flatMap((subject) => {
    const thing = value[subject];
    if (typeof thing !== "object" || thing === null) return [];
    return Object.entries(thing)
      .filter(([key, item]) => SHOWN.has(key) && isShort(item))
      .map(([key, item]) => `${key} ${writtenAs(item)}`);
  });
  return [...inner, ...own];
}

function isShort(item: unknown): boolean {
  if (typeof item === "string") return item.length <= 60 && !GENERATED_ID.test(item);
  return typeof item === "number" || typeof item === "boolean";
}
