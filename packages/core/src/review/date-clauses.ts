import { type AgreementVersion, type DateClause, noticeRule } from "../agreements/index.ts";
import { respondBy } from "../calendar/index.ts";
import { zonedDateText } from "./dates.ts";
import { type Finding, finding } from "./finding.ts";
import { currentVersions, type Reviewed } from "./reviewed.ts";

/** Dates that a contract sets: whether somebody can act on them in time, and whether it is said what comes of it that nobody does. */
export function dateFindings(reviewed: Reviewed): Finding[] {
  return currentVersions(reviewed).flatMap((version) =>
    version.clauses.flatMap((clause) =>
      clause.kind === "date" ? [...inTime(version, clause, reviewed), ...silence(version, clause)] : [],
    ),
  );
}

/** A notice that is received when the agreement begins is the earliest there can be: where that is too late, every one is. */
function inTime(version: AgreementVersion, clause: DateClause, { calendar }: Reviewed): Finding[] {
  if (clause.notice === undefined || clause.by <= version.effectiveFrom) return [];
  const rule = noticeRule(version, clause.notice, calendar);
  const first = { deliveredAt: version.effectiveFrom, deemedReceivedAt: version.effectiveFrom };
  const earliest = rule.ok ? respondBy(rule.value, first) : rule;
  // A calendar that is missing, or has not the year, is a finding of its own.
  if (!earliest.ok || earliest.value.respondBy < clause.by) return [];
  const [begins, day] = [version.effectiveFrom, clause.by].map((at) => zonedDateText(version.zone, at));
  const message = `no notice can be given in time for ${day}: the agreement begins on ${begins}, and the notice period is longer`;
  return [
    finding("notice_never_in_time", version, clause, message, "correct the date, or the notice period", {
      key: "notice",
    }),
  ];
}

function silence(version: AgreementVersion, clause: DateClause): Finding[] {
  if (clause.silence !== undefined) return [];
  const message = "nothing says what it means that nobody acts on it";
  return [
    finding("silence_not_stated", version, clause, message, "say it in `silence`, in your own words", {
      key: "silence",
    }),
  ];
}
