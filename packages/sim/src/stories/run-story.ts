import type { Evidence } from "@offtake/core/agreements";
import type { BookEvent, Offer, Rejection } from "@offtake/core/book";
import type { Instant } from "@offtake/core/kernel";
import type { RecordRef, StoryDocument, StoryElement } from "@offtake/wire/stories";
import type { Chronicle } from "../cases/chronicle.ts";
import { expectedText } from "../cases/failure.ts";
import { judge } from "../cases/judge.ts";
import { type Play, playScript } from "../cases/play-script.ts";
import type { CaseFailure } from "../cases/result.ts";
import type { Scene } from "../cases/scene.ts";

/** What became of one element of the news. It is found out by the run. */
export type ElementState = "runs" | "recorded" | "not yet";

export interface ElementReport {
  readonly quote: string;
  readonly object: string;
  readonly state: ElementState;
  /** What should have shown it and did not hold. */
  readonly missing: readonly string[];
  /** Where what is recorded comes from. */
  readonly evidence: readonly Evidence[];
}

export interface StepReport {
  readonly number: number;
  readonly at: Instant;
  readonly by: string;
  readonly verb: string;
  readonly note?: string;
  readonly evidence?: Evidence;
  readonly rejection?: Rejection;
  /** What time brought about before the step, and what the step did. */
  readonly events: readonly BookEvent[];
}

export interface StoryRun {
  readonly story: StoryDocument;
  readonly steps: readonly StepReport[];
  readonly elements: readonly ElementReport[];
  readonly failures: readonly CaseFailure[];
  readonly expectations: number;
  readonly chronicle: Chronicle;
  readonly play: Play;
}

export interface StoryOptions {
  readonly offers?: readonly Offer[];
  /** Called after each step, for whoever shows how far it is. */
  readonly onStep?: (step: StepReport) => void;
}

/** Plays a story to its end, and finds out which elements of the news run in it. */
export function runStory(story: StoryDocument, { offers = [], onStep }: StoryOptions = {}): StoryRun {
  const steps: StepReport[] = [];
  let expectations = 0;
  const { play, failures, end } = playScript(story, offers, {
    hold: () => {
      expectations += 1;
    },
    step: (step, scene) => {
      const { number, at, by, verb, note, evidence } = step;
      const report: StepReport = {
        number,
        at,
        by,
        verb,
        ...(note === undefined ? {} : { note }),
        ...(evidence === undefined ? {} : { evidence }),
        ...(scene.rejection === undefined ? {} : { rejection: scene.rejection }),
        events: scene.chronicle.events.slice(scene.stepFrom),
      };
      steps.push(report);
      onStep?.(report);
    },
  });
  const elements = story.elements.map((element) => elementReport(element, story, end));
  return { story, steps, elements, failures, expectations, chronicle: play.chronicle, play };
}

function elementReport(element: StoryElement, story: StoryDocument, end: Scene): ElementReport {
  const { quote, object, shown, recorded } = element;
  const missing = shown.flatMap((expectation) => {
    const happened = judge(expectation, end);
    return happened === undefined ? [] : [`${expectedText(expectation)}: ${happened}`];
  });
  const evidence = recorded.map((ref) => evidenceOf(ref, story, end.chronicle));
  const isRecorded = evidence.length > 0 && evidence.every((item) => item !== undefined);
  const state = shown.length > 0 && missing.length === 0 ? "runs" : isRecorded ? "recorded" : "not yet";
  return { quote, object, state, missing, evidence: evidence.filter((item) => item !== undefined) };
}

/** The evidence of a record, or of a clause that is on record in the book. */
function evidenceOf(ref: RecordRef, story: StoryDocument, chronicle: Chronicle): Evidence | undefined {
  if ("record" in ref) return story.records.find((record) => record.id === ref.record)?.evidence;
  const versions = chronicle.agreements.get(ref.agreement)?.versions ?? [];
  return versions.flatMap(({ agreement }) => agreement.clauses).findLast((clause) => clause.id === ref.clause)
    ?.evidence;
}
