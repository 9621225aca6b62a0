import { UTC } from "@offtake/core/calendar";
import type { Instant, PartyId } from "@offtake/core/kernel";
import type { Answer } from "@offtake/core/notices";
import type { ComputeRequest } from "@offtake/core/requests";
import type { z } from "zod";
import { nearNames, type Parsed, type Problem } from "../problems/index.ts";
import { freeText, lengthText, regionText, whenText } from "../scalars/index.ts";
import { oneOrMany, ReadingContext, Report, strict, validate } from "../shape/index.ts";
import type { MapEntry, MapNode, Origin, SourceNode } from "../source/index.ts";
import { requestKeys } from "./document.ts";
import type { RequestOptions } from "./parse.ts";
import { readRequest } from "./read.ts";

/** One line of a list of requests: a cell for each column, blank ones left out. */
export interface RequestRow {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** A request of a list, when it was sent, and what holders answered it. */
export interface ListedRequest {
  readonly request: ComputeRequest;
  readonly at?: Instant;
  readonly answers: ReadonlyMap<PartyId, Answer>;
}

const { id, buyer, project, budget, unfilled, accelerators, count, block, gangMin } = requestKeys;
const { purpose, channel, product, sourceClass, cap, latestStart, incumbent, notes } = requestKeys;

const row = strict({
  id,
  request: freeText.optional().describe("The wish in one line, as in `shorthand` of a request."),
  accelerators,
  count,
  block,
  gangMin,
  from: whenText.optional().describe("First day, or first instant."),
  to: whenText.optional().describe("Last day, or first instant after it."),
  for: lengthText.optional().describe("In place of `to`: how long, such as 90d."),
  region: oneOrMany(regionText).optional().describe("Regions, apart by blanks."),
  purpose,
  channel,
  product,
  sourceClass,
  cap,
  latestStart,
  incumbent,
  buyer,
  project,
  budget,
  unfilled,
  notes,
  at: whenText.optional().describe("When it was sent."),
  answers: freeText.optional().describe("What holders answered, such as `harbor: refuse; ridge: accept 256`."),
});

type Row = z.output<typeof row>;

/** The columns that a list may have. */
export const REQUEST_COLUMNS: readonly string[] = Object.keys(row.shape);

/** Problems that are told of one list. */
const PROBLEMS_MAX = 50;

/** Whether a list has only columns that mean something, and enough of them. */
export function checkRequestColumns(file: string, columns: readonly string[]): Problem[] {
  const at = { file, line: 1, column: 1 };
  const unknown = columns
    .filter((column) => !REQUEST_COLUMNS.includes(column))
    .map((column): Problem => {
      const didYouMean = nearNames(column, REQUEST_COLUMNS);
      return {
        code: "unknown_key",
        ...at,
        path: column,
        message: `a list of requests has no column \`${column.slice(0, 60)}\``,
        expected: `some of ${REQUEST_COLUMNS.join(", ")}`,
        ...(didYouMean.length === 0 ? {} : { didYouMean }),
      };
    });
  if (unknown.length > 0 || columns.includes("request") || columns.includes("accelerators")) return unknown;
  const message = "the list does not say what is asked for";
  return [{ code: "missing_key", ...at, path: "request", message, expected: "a column request, such as H100:512/8" }];
}

/**
 * Reads the rows of a list. Everything that is wrong is told with its line, and nothing is taken then; a row without an `id` is named
 * after its line.
 */
export function parseRequestRows(
  file: string,
  rows: readonly RequestRow[],
  options: RequestOptions = {},
): Parsed<readonly ListedRequest[]> {
  const problems: Problem[] = [];
  const listed: ListedRequest[] = [];
  const seen = new Map<string, number>();
  for (const one of rows) {
    const read = readRow(file, one, options);
    if (!read.ok) {
      problems.push(...read.problems.map((problem) => ({ ...problem, path: columnOf(problem.path) })));
      if (problems.length >= PROBLEMS_MAX) break;
      continue;
    }
    const { id: name } = read.value.request;
    const before = seen.get(name);
    if (before !== undefined) {
      const message = `the id \`${name}\` stands on line ${before} already`;
      problems.push({
        code: "duplicate_id",
        file,
        line: one.line,
        column: 1,
        path: "id",
        message,
        expected: "an id of its own",
      });
    }
    seen.set(name, one.line);
    listed.push(read.value);
  }
  return problems.length === 0 ? { ok: true, value: listed } : { ok: false, problems: problems.slice(0, PROBLEMS_MAX) };
}

function readRow(file: string, { line, cells }: RequestRow, options: RequestOptions): Parsed<ListedRequest> {
  const root = nodeOf(file, line, cells);
  const report = new Report(root);
  const { value, root: readable } = validate(row, root, report);
  report.continueWith(readable);
  if (value === undefined) return { ok: false, problems: report.problems };
  const context = new ReadingContext(report, options.zone ?? UTC, options.names);
  const request = readRequest(documentOf(value), [], context, { ...options, id: `line-${line}` });
  const answers = answersOf(value.answers, context);
  if (request === undefined || !report.isClean) return { ok: false, problems: report.problems };
  return { ok: true, value: { request, answers, ...(value.at === undefined ? {} : { at: context.from(value.at) }) } };
}

/** The column in which a person finds what a request calls by another key. */
function columnOf(path: string): string {
  const [key = "", inner] = path.split(/[.[]/);
  if (key === "window") return inner ?? "from";
  return key === "shorthand" ? "request" : key === "regions" ? "region" : key;
}

function documentOf(value: Row): Parameters<typeof readRequest>[0] {
  const { request, from, to, for: length, region, at: _, answers: __, ...rest } = value;
  const end =
    length === undefined ? (to === undefined ? {} : { to }) : to === undefined ? { for: length } : { to, for: length };
  return {
    ...rest,
    ...(request === undefined ? {} : { shorthand: request }),
    ...(from === undefined ? {} : { window: { from, ...end } }),
    ...(region === undefined ? {} : { regions: region }),
  };
}

/** "harbor: refuse; ridge: accept 256". Blocks, hosts and conditions are not told in a list: whoever accepts takes it as it is asked. */
function answersOf(text: string | undefined, context: ReadingContext): Map<PartyId, Answer> {
  const answers = new Map<PartyId, Answer>();
  for (const part of (text ?? "").split(";").filter((item) => item.trim() !== "")) {
    const match = /^\s*([A-Za-z][\w.-]*)\s*[:=]\s*(?:(accept)(?:\s+(\d{1,9}))?|(refuse)|(silent))\s*$/.exec(part);
    if (match === null) {
      context.report.add(["answers"], "malformed", `\`${part.trim().slice(0, 60)}\` is no answer`, {
        expected: "who and what, such as harbor: refuse; ridge: accept 256; dune: silent",
      });
      continue;
    }
    const [, party = "", accept, taken, , silent] = match;
    if (!context.checkName("party", party, ["answers"]) || silent !== undefined) continue;
    const type = accept === undefined ? "refuse" : "accept";
    const some = taken === undefined ? {} : { count: Number(taken) };
    answers.set(party as PartyId, { type, ...some, orLess: type === "accept", rootBlocks: [] });
  }
  return answers;
}

const NUMBERS: ReadonlySet<string> = new Set(["count", "block", "gangMin"]);

function nodeOf(file: string, line: number, cells: ReadonlyMap<string, string>): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const [name, text] of cells) {
    const origin: Origin = { file, line, column: 1, path: name };
    entries.set(name, { key: origin, node: cellNode(name, text, origin) });
  }
  return { kind: "map", entries, origin: { file, line, column: 1, path: "" } };
}

function cellNode(name: string, text: string, origin: Origin): SourceNode {
  if (name === "region") {
    const items = text.split(/[\s,;|]+/).filter((item) => item !== "");
    return { kind: "list", items: items.map((value) => ({ kind: "scalar", value, origin }) as const), origin };
  }
  const short = name === "for" ? /^(\d{1,7})\s*([dh])$/.exec(text) : null;
  if (short !== null) return { kind: "scalar", value: `${short[1]} ${short[2] === "d" ? "days" : "hours"}`, origin };
  return { kind: "scalar", value: NUMBERS.has(name) && /^\d{1,15}$/.test(text) ? Number(text) : text, origin };
}
