import type { AgreementVersion } from "../agreements/agreement.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { BookState } from "../book/state.ts";
import { HOUR_MS } from "../kernel/index.ts";

/**
 * The agreement's own values that a notice of a right has used, by their names: the zone and the calendars in which its window was
 * counted, the hour at which its days close, the hour until which a notice counts as received the same day. What the clause or the
 * address of its holder states by itself was not used.
 */
export function agreementValuesUsed(
  state: BookState,
  version: AgreementVersion,
  { window, holder }: RightClause,
): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  const calendars = window.calendars ?? version.calendars;
  if (window.unit !== "hours" && window.zone === undefined) used.set("zone", version.zone);
  if (window.unit === "business-days") {
    if (window.calendars === undefined)
      used.set("holidays", calendars.length === 0 ? "weekends only" : calendars.join(", "));
    if (window.join === undefined && calendars.length > 1) used.set("join", version.join);
    if (window.closeMs === undefined) used.set("close", hourText(version.closeMs));
  }
  if (state.parties.get(holder)?.notice?.cutoffMs === undefined) used.set("cutoff", hourText(version.cutoffMs));
  return used;
}

/** "17:00". */
function hourText(ms: number): string {
  const minutes = Math.round(ms / (HOUR_MS / 60));
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
