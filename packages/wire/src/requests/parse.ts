import { UTC } from "@offtake/core/calendar";
import type { ComputeRequest } from "@offtake/core/requests";
import type { SingleOptions } from "../agreements/index.ts";
import type { Parsed } from "../problems/index.ts";
import { ReadingContext, Report, validate } from "../shape/index.ts";
import { readSource, type ScalarNode, type SourceFile } from "../source/index.ts";
import { requestFile } from "./document.ts";
import { type RequestDefaults, readRequest } from "./read.ts";

export type RequestOptions = SingleOptions & RequestDefaults;

/** Reads one request file (`schema: offtake/request@1`) by itself. */
export function parseRequest(file: SourceFile, options: RequestOptions = {}): Parsed<ComputeRequest> {
  const { root, problems } = readSource(file, options.limits);
  if (root === undefined) return { ok: false, problems };
  const report = new Report(root, problems);
  const { value, root: readable } = validate(requestFile, root, report);
  report.continueWith(readable);
  if (value === undefined) return { ok: false, problems: report.problems };
  const { schema: _, ...document } = value;
  const request = readRequest(document, [], new ReadingContext(report, options.zone ?? UTC, options.names), options);
  return request !== undefined && report.isClean
    ? { ok: true, value: request }
    : { ok: false, problems: report.problems };
}

/** Reads the one-line form by itself, as typed at a command line; `name` is what problems cite as the file. */
export function parseShorthand(text: string, options: RequestOptions = {}, name = "request"): Parsed<ComputeRequest> {
  const root: ScalarNode = { kind: "scalar", value: text, origin: { file: name, line: 1, column: 1, path: "" } };
  const report = new Report(root);
  const context = new ReadingContext(report, options.zone ?? UTC, options.names);
  const request = readRequest({ shorthand: text }, [], context, { id: "request", ...options });
  return request !== undefined && report.isClean
    ? { ok: true, value: request }
    : { ok: false, problems: report.problems };
}
