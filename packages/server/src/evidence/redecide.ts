import { type AgreementVersion, mayBind, type Party } from "@offtake/core/agreements";
import { builtinCalendar, receiptOf, respondBy } from "@offtake/core/calendar";
import { acceleratorSeconds, costOf, formatInstant, type Instant, windowSeconds } from "@offtake/core/kernel";
import {
  type AnswerContext,
  type CalendarOf,
  deliveryOf,
  judgeAnswer,
  type OpenNotice,
  type RecordedAnswer,
  ruleOf,
  SIGNER_LIMIT,
} from "@offtake/core/notices";
import type { AnswerOnRecord, CaseOfNotice, ReceiptOnRecord } from "./case-of-notice.ts";

/** What a check found: it holds, it does not, or the evidence does not hold what it takes to say. */
export interface Check {
  readonly check:
    | "chain"
    | "receipt"
    | "request"
    | "asked first"
    | "notice"
    | "clause"
    | "delivery"
    | "deadline"
    | "answer"
    | "end"
    | "file"
    | "text";
  readonly outcome: "holds" | "fails" | "unknown";
  readonly text: string;
}

/** Decides again, by the core, what is on record: the deadline, what each answer was worth, and how the notice ended. */
export function redecide(found: CaseOfNotice): readonly Check[] {
  return [clauseCheck(found), ...deliveryChecks(found), ...answerChecks(found), endCheck(found)];
}

function clauseCheck({ agreement, clause, agreementId, clauseId }: CaseOfNotice): Check {
  if (agreement === undefined || clause === undefined)
    return {
      check: "clause",
      outcome: "fails",
      text: `The feed has no clause ${agreementId}/${clauseId} before the notice.`,
    };
  const words = clause.text === undefined ? "" : `: ${clause.text}`;
  return {
    check: "clause",
    outcome: "holds",
    text: `Clause ${clauseId} of “${agreement.title}”, version ${agreement.version}${words}`,
  };
}

function deliveryChecks(found: CaseOfNotice): Check[] {
  const { receipt, notice } = found;
  if (receipt === undefined)
    return [{ check: "delivery", outcome: "holds", text: "It has not been received: no clock runs." }];
  const { basis, deliveredAt } = receipt;
  const reported = basis.reportedBy === undefined ? "" : `, reported by ${basis.reportedBy}`;
  const proof = basis.proof === undefined ? "" : `, proof ${basis.proof}`;
  const inOrder = deliveredAt >= notice.sentAt;
  const text = `${basis.event} by ${basis.channel} at ${formatInstant(deliveredAt)}${reported}${proof}`;
  return [{ check: "delivery", outcome: inOrder ? "holds" : "fails", text }, deadlineCheck(found, receipt)];
}

function deadlineCheck(found: CaseOfNotice, receipt: ReceiptOnRecord): Check {
  const unknown = (text: string): Check => ({ check: "deadline", outcome: "unknown", text });
  const { agreement, clause, holder, calendars } = found;
  if (agreement === undefined || clause === undefined)
    return unknown("Without the clause the deadline cannot be counted.");
  if (!COUNTED.has(found.notice.kind))
    return unknown("It runs by a window of a later round, which is not counted again here.");
  const calendarOf: CalendarOf = (id) => calendars.get(id) ?? builtinCalendar(id);
  const rule = ruleOf(clause.window, agreement, calendarOf);
  const profile = deliveryOf(agreement as AgreementVersion, holder?.notice, calendarOf);
  if (!rule.ok || !profile.ok) return unknown("A calendar that the count needs is not in the evidence.");
  const { deliveredAt } = receipt;
  const deemed = rule.value.unit === "hours" ? undefined : receiptOf(deliveredAt, profile.value);
  if (deemed?.ok === false) return unknown(deemed.problem.detail);
  const deemedReceivedAt = deemed === undefined ? deliveredAt : deemed.value.deemedReceivedAt;
  const counted = respondBy(rule.value, { deliveredAt, deemedReceivedAt });
  if (!counted.ok) return unknown(counted.problem.detail);
  const same = counted.value.respondBy === receipt.respondBy && deemedReceivedAt === receipt.deemedReceivedAt;
  const text = `${clause.window.n} ${clause.window.unit} from ${formatInstant(deemedReceivedAt)} end at ${formatInstant(counted.value.respondBy)}`;
  return same
    ? { check: "deadline", outcome: "holds", text }
    : { check: "deadline", outcome: "fails", text: `${text}; on record is ${formatInstant(receipt.respondBy)}` };
}

/** Kinds of notices that run by the window of their clause. */
const COUNTED: ReadonlySet<string> = new Set([
  "first-refusal",
  "first-offer",
  "exclusivity",
  "consent",
  "first-ship",
  "match",
]);

function answerChecks(found: CaseOfNotice): Check[] {
  const checks: Check[] = [];
  let previous: RecordedAnswer | undefined;
  for (const given of found.answers) {
    checks.push(answerCheck(found, given, previous));
    if (given.recorded.verdict !== "late" && given.recorded.verdict !== "ignored") previous = given.recorded;
  }
  return checks;
}

/** Defects that rest on what a feed need not hold: free capacity, contracts of hosts, the third party's offer, ends of rights. */
const OUTSIDE = [
  "block_unavailable",
  "not_a_match",
  "holder_not_eligible",
  "right_ended",
  "resale_barred",
  "consent_needed",
  "host_not_allowed",
  "pass_through",
  "before_first_ship",
];
const isOutside = (defect: string): boolean => OUTSIDE.some((one) => defect.startsWith(one));

function answerCheck(
  found: CaseOfNotice,
  { by, recorded }: AnswerOnRecord,
  previous: RecordedAnswer | undefined,
): Check {
  const { clause } = found;
  const { answer, receivedAt, verdict, defects, recording } = recorded;
  const how =
    recording === undefined ? "" : `, put on record by ${recording.by} from a ${recording.medium} (${recording.file})`;
  const said = `${by}: ${answer.type}${answer.count === undefined ? "" : ` ${answer.count}`} at ${formatInstant(receivedAt)}${how}: ${verdict}`;
  if (clause === undefined) return { check: "answer", outcome: "unknown", text: said };
  if (defects.some(isOutside) || found.notice.thirdParty !== undefined)
    return { check: "answer", outcome: "unknown", text: `${said} (rests on what is not in the evidence)` };
  const again = judgeAnswer(openNotice(found, receivedAt), clause, answer, contextOf(found, recorded, previous));
  const same = again.verdict === verdict && again.defects.join() === defects.join();
  return same
    ? { check: "answer", outcome: "holds", text: said }
    : { check: "answer", outcome: "fails", text: `${said}; decided again it is ${again.verdict}` };
}

/** The notice as it was open when the answer came: its deadline, or the last extension by then. */
function openNotice({ notice, receipt, extensions }: CaseOfNotice, at: Instant): OpenNotice {
  const last = extensions.filter((one) => one >= at).at(-1) ?? extensions.at(-1) ?? receipt?.respondBy;
  return {
    ...(notice as unknown as OpenNotice),
    status: "open",
    ...(last === undefined ? {} : { respondBy: last }),
    ...(receipt?.objectBy === undefined ? {} : { objectBy: receipt.objectBy }),
  };
}

function contextOf(
  { notice, holder }: CaseOfNotice,
  { answer, receivedAt, defects }: RecordedAnswer,
  previous: RecordedAnswer | undefined,
): AnswerContext {
  const price = answer.price ?? notice.terms.price;
  const seconds = acceleratorSeconds(answer.count ?? notice.count, windowSeconds(answer.window ?? notice.terms.window));
  const value = price === undefined ? undefined : costOf(price, seconds);
  // Limits are of all that somebody binds its party to for a request: of other notices this one says nothing.
  const limit = defects.find((defect) => defect.startsWith(SIGNER_LIMIT));
  const binds = limit === undefined && mayBind(holder as Party | undefined, answer.signer, receivedAt, value);
  return {
    receivedAt,
    authority: limit === undefined ? { binds } : { binds, defect: limit },
    blocksFree: () => true,
    flowDown: () => "ok",
    eligible: true,
    beforeLaunch: () => false,
    rightEnded: false,
    compareMatch: () => ({ matches: true, worse: [] }),
    ...(previous === undefined ? {} : { previous }),
  };
}

/** Ways in which a notice ends because of what its holder said, or did not say. */
function endCheck({ end, answers, receipt, extensions, clause }: CaseOfNotice): Check {
  if (end === undefined) return { check: "end", outcome: "holds", text: "The notice is open." };
  const said = `${end.status}${end.count > 0 ? ` (${end.count})` : ""} at ${formatInstant(end.at)}`;
  const binding = answers.some(({ recorded }) => recorded.verdict === "binding");
  const refused = answers.some(
    ({ recorded }) => recorded.verdict === "refusal" || recorded.verdict === "counter_offer",
  );
  const deadline = extensions.at(-1) ?? receipt?.respondBy;
  const wrong = (text: string): Check => ({ check: "end", outcome: "fails", text: `${said}: ${text}` });
  if ((end.status === "accepted" || end.status === "part_accepted") && !binding && clause?.silence !== "acceptance")
    return wrong("no answer on record binds");
  if (end.status === "refused" && !refused) return wrong("no refusal is on record");
  if (end.status === "lapsed" && binding) return wrong("an answer on record binds");
  if (end.status === "lapsed" && (deadline === undefined || end.at <= deadline))
    return wrong("the deadline had not passed");
  return { check: "end", outcome: "holds", text: said };
}
