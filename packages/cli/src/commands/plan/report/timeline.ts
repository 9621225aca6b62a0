import { civilAt, startOfDay, type ZoneId } from "@offtake/core/calendar";
import { civilToEpochDay, DAY_MS, epochDayToCivil, type Instant } from "@offtake/core/kernel";
import type { Plan } from "@offtake/core/planning";
import { dayAt } from "@offtake/wire/planned";
import { deadlineText, whenText } from "../../../telling/phrases.ts";
import { element, escaped, joined } from "./markup.ts";

const WIDTH = 1040;
const LABELS = 250;
const RIGHT = 24;
const ROW = 40;
const TOP = 30;
const BAR = 12;

/** One stretch of the plan: as it would be if it were sent now, and at the last safe moment. */
export interface Stretch {
  readonly label: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly latestFrom?: Instant;
  readonly latestTo?: Instant;
}

/** Notices and tenders by their begin; what is answered in advance takes no time and is left out. */
export function stretchesOf(plan: Plan): Stretch[] {
  const { asks, times } = plan;
  const waits = asks.flatMap((ask) =>
    ask.answeredInAdvance || ask.respondBy === undefined
      ? []
      : [{ label: `${ask.holderName} answers`, from: ask.sentAt, to: ask.respondBy, latestFrom: ask.sendBy }],
  );
  const markets = times.tenders.map(({ opensAt, closesAt, openBy }) => ({
    label: "Market: bids",
    from: opensAt,
    to: closesAt,
    latestFrom: openBy,
  }));
  const all = [...waits, ...markets].sort((a, b) => a.from - b.from);
  const awardBy = (times.start - times.leadMs) as Instant;
  return all.map(({ label, from, to, latestFrom }) => {
    const next = all.find((one) => one.from > from)?.latestFrom ?? awardBy;
    return { label, from, to, ...(latestFrom === undefined ? {} : { latestFrom, latestTo: next }) };
  });
}

/** A picture of the plan in time, with a text for whoever does not see it. Undefined where nothing would happen. */
export function timelineSvg(plan: Plan): string | undefined {
  const stretches = stretchesOf(plan);
  const { times, zone } = plan;
  if (stretches.length === 0 && times.awardedAt === undefined) return undefined;
  const last = Math.max(times.start, times.readyAt ?? 0, ...stretches.map(({ to }) => to));
  const span = Math.max(DAY_MS, last - times.sendAt);
  const [from, to] = [times.sendAt - span * 0.01, last + span * 0.05];
  const x = (at: number): number => LABELS + ((at - from) / (to - from)) * (WIDTH - LABELS - RIGHT);
  const rows = stretches.length + 1;
  const height = TOP + rows * ROW + 22;
  const lines = [
    ...gridLines(zone, from, to, x, height),
    ...stretches.map((stretch, index) => stretchMarks(stretch, index, x, zone)),
    awardMarks(plan, rows - 1, x),
    startMark(plan, x, height),
  ];
  const title = element("title", { id: "timeline-title" }, "When what happens");
  const desc = element("desc", { id: "timeline-desc" }, escaped(timelineSentence(plan)));
  return element(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-labelledby": "timeline-title timeline-desc" },
    title + desc + PATTERNS + joined(lines),
  );
}

/** Hatches that tell states apart without colour. */
const PATTERNS = `<defs><pattern id="lead" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="lead" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>`;

/** "Sent on Mon 23 Nov 2026 it is awarded on ...; the last safe moment to send it is ...". */
export function timelineSentence({ times, zone }: Plan): string {
  const { sendAt, awardedAt, sendBy, start } = times;
  const award = awardedAt === undefined ? "nothing is awarded" : `it is awarded ${whenText(zone, awardedAt)}`;
  const latest = sendBy === undefined ? "" : ` The last safe moment to send it is ${deadlineText(sendBy, zone)}.`;
  return `Sent ${whenText(zone, sendAt)}, ${award}; the start is ${dayAt(zone, start)}.${latest}`;
}

type Scale = (at: number) => number;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Most ticks that have room for their text. */
const TICKS_MAX = 14;

function gridLines(zone: ZoneId, from: number, to: number, x: Scale, height: number): string[] {
  return ticks(zone, from, to).map(({ at, text }) => {
    const place = round(x(at));
    const line = element("line", { class: "grid", x1: place, x2: place, y1: TOP - 8, y2: height - 22 });
    return line + element("text", { class: "q", x: place, y: 14, "text-anchor": "middle" }, escaped(text));
  });
}

/** Weeks on Mondays where they are few, else months, else quarters. */
function ticks(zone: ZoneId, from: number, to: number): { readonly at: Instant; readonly text: string }[] {
  const firstDay = civilAt(zone, from as Instant).epochDay;
  const days = Math.ceil((to - from) / DAY_MS) + 1;
  const found: { at: Instant; text: string }[] = [];
  const monthly = days / 7 > TICKS_MAX;
  const each = days / 30 > TICKS_MAX ? 3 : 1;
  for (let day = firstDay; day <= firstDay + days; day += 1) {
    const civil = epochDayToCivil(day);
    const isTick = monthly ? civil.day === 1 && (civil.month - 1) % each === 0 : mondayOf(day);
    if (!isTick) continue;
    const at = startOfDay(zone, day);
    if (at < from || at > to) continue;
    const name = MONTHS[civil.month - 1] ?? "";
    found.push({ at, text: monthly ? `${name} ${civil.year}` : `${civil.day} ${name}` });
  }
  return found;
}

/** 5 January 1970 was a Monday. */
const mondayOf = (day: number): boolean => (((day - civilToEpochDay(1970, 1, 5)) % 7) + 7) % 7 === 0;

function stretchMarks(stretch: Stretch, index: number, x: Scale, zone: ZoneId): string {
  const y = TOP + index * ROW;
  const bar = element("rect", box("now", x(stretch.from), x(stretch.to), y + 4));
  const label = element("text", { x: 0, y: y + 14 }, escaped(stretch.label));
  const when = element("text", { class: "q", x: 0, y: y + 29 }, escaped(`by ${deadlineText(stretch.to, zone)}`));
  const { latestFrom, latestTo } = stretch;
  const latest =
    latestFrom === undefined || latestTo === undefined
      ? ""
      : element("rect", box("last", x(latestFrom), x(latestTo), y + 19));
  return label + when + bar + latest;
}

function box(name: string, from: number, to: number, y: number): Readonly<Record<string, string | number>> {
  return { class: name, x: round(from), y, width: round(Math.max(3, to - from)), height: BAR, rx: 2 };
}

function awardMarks({ times, zone }: Plan, index: number, x: Scale): string {
  const { awardedAt, readyAt } = times;
  const y = TOP + index * ROW;
  if (awardedAt === undefined || readyAt === undefined)
    return element("text", { x: 0, y: y + 14 }, "✕ nothing is awarded");
  const dot = element("circle", { class: "award", cx: round(x(awardedAt)), cy: y + 10, r: 6 });
  const label = element("text", { x: 0, y: y + 14 }, readyAt > awardedAt ? "● Award, then lead time" : "● Award");
  const when = element("text", { class: "q", x: 0, y: y + 29 }, escaped(whenText(zone, awardedAt)));
  if (readyAt === awardedAt) return label + when + dot;
  const place = { x: round(x(awardedAt)), y: y + 4, width: round(x(readyAt) - x(awardedAt)), height: BAR };
  const lead = element("rect", { ...place, fill: "url(#lead)" }) + element("rect", { ...place, class: "leadedge" });
  return label + when + lead + dot;
}

function startMark({ times, zone }: Plan, x: Scale, height: number): string {
  const place = round(x(times.start));
  const line = element("line", { class: "start", x1: place, x2: place, y1: TOP - 8, y2: height - 20 });
  return (
    line +
    element("text", { x: place, y: height - 4, "text-anchor": "end" }, escaped(`start ${dayAt(zone, times.start)} ▏`))
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
