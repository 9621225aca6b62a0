import { askingFindings } from "./asking.ts";
import { conflictFindings } from "./conflicts.ts";
import { dateFindings } from "./date-clauses.ts";
import type { Finding, Severity } from "./finding.ts";
import { type OpenPoint, openPoints, readingFindings } from "./open-points.ts";
import { reachFindings } from "./reach.ts";
import type { Reviewed } from "./reviewed.ts";
import { termFindings } from "./terms.ts";

export interface Review {
  /** What does not work comes first, then what will surprise, then what rests on nobody's word. */
  readonly findings: readonly Finding[];
  /** Questions for the lawyer, the ones that change most first. */
  readonly open: readonly OpenPoint[];
}

const ORDER: readonly Severity[] = ["error", "warning", "note"];

/** Looks at agreements as they are written; decides nothing and changes nothing. The same input gives the same review. */
export function review(reviewed: Reviewed): Review {
  const looks = [conflictFindings, reachFindings, askingFindings, termFindings, dateFindings, readingFindings];
  const found = looks.flatMap((look) => look(reviewed));
  return {
    findings: ORDER.flatMap((severity) => found.filter((one) => one.severity === severity)),
    open: openPoints(reviewed),
  };
}
