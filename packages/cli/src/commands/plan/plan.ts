import { type Instant, parseInstant, toInstant } from "@offtake/core/kernel";
import { bookFiles, type LoadedBook, loadBook } from "../../documents/book.ts";
import { requestOf, type TypedRequest } from "../../documents/requests.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, fileFailure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { changesAnything, type ToldPlan } from "@offtake/wire/planned";
import { leadOf, type TypedParts, type Wanted, wantedOf, withParts } from "./wanted.ts";

export interface PlanOptions extends TypedParts {
  readonly book?: string;
  readonly lead?: string;
  readonly html?: string;
  readonly request: readonly string[];
  readonly requests: readonly string[];
  readonly amend: readonly string[];
  readonly drop: readonly string[];
  readonly markdown?: true;
  readonly at?: string;
  readonly detailedExitcode?: true;
  readonly json?: true;
}

/** Tells what would happen; nothing is sent and nothing is kept. */
export async function plan(io: Io, words: readonly string[], options: PlanOptions): Promise<ExitCode> {
  const wanted = wantedOf(words, options, io.cwd);
  if (!wanted.ok) return tellFailure(io, wanted.failure, options.json === true);
  const outcome =
    options.amend.length + options.drop.length === 0
      ? await planRequests(io, wanted.value, options)
      : await planChange(io, wanted.value, options);
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

/** True where a request would come out otherwise. */
async function planChange(io: Io, wanted: Wanted, options: PlanOptions): Promise<Outcome<boolean>> {
  if (options.json === true && options.markdown === true)
    return failed(usage("--json and --markdown: name one of the two"));
  const ofPlan = [...(options.html === undefined ? [] : ["--html"]), ...(options.lead === undefined ? [] : ["--lead"])];
  if (ofPlan.length > 0)
    return failed(usage(`${ofPlan.join(" and ")} is for a plan of its own: without --amend and --drop`));
  const prepared = await prepare(io, wanted.book, options);
  if (!prepared.ok) return prepared;
  const { at, loaded } = prepared.value;
  const typed = typedRequests(wanted.requests, loaded, at, io.cwd, options);
  if (!typed.ok) return typed;
  const { planAmendment } = await import("./amend.ts");
  return planAmendment(io, loaded, at, { ...options, typed: typed.value.map(({ request }) => request) });
}

/** True where somebody would be asked or something awarded. */
async function planRequests(io: Io, wanted: Wanted, options: PlanOptions): Promise<Outcome<boolean>> {
  const ofChange = [
    ...(options.markdown === true ? ["--markdown"] : []),
    ...(options.requests.length > 0 ? ["--requests"] : []),
  ];
  if (ofChange.length > 0)
    return failed(usage(`${ofChange.join(" and ")} is for a comparison: with --amend, or with --drop`));
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
  const { openBook, planned, pricesOf } = await import("./planning.ts");
  const memory = openBook(loaded, at);
  if (!memory.ok) return memory;
  const prices = pricesOf(loaded);
  const plans: ToldPlan[] = [];
  for (const { request, assumed } of requests.value) {
    const made = planned(memory.value, request, at, { leadMs: lead.value, prices });
    if (!made.ok) return made;
    plans.push({ plan: made.value, ...(assumed === undefined ? {} : { assumed }) });
  }
  const changes = plans.some(({ plan }) => changesAnything(plan));
  if (options.html !== undefined) {
    const { reportOf } = await import("./report/report.ts");
    const { writeText } = await import("../../documents/write.ts");
    const written = writeText(options.html, reportOf(plans), io.cwd);
    if (!written.ok) return failed(fileFailure(written.problem));
    io.err(`offtake: the page is ${written.value}\n`);
  }
  if (options.json === true) {
    const { planDocument } = await import("@offtake/wire/planned");
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
    const whole = book.requests.has(word) ? done(word) : withParts(word, parts, book.header.currency);
    if (!whole.ok) return whole;
    const found = requestOf(whole.value, book, at, cwd);
    if (!found.ok) return found;
    requests.push(found.value);
  }
  return done(requests);
}
