import {
  type BusinessDayWindow,
  builtinCalendar,
  civilAt,
  deemedReceived,
  type DeliveryProfile,
  type HolidayCalendar,
  parseZone,
  respondBy,
  type WindowRule,
  type ZoneId,
} from "@offtake/core/calendar";
import { HOUR_MS, type Instant, parseInstant } from "@offtake/core/kernel";
import { oracleDeadline, oracleReceipt } from "./lib/deadline-oracle.ts";
import type { BenchOptions, Result } from "./lib/result.ts";
import { type ZoneEdge, wallReader, zoneEdges } from "./lib/zone-edges.ts";

export const name = "deadlines";
export const summary =
  "Deadlines per second, and every deadline around every change of clocks 2020-2035 against an oracle";

const DAY = 24 * HOUR_MS;
const calendar = (id: string): HolidayCalendar => builtinCalendar(id) as HolidayCalendar;
const US = [calendar("us-federal")];
const US_AND_EURO = [calendar("us-federal"), calendar("target")];
const EVERY_DAY: HolidayCalendar[] = [{ ...calendar("none"), weekend: [] }];

export async function run({ progress }: BenchOptions): Promise<readonly Result[]> {
  const edges = zoneEdges(instant("2020-01-01T00:00:00Z"), instant("2036-01-01T00:00:00Z"));
  progress(`${edges.length} changes of clocks`);
  const zones = new Set(edges.map((edge) => edge.zone));
  const tally = checkAll(edges, progress);
  return [
    { name: "changes of clocks, 2020 to 2035", value: edges.length, unit: "changes" },
    { name: "zones with a change", value: zones.size, unit: "zones" },
    { name: "deadlines and receipts compared", value: tally.compared, unit: "comparisons" },
    { name: "that differ from the oracle", value: tally.different, unit: "", bar: "0", holds: tally.different === 0 },
    ...rates(),
    firstUse([...zones]),
  ];
}

interface Tally {
  compared: number;
  different: number;
}

function checkAll(edges: readonly ZoneEdge[], progress: BenchOptions["progress"]): Tally {
  const tally = { compared: 0, different: 0 };
  for (const [i, edge] of edges.entries()) {
    const different = tally.different;
    checkEdge(edge, tally);
    if (tally.different > different) progress(`${edge.zone} ${new Date(edge.at).toISOString()} differs`);
    if ((i + 1) % 1_000 === 0) progress(`${i + 1} changes, ${tally.compared} compared, ${tally.different} differ`);
  }
  return tally;
}

/** Windows that start just before, at and after the change, and windows that end on its day at wall-clock times around it. */
function checkEdge(edge: ZoneEdge, tally: Tally): void {
  const zone = parseZone(edge.zone) as ZoneId;
  const wall = wallReader(edge.zone);
  const clocks = [wall(edge.at - 1) + 1, wall(edge.at), wall(edge.at) - 30 * 60_000, wall(edge.at - 1) + 30 * 60_000];
  for (const at of [edge.at - 1, edge.at, edge.at + 1] as Instant[]) {
    const profile = { zone, calendars: US, join: "all", cutoffMs: (clocks[0] as number) % DAY } as const;
    const received = compareReceipt(at, profile, tally);
    for (const rule of startingRules(zone)) compare(rule, { deliveredAt: at, deemedReceivedAt: received }, tally);
  }
  const start = (edge.at - 3 * DAY) as Instant;
  const dayOf = (local: number): number => Math.floor(local / DAY);
  for (const local of clocks) {
    const n = dayOf(local) - civilAt(zone, start).epochDay;
    const rule = {
      unit: "business-days",
      n,
      zone,
      calendars: EVERY_DAY,
      join: "all",
      closeMs: local - dayOf(local) * DAY,
    } as const;
    compare(rule, { deliveredAt: start, deemedReceivedAt: start }, tally);
    compareReceipt(edge.at as Instant, { ...rule, cutoffMs: rule.closeMs }, tally);
    for (const days of [n - 1, n])
      compare({ unit: "days", n: days, zone }, { deliveredAt: start, deemedReceivedAt: start }, tally);
  }
}

function startingRules(zone: ZoneId): WindowRule[] {
  return [
    { unit: "business-days", n: 5, zone, calendars: US, join: "all", closeMs: 17 * HOUR_MS },
    { unit: "business-days", n: 2, zone, calendars: US_AND_EURO, join: "any", closeMs: 2.5 * HOUR_MS },
    { unit: "hours", n: 72 },
    { unit: "days", n: 3, zone },
    { unit: "months", n: 1, zone },
  ];
}

function compare(rule: WindowRule, times: { deliveredAt: Instant; deemedReceivedAt: Instant }, tally: Tally): void {
  const deadline = respondBy(rule, times);
  tally.compared += 1;
  if (!deadline.ok || deadline.value.respondBy !== oracleDeadline(rule, times)) tally.different += 1;
}

function compareReceipt(at: Instant, profile: DeliveryProfile, tally: Tally): Instant {
  const received = deemedReceived(at, profile);
  const expected = oracleReceipt(at, profile) as Instant;
  tally.compared += 1;
  if (!received.ok || received.value !== expected) tally.different += 1;
  return expected;
}

const RULE: BusinessDayWindow = {
  unit: "business-days",
  n: 5,
  zone: parseZone("America/Los_Angeles") as ZoneId,
  calendars: US,
  join: "all",
  closeMs: 17 * HOUR_MS,
};

/** Receipt and a window of 5 business days, of notices spread over one year; the best of five rounds, warm. */
function rates(): Result[] {
  const profile: DeliveryProfile = { ...RULE, cutoffMs: 17 * HOUR_MS };
  const ours = best(500_000, (at) => {
    const received = deemedReceived(at, profile);
    const deadline = received.ok ? respondBy(RULE, { deliveredAt: at, deemedReceivedAt: received.value }) : received;
    return deadline.ok ? deadline.value.respondBy : 0;
  });
  const oracle = best(1_000, (at) => {
    const received = oracleReceipt(at, profile) as Instant;
    return oracleDeadline(RULE, { deliveredAt: at, deemedReceivedAt: received });
  });
  const conversions = best(1_000_000, (at) => civilAt(RULE.zone, at).epochDay);
  return [
    {
      name: "deadlines of 5 business days, from delivery",
      value: ours,
      unit: "per second",
      beside: { name: "the same by Temporal alone", value: oracle, unit: "per second" },
      ratio: ours / oracle,
      bar: "at least 500000 per second",
      holds: ours >= 500_000,
    },
    {
      name: "instants to civil time",
      value: conversions,
      unit: "per second",
      bar: "at least 2000000 per second",
      holds: conversions >= 2_000_000,
    },
  ];
}

/** What a zone costs when it is first asked for: its changes of offset in those years are looked for then. */
function firstUse(zones: readonly string[]): Result {
  const at = instant("2060-03-01T00:00:00Z");
  const times = { deliveredAt: at, deemedReceivedAt: at };
  const start = performance.now();
  for (const zone of zones) respondBy({ ...RULE, zone: parseZone(zone) as ZoneId }, times);
  const value = (performance.now() - start) / zones.length;
  return { name: "first deadline in a zone and years not asked for before", value, unit: "ms" };
}

function best(count: number, work: (at: Instant) => number): number {
  const from = instant("2026-01-01T00:00:00Z");
  const step = Math.floor((365 * DAY) / count);
  let fastest = 0;
  let sum = 0;
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    for (let i = 0; i < count; i += 1) sum += work((from + i * step) as Instant);
    fastest = Math.max(fastest, (count * 1000) / (performance.now() - start));
  }
  if (!Number.isFinite(sum)) throw new Error("Broken belief: every deadline is a number");
  return fastest;
}

function instant(text: string): Instant {
  return parseInstant(text) as Instant;
}
