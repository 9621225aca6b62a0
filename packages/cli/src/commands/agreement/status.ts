import { type AgreementVersion, type StatusPill, statusPill } from "@offtake/core/agreements";
import { review } from "@offtake/core/review";
import { countOf } from "../../terminal/failures.ts";
import type { LookedAt } from "./looked-at.ts";

/** Of each agreement the version of that instant: the one effective last by then, or the first that will be. */
export function chosenVersions({ reviewed }: LookedAt): readonly AgreementVersion[] {
  const chosen = new Map<string, AgreementVersion>();
  for (const version of reviewed.versions) {
    const before = chosen.get(version.id);
    const isNewer =
      before === undefined || (version.effectiveFrom <= reviewed.at && version.effectiveFrom >= before.effectiveFrom);
    if (isNewer) chosen.set(version.id, version);
  }
  return [...chosen.values()];
}

/** The status at a glance, in words: what is missing before it can be told is named. */
export function statusOf(version: AgreementVersion, { reviewed, drafts }: LookedAt): string {
  const missing = review({ ...reviewed, versions: [version] }).findings.flatMap(({ code, message }) =>
    code === "calendar_missing" || code === "calendar_year_not_covered" ? message : [],
  );
  const status = version.signedAt === undefined ? "draft" : drafts.has(version) ? "signed" : "active";
  return pillText(statusPill(version, status, reviewed.at, missing));
}

function pillText(pill: StatusPill): string {
  switch (pill.pill) {
    case "executed":
      return `○ Executed, starts in ${countOf(pill.startsInDays, "day")}`;
    case "active":
      return pill.renews === true
        ? `● Active, renews in ${countOf(pill.endsInDays, "day")}`
        : `● Active (${countOf(pill.endsInDays, "day")} left)`;
    case "expiring":
      return `◐ ${pill.renews === true ? "Renews" : "Expiring"} in ${countOf(pill.endsInDays, "day")}`;
    case "unknown":
      return `○ Unknown: ${pill.missing.join("; ")}`;
    case "evergreen":
      return "● Active, without end";
    case "draft":
      return "○ Draft";
    case "conflicted":
    case "suspended":
    case "terminated":
    case "expired":
      return `○ ${pill.pill.charAt(0).toUpperCase()}${pill.pill.slice(1)}`;
  }
}
