import { formatInstant, type Instant } from "../kernel/index.ts";
import type { Audience, Caveat, ClauseRef, Deadline, Explanation, Step } from "./explanation.ts";
import { VOCABULARY } from "./explanation.ts";
import { spoken } from "./moments.ts";
import { FirstAppearances } from "./words.ts";

/** What a step is made of; its place is known when all are there. */
export interface StepParts {
  readonly rules?: readonly string[];
  readonly clause?: ClauseRef;
  readonly facts?: readonly string[];
  readonly verdict?: string;
  readonly deadline?: Deadline;
}

/** A deadline with its instant in both forms. */
export function deadline(label: string, at: Instant, zone: string, skipped: readonly string[] = []): Deadline {
  return { label, at, utc: formatInstant(at), zone, skipped };
}

/** A step under construction: children may still come. */
export class StepDraft {
  readonly children: StepDraft[] = [];
  private readonly code: string;
  private readonly text: string;
  private parts: StepParts;

  constructor(code: string, text: string, parts: StepParts) {
    this.code = code;
    this.text = text;
    this.parts = parts;
  }

  add(code: string, text: string, parts: StepParts = {}): StepDraft {
    const child = new StepDraft(code, text, parts);
    this.children.push(child);
    return child;
  }

  drop(child: StepDraft): void {
    this.children.splice(this.children.indexOf(child), 1);
  }

  /** What became known of the step later. */
  set(parts: StepParts): void {
    this.parts = { ...this.parts, ...parts };
  }

  /** What the last child came out as. */
  lastVerdict(): string | undefined {
    return this.children.at(-1)?.parts.verdict;
  }

  finish(id: string, zone: string): Step {
    const { rules = [], facts = [], ...rest } = this.parts;
    const children = this.children.map((child, index) => child.finish(`${id}.${index + 1}`, zone));
    const { text, utc } = spoken(this.text, zone);
    return { id, code: this.code, rules, facts, ...rest, text, utc, children };
  }
}

/** An explanation under construction. */
export class ExplanationDraft {
  readonly root = new StepDraft("explanation", "", {});
  private readonly caveats = new Map<string, Caveat>();
  private readonly audience: Audience;
  private readonly subject: string;
  title: string;

  constructor(audience: Audience, subject: string, title: string) {
    this.audience = audience;
    this.subject = subject;
    this.title = title;
  }

  add(code: string, text: string, parts: StepParts = {}): StepDraft {
    return this.root.add(code, text, parts);
  }

  /** Each caveat is given once. */
  caveat(code: Caveat["code"], text: string, names?: readonly string[]): void {
    if (!this.caveats.has(text)) this.caveats.set(text, { code, text, ...(names === undefined ? {} : { names }) });
  }

  /** @param zone on whose clock instants are told that no clause has a zone for */
  finish(zone: string): Explanation {
    const { audience, subject } = this;
    const title = spoken(this.title, zone).text;
    const steps = this.root.children.map((child, index) => child.finish(String(index + 1), zone));
    const caveats = [...this.caveats.values()];
    const words = new FirstAppearances();
    const texts = [title, ...steps.flatMap(textsOf), ...caveats.map((caveat) => caveat.text)];
    return {
      vocabulary: VOCABULARY,
      audience,
      subject,
      title,
      steps,
      caveats,
      words: texts.flatMap((text) => words.take(text)),
    };
  }
}

function textsOf(step: Step): string[] {
  return [step.text, ...step.children.flatMap(textsOf)];
}
