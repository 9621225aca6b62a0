import type { Parsed } from "../problems/index.ts";
import { Report, validate } from "../shape/index.ts";
import { readSource, type SourceFile } from "../source/index.ts";
import { type Mapping, mappingFile } from "./document.ts";

/** Reads a mapping file (`schema: offtake/mapping@1`). A column or a field that stands in it twice is a problem. */
export function parseMapping(file: SourceFile): Parsed<Mapping> {
  const { root, problems } = readSource(file);
  if (root === undefined) return { ok: false, problems };
  const report = new Report(root, problems);
  const { value } = validate(mappingFile, root, report);
  if (value === undefined) return { ok: false, problems: report.problems };
  const { schema: _, ...mapping } = value;
  const seen = new Set<string>();
  for (const [index, { column, is }] of mapping.columns.entries()) {
    if (seen.has(column))
      report.add(["columns", index, "column"], "duplicate_id", `\`${column.slice(0, 60)}\` stands here already`);
    seen.add(column);
    const isField = is !== "keep" && is !== "ignore";
    if (isField && mapping.columns.findIndex((other) => other.is === is) < index)
      report.add(["columns", index, "is"], "conflicting_keys", `another column is \`${is}\` already`, {
        expected: "one column for each; `keep` for the other",
      });
  }
  return report.isClean ? { ok: true, value: mapping } : { ok: false, problems: report.problems };
}
