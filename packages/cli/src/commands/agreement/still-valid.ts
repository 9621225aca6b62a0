import { parseAgreement } from "@offtake/wire/agreements";
import { parseBook } from "@offtake/wire/book";
import type { SourceFile } from "@offtake/wire/source";
import { fileResolver } from "../../documents/files.ts";
import { kindOf } from "../../documents/kinds.ts";
import { type Failure, invalidDocument } from "../../terminal/failures.ts";

/** What is wrong with an agreement or book file as it is, or as it would be; undefined where it can be read. */
export function stillValid(file: SourceFile, cwd: string): Failure | undefined {
  const parsed = kindOf(file) === "book" ? parseBook([file], { resolve: fileResolver(cwd) }) : parseAgreement(file);
  return parsed.ok ? undefined : invalidDocument(parsed.problems);
}
