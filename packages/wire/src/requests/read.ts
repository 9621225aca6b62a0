import type {
  AcceleratorType,
  BlockId,
  Instant,
  Money,
  PartyId,
  Rational,
  RequestId,
  TimeWindow,
} from "@offtake/core/kernel";
import { DAY_MS, HOUR_MS, rational } from "@offtake/core/kernel";
import { checkRequest, type ComputeRequest, nearestMultiples, type RequestLine } from "@offtake/core/requests";
import { acceleratorType } from "../scope/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { LineDocument, RequestDocument, SpanDocument } from "./document.ts";
import { readShorthand } from "./shorthand.ts";
import { readTerms } from "./terms.ts";

/** What a request may leave to where it is read. */
export interface RequestDefaults {
  /** In place of an `id`. */
  readonly id?: string;
  readonly buyer?: string;
  readonly window?: TimeWindow;
}

const ONE = rational(1n);

/** Reads a request; undefined once something in it is reported that leaves nothing to ask for. */
export function readRequest(
  document: RequestDocument,
  path: Path,
  outer: ReadingContext,
  defaults: RequestDefaults = {},
): ComputeRequest | undefined {
  const context = document.zone === undefined ? outer : outer.inZone(document.zone);
  const id = document.id ?? defaults.id;
  const buyer = document.buyer ?? defaults.buyer;
  if (id === undefined)
    context.report.add([...path, "id"], "missing_key", "this is missing", { expected: "a name for the request" });
  if (buyer === undefined)
    context.report.add([...path, "buyer"], "missing_key", "this is missing", { expected: "the id of the buyer" });
  else context.checkName("party", buyer, [...path, "buyer"]);
  const lines = linesOf(document, path, context).map(({ line, at }) => readLine(line, at, context, defaults));
  const sale = readSale(document, path, context);
  const overrides = readOverrides(document, path, context);
  if (id === undefined || buyer === undefined || lines.length === 0 || !lines.every((line) => line !== undefined))
    return undefined;
  const request: ComputeRequest = {
    id: id as RequestId,
    version: 1,
    buyer: buyer as PartyId,
    ...(document.project === undefined ? {} : { project: document.project }),
    lines,
    ...(document.budget === undefined ? {} : { budget: document.budget }),
    ...(document.bidsCloseAt === undefined ? {} : { bidsCloseAt: document.bidsCloseAt }),
    unfilled: document.unfilled ?? "keep",
    approvals: document.approvals ?? [],
    ...(overrides === undefined ? {} : { overrides }),
    ...(document.notes === undefined ? {} : { notes: document.notes }),
    ...(sale === undefined ? {} : { sale }),
    ...(document.release === undefined ? {} : { release: document.release }),
  };
  const problem = context.report.isClean ? checkRequest(request) : undefined;
  if (problem !== undefined) context.report.add(path, problem.code, problem.detail);
  return request;
}

/** The lines of a request, however it writes them: as a list, as one line in a text, or as one line of its own keys. */
function linesOf(document: RequestDocument, path: Path, context: ReadingContext): { line: LineDocument; at: Path }[] {
  const {
    id,
    buyer,
    project,
    zone,
    shorthand,
    lines,
    budget,
    bidsCloseAt,
    unfilled,
    approvals,
    overrides,
    notes,
    sale,
    release,
    ...own
  } = document;
  const ownKeys = Object.entries(own)
    .filter(([key, value]) => value !== undefined && key !== "schema")
    .map(([key]) => key);
  if (lines !== undefined) {
    if (shorthand !== undefined)
      context.report.addAtKey(path, "shorthand", "conflicting_keys", "`lines` says the same", {
        expected: "one of the two",
      });
    for (const key of ownKeys)
      context.report.addAtKey(path, key, "conflicting_keys", `\`${key}\` belongs to a line`, {
        expected: "all lines under `lines`",
      });
    return lines.map((line, index) => ({ line, at: [...path, "lines", index] }));
  }
  if (shorthand === undefined) return [{ line: own, at: path }];
  const short = readShorthand(shorthand, [...path, "shorthand"], context);
  for (const key of ownKeys) {
    if (short[key as keyof LineDocument] !== undefined)
      context.report.addAtKey(path, key, "conflicting_keys", "the shorthand says the same", {
        expected: "one of the two",
      });
  }
  return [{ line: { ...short, ...own }, at: path }];
}

function readLine(
  line: LineDocument,
  path: Path,
  context: ReadingContext,
  defaults: RequestDefaults,
): RequestLine | undefined {
  const { report } = context;
  const missing = (key: string, expected: string): undefined =>
    report.add([...path, key], "missing_key", "this is missing", { expected }) as undefined;
  const accelerators =
    line.accelerators === undefined
      ? missing("accelerators", "an accelerator, such as H100")
      : readAccelerators(line.accelerators, path, context);
  const count = line.count ?? missing("count", "how many accelerators");
  const window =
    line.window === undefined
      ? (defaults.window ?? missing("window", "when it is needed: from, and to or for"))
      : readSpan(line.window, [...path, "window"], context);
  const under = readUnder(line, path, context);
  const purposes = readPurposes(line, path, context);
  const stated = readTerms(line.terms, [...path, "terms"], context);
  const switchingCosts = readSwitching(line, path, context);
  const sourceClass = readSourceClass(line, path, context);
  if (line.incumbent !== undefined) context.checkName("party", line.incumbent, [...path, "incumbent"]);
  if (accelerators === undefined || count === undefined || window === undefined) return undefined;
  const blockSize = line.block ?? 1;
  if (count % blockSize !== 0) tellMultiples(count, blockSize, [...path, "count"], context);
  return {
    accelerators,
    count,
    blockSize,
    gangMin: line.gangMin ?? blockSize,
    divisible: line.divisible ?? true,
    regions: line.regions ?? ["*"],
    window,
    purposes,
    ...(line.channel === undefined ? {} : { channel: line.channel }),
    ...(line.product === undefined ? {} : { product: line.product }),
    ...(sourceClass === undefined ? {} : { sourceClass }),
    ...(line.cap === undefined ? {} : { cap: line.cap }),
    ...(line.latestStart === undefined ? {} : { latestStart: context.from(line.latestStart) }),
    stated,
    ...(under === undefined ? {} : { under }),
    switchingCosts,
    ...(line.incumbent === undefined ? {} : { incumbent: line.incumbent as PartyId }),
  };
}

function tellMultiples(count: number, block: number, path: Path, context: ReadingContext): void {
  const { below, above } = nearestMultiples(count, block);
  const near = [below, above].filter((one) => one !== undefined && one > 0).map(String);
  context.report.add(path, "invalid_count", `${count} is not a multiple of the block, ${block}`, {
    expected: `a multiple of ${block}`,
    didYouMean: near,
  });
}

function readAccelerators(
  stated: NonNullable<LineDocument["accelerators"]>,
  path: Path,
  context: ReadingContext,
): RequestLine["accelerators"] | undefined {
  const read: { acceleratorType: AcceleratorType; factor: Rational }[] = [];
  for (const [index, item] of stated.entries()) {
    const name = typeof item === "string" ? item : item.type;
    const type = acceleratorType(name, [...path, "accelerators", index], context);
    if (type !== undefined)
      read.push({ acceleratorType: type, factor: typeof item === "string" ? ONE : (item.factor ?? ONE) });
  }
  return read.length === stated.length ? read : undefined;
}

/** `[from, to)`. With `for`: whole civil days from a date, elapsed time from an instant. */
export function readSpan(document: SpanDocument, path: Path, context: ReadingContext): TimeWindow {
  const { from, to, for: length } = document;
  const start = context.from(from);
  if (to !== undefined && length !== undefined)
    context.report.add([...path, "for"], "conflicting_keys", "`to` says the same", { expected: "one of the two" });
  if (to !== undefined) return context.span(start, context.until(to), path);
  if (length === undefined) {
    context.report.add([...path, "to"], "missing_key", "this is missing", { expected: "`to`, or `for`" });
    return { from: start, to: start };
  }
  if (length.unit === "business-days") {
    context.report.add([...path, "for"], "wrong_unit", "a span is not counted in business days", {
      expected: "days or hours, such as 90 days",
    });
  }
  if (length.unit === "days" && from.kind === "date") {
    return context.span(start, context.from({ kind: "date", epochDay: from.epochDay + length.n }), path);
  }
  return context.span(start, (start + length.n * (length.unit === "hours" ? HOUR_MS : DAY_MS)) as Instant, path);
}

function readPurposes(line: LineDocument, path: Path, context: ReadingContext): RequestLine["purposes"] {
  if (line.purpose !== undefined && line.purposes !== undefined) {
    context.report.add([...path, "purposes"], "conflicting_keys", "`purpose` says the same", {
      expected: "one of the two",
    });
  }
  if (line.purpose !== undefined) return [{ purpose: line.purpose }];
  if (line.purposes === undefined) return [];
  if (Array.isArray(line.purposes)) return line.purposes.map((purpose) => ({ purpose }));
  return Object.entries(line.purposes).map(([purpose, count]) => ({ purpose, count }));
}

function readSourceClass(line: LineDocument, path: Path, context: ReadingContext): string | undefined {
  const { sourceClass, sources } = line;
  if (sources === undefined) return sourceClass;
  for (const source of sources) context.checkName("party", source, [...path, "sources"]);
  if (sourceClass === undefined) {
    context.report.add(
      [...path, "sourceClass"],
      "missing_key",
      "`sources` needs the source class that they stand for",
      { expected: "such as own_build" },
    );
  }
  return `${sourceClass ?? ""}:${sources.join(",")}`;
}

function readUnder(line: LineDocument, path: Path, context: ReadingContext): RequestLine["under"] {
  if (line.under === undefined) {
    if (line.negotiated !== undefined)
      context.report.addAtKey(path, "negotiated", "conflicting_keys", "`negotiated` goes with `under`");
    return undefined;
  }
  const right = context.clause(line.under, [...path, "under"]);
  return right === undefined ? undefined : { ...right, negotiated: line.negotiated ?? false };
}

function readSwitching(line: LineDocument, path: Path, context: ReadingContext): { provider: PartyId; cost: Money }[] {
  return Object.entries(line.switchingCosts ?? {}).map(([provider, cost]) => {
    context.checkName("party", provider, [...path, "switchingCosts", provider]);
    return { provider: provider as PartyId, cost };
  });
}

function readOverrides(
  { overrides }: RequestDocument,
  path: Path,
  context: ReadingContext,
): ComputeRequest["overrides"] {
  return overrides?.flatMap(({ clause, cost, by, reason }, index) => {
    const found = context.clause(clause, [...path, "overrides", index, "clause"]);
    return found === undefined ? [] : [{ agreement: found.agreement, clause: found.clause, cost, by, reason }];
  });
}

function readSale(document: RequestDocument, path: Path, context: ReadingContext): ComputeRequest["sale"] {
  const { sale } = document;
  if (sale === undefined) return undefined;
  context.checkName("party", sale.to, [...path, "sale", "to"]);
  for (const block of sale.blocks ?? []) context.checkName("block", block, [...path, "sale", "blocks"]);
  return { to: sale.to as PartyId, price: sale.price, blocks: (sale.blocks ?? []) as BlockId[] };
}
