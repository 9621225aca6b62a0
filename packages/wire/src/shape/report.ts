import { inReadingOrder, nearNames, type Problem, type ProblemCode } from "../problems/index.ts";
import { locate, locateKey, type Path, type SourceNode } from "../source/index.ts";

export interface ProblemMore {
  readonly expected?: string;
  readonly didYouMean?: readonly string[];
}

/** Problems told of one document told at the same time: after these the rest is the same mistake again. */
const PROBLEMS_MAX = 200;

/** Gathers what is wrong with one document, each at its place; what follows from something reported already is left out. */
export class Report {
  private root: SourceNode;
  private readonly found: Problem[] = [];
  private readonly seen = new Set<string>();

  constructor(root: SourceNode, problems: readonly Problem[] = []) {
    this.root = root;
    for (const problem of problems) this.keep(problem);
  }

  /** Goes on with what is left of the document: paths count in it from now on, places stay those of the text. */
  continueWith(root: SourceNode): void {
    this.root = root;
  }

  get problems(): readonly Problem[] {
    return inReadingOrder(this.found);
  }

  get isClean(): boolean {
    return this.found.length === 0;
  }

  add(path: Path, code: ProblemCode, message: string, more: ProblemMore = {}): void {
    const { origin, isSpoilt } = locate(this.root, path);
    if (isSpoilt) return;
    const { expected = "", didYouMean } = more;
    this.keep({ code, ...origin, message, expected, ...(didYouMean?.length ? { didYouMean } : {}) });
  }

  /** A problem with the name of a key rather than with its value. */
  addAtKey(path: Path, key: string, code: ProblemCode, message: string, more: ProblemMore = {}): void {
    const { expected = "", didYouMean } = more;
    const origin = locateKey(this.root, path, key);
    this.keep({ code, ...origin, message, expected, ...(didYouMean?.length ? { didYouMean } : {}) });
  }

  /** A name that refers to nothing. `known` is what it could have been. */
  addUnknown(path: Path, code: ProblemCode, kind: string, name: string, known: Iterable<string>): void {
    const names = [...known];
    const some = names.slice(0, 6).join(", ");
    const expected = names.length === 0 ? "" : `one of ${some}${names.length > 6 ? ", ..." : ""}`;
    this.add(path, code, `there is no ${kind} \`${name}\``, { expected, didYouMean: nearNames(name, names) });
  }

  keep(problem: Problem): void {
    const key = `${problem.file}:${problem.line}:${problem.column}:${problem.path}:${problem.code}`;
    if (this.seen.has(key) || this.found.length >= PROBLEMS_MAX) return;
    this.seen.add(key);
    this.found.push(problem);
  }
}
