import type { AgreementVersion } from "../agreements/agreement.ts";
import type { NoticeParty } from "../agreements/party.ts";
import type { WindowSpec } from "../agreements/window.ts";
import {
  type DeliveryProfile,
  findCalendars,
  type HolidayCalendar,
  type WindowRule,
  type ZoneId,
} from "../calendar/index.ts";
import { type CalendarId, type Result, success } from "../kernel/index.ts";

/** What a window takes from where it stands when it leaves something out. */
export interface WindowDefaults {
  readonly zone: ZoneId;
  readonly calendars: readonly CalendarId[];
  readonly join: "all" | "any";
  readonly closeMs: number;
}

export type CalendarOf = (id: CalendarId) => HolidayCalendar | undefined;

/** A clause's window as a rule of the calendar. */
export function ruleOf(
  spec: WindowSpec,
  defaults: WindowDefaults,
  calendarOf: CalendarOf,
): Result<WindowRule, "calendar_missing"> {
  const zone = spec.zone ?? defaults.zone;
  if (spec.unit !== "business-days") return success({ unit: spec.unit, n: spec.n, zone });
  const calendars = findCalendars(spec.calendars ?? defaults.calendars, calendarOf);
  if (!calendars.ok) return calendars;
  return success({
    unit: "business-days",
    n: spec.n,
    zone,
    calendars: calendars.value,
    join: spec.join ?? defaults.join,
    closeMs: spec.closeMs ?? defaults.closeMs,
  });
}

/** How a party takes delivery under an agreement: its own notice address first, the agreement for what that leaves out (G1). */
export function deliveryOf(
  version: AgreementVersion,
  notice: NoticeParty | undefined,
  calendarOf: CalendarOf,
): Result<DeliveryProfile, "calendar_missing"> {
  const calendars = findCalendars(notice?.calendars ?? version.calendars, calendarOf);
  if (!calendars.ok) return calendars;
  return success({
    zone: notice?.zone ?? version.zone,
    cutoffMs: notice?.cutoffMs ?? version.cutoffMs,
    calendars: calendars.value,
    join: notice?.join ?? version.join,
  });
}
