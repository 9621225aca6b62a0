import type { AgreementVersion, Party } from "../agreements/index.ts";
import type { HolidayCalendar } from "../calendar/index.ts";
import type { CapacityBlock } from "../capacity/index.ts";
import type { CalendarId, Instant, PartyId } from "../kernel/index.ts";

/** What is looked at: a book as it is written, before anything has happened in it. */
export interface Reviewed {
  /** Every version of every agreement; drafts too. */
  readonly versions: readonly AgreementVersion[];
  /** Undefined where an agreement is looked at alone: then nothing is said about its parties. */
  readonly parties?: ReadonlyMap<PartyId, Party>;
  /** Undefined for a calendar that nobody knows. */
  readonly calendar: (id: CalendarId) => HolidayCalendar | undefined;
  readonly blocks: readonly CapacityBlock[];
  /** What is over by then is left alone. */
  readonly at: Instant;
}

/** Versions that are in force at an instant or will be: those of one agreement that a later one has replaced are left out. */
export function currentVersions({ versions, at }: Pick<Reviewed, "versions" | "at">): readonly AgreementVersion[] {
  return versions.filter((version) => {
    if (version.effectiveTo !== undefined && version.effectiveTo <= at && version.renewal === undefined) return false;
    return !versions.some(
      (other) =>
        other.id === version.id &&
        other.version > version.version &&
        other.effectiveFrom <= Math.max(at, version.effectiveFrom),
    );
  });
}
