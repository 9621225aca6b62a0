import type { Clause, Evidence } from "@offtake/core/agreements";
import { moneyText, rateText, shareText } from "@offtake/core/explanation";
import type { Chronicle } from "@offtake/sim/cases";
import type { StoryRun } from "@offtake/sim/stories";
import type { Page } from "../../telling/page.ts";
import { GRADE_TEXT } from "./summary.ts";

/** "stated by the company: an annual report (2024-07-30)" */
export function evidenceText({ grade, source, date }: Evidence): string {
  return `${GRADE_TEXT[grade]}: ${source}${date === undefined ? "" : ` (${date})`}`;
}

/** Where the prices come from that bid by themselves. */
export function tellPrices(page: Page, { chronicle }: StoryRun): void {
  const offers = chronicle.all("offerListed").map(({ offer }) => offer);
  if (offers.length === 0) return;
  page.heading("Where prices come from: what a provider asks of anybody, and no promise of machines");
  const names = namesOf(chronicle);
  for (const { provider, acceleratorType, region, tiers, source } of offers) {
    const [tier] = tiers;
    const price = tier === undefined ? "" : `, ${rateText(tier.rate)}`;
    page.line(`  ${names.get(provider) ?? provider}: ${acceleratorType} in ${region}${price}`);
    page.quote("", source);
  }
}

/** What is known and not computed: records of the story, and clauses that stand on record only. */
export function tellRecords(page: Page, { story, chronicle }: StoryRun): void {
  const clauses = recordClauses(chronicle);
  if (story.records.length + clauses.length === 0) return;
  page.heading("On record, each with its source; nothing is computed from it");
  for (const { about, amount, standing, evidence } of story.records) {
    const much = amount === undefined ? "" : ` [${standing ?? "amount"}: ${moneyText(amount)}, added to nothing]`;
    page.quote("record", `${about}${much}`);
    page.quote("evidence", evidenceText(evidence));
  }
  for (const { agreement, text, evidence } of clauses) {
    page.quote("clause", `${text} [agreement ${agreement}]`);
    if (evidence !== undefined) page.quote("evidence", evidenceText(evidence));
  }
}

interface ClauseOnRecord {
  readonly agreement: string;
  readonly text: string;
  readonly evidence: Evidence | undefined;
}

/** The newest text of each. */
function recordClauses(chronicle: Chronicle): readonly ClauseOnRecord[] {
  const names = namesOf(chronicle);
  const found = new Map<string, ClauseOnRecord>();
  for (const { agreement } of chronicle.all("agreementRecorded")) {
    for (const clause of agreement.clauses) {
      const text = recordText(clause, names);
      if (text === undefined) continue;
      found.set(`${agreement.id} ${clause.id}`, { agreement: agreement.id, text, evidence: clause.evidence });
    }
  }
  return [...found.values()];
}

function recordText(clause: Clause, names: ReadonlyMap<string, string>): string | undefined {
  if (clause.kind === "record") return clause.about;
  if (clause.kind !== "revenue-share") return undefined;
  const share =
    clause.shareBp === undefined ? "a share, not known, of revenue" : `${shareText(clause.shareBp)} of revenue`;
  return `${names.get(clause.payer) ?? clause.payer} pays ${names.get(clause.payee) ?? clause.payee} ${share}.`;
}

function namesOf(chronicle: Chronicle): ReadonlyMap<string, string> {
  return new Map(chronicle.all("partyRecorded").map(({ party }) => [party.id, party.name]));
}
