import { type AgreementVersion, type Clause, isRight } from "../agreements/index.ts";
import { zonedDateText } from "./dates.ts";
import type { Instant } from "../kernel/index.ts";
import { type Finding, finding } from "./finding.ts";
import { currentVersions, type Reviewed } from "./reviewed.ts";

/** Ends, gaps, and what lies outside the term. */
export function termFindings(reviewed: Reviewed): Finding[] {
  const current = currentVersions(reviewed);
  return [
    ...gaps(reviewed.versions),
    ...comings(reviewed.versions),
    ...current.flatMap(endOf),
    ...current.flatMap(outside),
  ];
}

/** Versions of one agreement, or of one lineage, in the order in which they take effect. */
function lineages(versions: readonly AgreementVersion[]): AgreementVersion[][] {
  const found = new Map<string, AgreementVersion[]>();
  for (const version of versions) found.set(version.lineageId, [...(found.get(version.lineageId) ?? []), version]);
  return [...found.values()].map((line) =>
    line.sort((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version),
  );
}

/** A time between two versions in which nothing was in force. */
function gaps(versions: readonly AgreementVersion[]): Finding[] {
  return lineages(versions).flatMap((line) =>
    line.slice(1).flatMap((later, index) => {
      const ends = line.slice(0, index + 1).map((one) => (one.renewal === undefined ? one.effectiveTo : undefined));
      if (ends.includes(undefined)) return [];
      const end = Math.max(...(ends as Instant[])) as Instant;
      if (end >= later.effectiveFrom) return [];
      const span = `from ${zonedDateText(later.zone, end)} to ${zonedDateText(later.zone, later.effectiveFrom)}`;
      const message = `nothing is in force ${span}, between this version and the one before: its rights and promises do not reach what falls into it`;
      return [
        finding("gap_between_versions", later, undefined, message, "let this version begin when the one before ends", {
          key: "effective",
        }),
      ];
    }),
  );
}

/** A right that one version leaves out and a later one has again. */
function comings(versions: readonly AgreementVersion[]): Finding[] {
  return lineages(versions).flatMap((line) =>
    line.slice(2).flatMap((later, index) =>
      later.clauses.filter(isRight).flatMap((right) => {
        const had = line
          .slice(0, index + 2)
          .map((one) => one.clauses.some(({ lineageId }) => lineageId === right.lineageId));
        if (had.at(-1) !== false || !had.includes(true)) return [];
        const message = `the right ${right.id} was there, is left out of version ${line[index + 1]?.version ?? ""}, and is there again: nothing is asked in between`;
        return [
          finding(
            "right_comes_and_goes",
            later,
            right,
            message,
            "repeat the right in the version between, or confirm that it was meant to pause",
          ),
        ];
      }),
    ),
  );
}

function endOf(version: AgreementVersion): Finding[] {
  const { effectiveTo, renewal } = version;
  if (effectiveTo === undefined && renewal === undefined) {
    return [
      finding(
        "no_end",
        version,
        undefined,
        "it has no end, and nothing says how it can be ended: its rights stand for ever",
        "state `effective.to`, or how it renews and by which notice it ends (`renewal`)",
        { key: "effective" },
      ),
    ];
  }
  if (renewal?.kind !== "automatic" || renewal.max !== undefined) return [];
  const message = "it renews by itself without a last time: it ends only where somebody gives notice in time";
  return [
    finding(
      "renewal_without_end",
      version,
      undefined,
      message,
      "put its notice day into a calendar (`offtake dates`), or state `renewal.max`",
      { key: "renewal" },
    ),
  ];
}

/** Dates of clauses that lie outside the term of their agreement. */
function outside(version: AgreementVersion): Finding[] {
  return version.clauses.flatMap((clause) => [
    ...datesOf(clause).flatMap(({ key, at, what }) => {
      const isBefore = at <= version.effectiveFrom;
      const isAfter = version.effectiveTo !== undefined && version.renewal === undefined && at > version.effectiveTo;
      if (!isBefore && !isAfter) return [];
      const day = zonedDateText(version.zone, at);
      const message = `${what} ${day}, ${isBefore ? "before the agreement begins" : "after the agreement has ended"}`;
      return [
        finding("outside_term", version, clause, message, "correct the date, or the term of the agreement", { key }),
      ];
    }),
    ...overlapping(version, clause),
  ]);
}

interface Dated {
  readonly key: string;
  readonly at: Instant;
  readonly what: string;
}

/** Ends are first instants after: a date that lies at the very end of the term is inside. */
function datesOf(clause: Clause): Dated[] {
  if (isRight(clause))
    return clause.option === undefined
      ? []
      : [{ key: "option.until", at: clause.option.until, what: "the option ends" }];
  if (clause.kind === "entitlement")
    return clause.until === undefined ? [] : [{ key: "until", at: clause.until, what: "it may be called until" }];
  if (clause.kind === "revenue-share")
    return clause.until === undefined ? [] : [{ key: "ends", at: clause.until, what: "the share ends" }];
  if (clause.kind === "date") return [{ key: "by", at: clause.by, what: "its day is" }];
  if (clause.kind !== "commitment") return [];
  return clause.schedule.map(({ to }, index) => ({
    key: `schedule.${index}`,
    at: to,
    what: "a period of the commitment ends",
  }));
}

/** Two periods of one commitment that count the same use twice. */
function overlapping(version: AgreementVersion, clause: Clause): Finding[] {
  if (clause.kind !== "commitment") return [];
  const periods = [...clause.schedule].sort((a, b) => a.from - b.from);
  return periods.slice(1).flatMap((period, index) => {
    const before = periods[index];
    if (before === undefined || before.to <= period.from) return [];
    const message = `two periods of the commitment overlap from ${zonedDateText(version.zone, period.from)}: what falls into both is promised twice`;
    return [
      finding("period_overlap", version, clause, message, "let each period begin where the one before ends", {
        key: "schedule",
      }),
    ];
  });
}
