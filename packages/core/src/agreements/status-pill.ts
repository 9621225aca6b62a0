import { DAY_MS, type Instant, unreachable } from "../kernel/index.ts";
import type { AgreementStatus, AgreementVersion } from "./agreement.ts";
import { termAt } from "./renewal.ts";

/** How many days before its end an agreement says so. */
export const EXPIRING_DAYS = 180;

/** What a reader sees of an agreement at a glance. Days are of 24 hours, a part of one counting as one. */
export type StatusPill =
  | { readonly pill: "draft" | "conflicted" | "suspended" | "terminated" | "expired" | "evergreen" }
  | { readonly pill: "executed"; readonly startsInDays: number }
  /** Days to the end of the term that runs; with `renews` it runs on then, unless somebody gives notice in time. */
  | { readonly pill: "active" | "expiring"; readonly endsInDays: number; readonly renews?: true }
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
  const { effectiveFrom, renewal } = version;
  // An agreement that runs on until notice has no end, also where its first term has one.
  const effectiveTo = renewal === undefined ? version.effectiveTo : termAt(version, at)?.to;
  const isOver =
    renewal === undefined ? effectiveTo !== undefined && at >= effectiveTo : isRenewedOut(version, effectiveTo);
  if (isOver) return { pill: "expired" };
  if (missing.length > 0) return { pill: "unknown", missing };
  if (at < effectiveFrom) return { pill: "executed", startsInDays: daysBetween(at, effectiveFrom) };
  if (effectiveTo === undefined) return { pill: "evergreen" };
  const endsInDays = daysBetween(at, effectiveTo);
  const pill = endsInDays <= EXPIRING_DAYS ? "expiring" : "active";
  return renewal === undefined ? { pill, endsInDays } : { pill, endsInDays, renews: true };
}

/** After the last of its renewals. */
function isRenewedOut({ renewal }: AgreementVersion, end: Instant | undefined): boolean {
  return renewal?.kind === "automatic" && end === undefined;
}

function daysBetween(from: Instant, to: Instant): number {
  return Math.ceil((to - from) / DAY_MS);
}
