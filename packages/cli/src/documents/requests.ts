import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Instant } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import type { Book } from "@offtake/wire/book";
import { nearNames } from "@offtake/wire/problems";
import { assumedOf, assumedWindow, parseRequest, parseShorthand } from "@offtake/wire/requests";
import type { SourceFile } from "@offtake/wire/source";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Failure, fileFailure, invalidDocument, type Outcome } from "../terminal/failures.ts";
import { readText, yamlFiles } from "./files.ts";
import { kindOf } from "./kinds.ts";

/** Names of requests that a message lists. */
const NAMES_SHOWN = 12;

/** A request as typed, and what of it was made up. */
export interface TypedRequest {
  readonly request: ComputeRequest;
  readonly assumed?: string;
}

/** A request as typed: the name of a request of the book, a file, or the one-line form. */
export function requestOf(typed: string, book: Book, at: Instant, cwd: string): Outcome<TypedRequest> {
  const named = book.requests.get(typed);
  if (named !== undefined) return done({ request: named });
  const read = readTyped(typed, book, at, cwd);
  if (!read.ok) return read;
  const assumed = assumedOf(read.value, book.header.zone, at);
  return done({ request: read.value, ...(assumed === undefined ? {} : { assumed }) });
}

function readTyped(typed: string, book: Book, at: Instant, cwd: string): Outcome<ComputeRequest> {
  if (typed.trim() !== "" && existsSync(resolve(cwd, typed))) {
    const file = readText(typed, cwd);
    return file.ok ? requestOfFile(file.value, book, at) : failed(fileFailure(file.problem));
  }
  if (!typed.includes(":")) return failed(unknownRequest(typed, book));
  const parsed = parseShorthand(typed, { ...defaultsOf(book, at), id: "request" }, "--request");
  return parsed.ok ? done(parsed.value) : failed(invalidDocument(parsed.problems));
}

/** What is neither a name nor a path nor one line was meant as a name. */
function unknownRequest(typed: string, book: Book): Failure {
  const names = [...book.requests.keys()];
  const known = names.length === 0 ? "the book has none" : `the book has ${names.slice(0, NAMES_SHOWN).join(", ")}`;
  const message = `there is no request or file ${typed}; ${known}, and one line looks like H100:4096/8@us-* 2026-05-01..2026-07-29`;
  return { code: "unknown_request", message, exit: EXIT.notFound, didYouMean: nearNames(typed, names) };
}

export function defaultsOf(book: Book, at: Instant) {
  return {
    zone: book.header.zone,
    names: book.names,
    buyer: book.header.keeper,
    window: assumedWindow(book.header.zone, at),
  };
}

function requestOfFile(file: SourceFile, book: Book, at: Instant): Outcome<ComputeRequest> {
  const id = file.name.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/i, "");
  const parsed = parseRequest(file, { ...defaultsOf(book, at), id });
  return parsed.ok ? done(parsed.value) : failed(invalidDocument(parsed.problems));
}

/** The requests of a file, or of all request files of a folder. */
export function requestsOf(path: string, book: Book, at: Instant, cwd: string): Outcome<readonly ComputeRequest[]> {
  const files = yamlFiles(path, cwd);
  if (!files.ok) return failed(fileFailure(files.problem));
  const chosen = files.value.length === 1 ? files.value : files.value.filter((file) => kindOf(file) === "request");
  const requests: ComputeRequest[] = [];
  for (const file of chosen) {
    const request = requestOfFile(file, book, at);
    if (!request.ok) return request;
    requests.push(request.value);
  }
  return done(requests);
}
