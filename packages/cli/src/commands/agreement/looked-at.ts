import { type AgreementVersion, type Party } from "@offtake/core/agreements";
import { builtinCalendar, UTC, type ZoneId } from "@offtake/core/calendar";
import { type Instant, parseInstant, type PartyId, toInstant } from "@offtake/core/kernel";
import type { Reviewed, Spot } from "@offtake/core/review";
import { parseAgreement } from "@offtake/wire/agreements";
import { type Book, bookOfTree, joinBook } from "@offtake/wire/book";
import { childOf, type Origin, plainValue, readSource, type SourceFile, type SourceNode } from "@offtake/wire/source";
import { bookFiles } from "../../documents/book.ts";
import { fileResolver } from "../../documents/files.ts";
import { kindOf } from "../../documents/kinds.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, invalidDocument, type Outcome } from "../../terminal/failures.ts";

/** Agreements that are looked at, with where each thing stands in its file. */
export interface LookedAt {
  readonly reviewed: Reviewed;
  readonly zone: ZoneId;
  readonly book?: Book;
  readonly drafts: ReadonlySet<AgreementVersion>;
  readonly files: number;
  readonly nameOf: (party: PartyId) => string;
  readonly placeOf: (spot: Spot) => Origin;
  /** The clause as the document has it. */
  readonly clauseOf: (spot: Spot) => SourceNode | undefined;
}

/** `--at`, or now. */
export function instantOf(typed: string | undefined): Outcome<Instant> {
  const at = typed === undefined ? toInstant(Date.now()) : parseInstant(typed);
  return at === undefined
    ? failed({ code: "usage", message: `--at ${typed ?? ""} is no instant with its offset`, exit: EXIT.usage })
    : done(at);
}

/** The agreements of a book, or of an agreement file alone: then nothing is known of parties and capacity. */
export function lookAt(path: string, at: Instant, cwd: string): Outcome<LookedAt> {
  const files = bookFiles(path, cwd);
  if (!files.ok) return files;
  const [only] = files.value;
  if (only !== undefined && files.value.length === 1 && kindOf(only) === "agreement") return lookAtOne(only, at);
  const { root, problems } = joinBook(files.value, { resolve: fileResolver(cwd) });
  if (root === undefined) return failed(invalidDocument(problems));
  const { book, problems: found } = bookOfTree(root, problems);
  if (book === undefined || found.length > 0) return failed(invalidDocument(found));
  const parties = new Map<PartyId, Party>(book.parties.map(({ party }) => [party.id, party]));
  const own = new Map(book.calendars.map((calendar) => [calendar.id as string, calendar]));
  const reviewed: Reviewed = {
    versions: book.agreements.map(({ agreement }) => agreement),
    parties,
    calendar: (id) => own.get(id) ?? builtinCalendar(id),
    blocks: book.blocks,
    at,
  };
  const drafts = new Set(book.agreements.filter(({ activate }) => !activate).map(({ agreement }) => agreement));
  const list = childOf(root, "agreements");
  return done({
    reviewed,
    zone: book.header.zone,
    book,
    drafts,
    files: files.value.length,
    nameOf: (party) => parties.get(party)?.name ?? party,
    ...placesIn(list?.kind === "list" ? list.items : [], root.origin),
  });
}

function lookAtOne(file: SourceFile, at: Instant): Outcome<LookedAt> {
  const parsed = parseAgreement(file);
  const { root } = readSource(file);
  if (!parsed.ok || root === undefined) return failed(invalidDocument(parsed.ok ? [] : parsed.problems));
  const { agreement, activate } = parsed.value;
  return done({
    reviewed: { versions: [agreement], calendar: builtinCalendar, blocks: [], at },
    zone: UTC,
    drafts: new Set(activate ? [] : [agreement]),
    files: 1,
    nameOf: (party) => party,
    ...placesIn([root], root.origin),
  });
}

const isText = (node: SourceNode | undefined, text: string): boolean => node?.kind === "scalar" && node.value === text;

function placesIn(agreements: readonly SourceNode[], start: Origin): Pick<LookedAt, "placeOf" | "clauseOf"> {
  const agreementOf = ({ agreement, version }: Spot): SourceNode | undefined => {
    const named = agreements.filter((node) => isText(childOf(node, "name"), agreement));
    return named.find((node) => (plainOf(childOf(node, "version")) ?? 1) === version) ?? named[0];
  };
  const clauseOf = (spot: Spot): SourceNode | undefined => {
    const agreement = agreementOf(spot);
    const clauses = childOf(agreement, "clauses");
    if (spot.clause === undefined || clauses?.kind !== "list") return agreement;
    return clauses.items.find((node) => isText(childOf(node, "id"), spot.clause ?? "")) ?? agreement;
  };
  const keyIn = (holder: SourceNode | undefined, key: string | undefined): SourceNode | undefined => {
    let found: SourceNode | undefined = key === undefined ? undefined : holder;
    for (const step of key?.split(".") ?? []) found = childOf(found, /^\d+$/.test(step) ? Number(step) : step);
    return found;
  };
  return {
    clauseOf,
    placeOf: (spot) => {
      const holder = clauseOf(spot);
      const first = spot.key?.split(".")[0];
      return (keyIn(holder, spot.key) ?? keyIn(holder, first) ?? holder)?.origin ?? start;
    },
  };
}

const plainOf = (node: SourceNode | undefined): unknown => (node === undefined ? undefined : plainValue(node));
