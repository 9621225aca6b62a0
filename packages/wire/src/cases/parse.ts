import { bookOfTree, joinBook, joinTree, type SourceOptions } from "../book/index.ts";
import type { Instant } from "@offtake/core/kernel";
import { inReadingOrder, type Parsed, type Problem } from "../problems/index.ts";
import { Report, validate } from "../shape/index.ts";
import {
  childOf,
  locate,
  type MapNode,
  type Path,
  readSource,
  type ScalarNode,
  type SourceFile,
  type SourceNode,
} from "../source/index.ts";
import { type CaseFile, caseFile } from "./document.ts";
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
  const { root, problems } = readSource(file, options.limits);
  if (root === undefined) return { ok: false, problems };
  const report = new Report(root, problems);
  const { value, root: readable } = validate(caseFile, withoutInlineWorld(root), report);
  report.continueWith(readable);
  if (value === undefined) return { ok: false, problems: report.problems };
  return new CaseReader(value, readable, childOf(root, "world"), report, options).read();
}

/** A world in place is read later, with its changes: here a word stands for it. */
function withoutInlineWorld(root: SourceNode): SourceNode {
  const world = root.kind === "map" ? root.entries.get("world") : undefined;
  if (root.kind !== "map" || world?.node.kind !== "map") return root;
  const word: ScalarNode = { kind: "scalar", value: "in place", origin: world.node.origin };
  return { ...root, entries: new Map([...root.entries, ["world", { ...world, node: word }]]) };
}

class CaseReader {
  private readonly document: CaseFile;
  private readonly root: SourceNode;
  private readonly worldNode: SourceNode | undefined;
  private readonly report: Report;
  private readonly options: SourceOptions;

  constructor(
    document: CaseFile,
    root: SourceNode,
    worldNode: SourceNode | undefined,
    report: Report,
    options: SourceOptions,
  ) {
    this.document = document;
    this.root = root;
    this.worldNode = worldNode;
    this.report = report;
    this.options = options;
  }

  read(): Parsed<CaseDocument> {
    const { root: world, problems } = this.openWorld();
    if (world === undefined) return this.failed(problems);
    const edited = applyEdits(world, this.document.change ?? [], this.root, ["change"], this.report);
    const { book, tree, problems: bookProblems } = bookOfTree(edited, problems);
    if (book === undefined || tree === undefined) return this.failed(bookProblems);
    const script = new Script(book, tree, edited, this.root, this.report);
    const steps = this.readScript(script);
    const expect = this.readExpectations(this.document.expect ?? [], ["expect"], script, false, true);
    if (bookProblems.length > 0 || !this.report.isClean) return this.failed(bookProblems);
    const { id, title, why, tags } = this.document;
    return {
      ok: true,
      value: { id, title, why, tags: tags ?? [], world: book, script: steps, expect, origin: this.root.origin },
    };
  }

  private failed(others: readonly Problem[]): Parsed<CaseDocument> {
    return { ok: false, problems: inReadingOrder([...this.report.problems, ...others]) };
  }

  private openWorld(): { root: MapNode | undefined; problems: readonly Problem[] } {
    const { worldNode } = this;
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
    const { at, by, do: verb, key, receivedAt, note, expect } = step;
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
