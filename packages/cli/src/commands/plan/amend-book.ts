import { statSync } from "node:fs";
import { resolve } from "node:path";
import { canonicalText } from "@offtake/core/kernel";
import type { Book } from "@offtake/wire/book";
import { nearNames } from "@offtake/wire/problems";
import type { SourceFile } from "@offtake/wire/source";
import { type Amendment, bookFiles, type LoadedBook, loadBook } from "../../documents/book.ts";
import { yamlFiles } from "../../documents/files.ts";
import { kindOf, otherKind } from "../../documents/kinds.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

export interface AmendOptions {
  readonly amend: readonly string[];
  readonly drop: readonly string[];
}

/** An agreement that would be another, a new one, or one that would be gone. */
export interface AgreementChange {
  readonly sign: "+" | "~" | "-";
  readonly agreement: string;
}

/** A book as it is and as it would be. */
export interface AmendedBook {
  readonly before: LoadedBook;
  readonly after: LoadedBook;
  readonly agreements: readonly AgreementChange[];
  /** What is likely to be a mistake, though it is possible. */
  readonly notes: readonly string[];
}

/** The book as it would be: agreements replaced, added and dropped, or another book altogether. */
export async function amendedBook(
  io: Io,
  before: LoadedBook,
  { amend, drop }: AmendOptions,
): Promise<Outcome<AmendedBook>> {
  const known = [...new Set(before.book.agreements.map(({ agreement }) => agreement.id as string))];
  const unknown = drop.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `there is no agreement ${unknown} to drop; the book has ${known.slice(0, 12).join(", ") || "none"}`;
    return failed({ code: "unknown_agreement", message, exit: EXIT.notFound, didYouMean: nearNames(unknown, known) });
  }
  const files: SourceFile[] = [];
  let whole: readonly SourceFile[] | undefined;
  for (const path of amend) {
    const found = filesOf(path, io.cwd);
    if (!found.ok) return found;
    if (!found.value.isBook) files.push(...found.value.files);
    else if (whole === undefined) whole = found.value.files;
    else return failed({ code: "usage", message: "--amend names two whole books: one is enough", exit: EXIT.usage });
  }
  const amendment: Amendment = { files, dropped: drop };
  const after = await loadBook(whole ?? before.files, io.cwd, amendment);
  if (!after.ok) return after;
  const agreements = changesOf(before.book, after.value.book);
  return done({ before, after: after.value, agreements, notes: notesOf(agreements, known) });
}

/** Agreement files: one, or all of a folder; a folder with a book in it, or a book file, is a whole book. */
function filesOf(
  path: string,
  cwd: string,
): Outcome<{ readonly files: readonly SourceFile[]; readonly isBook: boolean }> {
  const found = yamlFiles(path, cwd);
  if (!found.ok) return failed(fileFailure(found.problem));
  const { value: files } = found;
  if (files.some((file) => kindOf(file) === "book")) {
    const whole = bookFiles(path, cwd);
    return whole.ok ? done({ files: whole.value, isBook: true }) : whole;
  }
  const isFolder = statSync(resolve(cwd, path)).isDirectory();
  const agreements = isFolder ? files.filter((file) => kindOf(file) === "agreement") : files;
  for (const file of agreements) {
    const other = otherKind(file, ["agreement"]);
    if (other !== undefined) return failed(other);
  }
  if (agreements.length > 0) return done({ files: agreements, isBook: false });
  const message = `no agreement (schema: offtake/agreement@1) stands below ${path}`;
  return failed({ code: "no_documents", message, exit: EXIT.notFound });
}

function changesOf(before: Book, after: Book): AgreementChange[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((agreement): AgreementChange[] => {
    const [was, is] = [old.get(agreement), now.get(agreement)];
    if (was === is) return [];
    return [{ sign: was === undefined ? "+" : is === undefined ? "-" : "~", agreement }];
  });
}

function textsOf({ agreements }: Book): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { agreement, activate } of agreements)
    texts.set(agreement.id, `${texts.get(agreement.id) ?? ""}${canonicalText({ agreement, activate })}\n`);
  return texts;
}

function notesOf(changes: readonly AgreementChange[], known: readonly string[]): string[] {
  if (changes.length === 0) return ["no agreement would be another than it is"];
  return changes.flatMap(({ sign, agreement }) => {
    const [near] = sign === "+" ? nearNames(agreement, known) : [];
    return near === undefined
      ? []
      : [`${agreement} is a new name and comes beside ${near}: did you mean to replace it?`];
  });
}
