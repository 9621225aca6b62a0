import type { Schemas } from "@offtake/client";
import { countOf } from "../amounts/counts.ts";
import { shownAt } from "./zoned.ts";

type ClockTold = Schemas["shared-clock"];
type WindowTold = Schemas["shared-tenderWindow"];

const UNIT: Readonly<Record<WindowTold["unit"], string>> = {
  "business-days": "business day",
  hours: "hour",
  days: "day",
};

/** How a deadline was counted, a part at a time: "5 business days, us-federal", "counted from delivery", "2 weekend days not counted". */
export function basisOf(clock: ClockTold, window?: WindowTold): readonly string[] {
  const counted =
    clock.deemedReceivedAt === clock.deliveredAt ? `counted from ${eventText(clock)}` : "counted from deemed receipt";
  return [
    ...(window === undefined ? [] : [windowText(window)]),
    counted,
    ...skippedOf(clock.trail),
    ...changeOf(clock),
    ...(clock.extended === undefined ? [] : [`extended: ${clock.extended}`]),
  ];
}

function windowText({ n, unit, calendars = [] }: WindowTold): string {
  return [countOf(n, UNIT[unit]), ...calendars].join(", ");
}

const eventText = ({ basis }: ClockTold): string =>
  ({ delivered: "delivery", acknowledged: "acknowledgement" })[basis.event as string] ?? String(basis.event);

function skippedOf(trail: readonly string[]): readonly string[] {
  const holidays = trail.filter((day) => !day.endsWith(" weekend"));
  const weekend = trail.length - holidays.length;
  const days = [...(weekend === 0 ? [] : [countOf(weekend, "weekend day")]), ...holidays];
  return days.length === 0 ? [] : [`${days.join(", ")} not counted`];
}

/** Sent in winter time and due in summer time, or the other way round: said, since the hours between are one less or more. */
function changeOf({ deemedReceivedAt, respondBy, zone }: ClockTold): readonly string[] {
  const before = shownAt(zone, Date.parse(deemedReceivedAt)).name;
  const after = shownAt(zone, Date.parse(respondBy)).name;
  return before === after ? [] : [`clocks change in between (${before} to ${after})`];
}
