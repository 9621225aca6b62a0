import { codeText, countText, moneyText, statusText } from "@offtake/core/explanation";
import { divHalfAway, minorDigits, type Money } from "@offtake/core/kernel";
import type { TraceReport as FileReport } from "@offtake/intake/traces";
import type { Amount, TraceReport } from "@offtake/sim/trace";
import { documented } from "@offtake/wire/documented";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { styleOf } from "../../terminal/style.ts";
import { tableText } from "../../terminal/table.ts";

export interface Replayed {
  /** What the file held. */
  readonly trace: FileReport;
  readonly report: TraceReport;
  readonly readMs: number;
  readonly replayMs: number;
  /** Where it went into a log: how much, and how long until it was there. */
  readonly durable?: { readonly records: number; readonly decidedMs: number };
}

/** For machines: use in accelerator-seconds, as texts where a number would not be exact. */
export function replayJson({ trace, report, readMs, replayMs, durable }: Replayed): unknown {
  const { reasons, rejected, ...counts } = report;
  const { droppedRows: _, ...file } = trace;
  return documented({
    ...counts,
    reasons: Object.fromEntries(reasons),
    rejected: Object.fromEntries(rejected),
    trace: file,
    timeMs: {
      read: Math.round(readMs),
      replay: Math.round(replayMs),
      all: Math.round(readMs + replayMs),
      ...(durable === undefined ? {} : { inLog: Math.round(durable.decidedMs) }),
    },
    ...(durable === undefined ? {} : { records: durable.records }),
  });
}

const hours = ({ acceleratorSeconds }: Amount): string => countText(acceleratorSeconds / 3600n);

/** Sums in the minor units in which they would be paid, half away from zero. */
function costs(amounts: readonly Money[]): string {
  if (amounts.length === 0) return "-";
  return amounts.map((amount) => moneyText(inMinorUnits(amount))).join(" and ");
}

function inMinorUnits({ micros, currency }: Money): Money {
  const unit = 10n ** BigInt(6 - minorDigits(currency));
  return { micros: divHalfAway(micros, unit) * unit, currency };
}

/** The report for people. Accelerator-hours are whole hours, cut off. */
export function tellReplay(io: Io, { trace, report, readMs, replayMs, durable }: Replayed): void {
  const style = styleOf(io);
  const seconds = ((readMs + replayMs) / 1000).toFixed(1);
  io.out(
    `${style.strong(`${countText(report.jobs)} jobs of ${trace.file}`)}, ${countOf(trace.dropped, "row")} dropped. A load test: the jobs are real, the book is not theirs.\n\n`,
  );
  section(
    io,
    "Asked",
    [["HOLDER", "ASKED", "TAKEN", "NOT TAKEN", "ACC-HOURS TAKEN"]],
    report.holders.map(({ holder, asked, taken, refused }) => [
      holder,
      countText(asked.count),
      countText(taken.count),
      countText(refused.count),
      hours(taken),
    ]),
  );
  section(
    io,
    "Awarded",
    [["PROVIDER", "AWARDS", "ACC-HOURS"]],
    report.providers.map(({ provider, awarded }) => [provider, countText(awarded.count), hours(awarded)]),
  );
  const { outcomes } = report;
  section(
    io,
    "Requests",
    [["OUTCOME", "REQUESTS"]],
    Object.entries(outcomes)
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => [statusText(outcome), countText(count)]),
  );
  section(
    io,
    "Not awarded, and why",
    [["REASON", "REQUESTS"]],
    [...report.reasons, ...report.rejected].map(([code, count]) => [codeText(code), countText(count)]),
  );
  section(
    io,
    "By purpose (guessed from count and length)",
    [["PURPOSE", "JOBS", "AWARDED", "ACC-HOURS", "COST"]],
    report.purposes.map(({ name, asked, awarded, cost }) => [
      name,
      countText(asked.count),
      countText(awarded.count),
      hours(awarded),
      costs(cost),
    ]),
  );
  section(
    io,
    "By tenant",
    [["TENANT", "JOBS", "AWARDED", "ACC-HOURS", "COST"]],
    report.tenants.map(({ name, asked, awarded, cost }) => [
      name,
      countText(asked.count),
      countText(awarded.count),
      hours(awarded),
      costs(cost),
    ]),
  );
  io.out(
    `Asked for ${hours(report.asked)} accelerator-hours, awarded ${hours(report.awarded)}, unfilled ${hours(report.unfilled)}; cost ${costs(report.cost)}.\n`,
  );
  io.out(`${countText(report.events)} events in ${seconds} s, of which ${(readMs / 1000).toFixed(1)} s for reading.\n`);
  if (durable === undefined) return;
  const { records, decidedMs } = durable;
  io.out(
    `${countText(records)} records: in the log after ${(decidedMs / 1000).toFixed(1)} s, in everybody's feed and views after ${(replayMs / 1000).toFixed(1)} s.\n`,
  );
}

function section(
  io: Io,
  title: string,
  [titles = []]: readonly (readonly string[])[],
  rows: readonly (readonly string[])[],
): void {
  if (rows.length === 0) return;
  const columns = titles.map((name, index) => ({
    title: name,
    align: index === 0 ? ("left" as const) : ("right" as const),
  }));
  io.out(`${styleOf(io).strong(title)}\n${tableText(columns, rows)}\n`);
}
