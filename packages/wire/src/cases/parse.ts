import type { Instant } from "@offtake/core/kernel";
import type { z } from "zod";
import { readEvidence } from "../agreements/index.ts";
import { type Book, bookOfTree, joinBook, joinTree, type SourceOptions } from "../book/index.ts";
import { inReadingOrder, type Parsed, type Problem } from "../problems/index.ts";
import { type ReadingContext, Report, validate } from "../shape/index.ts";
import {
  childOf,
  locate,
  type MapNode,
  type Origin,
  type Path,
  readSource,
  type ScalarNode,
  type SourceFile,
  type SourceNode,
} from "../source/index.ts";
import { type CaseFile, caseFile } from "./document.ts";
import { withAgreementFiles } from "./agreement-files.ts";
import { applyEdits } from "./edit.ts";
import type { Expectation } from "./expectation.ts";
import type { ExpectationDocument } from "./expectation-document.ts";
import type { CaseDocument, Step } from "./model.ts";
import { readExpectation } from "./read-expectation.ts";
import { isRejected } from "./read-request-step.ts";
import { readAction } from "./read-step.ts";
import { Script } from "./script.ts";
import type { StepDocument } from "./step-document.ts";

/**
 * Reads a case file (`schema: offtake/case@1`) with the world that it names or holds. Its changes are applied to the text of
 * the world before that is read, so that what is wrong with a change is told at the line of the case.
 */
export function parseCase(file: SourceFile, options: SourceOptions = {}): Parsed<CaseDocument> {
  const reading = readPlayed(file, caseFile, options, () => undefined);
  if (!reading.ok) return reading;
  const { document, world, script, expect, origin } = reading.value;
  const { id, title, why, tags } = document;
  return { ok: true, value: { id, title, why, tags: tags ?? [], world, script, expect, origin } };
}

/** The keys that every document with a world and a script has. */
type PlayedFile = Pick<CaseFile, "world" | "change" | "script" | "expect">;

/** A document with a world and a script, read; `more` is what its kind has besides. */
export interface Played<Document, More> {
  readonly document: Document;
  readonly world: Book;
  readonly script: readonly Step[];
  readonly expect: readonly Expectation[];
  readonly more: More;
  readonly origin: Origin;
}

/** What the kind of a document needs to read the keys of its own, when all names of world and script are known. */
export interface PlayedContext {
  readonly context: ReadingContext;
  readonly report: Report;
  /** The document as written, also what of it could not be read. */
  readonly written: SourceNode;
  readonly expectations: (documents: readonly ExpectationDocument[], path: Path) => Expectation[];
}

/** Reads a document that plays: its world, its script, and by `more` whatever else its kind says. */
export function readPlayed<Document extends PlayedFile, More>(
  file: SourceFile,
  schema: z.ZodType<Document>,
  options: SourceOptions,
  more: (document: Document, context: PlayedContext) => More,
): Parsed<Played<Document, More>> {
  const { root, problems } = readSource(file, options.limits);
  if (root === undefined) return { ok: false, problems };
  const opened = withAgreementFiles(withoutInlineWorld(root), options);
  const report = new Report(opened.root, [...problems, ...opened.problems]);
  const { value, root: readable } = validate(schema, opened.root, report);
  report.continueWith(readable);
  if (value === undefined) return { ok: false, problems: report.problems };
  return new PlayedReader(value, readable, root, report, options).read(more);
}

/** A world in place is read later, with its changes: here a word stands for it. */
function withoutInlineWorld(root: SourceNode): SourceNode {
  const world = root.kind === "map" ? root.entries.get("world") : undefined;
  if (root.kind !== "map" || world?.node.kind !== "map") return root;
  const word: ScalarNode = { kind: "scalar", value: "in place", origin: world.node.origin };
  return { ...root, entries: new Map([...root.entries, ["world", { ...world, node: word }]]) };
}

class PlayedReader<Document extends PlayedFile> {
  private readonly document: Document;
  private readonly root: SourceNode;
  private readonly written: SourceNode;
  private readonly report: Report;
  private readonly options: SourceOptions;

  constructor(document: Document, root: SourceNode, written: SourceNode, report: Report, options: SourceOptions) {
    this.document = document;
    this.root = root;
    this.written = written;
    this.report = report;
    this.options = options;
  }

  read<More>(more: (document: Document, context: PlayedContext) => More): Parsed<Played<Document, More>> {
    const { document, report } = this;
    const { root: world, problems } = this.openWorld();
    if (world === undefined) return this.failed(problems);
    const edited = applyEdits(world, document.change ?? [], this.root, ["change"], report);
    const { book, tree, problems: bookProblems } = bookOfTree(edited, problems);
    if (book === undefined || tree === undefined) return this.failed(bookProblems);
    const script = new Script(book, tree, edited, this.root, report);
    const steps = this.readScript(script);
    const expect = this.readExpectations(document.expect ?? [], ["expect"], script, false, true);
    const expectations: PlayedContext["expectations"] = (documents, path) =>
      this.readExpectations(documents, path, script, false, true);
    const own = more(document, { context: script.context, report, written: this.written, expectations });
    if (bookProblems.length > 0 || !report.isClean) return this.failed(bookProblems);
    const { origin } = this.root;
    return { ok: true, value: { document, world: book, script: steps, expect, more: own, origin } };
  }

  private failed(others: readonly Problem[]): { ok: false; problems: readonly Problem[] } {
    return { ok: false, problems: inReadingOrder([...this.report.problems, ...others]) };
  }

  private openWorld(): { root: MapNode | undefined; problems: readonly Problem[] } {
    const worldNode = childOf(this.written, "world");
    if (worldNode?.kind === "map") return joinTree(worldNode, this.options);
    const { world } = this.document;
    const reference = typeof world === "string" ? world : "";
    const files = this.options.resolve?.(reference, this.root.origin.file);
    if (files === undefined || files.length === 0) {
      this.report.add(["world"], "file_not_found", `there is no world \`${reference.slice(0, 200)}\``, {
        expected: "a path from this file, or a book in place",
      });
      return { root: undefined, problems: [] };
    }
    return joinBook(files, this.options);
  }

  private readScript(script: Script): Step[] {
    let last = Number.NEGATIVE_INFINITY as Instant;
    return this.document.script.flatMap((step, index) => {
      const path = ["script", index];
      script.number = index + 1;
      if (step.at < last && !isRejected(step)) {
        this.report.add([...path, "at"], "time_runs_backwards", "this is earlier than the step before it", {
          expected: "steps in the order of their times",
        });
      }
      last = Math.max(last, step.at) as Instant;
      return this.readStep(step, path, script) ?? [];
    });
  }

  private readStep(step: StepDocument, path: Path, script: Script): Step | undefined {
    const { at, by, do: verb, key, receivedAt, note, evidence, expect } = step;
    if (by !== undefined) script.context.checkName("party", by, [...path, "by"]);
    if (by === undefined && NEEDS_ACTOR.has(verb)) {
      this.report.add([...path, "by"], "missing_key", "this is missing", { expected: "the party that does it" });
    }
    const action = readAction(step, path, script);
    const expected = expect === undefined ? [] : Array.isArray(expect) ? expect : [expect];
    const expectations = this.readExpectations(expected, [...path, "expect"], script, true, Array.isArray(expect));
    if (action === undefined) return undefined;
    return {
      number: script.number,
      at,
      by: script.actor(step),
      verb,
      action,
      ...(key === undefined ? {} : { key }),
      ...(receivedAt === undefined ? {} : { receivedAt }),
      ...(note === undefined ? {} : { note }),
      ...(evidence === undefined ? {} : { evidence: readEvidence(evidence) }),
      expect: expectations,
      origin: locate(this.root, path).origin,
    };
  }

  private readExpectations(
    documents: readonly ExpectationDocument[],
    path: Path,
    script: Script,
    atStep: boolean,
    isList: boolean,
  ): Expectation[] {
    return documents.flatMap(
      (document, index) =>
        readExpectation(document, isList ? [...path, index] : path, script.context, this.root, atStep) ?? [],
    );
  }
}

/** Verbs of parties other than the keeper: who does it must be said. */
const NEEDS_ACTOR: ReadonlySet<string> = new Set([
  "accept",
  "refuse",
  "object",
  "ratify",
  "waive",
  "revoke-waiver",
  "bid",
  "withdraw-bid",
  "extend-bid",
  "consent-resale",
  "standing-answer",
]);
