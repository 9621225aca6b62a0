import type { Problem } from "@offtake/wire/problems";
import { childOf, locateKey, plainValue, readSource, type SourceNode } from "@offtake/wire/source";
import type { Answer, AnswerProblem, Answers } from "@offtake/wire/templates";
import { readText } from "../../documents/files.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, invalidDocument, type Outcome } from "../../terminal/failures.ts";

/** Answers from a file and from the command line, with where each was given. */
export interface Given {
  readonly answers: Answers;
  readonly placeOf: (question: string) => Pick<Problem, "file" | "line" | "column" | "path">;
}

/** The answers of `--answers FILE`, then those of `--set question=answer`, which win. */
export function givenAnswers(path: string | undefined, set: readonly string[], cwd: string): Outcome<Given> {
  const fromFile = path === undefined ? done(undefined) : readAnswersFile(path, cwd);
  if (!fromFile.ok) return fromFile;
  const root = fromFile.value;
  const answers: Record<string, Answer | null | undefined> = {};
  for (const [key, entry] of root?.kind === "map" ? root.entries : [])
    answers[key] = plainValue(entry.node) as Answer | null;
  const typed = new Set<string>();
  for (const text of set) {
    const at = text.indexOf("=");
    if (at < 1) {
      const message = `--set ${text.slice(0, 60)} is not question=answer`;
      return failed({ code: "usage", message, exit: EXIT.usage });
    }
    answers[text.slice(0, at)] = text.slice(at + 1);
    typed.add(text.slice(0, at));
  }
  const placeOf: Given["placeOf"] = (question) => {
    if (root !== undefined && !typed.has(question) && childOf(root, question) !== undefined)
      return locateKey(root, [], question);
    return { file: typed.has(question) ? "--set" : (path ?? "answers"), line: 1, column: 1, path: question };
  };
  return done({ answers, placeOf });
}

function readAnswersFile(path: string, cwd: string): Outcome<SourceNode> {
  const file = readText(path, cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const { root, problems } = readSource(file.value);
  if (root === undefined || problems.length > 0) return failed(invalidDocument(problems));
  if (root.kind !== "map")
    return failed(invalidDocument([notAnswers(file.value.name, root, "the file is no list of answers")]));
  for (const [, { node }] of root.entries) {
    const isAnswer =
      node.kind === "scalar" || (node.kind === "list" && node.items.every((item) => item.kind === "scalar"));
    if (!isAnswer) return failed(invalidDocument([notAnswers(file.value.name, node, "this is no answer")]));
  }
  return done(root);
}

function notAnswers(file: string, { origin }: SourceNode, message: string): Problem {
  return { code: "wrong_type", ...origin, file, message, expected: "question: answer, one on each line" };
}

/** What is wrong with answers, each where it was given. */
export function answerProblems(problems: readonly AnswerProblem[], { placeOf }: Given): Problem[] {
  return problems.map(({ code, question, message, expected, didYouMean }) => {
    const place = { ...placeOf(question), path: question };
    return { code, ...place, message, expected, ...(didYouMean === undefined ? {} : { didYouMean }) };
  });
}
