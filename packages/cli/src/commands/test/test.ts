import type { CaseResult, TwinResult } from "@offtake/sim/cases";
import type { SourceFile } from "@offtake/wire/source";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { Progress } from "../../terminal/progress.ts";
import { styleOf } from "../../terminal/style.ts";
import { wrapText } from "../../terminal/table.ts";
import { caseFiles, loadCase } from "./load.ts";
import { caseText, reportOf, restsOnText, summaryText, type TestReport, twinsText, unreadable } from "./report.ts";

export interface TestOptions {
  readonly json?: true;
  readonly twins?: true;
}

type Results = readonly (CaseResult | TwinResult)[];

/** Runs cases, or their twins, and says how each came out. */
export async function test(io: Io, paths: readonly string[], options: TestOptions): Promise<ExitCode> {
  const files = caseFiles(paths, io.cwd);
  if (!files.ok) return tellFailure(io, files.failure, options.json === true);
  const style = styleOf(io);
  const results: (CaseResult | TwinResult)[] = [];
  const firsts = new Map<string, string>();
  const progress = new Progress(io, options.twins === true ? "twins of cases" : "cases");
  for (const [index, file] of files.value.entries()) {
    if (await pause(io)) return EXIT.interrupted;
    progress.update(index, files.value.length);
    const found = withOwnIds(await runFile(file, io.cwd, options.twins === true), firsts);
    results.push(...found);
    if (options.json !== true) {
      progress.end();
      io.out(textOf(file.name, found, io, options.twins === true));
    }
  }
  progress.end();
  const report = reportOf(results);
  if (options.json === true) io.out(jsonText(report));
  else io.out(summaryText(report, options.twins === true ? "twins, which must fail" : "cases", style));
  const rests = options.json === true ? undefined : restsOnText(report);
  if (rests !== undefined) io.err(`${style.quiet(wrapText(rests, io.width))}\n`);
  return exitOf(report);
}

async function runFile(file: SourceFile, cwd: string, twins: boolean): Promise<Results> {
  const loaded = await loadCase(file, cwd);
  if ("problems" in loaded) return [unreadable(loaded.file, loaded.problems)];
  const { runCase, runTwins } = await import("@offtake/sim/cases");
  const { document, offers } = loaded;
  return twins ? runTwins(document, { offers }) : [runCase(document, { offers })];
}

function textOf(name: string, results: Results, io: Io, twins: boolean): string {
  const style = styleOf(io);
  const isCase = (one: CaseResult | TwinResult): one is CaseResult => "steps" in one;
  const cases = results.filter(isCase);
  if (!twins || cases.length > 0) return cases.map((one) => caseText(one, style, io.width)).join("");
  const id = results[0]?.id.replace(/ twin \d+$/, "") ?? name;
  return twinsText(id, results as readonly TwinResult[], style, io.width);
}

/** An id stands for one case: a second one of the same name is a failure of its own. */
function withOwnIds(results: Results, firsts: Map<string, string>): Results {
  return results.map((result) => {
    const before = firsts.get(result.id) ?? result.file;
    firsts.set(result.id, before);
    if (before === result.file) return result;
    const failure = {
      expected: "an id of its own",
      happened: `${result.id} is the id of ${before}, too`,
      when: "reading the file",
      explanation: [],
      file: result.file,
      line: 1,
      column: 1,
    };
    return { ...result, status: "failed", failures: [...result.failures, failure] };
  });
}

function exitOf({ failed, cases }: TestReport): ExitCode {
  if (failed === 0) return EXIT.ok;
  const isUnreadable = (one: CaseResult | TwinResult): boolean =>
    one.failures.every(({ when }) => when === "reading the file");
  return cases.every((one) => one.status === "passed" || isUnreadable(one)) ? EXIT.invalid : EXIT.failed;
}
