import { type Instant, parseInstant, toInstant } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import { bookFiles, type LoadedBook, loadBook } from "../../documents/book.ts";
import { readText } from "../../documents/files.ts";
import { otherKind } from "../../documents/kinds.ts";
import { requestOf, requestsOf } from "../../documents/requests.ts";
import { documented } from "../../telling/documented.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, fileFailure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { compare, type Comparison, tellComparisons } from "./amendment.ts";
import { type Preview, previewOf } from "./preview.ts";
import { tellPreviews } from "./preview-text.ts";

export interface PlanOptions {
  readonly request: readonly string[];
  readonly requests: readonly string[];
  readonly amend?: string;
  readonly at?: string;
  readonly detailedExitcode?: true;
  readonly json?: true;
}

/** Tells what would happen; nothing is sent and nothing is kept. */
export async function plan(io: Io, path: string, options: PlanOptions): Promise<ExitCode> {
  const outcome =
    options.amend === undefined
      ? await planRequests(io, path, options)
      : await planAmendment(io, path, options, options.amend);
  if (!outcome.ok) return tellFailure(io, outcome.failure, options.json === true);
  if (await pause(io)) return EXIT.interrupted;
  return options.detailedExitcode === true && outcome.value ? EXIT.changes : EXIT.ok;
}

const MINUTE_MS = 60_000;

const usage = (message: string): Failure => ({ code: "usage", message, exit: EXIT.usage });

function instantOf(typed: string | undefined): Outcome<Instant> {
  // Now, in whole minutes: a plan is read by people.
  const at = typed === undefined ? toInstant(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS) : parseInstant(typed);
  return at === undefined
    ? failed(usage(`--at ${typed ?? ""} is no instant with its offset, such as 2026-09-14T17:00:00Z`))
    : done(at);
}

interface Prepared {
  readonly at: Instant;
  readonly loaded: LoadedBook;
}

async function prepare(io: Io, path: string, options: PlanOptions): Promise<Outcome<Prepared>> {
  const at = instantOf(options.at);
  if (!at.ok) return at;
  const files = bookFiles(path, io.cwd);
  if (!files.ok) return files;
  const loaded = await loadBook(files.value, io.cwd);
  return loaded.ok ? done({ at: at.value, loaded: loaded.value }) : loaded;
}

/** True where somebody would be asked or something awarded. */
async function planRequests(io: Io, path: string, options: PlanOptions): Promise<Outcome<boolean>> {
  if (options.request.length === 0) return failed(usage("there is nothing to plan: name a request with --request"));
  const prepared = await prepare(io, path, options);
  if (!prepared.ok) return prepared;
  const { at, loaded } = prepared.value;
  const previews: Preview[] = [];
  for (const typed of options.request) {
    const found = requestOf(typed, loaded.book, at, io.cwd);
    if (!found.ok) return found;
    const { request, ...more } = found.value;
    const preview = previewed(loaded, request, at);
    if (!preview.ok) return preview;
    previews.push({ ...preview.value, ...more });
  }
  const changes = previews.some(
    ({ notices, resolution }) => notices.length > 0 || resolution.markets.length > 0 || resolution.awards.length > 0,
  );
  if (options.json === true) io.out(jsonText(documented({ changes, at, requests: previews.map(jsonOf) })));
  else tellPreviews(io, previews, at, loaded.book.header.zone);
  return done(changes);
}

function previewed(loaded: LoadedBook, request: ComputeRequest, at: Instant): Outcome<Preview> {
  const result = previewOf(loaded, request, at);
  if ("preview" in result) return done(result.preview);
  const { code, detail } = result.rejected;
  return failed({ code, message: `${result.by} would be rejected: ${detail.replace(/\.$/, "")}`, exit: EXIT.invalid });
}

function jsonOf({ resolution, notices, notAsked, caveats, assumed, explanation }: Preview): unknown {
  return { ...resolution, asked: notices, notAsked, caveats, assumed, explanation };
}

/** True where a request would come out otherwise. */
async function planAmendment(io: Io, path: string, options: PlanOptions, amend: string): Promise<Outcome<boolean>> {
  const prepared = await prepare(io, path, options);
  if (!prepared.ok) return prepared;
  const { at, loaded } = prepared.value;
  const file = readText(amend, io.cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const other = otherKind(file.value, ["agreement"]);
  if (other !== undefined) return failed(other);
  const amended = await loadBook(loaded.files, io.cwd, file.value);
  if (!amended.ok) return amended;
  const requests = comparedRequests(options, loaded, at, io.cwd);
  if (!requests.ok) return requests;
  const comparisons: Comparison[] = [];
  for (const request of requests.value) {
    const before = previewed(loaded, request, at);
    if (!before.ok) return before;
    const after = previewed(amended.value, request, at);
    if (!after.ok) return after;
    comparisons.push(compare(before.value, after.value));
  }
  const changes = comparisons.some(({ lines }) => lines.length > 0);
  if (options.json === true) {
    io.out(
      jsonText(
        documented({
          changes,
          at,
          requests: comparisons.map(({ before, after, lines }) => ({
            request: before.request.id,
            changes: lines,
            before: jsonOf(before),
            after: jsonOf(after),
          })),
        }),
      ),
    );
  } else {
    tellComparisons(io, comparisons);
  }
  return done(changes);
}

/** The requests to compare by: those named, or those of the book. */
function comparedRequests(
  options: PlanOptions,
  { book }: LoadedBook,
  at: Instant,
  cwd: string,
): Outcome<readonly ComputeRequest[]> {
  const requests: ComputeRequest[] = [];
  for (const path of options.requests) {
    const found = requestsOf(path, book, at, cwd);
    if (!found.ok) return found;
    requests.push(...found.value);
  }
  for (const typed of options.request) {
    const found = requestOf(typed, book, at, cwd);
    if (!found.ok) return found;
    requests.push(found.value.request);
  }
  const named = options.requests.length + options.request.length > 0;
  const all = named ? requests : [...book.requests.values()];
  return all.length > 0 ? done(all) : failed(usage("there is no request to compare by: name some with --requests"));
}
