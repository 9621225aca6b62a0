import { UTC, type ZoneId } from "@offtake/core/calendar";
import type { z } from "zod";
import type { Parsed } from "../problems/index.ts";
import { type KnownNames, ReadingContext, Report, validate } from "../shape/index.ts";
import { LIMITS, type Limits, type Path, readSource, type SourceFile } from "../source/index.ts";

/** Bodies hold one thing, not a book: they are not nested as deep, and nothing in them stands for something else. */
const BODY_LIMITS: Limits = { ...LIMITS, depth: 32, aliases: 0, repeatedValues: 0 };

export interface BodyOptions {
  /** In which dates of the body are meant: that of the book. Default: UTC. */
  readonly zone?: ZoneId;
  /** Names that may be referred to; kinds that are left out are not checked. */
  readonly names?: KnownNames;
}

/** What comes with a call: its shape, and how it is read once the shape is right. */
export interface Body<Schema extends z.ZodType, Value> {
  readonly schema: Schema;
  readonly read: (document: z.output<Schema>, path: Path, context: ReadingContext) => Value | undefined;
}

/** Reads what came with a call, JSON or YAML. Every problem has its place. */
export function readBody<Schema extends z.ZodType, Value>(
  file: SourceFile,
  { schema, read }: Body<Schema, Value>,
  { zone = UTC, names }: BodyOptions = {},
): Parsed<Value> {
  const { root, problems } = readSource(file, BODY_LIMITS);
  if (root === undefined) return { ok: false, problems };
  const report = new Report(root, problems);
  const { value, root: readable } = validate(schema, root, report);
  report.continueWith(readable);
  if (value === undefined) return { ok: false, problems: report.problems };
  const made = read(value, [], new ReadingContext(report, zone, names));
  return made !== undefined && report.isClean ? { ok: true, value: made } : { ok: false, problems: report.problems };
}

/** A body that is read once its shape is right. */
export const asItIs = <Schema extends z.ZodType>(schema: Schema): Body<Schema, z.output<Schema>> => ({
  schema,
  read: (document) => document,
});
