import type { Instant } from "../kernel/index.ts";
import type { AgreementVersion } from "./agreement.ts";
import { lastEnd } from "./renewal.ts";

/** Whether buyer and provider both signed that the change reaches notices that are open (domain row V2). */
export function reachesOpenNotices(version: AgreementVersion): boolean {
  const signed = version.appliesToOpenNotices?.signedBy;
  return signed !== undefined && signed.includes(version.buyer) && signed.includes(version.provider);
}

/**
 * The version that governs a notice which was sent under `pinned`: that one, whatever is agreed later (domain rules G8 and
 * row V1), unless a later version that has taken effect by `at` is declared, by both, to reach open notices.
 */
export function versionForNotice(
  pinned: AgreementVersion,
  versions: readonly AgreementVersion[],
  at: Instant,
): AgreementVersion {
  let found = pinned;
  for (const version of versions) {
    if (version.version > found.version && version.effectiveFrom <= at && reachesOpenNotices(version)) found = version;
  }
  return found;
}

export interface RecordedVersion {
  readonly agreement: AgreementVersion;
  readonly recordedAt: Instant;
}

/**
 * What was known at `knownAt` of the version in force at `at`: effective time and recorded time are two things, so a version
 * recorded later never changes the answer (domain row V7). Of those known and effective, the one effective last, and of
 * several from one instant the one recorded last. Undefined before the first and after the last. A version that renews has the end
 * of its last renewal here: notices are no versions.
 */
export function versionKnownAt(
  versions: readonly RecordedVersion[],
  at: Instant,
  knownAt: Instant,
): AgreementVersion | undefined {
  let found: RecordedVersion | undefined;
  for (const item of versions) {
    if (item.recordedAt > knownAt || item.agreement.effectiveFrom > at) continue;
    if (found === undefined || isAfter(item, found)) found = item;
  }
  const version = found?.agreement;
  const end = version === undefined ? undefined : lastEnd(version);
  return end !== undefined && at >= end ? undefined : version;
}

function isAfter(a: RecordedVersion, b: RecordedVersion): boolean {
  const later = a.agreement.effectiveFrom - b.agreement.effectiveFrom;
  return later > 0 || (later === 0 && a.recordedAt >= b.recordedAt);
}
