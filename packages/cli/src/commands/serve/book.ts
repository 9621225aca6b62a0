import { basename, resolve } from "node:path";
import type { FirstCommand } from "@offtake/server/books";
import type { Broker } from "@offtake/server/broker";
import { type BookName, parseBookName } from "@offtake/store/log";
import { worldCommands } from "@offtake/wire/book";
import { bookFiles, loadBook } from "../../documents/book.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

/** A book of files, ready to be made. */
export interface FiledBook {
  readonly name: BookName;
  readonly first: readonly FirstCommand[];
}

/** Reads the book of a folder or a file; its name is that of the folder. */
export async function readFiledBook(io: Io, path: string): Promise<Outcome<FiledBook>> {
  const files = bookFiles(path, io.cwd);
  if (!files.ok) return files;
  const loaded = await loadBook(files.value, io.cwd);
  if (!loaded.ok) return loaded;
  const name = parseBookName(
    basename(resolve(io.cwd, path))
      .replace(/\.ya?ml$/, "")
      .toLowerCase(),
  );
  if (name === undefined)
    return failed({
      code: "book_name",
      message: `${basename(path)} cannot be the name of a book: use letters, digits and hyphens`,
      exit: EXIT.usage,
    });
  const { book, offers } = loaded.value;
  const { keeper } = book.header;
  const listed = offers.map((offer) => ({ actor: keeper, body: { type: "listOffer", offer } as const }));
  return done({ name, first: [...worldCommands(book), ...listed] });
}

/** Makes it, where it is not there yet; says which. */
export async function keepBook(io: Io, broker: Broker, { name, first }: FiledBook): Promise<Outcome<void>> {
  try {
    const isNew = await broker.makeBook(name, first);
    io.err(`offtake: book ${name} ${isNew ? "made" : "is there already, and stays as it is"}\n`);
    return done(undefined);
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (code !== "book_refused") throw error;
    return failed({ code, message: `book ${name} does not fit together: ${message}`, exit: EXIT.invalid });
  }
}
