import { type Instant, parseInstant, toInstant } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import { bookFiles, type LoadedBook, loadBook } from "../../documents/book.ts";
import { readText } from "../../documents/files.ts";
import { otherKind } from "../../documents/kinds.ts";
import { requestOf, requestsOf, type TypedRequest } from "../../documents/requests.ts";
import { documented } from "../../telling/documented.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, fileFailure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { compare, type Comparison, tellComparisons } from "./amendment.ts";
import { type Preview, previewOf } from "./preview.ts";
import type { ToldPlan } from "./plan-text.ts";
import { leadOf, type TypedParts, type Wanted, wantedOf, withParts } from "./wanted.ts";

export interface PlanOptions extends TypedParts {
  readonly book?: string;
  readonly lead?: string;
  readonly request: readonly string[];
  readonly requests: readonly string[];
  readonly amend?: string;
  readonly at?: string;
  readonly detailedExitcode?: true;
  readonly json?: true;
}

/** Tells what would happen; nothing is sent and nothing is kept. */
export async function plan(io: Io, words: readonly string[], options: PlanOptions): Promise<ExitCode> {
  const wanted = wantedOf(words, options, io.cwd);
  if (!wanted.ok) return tellFailure(io, wanted.failure, options.json === true);
  const outcome =
    options.amend === undefined
      ? await planRequests(io, wanted.value, options)
      : await planAmendment(io, wanted.value.book, { ...options, request: wanted.value.requests }, options.amend);
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
async function planRequests(io: Io, wanted: Wanted, options: PlanOptions): Promise<Outcome<boolean>> {
  const lead = leadOf(options.lead);
  if (!lead.ok) return lead;
  const prepared = await prepare(io, wanted.book, options);
  if (!prepared.ok) return prepared;
  const { at, loaded } = prepared.value;
  const named = wanted.requests.length > 0 ? wanted.requests : [...loaded.book.requests.keys()];
  if (named.length === 0)
    return failed(usage("there is nothing to plan: the book has no request, so name one, such as H100:1024"));
  const requests = typedRequests(named, loaded, at, io.cwd, options);
  if (!requests.ok) return requests;
  const { openBook, planned } = await import("./planning.ts");
  const memory = openBook(loaded, at);
  if (!memory.ok) return memory;
  const plans: ToldPlan[] = [];
  for (const { request, assumed } of requests.value) {
    const made = planned(memory.value, request, at, lead.value);
    if (!made.ok) return made;
    plans.push({ plan: made.value, ...(assumed === undefined ? {} : { assumed }) });
  }
  const changes = plans.some(
    ({ plan: { asks, times, awards } }) => asks.length + times.tenders.length + awards.length > 0,
  );
  if (options.json === true) {
    const { planDocument } = await import("./plan-json.ts");
    io.out(jsonText(planDocument(plans, at, changes)));
  } else {
    const { tellPlans } = await import("./plan-text.ts");
    tellPlans(io, plans);
  }
  return done(changes);
}

/** The requests as typed, each with what of it was made up. */
function typedRequests(
  typed: readonly string[],
  { book }: LoadedBook,
  at: Instant,
  cwd: string,
  parts: TypedParts,
): Outcome<readonly TypedRequest[]> {
  const requests: TypedRequest[] = [];
  for (const word of typed) {
    const whole = book.requests.has(word) ? done(word) : withParts(word, parts);
    if (!whole.ok) return whole;
    const found = requestOf(whole.value, book, at, cwd);
    if (!found.ok) return found;
    requests.push(found.value);
  }
  return done(requests);
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
