import type { BookEvent } from "../book/events.ts";
import { AnswersOnRecord } from "./answers.ts";
import { coveredCount, covers, isRunning } from "./covers.ts";
import type { AuditedClearance, AuditedLine, AuditedLot, AuditedRight, Finding, Recorded } from "./finding.ts";
import { listAt } from "./finding.ts";
import { compareOrder, mayBlock, RightsOnRecord, waitsForOffer } from "./rights-on-record.ts";

type Assessment = Recorded<"rightsAssessed">["assessments"][number];
type Proposed = Recorded<"awardProposed">["lines"][number];

/** What has been awarded past one right over one lot, and the clearances that let it pass. */
interface Passage {
  readonly lines: { readonly award: string; readonly line: AuditedLine }[];
  readonly clearances: Map<string, number>;
}

/** No third party offers anything here, so nobody can be asked to match it. */
const WITHOUT_OFFER: ReadonlySet<AuditedLine["basis"]> = new Set(["acceptance", "entitlement", "option"]);

/**
 * I2: no part is awarded without a clearance for every right that applies to its lot and goes before it, one that is not voided,
 * not past its tail at the stamp, large enough, and given for terms that cover the awarded price; and an award that rests on an
 * acceptance has one that binds.
 */
export function auditClearances(history: readonly BookEvent[]): Finding[] {
  const gate = new Gate();
  history.forEach((event, position) => {
    gate.note(event, position);
  });
  return gate.findings;
}

class Gate {
  readonly findings: Finding[] = [];
  private readonly rights = new RightsOnRecord();
  private readonly answers = new AnswersOnRecord();
  private readonly lots = new Map<string, AuditedLot>();
  private readonly assessed = new Map<string, readonly Assessment[]>();
  private readonly clearances = new Map<string, AuditedClearance[]>();
  private readonly voided = new Set<string>();
  private readonly proposed = new Map<string, readonly Proposed[]>();
  /** Whose offer it is in truth, by its id. */
  private readonly offerers = new Map<string, string>();
  private readonly passages = new Map<string, Passage>();

  note(event: BookEvent, position: number): void {
    this.rights.note(event);
    this.answers.note(event);
    if (event.type === "lotFormed" || event.type === "lotRestated") this.lots.set(event.lot.id, event.lot);
    if (event.type === "rightsAssessed") this.assessed.set(event.lot, event.assessments);
    if (event.type === "clearanceIssued") listAt(this.clearances, event.clearance.lot).push(event.clearance);
    if (event.type === "clearanceVoided") this.voided.add(event.clearance);
    if (event.type === "awardProposed") this.propose(event);
    if (event.type === "awardDefaulted") this.takeBack(event);
    if (event.type !== "awardIssued") return;
    for (const line of event.award.lines) {
      const find = (message: string, ...ids: string[]): void => {
        this.findings.push({ invariant: "I2", position, message, ids: [...ids, line.lot, event.award.id] });
      };
      this.checkAnswer(line, find);
      this.checkRights(event.award, line, find);
    }
  }

  private propose({ request, lines }: Recorded<"awardProposed">): void {
    this.proposed.set(request, lines);
    for (const { offer, thirdParty } of lines) this.offerers.set(offer, thirdParty);
  }

  private checkAnswer(line: AuditedLine, find: (message: string, ...ids: string[]) => void): void {
    const restsOnAnswer = line.basis === "acceptance" || line.basis === "match";
    if (!restsOnAnswer && line.notice === undefined) return;
    if (line.notice === undefined) return find("an award by acceptance names no notice");
    const acceptance = this.answers.acceptanceOf(line.notice);
    if (acceptance === undefined) return find("an award by acceptance rests on no binding answer", line.notice);
    const { notice, by, microsPerHour } = acceptance;
    const isSale = this.rights.find(notice.right)?.burdens === "capacity";
    if (!isSale && line.provider !== by && line.provider !== notice.holder) {
      find(`${line.provider} was awarded what ${by} accepted`, line.notice);
    }
    if (line.price !== undefined && microsPerHour !== undefined && line.price.microsPerHour !== microsPerHour) {
      find("an acceptance was awarded at another price than it was given at", line.notice);
    }
  }

  private checkRights(
    award: Recorded<"awardIssued">["award"],
    line: AuditedLine,
    find: (message: string, id: string) => void,
  ): void {
    const proposed = this.proposed.get(award.request)?.find((one) => isSame(one.line, line));
    const askedAt = line.notice === undefined ? undefined : this.answers.notices.get(line.notice)?.sentAt;
    for (const assessment of this.assessed.get(line.lot) ?? []) {
      const clause = this.rights.find(assessment.right);
      if (clause === undefined || !this.goesBefore(line, proposed, assessment, clause)) continue;
      const standing = this.standing(line.lot, assessment, clause);
      const running = standing.filter((one) => isRunning(one, award.issuedAt, askedAt));
      const fitting = running.filter((one) =>
        covers(one, line, this.isSameOffer(one, line) ? one.thirdParty : proposed?.thirdParty, clause, this.answers),
      );
      if (this.pass(award.id, line, assessment, fitting, clause)) continue;
      const name = `${assessment.right.agreement} ${clause.id}`;
      if (standing.length === 0) find(`${name} applies and no clearance of it stands`, clause.id);
      else if (running.length === 0) find(`every clearance of ${name} had ended`, clause.id);
      else if (fitting.length === 0) find(`no clearance of ${name} covers these terms`, clause.id);
      else find(`more was awarded past ${name} than its clearances cover`, clause.id);
    }
  }

  /** Whoever matches an offer steps into its place: who let that very offer, or whoever made it, pass has let this award pass. */
  private isSameOffer({ notice, thirdParty }: AuditedClearance, line: AuditedLine): boolean {
    const matched = line.basis === "match" ? this.answers.notices.get(line.notice ?? "")?.thirdParty?.bid : undefined;
    if (matched === undefined) return false;
    if (notice === undefined) return thirdParty !== undefined && this.offerers.get(matched) === thirdParty;
    return this.answers.notices.get(notice)?.thirdParty?.bid === matched;
  }

  /** Whether the right must be out of the way before this line may be awarded. */
  private goesBefore(
    line: AuditedLine,
    proposed: Proposed | undefined,
    assessment: Assessment,
    clause: AuditedRight,
  ): boolean {
    if (assessment.verdict !== "applies" || !mayBlock(clause) || !this.reaches(line, assessment)) return false;
    if (waitsForOffer(clause) && (WITHOUT_OFFER.has(line.basis) || proposed?.bonaFide === false)) return false;
    // Nobody needs leave to supply, or to buy, what its own right is about.
    if (this.rights.isHolder(assessment.right, clause, line.provider)) return false;
    const used = line.notice === undefined ? undefined : this.answers.notices.get(line.notice)?.right;
    if (used === undefined) return true;
    if (used.agreement === assessment.right.agreement && used.clause === assessment.right.clause) return false;
    const usedClause = this.rights.find(used);
    return usedClause === undefined || compareOrder(clause, usedClause) < 0;
  }

  /** A right may burden some alternatives of a lot and leave others free. */
  private reaches(line: AuditedLine, { alternatives }: Assessment): boolean {
    if (alternatives === undefined) return true;
    const all = this.lots.get(line.lot)?.alternatives ?? [];
    const fits = all.flatMap((one, index) =>
      one.acceleratorType === line.acceleratorType && isIn(line.region, one.region) ? [index] : [],
    );
    return fits.every((index) => alternatives.includes(index));
  }

  /** Clearances of the same clause, or of the same right restated in another agreement, that nothing has voided. */
  private standing(lot: string, { right }: Assessment, clause: AuditedRight): AuditedClearance[] {
    return (this.clearances.get(lot) ?? []).filter(
      (one) =>
        !this.voided.has(one.id) &&
        (one.lineageId === clause.lineageId ||
          (one.right.agreement === right.agreement && one.right.clause === right.clause)),
    );
  }

  /** Counts the line among what went past the right; false where the clearances do not reach so far. */
  private pass(
    award: string,
    line: AuditedLine,
    assessment: Assessment,
    by: readonly AuditedClearance[],
    clause: AuditedRight,
  ): boolean {
    const key = `${line.lot} ${assessment.right.agreement} ${assessment.right.clause}`;
    const passage = this.passages.get(key) ?? { lines: [], clearances: new Map<string, number>() };
    this.passages.set(key, passage);
    passage.lines.push({ award, line });
    for (const clearance of by) passage.clearances.set(clearance.id, coveredCount(clearance, clause));
    const count = this.lots.get(line.lot)?.count ?? 0;
    const passed = passage.lines.reduce((sum, one) => sum + one.line.count, 0);
    const unburdened = count - Math.min(assessment.limit ?? count, count);
    if (by.length === 0) return passed <= unburdened;
    return passed <= [...passage.clearances.values()].reduce((sum, covered) => sum + covered, unburdened);
  }

  /** What defaulted may be awarded again under the same clearances. */
  private takeBack(event: Recorded<"awardDefaulted">): void {
    for (const [key, passage] of this.passages) {
      const lines = passage.lines.filter((one) => one.award !== event.award || one.line.provider !== event.provider);
      if (lines.length < passage.lines.length) this.passages.set(key, { ...passage, lines });
    }
  }
}

/** A region, or one that a pattern such as `us-*` stands for. */
function isIn(region: string, wanted: string): boolean {
  return wanted === region || (wanted.endsWith("*") && region.startsWith(wanted.slice(0, -1)));
}

function isSame(a: AuditedLine, b: AuditedLine): boolean {
  return a.lot === b.lot && a.provider === b.provider && a.count === b.count && a.bid === b.bid;
}
