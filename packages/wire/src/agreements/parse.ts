import { UTC, type ZoneId } from "@offtake/core/calendar";
import type { Parsed, Problem } from "../problems/index.ts";
import { type KnownNames, ReadingContext, Report, validate } from "../shape/index.ts";
import { type Limits, readSource, type SourceFile, type SourceNode } from "../source/index.ts";
import { agreementFile } from "./document.ts";
import { type AgreementReading, readAgreement } from "./read.ts";

/** What a single document takes from the book that it will be part of. */
export interface SingleOptions {
  /** Zone of the book. Default: UTC. */
  readonly zone?: ZoneId;
  /** Names that may be referred to; kinds that are left out are not checked. */
  readonly names?: KnownNames;
  readonly limits?: Limits;
}

/** Reads one agreement file (`schema: offtake/agreement@1`) by itself. */
export function parseAgreement(file: SourceFile, options: SingleOptions = {}): Parsed<AgreementReading> {
  const { root, problems } = readSource(file, options.limits);
  return root === undefined ? { ok: false, problems } : parseAgreementTree(root, options, problems);
}

/** The same of a tree that was read, or made, already; `before` is what was wrong with it. */
export function parseAgreementTree(
  root: SourceNode,
  options: SingleOptions = {},
  before: readonly Problem[] = [],
): Parsed<AgreementReading> {
  const report = new Report(root, before);
  const { value, root: readable } = validate(agreementFile, root, report);
  report.continueWith(readable);
  if (value === undefined) return { ok: false, problems: report.problems };
  const { schema: _, ...document } = value;
  const reading = readAgreement(document, [], new ReadingContext(report, options.zone ?? UTC, options.names));
  return report.isClean ? { ok: true, value: reading } : { ok: false, problems: report.problems };
}
