import {
  ASKED,
  type AgreementVersion,
  type Clause,
  isRight,
  type RightClause,
  type WindowSpec,
} from "../agreements/index.ts";
import type { CalendarId, PartyId } from "../kernel/index.ts";
import { yearOf } from "./dates.ts";
import { type Finding, finding } from "./finding.ts";
import { currentVersions, type Reviewed } from "./reviewed.ts";

/** Years ahead for which the days of an agreement must be known where it has no end that is nearer. */
export const YEARS_AHEAD = 3;

/** Whether everybody who must be asked can be, and whether the days of every deadline are known. */
export function askingFindings(reviewed: Reviewed): Finding[] {
  return currentVersions(reviewed).flatMap((version) => [
    ...calendars(version, reviewed),
    ...parties(version, reviewed),
    ...addresses(version, reviewed),
  ]);
}

/** Windows in business days that a right may run by. */
function windowsOf(right: RightClause): WindowSpec[] {
  const { window, objectionWindow, reoffer, confirmWindow, stranded, delivery, definitiveWindow, overAllotment } =
    right;
  const all = [window, objectionWindow, reoffer.window, confirmWindow, stranded.window, delivery.fallbackAfter];
  return [...all, ...(definitiveWindow ? [definitiveWindow] : []), ...(overAllotment ? [overAllotment] : [])];
}

function calendars(version: AgreementVersion, { calendar, parties: known, at }: Reviewed): Finding[] {
  const rights = version.clauses.filter(isRight).filter(({ kind }) => (ASKED as readonly string[]).includes(kind));
  const specs = rights.flatMap(windowsOf).filter(({ unit }) => unit === "business-days");
  const periods = [
    version.renewal?.notice,
    ...version.clauses.map((one) => (one.kind === "date" ? one.notice : undefined)),
  ];
  // Notice periods count by the calendars of the agreement.
  const counted = periods.some((period) => period?.unit === "business-days") ? [version.calendars] : [];
  if (specs.length + counted.length === 0) return [];
  const used = new Set<CalendarId>([...specs.map((spec) => spec.calendars ?? version.calendars), ...counted].flat());
  for (const { holder } of rights) for (const id of known?.get(holder)?.notice?.calendars ?? []) used.add(id);
  const from = Math.max(yearOf(version.zone, at), yearOf(version.zone, version.effectiveFrom));
  const end = version.effectiveTo === undefined ? from + YEARS_AHEAD : yearOf(version.zone, version.effectiveTo);
  const to = Math.min(end, from + YEARS_AHEAD);
  return [...used].sort().flatMap((id) => {
    const found = calendar(id);
    if (found === undefined)
      return [
        finding(
          "calendar_missing",
          version,
          undefined,
          `nobody knows the calendar ${id}`,
          "declare it under `calendars` of the book, or name a built-in one",
          { key: "holidays" },
        ),
      ];
    const missing = yearsBetween(from, to).filter((year) => year < found.years.from || year > found.years.to);
    if (missing.length === 0) return [];
    const message = `the calendar ${id} has no ${missing.join(", ")}: a deadline that reaches into it cannot be computed, and the request is held`;
    return [
      finding(
        "calendar_year_not_covered",
        version,
        undefined,
        message,
        "declare a calendar of your own with these years",
        { key: "holidays" },
      ),
    ];
  });
}

const yearsBetween = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** Parties by the key under which a clause names them. */
function partiesOf(clause: Clause): readonly (readonly [key: string, party: PartyId])[] {
  if (isRight(clause))
    return [
      ["holder", clause.holder],
      ["grantor", clause.grantor],
    ];
  if (clause.kind === "commitment")
    return [
      ["obligor", clause.obligor],
      ["beneficiary", clause.beneficiary],
    ];
  if (clause.kind === "date") return [["actor", clause.actor]];
  return clause.kind === "revenue-share"
    ? [
        ["payer", clause.payer],
        ["payee", clause.payee],
      ]
    : [];
}

function parties(version: AgreementVersion, { parties: known }: Reviewed): Finding[] {
  const signed = new Set<PartyId>([version.buyer, version.provider, ...version.otherParties]);
  const unknown = [...signed].filter((party) => known !== undefined && !known.has(party));
  const head = unknown.map((party) =>
    finding(
      "unknown_party",
      version,
      undefined,
      `there is no party ${party} in the book`,
      "declare it under `parties`",
      { key: "parties" },
    ),
  );
  return [
    ...head,
    ...version.clauses.flatMap((clause) =>
      partiesOf(clause).flatMap(([key, party]) => {
        if (known !== undefined && !known.has(party) && !signed.has(party))
          return [
            finding(
              "unknown_party",
              version,
              clause,
              `there is no party ${party} in the book`,
              "declare it under `parties`",
              { key },
            ),
          ];
        if (signed.has(party)) return [];
        const message = `its ${key} ${party} has not signed the agreement: whether it can have the right or owe the promise is a question of law`;
        return [
          finding(
            "party_outside_agreement",
            version,
            clause,
            message,
            "add the party under `parties.others`, or correct the clause",
            { key },
          ),
        ];
      }),
    ),
  ];
}

/** Holders that must be asked and cannot be reached: the notice would leave, and nobody knows where to. */
function addresses(version: AgreementVersion, { parties: known }: Reviewed): Finding[] {
  if (known === undefined) return [];
  const told = new Set<PartyId>();
  return version.clauses.filter(isRight).flatMap((right) => {
    const holder = known.get(right.holder);
    if (!(ASKED as readonly string[]).includes(right.kind) || holder === undefined || told.has(right.holder)) return [];
    told.add(right.holder);
    if ((holder.notice?.channels ?? []).length > 0) return [];
    const message = `${holder.name} must be asked, and no address for notices is recorded: no zone, no hour, no channel`;
    return [
      finding(
        "no_notice_address",
        version,
        right,
        message,
        `state \`notice\` of the party ${right.holder}, with its channels`,
      ),
    ];
  });
}
