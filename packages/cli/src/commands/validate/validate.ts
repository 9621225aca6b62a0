import { toInstant } from "@offtake/core/kernel";
import { parseAgreement } from "@offtake/wire/agreements";
import { type Book, parseBook } from "@offtake/wire/book";
import { parseCase } from "@offtake/wire/cases";
import { parseMapping } from "@offtake/wire/mapping";
import { formatProblem, inReadingOrder, type Problem, type ProblemCode } from "@offtake/wire/problems";
import { parseRequest } from "@offtake/wire/requests";
import { readSource, type SourceFile } from "@offtake/wire/source";
import { parseStory } from "@offtake/wire/stories";
import { fileResolver, yamlFiles } from "../../documents/files.ts";
import { KINDS } from "../../documents/kinds.ts";
import { offersOf } from "../../documents/offers.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, fileFailure, tellFailure } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { styleOf } from "../../terminal/style.ts";
import { type Candidate, gather } from "./gather.ts";

export interface ValidateOptions {
  readonly json?: true;
}

interface Checked {
  readonly kind: Candidate["kind"];
  readonly files: readonly string[];
  /** The id or name that the document gives itself, where it could be read. */
  readonly name?: string;
  readonly problems: readonly Problem[];
}

/** Checks documents and says what is wrong with them; nothing is ever half accepted. */
export async function validate(io: Io, paths: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const found = new Map<string, SourceFile>();
  const named = new Set<string>();
  for (const path of paths) {
    const files = yamlFiles(path, io.cwd);
    if (!files.ok) return tellFailure(io, fileFailure(files.problem), options.json === true);
    if (files.value.length === 1) for (const file of files.value) named.add(file.name);
    for (const file of files.value) found.set(file.name, file);
  }
  const checked: Checked[] = [];
  for (const candidate of gather([...found.values()], named)) {
    if (await pause(io)) return EXIT.interrupted;
    checked.push(await check(candidate, io.cwd));
  }
  const problems = inReadingOrder(checked.flatMap((one) => one.problems));
  if (options.json === true) io.out(jsonText(reportOf(checked, problems)));
  else tell(io, checked, problems);
  return problems.length === 0 ? EXIT.ok : EXIT.invalid;
}

function reportOf(checked: readonly Checked[], problems: readonly Problem[]): unknown {
  const documents = checked.map(({ kind, files, name, problems: own }) => ({
    kind,
    files,
    name,
    valid: own.length === 0,
  }));
  return { valid: problems.length === 0, documents, problems };
}

function tell(io: Io, checked: readonly Checked[], problems: readonly Problem[]): void {
  const style = styleOf(io);
  for (const { kind, files, name, problems: own } of checked) {
    const mark = own.length === 0 ? style.good("✓") : style.bad("✕");
    const [first = "", ...rest] = files;
    io.out(
      `${mark} ${kind} ${name ?? ""}  ${style.quiet(rest.length === 0 ? first : `${first} and ${countOf(rest.length, "more file")}`)}\n`,
    );
    for (const problem of inReadingOrder(own)) io.out(`  ${formatProblem(problem)}\n`);
  }
  const bad = checked.filter((one) => one.problems.length > 0).length;
  io.out(
    bad === 0
      ? `${countOf(checked.length, "document")} valid\n`
      : `${countOf(problems.length, "problem")} in ${bad} of ${countOf(checked.length, "document")}\n`,
  );
}

async function check({ kind, files }: Candidate, cwd: string): Promise<Checked> {
  const names = files.map((file) => file.name);
  const [first] = files;
  const options = { resolve: fileResolver(cwd) };
  const checked = (name: string | undefined, problems: readonly Problem[]): Checked => ({
    kind,
    files: names,
    ...(name === undefined ? {} : { name }),
    problems,
  });
  if (first === undefined) return checked(undefined, []);
  switch (kind) {
    case "book": {
      const parsed = parseBook(files, options);
      return parsed.ok
        ? checked(parsed.value.header.keeper, await checkWorld(parsed.value, first, cwd))
        : checked(undefined, parsed.problems);
    }
    case "agreement": {
      const parsed = parseAgreement(first);
      return parsed.ok ? checked(parsed.value.agreement.id, []) : checked(undefined, parsed.problems);
    }
    case "request": {
      const parsed = parseRequest(first, { id: "request", buyer: "buyer" });
      return parsed.ok ? checked(parsed.value.id, []) : checked(undefined, parsed.problems);
    }
    case "case": {
      const parsed = parseCase(first, options);
      return parsed.ok
        ? checked(parsed.value.id, await checkWorld(parsed.value.world, first, cwd))
        : checked(undefined, parsed.problems);
    }
    case "story": {
      const parsed = parseStory(first, options);
      return parsed.ok
        ? checked(parsed.value.id, await checkWorld(parsed.value.world, first, cwd))
        : checked(undefined, parsed.problems);
    }
    case "mapping": {
      const parsed = parseMapping(first);
      return parsed.ok ? checked(undefined, []) : checked(undefined, parsed.problems);
    }
    case "unknown":
      return checked(
        undefined,
        unreadableAsText(first) ?? [
          problemAt(
            first,
            "wrong_schema",
            "the file does not say what kind of document it is",
            `schema: offtake/${KINDS.join("@1, offtake/")}@1`,
          ),
        ],
      );
  }
}

/** Why a file is no document at all, where that is not merely a missing line. */
function unreadableAsText(file: SourceFile): readonly Problem[] | undefined {
  const { root, problems } = readSource(file);
  return root === undefined && file.text.trim() !== "" && problems.length > 0 ? problems : undefined;
}

function problemAt({ name }: SourceFile, code: ProblemCode, message: string, expected: string): Problem {
  return { code, file: name, line: 1, column: 1, path: "", message, expected };
}

/** Whether the world can be set up: its price lists can be read, and the core takes everything that it says. */
async function checkWorld(world: Book, file: SourceFile, cwd: string): Promise<readonly Problem[]> {
  const offers = await offersOf(world, cwd);
  if (!offers.ok) {
    const { code, message } = offers.failure;
    const known = code === "file_not_found" ? code : "malformed";
    return [problemAt(file, known, message, "a price list that can be read")];
  }
  const { Play } = await import("@offtake/sim/cases");
  const now = toInstant(Date.now());
  const refused = now === undefined ? undefined : new Play("validate").open(world, now, offers.value);
  if (refused === undefined) return [];
  return [
    problemAt(
      file,
      refused.rejection.code,
      `${refused.command} is rejected: ${refused.rejection.detail}`,
      "a world that fits together",
    ),
  ];
}
