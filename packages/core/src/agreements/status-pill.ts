import { DAY_MS, type Instant, unreachable } from "../kernel/index.ts";
import type { AgreementStatus, AgreementVersion } from "./agreement.ts";

/** How many days before its end an agreement says so. */
export const EXPIRING_DAYS = 180;

/** What a reader sees of an agreement at a glance. Days are of 24 hours, a part of one counting as one. */
export type StatusPill =
  | { readonly pill: "draft" | "conflicted" | "suspended" | "terminated" | "expired" | "evergreen" }
  | { readonly pill: "executed"; readonly startsInDays: number }
  | { readonly pill: "active" | "expiring"; readonly endsInDays: number }
  /** Something must be known before its status is: which field, or which calendar and year. */
  | { readonly pill: "unknown"; readonly missing: readonly string[] };

/**
 * The status as of an instant, from what is recorded and the term `[effectiveFrom, effectiveTo)`. What was decided about the
 * agreement comes before its dates; a missing fact is named and never guessed.
 *
 * @param missing What else is missing, as the caller found it: `calendar us-federal 2031`.
 */
export function statusPill(
  version: AgreementVersion,
  status: AgreementStatus,
  at: Instant,
  missing: readonly string[] = [],
): StatusPill {
  switch (status) {
    case "draft":
    case "conflicted":
    case "suspended":
    case "terminated":
      return { pill: status };
    case "signed":
    case "active":
      return pillOfTerm(version, at, version.signedAt === undefined ? ["signedAt", ...missing] : missing);
    default:
      return unreachable(status);
  }
}

function pillOfTerm(version: AgreementVersion, at: Instant, missing: readonly string[]): StatusPill {
  const { effectiveFrom, effectiveTo } = version;
  if (effectiveTo !== undefined && at >= effectiveTo) return { pill: "expired" };
  if (missing.length > 0) return { pill: "unknown", missing };
  if (at < effectiveFrom) return { pill: "executed", startsInDays: daysBetween(at, effectiveFrom) };
  if (effectiveTo === undefined) return { pill: "evergreen" };
  const endsInDays = daysBetween(at, effectiveTo);
  return { pill: endsInDays <= EXPIRING_DAYS ? "expiring" : "active", endsInDays };
}

function daysBetween(from: Instant, to: Instant): number {
  return Math.ceil((to - from) / DAY_MS);
}
