import type { Instant } from "@offtake/core/kernel";
import {
  type Comparison,
  compareResolved,
  type Reach,
  reachOf,
  resolveAll,
  type Resolved,
  type WantedRequest,
  type WorldCommand,
} from "@offtake/core/planning";
import type { ComputeRequest } from "@offtake/core/requests";
import { worldCommands } from "@offtake/wire/book";
import type { LoadedBook } from "../../documents/book.ts";
import { requestsOf } from "../../documents/requests.ts";
import { dayAt } from "@offtake/wire/planned";
import { EXIT } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, type Outcome } from "../../terminal/failures.ts";
import { type Io, uninterrupted } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { Progress } from "../../terminal/progress.ts";
import { amendedBook, type AmendOptions, type AmendedBook } from "./amend-book.ts";
import { amendmentDocument } from "./amend-json.ts";
import { amendmentMarkdown } from "./amend-markdown.ts";
import { AmendWords } from "./amend-words.ts";
import { tellAmendment } from "./amend-text.ts";

export interface AmendPlanOptions extends AmendOptions {
  /** Requests that were typed at the command line. */
  readonly typed: readonly ComputeRequest[];
  readonly requests: readonly string[];
  readonly json?: true;
  readonly markdown?: true;
}

/** What an amendment changes, ready to be told. */
export interface ToldAmendment {
  readonly at: Instant;
  readonly book: AmendedBook;
  readonly comparison: Comparison;
}

/**
 * Resolves requests under the agreements as they are and as they would be, and tells what comes out otherwise.
 *
 * @returns true where anything does
 */
export async function planAmendment(
  io: Io,
  loaded: LoadedBook,
  at: Instant,
  options: AmendPlanOptions,
): Promise<Outcome<boolean>> {
  const amended = await amendedBook(io, loaded, options);
  if (!amended.ok) return amended;
  const requests = await comparedRequests(options, loaded, at, io.cwd);
  if (!requests.ok) return requests;
  const book = { ...amended.value, notes: [...amended.value.notes, ...notYetInForce(amended.value, requests.value)] };
  const [worldBefore, worldAfter] = [worldOf(book.before), worldOf(book.after)];
  const before = resolvedIn(io, "as it is", worldBefore, requests.value);
  if (!before.ok) return before;
  const known = { resolved: before.value, reach: reachOf(worldBefore, worldAfter) };
  const after = resolvedIn(io, "as it would be", worldAfter, requests.value, known);
  if (!after.ok) return after;
  const { currency } = book.after.book.header;
  const comparison = compareResolved(before.value, after.value, { currency, rates: book.after.book.rates, at });
  const told: ToldAmendment = { at, book, comparison };
  if (options.json === true) io.out(jsonText(amendmentDocument(told)));
  else if (options.markdown === true) io.out(amendmentMarkdown(told, new AmendWords(book)));
  else tellAmendment(io, told, new AmendWords(book));
  return done(isChange(told));
}

/** What the text of an agreement changes counts by what follows from it. */
export function isChange({ comparison: { changed, shortfalls } }: ToldAmendment): boolean {
  return changed.length > 0 || shortfalls.length > 0;
}

/** An agreement that takes force after requests were sent changes nothing for them: seldom what was meant. */
function notYetInForce({ after, agreements }: AmendedBook, wanted: readonly WantedRequest[]): string[] {
  return agreements.flatMap(({ sign, agreement: name }) => {
    if (sign === "-") return [];
    const versions = after.book.agreements.filter(({ agreement }) => agreement.id === name);
    const [first] = versions.map(({ agreement }) => agreement).sort((a, b) => a.effectiveFrom - b.effectiveFrom);
    if (first === undefined) return [];
    const { effectiveFrom: from, zone } = first;
    const earlier = wanted.filter(({ at }) => at < from).length;
    if (earlier === 0) return [];
    const what =
      earlier === wanted.length
        ? "every request is sent before"
        : `${countOf(earlier, "request")} of ${wanted.length} are sent before`;
    return [
      `${name} takes force on ${dayAt(zone, from)}, and ${what}: it does not reach them; an earlier \`effective\` shows what it would have changed`,
    ];
  });
}

/** The commands that set a book up, its price lists with them. */
function worldOf({ book, offers }: LoadedBook): readonly WorldCommand[] {
  const { keeper } = book.header;
  return [
    ...worldCommands(book),
    ...offers.map((offer) => ({ actor: keeper, body: { type: "listOffer", offer } as const })),
  ];
}

function resolvedIn(
  io: Io,
  which: string,
  world: readonly WorldCommand[],
  wanted: readonly WantedRequest[],
  known?: { readonly resolved: Resolved; readonly reach: Reach },
): Outcome<Resolved> {
  const progress = new Progress(io, `requests, the book ${which}`);
  const result = uninterrupted(() =>
    resolveAll(world, wanted, {
      ...(known === undefined ? {} : { known }),
      progress: (count) => progress.update(count, wanted.length),
    }),
  );
  progress.end();
  if (result.ok) return done(result.value);
  const { code, detail } = result.rejection;
  const message = `the book ${which}: ${result.by} would be rejected: ${detail.replace(/\.$/, "")}`;
  return failed({ code, message, exit: EXIT.invalid });
}

/** The requests to compare by: those named, or those of the book. */
async function comparedRequests(
  { typed, requests }: AmendPlanOptions,
  { book }: LoadedBook,
  at: Instant,
  cwd: string,
): Promise<Outcome<readonly WantedRequest[]>> {
  const found: WantedRequest[] = [];
  for (const path of requests) {
    const listed = await requestsIn(path, book, at, cwd);
    if (!listed.ok) return listed;
    found.push(...listed.value);
  }
  found.push(...typed.map((request) => ({ request, at })));
  if (typed.length + requests.length === 0)
    found.push(...[...book.requests.values()].map((one) => ({ request: one, at })));
  return withOwnIds(found);
}

async function requestsIn(
  path: string,
  book: LoadedBook["book"],
  at: Instant,
  cwd: string,
): Promise<Outcome<readonly WantedRequest[]>> {
  const { isRequestList } = await import("@offtake/intake/request-lists");
  if (isRequestList(path)) {
    const { listedRequests } = await import("../../documents/request-lists.ts");
    return listedRequests(path, book, at, cwd);
  }
  const files = requestsOf(path, book, at, cwd);
  return files.ok ? done(files.value.map((request) => ({ request, at }))) : files;
}

/** Requests of several files may have one name: without names of their own nobody could tell which of them changes. */
function withOwnIds(requests: readonly WantedRequest[]): Outcome<readonly WantedRequest[]> {
  const seen = new Set<string>();
  for (const { request } of requests) {
    if (seen.has(request.id))
      return failed({
        code: "duplicate_id",
        message: `two of the requests have the name ${request.id}: give each an id of its own`,
        exit: EXIT.invalid,
      });
    seen.add(request.id);
  }
  if (requests.length > 0) return done(requests);
  const message = "there is no request to compare by: name some with --requests, files or a list (.csv, .ndjson)";
  return failed({ code: "usage", message, exit: EXIT.usage });
}
