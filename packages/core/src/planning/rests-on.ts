import type { AgreementVersion } from "../agreements/agreement.ts";
import type { ClauseBase, RightClause } from "../agreements/clause.ts";
import type { BookState } from "../book/state.ts";
import type { AgreementId, ClauseId } from "../kernel/index.ts";
import type { Assessment } from "../rights/assessment.ts";
import { stageKindOf } from "../rights/live.ts";
import { agreementValuesUsed } from "./agreement-defaults.ts";
import { findCommitment, findRight } from "./clauses.ts";
import type { EffectiveCost } from "./costs.ts";
import type { AskedNotice, Outcome } from "./course.ts";
import type { Quote } from "./quotes.ts";

/**
 * What an answer rests on and nobody has confirmed. `reading`: of a clause that weighed in it; `default`: a value that nobody
 * stated and that it used; `assumed`: one that the author of the book assumed; `evidence`: how well an agreement or a clause is known; `undeclared`: a fact
 * of the request, read in the holder's favour; `supposed`: what the plan itself takes as given.
 */
export interface RestsOn {
  readonly kind: "reading" | "default" | "assumed" | "evidence" | "undeclared" | "supposed";
  readonly agreement?: AgreementId;
  readonly clause?: ClauseId;
  /** The parameter, the fact, or the code of what is supposed. */
  readonly name?: string;
  /** The value it has, or the source of the evidence. */
  readonly value?: string;
}

/** What was supposed is named by these codes. */
export type SupposedCode =
  | "no_answers"
  | "bid_at_own_price"
  | "delivered_when_sent"
  | "approval_given"
  | "best_bid_chosen"
  | "no_lead_time"
  | "window_assumed";

export function restsOn(
  state: BookState,
  outcome: Outcome,
  supposed: readonly Quote[],
  effective: EffectiveCost | undefined,
): RestsOn[] {
  const found = [
    ...outcome.assessed.flatMap(({ assessments }) => assessments).flatMap((one) => ofRight(state, outcome, one)),
    ...(effective?.commitments ?? []).flatMap(({ agreement, clause, avoided }) =>
      avoided.micros === 0n ? [] : ofCommitment(state, agreement, clause),
    ),
    ...outcome.course.approved.map((name): RestsOn => ({ kind: "supposed", name: "approval_given", value: name })),
    ...(outcome.course.chosen ? [supposition("best_bid_chosen")] : []),
    ...(outcome.course.delivered.length > 0
      ? outcome.asked
          .filter(({ sent }) => outcome.course.delivered.includes(sent.id))
          .map(
            ({ sent }): RestsOn => ({
              ...supposition("delivered_when_sent"),
              ...refOf(sent.right),
              value: sent.channel,
            }),
          )
      : []),
    ...supposed
      .filter((quote) => outcome.awards.some(({ lines }) => lines.some((line) => line.provider === quote.provider)))
      .map((quote): RestsOn => ({ ...supposition("bid_at_own_price"), value: quote.provider })),
  ];
  return unique(found);
}

const supposition = (name: SupposedCode): RestsOn => ({ kind: "supposed", name });

const refOf = ({ agreement, clause }: { agreement: AgreementId; clause: ClauseId }) => ({ agreement, clause });

/** A right that applies; and, of one that does not, whose reading it is that keeps it out. */
function ofRight(state: BookState, outcome: Outcome, one: Assessment): RestsOn[] {
  const found = findRight(state, one.right);
  if (found === undefined) return [];
  const { clause, version } = found;
  const ref = refOf(one.right);
  const matters = one.verdict === "applies" || one.verdict === "carved_out" || one.verdict === "out_of_scope";
  if (!matters) return [];
  const readings = ofReading(clause, ref);
  if (one.verdict !== "applies") return readings;
  const asked = outcome.asked.filter(
    ({ sent }) => sent.right.agreement === ref.agreement && sent.right.clause === ref.clause,
  );
  const used = usedParameters(outcome, clause, asked);
  return [
    ...readings,
    ...one.undeclared.map((name): RestsOn => ({ kind: "undeclared", ...ref, name })),
    ...clause.defaults
      .filter((name) => used.has(name))
      .map((name): RestsOn => ({ kind: "default", ...ref, name, value: used.get(name) as string })),
    ...(asked.length === 0 ? [] : ofAgreement(state, version, clause)),
    ...(clause.assumed ?? []).map((name): RestsOn => ({ kind: "assumed", ...ref, name })),
    ...ofEvidence({ agreement: ref.agreement }, version.evidence),
    ...ofEvidence(ref, clause.evidence),
  ];
}

/** Values that the agreement as a whole leaves to defaults, and by which a notice was counted. */
function ofAgreement(state: BookState, version: AgreementVersion, clause: RightClause): RestsOn[] {
  const used = agreementValuesUsed(state, version, clause);
  return (version.defaults ?? [])
    .filter((name) => used.has(name))
    .map((name): RestsOn => ({ kind: "default", agreement: version.id, name, value: used.get(name) as string }));
}

function ofReading(clause: ClauseBase, ref: { agreement: AgreementId; clause: ClauseId }): RestsOn[] {
  return clause.reading === undefined ? [{ kind: "reading", ...ref }] : [];
}

function ofEvidence(ref: { agreement: AgreementId; clause?: ClauseId }, evidence: ClauseBase["evidence"]): RestsOn[] {
  if (evidence === undefined || evidence.grade === "company") return [];
  return [{ kind: "evidence", ...ref, name: evidence.grade, value: evidence.source }];
}

function ofCommitment(state: BookState, agreement: AgreementId, id: ClauseId): RestsOn[] {
  const clause = findCommitment(state, agreement, id);
  if (clause === undefined) return [];
  const ref = { agreement, clause: id };
  const used = new Map<string, string>([
    ["shortfallCost", `${clause.shortfallBp / 100} %`],
    ["shortfall", `${clause.shortfallBp / 100} %`],
    ["scope", "everything"],
    ["stackPriority", String(clause.stackPriority)],
  ]);
  return [
    ...ofReading(clause, ref),
    ...clause.defaults
      .filter((name) => used.has(name))
      .map((name): RestsOn => ({ kind: "default", ...ref, name, value: used.get(name) as string })),
    ...(clause.assumed ?? []).map((name): RestsOn => ({ kind: "assumed", ...ref, name })),
    ...ofEvidence(ref, clause.evidence),
  ];
}

/**
 * The parameters of a right that this answer used, with their values: by what was asked, how it ended, and what came after it. What
 * only another course would have used is left out.
 */
function usedParameters(outcome: Outcome, clause: RightClause, asked: readonly AskedNotice[]): Map<string, string> {
  const used = new Map<string, string>();
  const stages = outcome.asked.filter(({ sent }) => sent.kind !== "information");
  const first = asked.find(({ sent }) => sent.round === 0);
  used.set("scope", "everything");
  if (clause.kind === "first-refusal") used.set("trigger", clause.trigger);
  if (clause.attachBy !== "request" || asked.length === 0) used.set("attachBy", clause.attachBy);
  if (outcome.lots.some((lot) => !lot.newCapacity)) used.set("newCapacityOnly", String(clause.newCapacityOnly));
  if (first === undefined) return used;
  used.set("window", windowText(clause.window));
  used.set("delivery.rule", clause.delivery.rule);
  if (outcome.course.delivered.includes(first.sent.id))
    used.set("delivery.fallbackAfter", windowText(clause.delivery.fallbackAfter));
  if (first.closed?.status === "lapsed" || first.closed?.status === "accepted") used.set("silence", clause.silence);
  if (stages.length > asked.length) {
    used.set("rank", String(clause.rank));
    if (stages.some(({ sent }) => sent.sentAt === first.sent.sentAt && sent.id !== first.sent.id))
      used.set("parallel", String(clause.parallel));
  }
  if (first.clearedUntil !== undefined && outcome.awards.length > 0) {
    used.set("tail.days", String(clause.tail.days));
    if (outcome.evaluation !== undefined) {
      used.set("tail.priceTolerance", `${clause.tail.priceToleranceBp / 100} %`);
      used.set("reoffer.on", clause.reoffer.on);
    }
  }
  if (asked.some(({ sent }) => sent.kind === "re-offer")) {
    used.set("reoffer.window", windowText(clause.reoffer.window));
    used.set("reoffer.maxRounds", String(clause.reoffer.maxRounds));
  }
  if (stageKindOf(clause) === "match") {
    used.set("matchBasis", clause.matchBasis.mode);
    used.set("matchAfterBidding", String(clause.matchAfterBidding));
  }
  if (outcome.bids.some(({ bid }) => bid.bidder === clause.holder))
    used.set("holderMayBid", String(clause.holderMayBid));
  if (clause.kind === "exclusivity")
    used.set(
      "release",
      Object.entries(clause.release)
        .filter(([, lets]) => lets)
        .map(([when]) => when)
        .join(", "),
    );
  return used;
}

const windowText = ({ n, unit }: { n: number; unit: string }): string => `${n} ${unit.replace("-", " ")}`;

function unique(items: readonly RestsOn[]): RestsOn[] {
  const seen = new Map<string, RestsOn>();
  for (const item of items) {
    const key = [item.kind, item.agreement, item.clause, item.name, item.value].join("|");
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}
