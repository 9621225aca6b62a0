import type { Offer } from "@offtake/core/book";
import { type CaseDocument, parseCase } from "@offtake/wire/cases";
import type { Problem } from "@offtake/wire/problems";
import type { SourceFile } from "@offtake/wire/source";
import { fileResolver, yamlFiles } from "../../documents/files.ts";
import { kindOf } from "../../documents/kinds.ts";
import { offersOf } from "../../documents/offers.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome } from "../../terminal/failures.ts";

/** A case that can run, or why its file cannot be read as one. */
export type LoadedCase =
  | { readonly file: string; readonly document: CaseDocument; readonly offers: readonly Offer[] }
  | { readonly file: string; readonly problems: readonly Problem[] };

/** The case files of the paths, each file once. Worlds and other documents that lie beside cases in a folder are no cases. */
export function caseFiles(paths: readonly string[], cwd: string): Outcome<readonly SourceFile[]> {
  const found = new Map<string, SourceFile>();
  for (const path of paths) {
    const files = yamlFiles(path, cwd);
    if (!files.ok) return failed(fileFailure(files.problem));
    const [only] = files.value;
    const isOneFile = files.value.length === 1 && only !== undefined && only.name.endsWith(path.replace(/^\.\//, ""));
    for (const file of files.value) if (isOneFile || kindOf(file) === "case") found.set(file.name, file);
  }
  if (found.size > 0) return done([...found.values()]);
  return failed({
    code: "no_cases",
    message: `no case (schema: offtake/case@1) stands below ${paths.join(", ")}`,
    exit: EXIT.notFound,
  });
}

export async function loadCase(file: SourceFile, cwd: string): Promise<LoadedCase> {
  const kind = kindOf(file);
  if (kind !== undefined && kind !== "case") {
    const place = { file: file.name, line: 1, column: 1, path: "schema" };
    const message = `this is a ${kind}, and cases are run`;
    return {
      file: file.name,
      problems: [{ code: "wrong_schema", ...place, message, expected: "schema: offtake/case@1" }],
    };
  }
  const parsed = parseCase(file, { resolve: fileResolver(cwd) });
  if (!parsed.ok) return { file: file.name, problems: parsed.problems };
  const offers = await offersOf(parsed.value.world, cwd);
  if (offers.ok) return { file: file.name, document: parsed.value, offers: offers.value };
  const { code, message } = offers.failure;
  const place = { file: file.name, line: 1, column: 1, path: "world" };
  return {
    file: file.name,
    problems: [
      {
        code: code === "file_not_found" ? code : "malformed",
        ...place,
        message,
        expected: "a price list that can be read",
      },
    ],
  };
}
