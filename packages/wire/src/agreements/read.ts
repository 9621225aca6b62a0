import type { AgreementVersion, Clause } from "@offtake/core/agreements";
import { HOUR_MS } from "@offtake/core/kernel";
import type { AgreementId, PartyId } from "@offtake/core/kernel";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { readCommitment } from "./commitment.ts";
import { readDate } from "./date-clause.ts";
import { Defaults } from "./defaults.ts";
import type { AgreementDocument, ClauseDocument } from "./document.ts";
import { readEvidence } from "./evidence.ts";
import type { ClauseFrame } from "./frame.ts";
import { readEntitlement, readRecord, readResale } from "./other-clauses.ts";
import { readRenewal } from "./renewal.ts";
import { readRevenueShare } from "./revenue-share.ts";
import { readPriceBook } from "./price-book.ts";
import { readRight } from "./right.ts";
import { readCalendars } from "./window.ts";

/** An agreement with what its document left to defaults, and whether it is to be activated. */
export interface AgreementReading {
  readonly agreement: AgreementVersion;
  readonly activate: boolean;
  /** Names of the agreement's own keys that nobody stated; those of its clauses stand in the clauses. */
  readonly defaults: readonly string[];
}

const FIVE_PM_MS = 17 * HOUR_MS;

export function readAgreement(document: AgreementDocument, path: Path, outer: ReadingContext): AgreementReading {
  const defaults = new Defaults();
  const zone = defaults.take("zone", document.zone, outer.zone);
  const context = outer.inZone(zone);
  const { buyer, provider, others } = document.parties;
  for (const [key, name] of [
    ["buyer", buyer],
    ["provider", provider],
  ] as const)
    context.checkName("party", name, [...path, "parties", key]);
  for (const name of others ?? []) context.checkName("party", name, [...path, "parties", "others"]);
  const effective = readEffective(document, path, context);
  const lineageId = defaults.take("lineage", document.lineage, document.name);
  const status = defaults.take("status", document.status, "active");
  if (status === "draft" && document.signed !== undefined) {
    context.report.add([...path, "signed"], "conflicting_keys", "a draft is not signed", {
      expected: "`status: signed`, or no `signed`",
    });
  }
  const signedAt =
    status === "draft"
      ? undefined
      : defaults.take(
          "signed",
          document.signed === undefined ? undefined : context.from(document.signed),
          effective.effectiveFrom,
        );
  const { effectiveFrom, effectiveTo } = effective;
  const renewal = readRenewal(document.renewal, effectiveTo !== undefined, [...path, "renewal"], context, defaults);
  const renews = renewal !== undefined;
  const frame: ClauseFrame = { buyer, provider, lineageId, from: effectiveFrom, to: effectiveTo, renews };
  const agreement: AgreementVersion = {
    id: document.name as AgreementId,
    lineageId,
    version: defaults.take("version", document.version, 1),
    title: document.title ?? document.name,
    buyer: buyer as PartyId,
    provider: provider as PartyId,
    otherParties: (others ?? []) as PartyId[],
    zone,
    calendars: readCalendars(defaults.take("holidays", document.holidays, ["none"]), [...path, "holidays"], context),
    join: defaults.take("join", document.join, "all"),
    cutoffMs: defaults.take("cutoff", document.cutoff, FIVE_PM_MS),
    closeMs: defaults.take("close", document.close, FIVE_PM_MS),
    ...effective,
    ...(renewal === undefined ? {} : { renewal }),
    ...(document.owner === undefined ? {} : { owner: document.owner }),
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(document.appliesToOpenNotices === undefined
      ? {}
      : { appliesToOpenNotices: { signedBy: document.appliesToOpenNotices.signedBy as PartyId[] } }),
    accruedRightsSurvive: defaults.take("accruedRightsSurvive", document.accruedRightsSurvive, true),
    affiliateBp: defaults.take("affiliateShare", document.affiliateShare, 5000),
    assignmentNeedsConsent: defaults.take("assignment.consent", document.assignment?.consent, true),
    changeOfControl: defaults.take("assignment.changeOfControl", document.assignment?.changeOfControl, "continues"),
    brokerOutage: defaults.take("brokerOutage", document.brokerOutage, "extends"),
    clauses: readClauses(document.clauses ?? [], path, context, frame),
    ...(document.document === undefined ? {} : { document: document.document }),
    ...(document.evidence === undefined ? {} : { evidence: readEvidence(document.evidence) }),
  };
  const stated = defaults.names.length === 0 ? agreement : { ...agreement, defaults: defaults.names };
  return { agreement: stated, activate: status === "active", defaults: defaults.names };
}

function readEffective(
  document: AgreementDocument,
  path: Path,
  context: ReadingContext,
): Pick<AgreementVersion, "effectiveFrom" | "effectiveTo"> {
  const effectiveFrom = context.from(document.effective.from);
  if (document.effective.to === undefined) return { effectiveFrom };
  const effectiveTo = context.until(document.effective.to);
  context.span(effectiveFrom, effectiveTo, [...path, "effective"]);
  return { effectiveFrom, effectiveTo };
}

function readClauses(
  documents: readonly ClauseDocument[],
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): Clause[] {
  const seen = new Set<string>();
  return documents.flatMap((document, index) => {
    const at = [...path, "clauses", index];
    if (seen.has(document.id))
      context.report.add(
        [...at, "id"],
        "duplicate_id",
        `there is a clause \`${document.id}\` in this agreement already`,
      );
    seen.add(document.id);
    checkAssumed(document, at, context);
    const clause = readClause(document, at, context, frame);
    return clause === undefined ? [] : [clause];
  });
}

/** What is assumed is a value that stands in the clause: a key that is left out is a default, and is told as one. */
function checkAssumed(document: ClauseDocument, path: Path, context: ReadingContext): void {
  const stated = Object.entries(document).flatMap(([key, value]) =>
    value === undefined || key === "id" || key === "assumed" ? [] : key,
  );
  for (const name of document.assumed ?? []) {
    if (!stated.includes(name))
      context.report.addUnknown([...path, "assumed"], "unknown_key", "key in this clause", name, stated);
  }
}

function readClause(
  document: ClauseDocument,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): Clause | undefined {
  switch (document.kind) {
    case "commitment":
      return readCommitment(document, path, context, frame);
    case "price-book":
      return readPriceBook(document, path, context, frame);
    case "entitlement":
      return readEntitlement(document, path, context, frame);
    case "resale":
      return readResale(document, path, context, frame);
    case "revenue-share":
      return readRevenueShare(document, path, context, frame);
    case "date":
      return readDate(document, path, context, frame);
    case "record":
      return readRecord(document, frame);
    default:
      return readRight(document, path, context, frame);
  }
}
