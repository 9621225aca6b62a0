export { conflictFindings } from "./conflicts.ts";
export type { Finding, FindingCode, Severity, Spot } from "./finding.ts";
export { type OpenPoint, openPoints } from "./open-points.ts";
export { type Review, review } from "./review.ts";
export type { Reviewed } from "./reviewed.ts";
