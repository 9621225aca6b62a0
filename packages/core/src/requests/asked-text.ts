import { canonicalText, compareText } from "../kernel/index.ts";
import type { ComputeRequest, RequestLine } from "./request.ts";
import { termsOf } from "./terms-of.ts";
import { termsText } from "./terms-text.ts";

/**
 * One text for what an approver decides on: two requests have the same one exactly when they ask for the same. All that a request says counts,
 * its budget, prices, counts, windows and places among it, but for what is a mere note to people (its project and its notes), the number of its
 * version, and the names of the approvals themselves. What is listed as a set may come in any order.
 *
 * @source Rule REQ34 in ./SPEC.md
 */
export function askedText(request: ComputeRequest): string {
  const { id: _id, version: _version, project: _project, notes: _notes, approvals: _approvals, ...asked } = request;
  const { lines, overrides = [], sale, ...rest } = asked;
  return canonicalText({
    ...rest,
    lines: lines.map(lineText),
    overrides: overrides.map(canonicalText).sort(compareText),
    sale: sale === undefined ? undefined : { ...sale, blocks: [...sale.blocks].sort(compareText) },
  });
}

/** The terms of a line, and what of it is no part of them. */
function lineText(line: RequestLine): string {
  const { purposes, switchingCosts, accelerators, regions: _regions, stated: _stated, ...rest } = line;
  const terms = termsText(termsOf(line, { count: line.count, purposes: purposes.map(({ purpose }) => purpose) }));
  return canonicalText({
    ...rest,
    terms,
    first: accelerators[0],
    purposes: purposes.map(canonicalText).sort(compareText),
    switchingCosts: switchingCosts.map(canonicalText).sort(compareText),
  });
}
