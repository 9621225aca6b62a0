import type { RightClause } from "../agreements/clause.ts";
import type { BlockId, Instant, PartyId, Rate, TimeWindow } from "../kernel/index.ts";
import { minimumPart } from "../requests/blocks.ts";
import { compareTerms } from "../requests/compare.ts";
import type { StatedTerms, Terms } from "../requests/terms.ts";
import type { Answer, AnswerVerdict, OpenNotice, RecordedAnswer } from "./notice.ts";

/** What a holder offers to equal a third party's offer; what its answer leaves out is as noticed. */
export interface AnsweredTerms {
  readonly price?: Rate;
  readonly count: number;
  readonly window: TimeWindow;
  readonly stated: StatedTerms;
}

/** What the judgement of an answer asks of the world around it. */
/** Whether who signed may bind; where not, which defect that is, if not that it is no signatory. */
export interface Authority {
  readonly binds: boolean;
  readonly defect?: string;
}

/** Who signed may bind, and not to so much: what follows says how much was reached, with what, and the limit. */
export const SIGNER_LIMIT = "signer_limit:";

/** Whether a defect is one of who signed, which somebody with authority can cure. */
export const isOfSigner = (defect: string): boolean =>
  defect === "signer_not_authorised" || defect.startsWith(SIGNER_LIMIT);

export interface AnswerContext {
  /** When the answer arrived: what timeliness is judged by. */
  readonly receivedAt: Instant;
  /** Whether who signed may bind the holder to this much, with what the same person has bound it to for the same request. */
  readonly authority: Authority;
  /** Whether the named root blocks together have `count` accelerators free. */
  blocksFree(blocks: readonly BlockId[], count: number): boolean;
  flowDown(host: PartyId): "ok" | "resale_barred" | "consent_needed" | "host_not_allowed";
  readonly eligible: boolean;
  /** Whether service from then on would launch a product before it has shipped where it must ship first. */
  beforeLaunch(begins: Instant): boolean;
  /** The right has ended and rights accrued under it do not survive (domain rule G9). */
  readonly rightEnded: boolean;
  /** By the clause's basis: whether the terms equal the third party's, and in which they fall short. */
  compareMatch(answered: AnsweredTerms): { readonly matches: boolean; readonly worse: readonly string[] };
  /** The holder's last answer that is not late and was not ignored. */
  readonly previous?: RecordedAnswer;
}

export interface Judgement {
  readonly verdict: AnswerVerdict;
  /** Stable codes in a fixed order; after a colon, the term that a code is about: `terms_differ:start`. */
  readonly defects: readonly string[];
}

const NONE: readonly string[] = [];
const BINDING: Judgement = { verdict: "binding", defects: NONE };
const REFUSAL: Judgement = { verdict: "refusal", defects: NONE };

/**
 * What an answer is worth (step 10 of the algorithm). The order of the checks is part of the contract:
 *
 * 1. after the last instant: `late`; 2. after a binding acceptance, or a refusal that is final: `ignored`; 3. the right has
 * ended: `non_conforming`; 4. a refusal is a `refusal`, an objection is one in time and about a notice that lacks something;
 * 5. an acceptance by a holder that may not supply now: `non_conforming`; 6. all else that does not conform is collected:
 * with a demand for other terms it is a `counter_offer`, with defects only `curable` until the deadline, with none `binding`.
 */
export function judgeAnswer(notice: OpenNotice, right: RightClause, answer: Answer, context: AnswerContext): Judgement {
  const { receivedAt, previous } = context;
  if (notice.respondBy !== undefined && receivedAt > notice.respondBy) return judged("late", "response_late");
  if (previous?.verdict === "binding") return judged("ignored", "already_binding");
  if (previous?.verdict === "refusal" && right.refusalFinal) return judged("ignored", "refusal_is_final");
  if (context.rightEnded) return judged("non_conforming", "right_ended");
  if (answer.type === "object") return judgeObjection(notice, context);
  if (answer.type === "refuse") return REFUSAL;
  if (!context.eligible) return judged("non_conforming", "holder_not_eligible");
  return judgeAcceptance(notice, right, answer, context);
}

function judged(verdict: AnswerVerdict, defect: string): Judgement {
  return { verdict, defects: [defect] };
}

/** A notice is superseded for what it lacks; an answer without objection cures it (domain row N11). */
function judgeObjection(notice: OpenNotice, { receivedAt, previous }: AnswerContext): Judgement {
  if (notice.missing.length === 0) return judged("ignored", "nothing_missing");
  if (previous !== undefined) return judged("ignored", "already_cured");
  if (notice.objectBy !== undefined && receivedAt > notice.objectBy) return judged("late", "objection_late");
  return { verdict: "objection", defects: notice.missing.map((term) => `missing:${term}`) };
}

function judgeAcceptance(notice: OpenNotice, right: RightClause, answer: Answer, context: AnswerContext): Judgement {
  const count = answer.count ?? notice.count;
  const defects: string[] = [];
  findOtherTerms(notice, right, answer, context, defects);
  findOtherCount(notice, right, count, defects);
  const isCounterOffer = defects.length > 0;
  findFaultyCount(notice, right, count, defects);
  if (answer.condition !== undefined && answer.condition !== "") {
    defects.push(right.contingencies.allowed ? "condition_to_be_waived" : "conditional");
  }
  const { authority } = context;
  if (!authority.binds) defects.push(authority.defect ?? "signer_not_authorised");
  if (answer.rootBlocks.length > 0 && !context.blocksFree(answer.rootBlocks, count)) defects.push("block_unavailable");
  findPassThrough(notice, right, answer, context, defects);
  if (context.beforeLaunch((answer.window ?? notice.thirdParty?.window ?? notice.terms.window).from))
    defects.push("before_first_ship");
  if (defects.length === 0) return BINDING;
  return { verdict: isCounterOffer ? "counter_offer" : "curable", defects };
}

/**
 * Terms that the holder asks for in place of the noticed ones. The holder stands where the third party would: what that party
 * would gain by, the grantor loses by, and is not the noticed terms. Better for the grantor is conforming (domain row P14).
 */
function findOtherTerms(
  notice: OpenNotice,
  right: RightClause,
  answer: Answer,
  context: AnswerContext,
  defects: string[],
): void {
  if (notice.kind === "first-offer") {
    defects.push("names_terms");
  } else if (notice.thirdParty !== undefined && right.trigger === "third-party-offer") {
    const { matches, worse } = context.compareMatch(answeredTerms(notice, answer, answer.count ?? notice.count));
    if (!matches) defects.push(...worse.map((term) => `not_a_match:${term}`));
  } else if (answer.price !== undefined || answer.window !== undefined || answer.stated !== undefined) {
    // What was never noticed cannot be accepted: a price where the notice named none is an offer of the holder's own.
    if (answer.price !== undefined && notice.terms.price === undefined) defects.push("price_not_noticed");
    // The count is judged by the clause's own rules.
    const answered = answeredTerms(notice, answer, notice.terms.count);
    const { better } = compareTerms(notice.terms, answered, right.burdens === "demand" ? DEMAND : CAPACITY);
    for (const { term } of better) {
      defects.push(term === "price" ? priceDefect(notice, answer, right) : `terms_differ:${term}`);
    }
  }
}

const DEMAND = { side: "demand", priceToleranceBp: 0, countToleranceBp: 0 } as const;
const CAPACITY = { ...DEMAND, side: "capacity" } as const;

function priceDefect(notice: OpenNotice, answer: Answer, right: RightClause): string {
  if (answer.price?.currency !== notice.terms.price?.currency) return "price_currency";
  return right.burdens === "demand" ? "price_above_notice" : "price_below_notice";
}

/** What the answer says, and for the rest what was noticed: the third party's terms where there is one. */
function answeredTerms(notice: OpenNotice, answer: Answer, count: number): AnsweredTerms {
  const third = notice.thirdParty;
  const price = answer.price ?? third?.price ?? notice.terms.price;
  const window = answer.window ?? third?.window ?? notice.terms.window;
  const stated = answer.stated ?? third?.stated ?? notice.terms.stated;
  return price === undefined ? { count, window, stated } : { price, count, window, stated };
}

/** A part where the right allows none, less than its smallest, or more than was noticed: another bargain (domain row P4). */
function findOtherCount(notice: OpenNotice, { partial }: RightClause, count: number, defects: string[]): void {
  if (count > notice.count) defects.push("more_than_noticed");
  else if (count === notice.count) return;
  else if (partial.mode === "none") defects.push("partial_not_allowed");
  else if (partial.min !== undefined && count < partial.min) defects.push("below_partial_minimum");
}

/** Accepting all that was noticed is never faulty: what is left of a lot may be no whole number of blocks. */
function findFaultyCount(notice: OpenNotice, { partial }: RightClause, count: number, defects: string[]): void {
  if (count === notice.count) return;
  if (!Number.isSafeInteger(count) || count < 1) {
    defects.push("count_not_positive");
    return;
  }
  const isWhole = count % notice.terms.blockSize === 0 && (partial.mode === "none" || count % partial.of === 0);
  if (!isWhole) defects.push("not_a_multiple");
  if (count < minimumPart(notice.terms)) defects.push("below_gang_minimum");
}

const FLOW_DOWN_DEFECTS = {
  resale_barred: "resale_barred",
  consent_needed: "host_consent_missing",
  host_not_allowed: "host_not_allowed",
} as const;

function findPassThrough(
  notice: OpenNotice,
  right: RightClause,
  answer: Answer,
  context: AnswerContext,
  defects: string[],
): void {
  const { host } = answer;
  if (host === undefined || host === notice.holder) return;
  const count = answer.count ?? notice.count;
  const flowDown = context.flowDown(host);
  if (flowDown !== "ok") defects.push(FLOW_DOWN_DEFECTS[flowDown]);
  const hosted = answer.hostCount ?? count;
  if (hosted > count || hosted * 10_000 > right.passThrough.maxShareBp * count) defects.push("pass_through_share");
}

/** The terms that a holder named when it was asked to offer first, or asked for instead of the noticed ones. */
export function offeredTerms(notice: OpenNotice): Terms | undefined {
  const last = notice.answer;
  if (last?.verdict !== "counter_offer") return undefined;
  return { ...notice.terms, ...answeredTerms(notice, last.answer, last.answer.count ?? notice.count) };
}

/**
 * How a notice ends when its deadline has passed and nothing binds (domain rule G6): a refusal, or an answer that asked for
 * other terms, is `refused`; no answer, or a defective one that was not replaced, is `lapsed`. What a lapse means is for the
 * clause (`silence`).
 */
export function endOf(last: RecordedAnswer | undefined): "refused" | "lapsed" {
  return last?.verdict === "refusal" || last?.verdict === "counter_offer" ? "refused" : "lapsed";
}

/**
 * Whether nothing but a condition stands between the answer and its binding, and the clause lets it be waived later: then its
 * notice does not end before the contingency date (domain row P12).
 */
export function awaitsWaiver(last: RecordedAnswer | undefined): boolean {
  return last?.verdict === "curable" && last.defects.length === 1 && last.defects[0] === "condition_to_be_waived";
}

/**
 * Which of the fields that the clause wants stated the terms lack: `price`, `purpose`, ..., or a stated term by name. Several purposes
 * state it too.
 */
export function missingTerms(terms: OpenNotice["terms"], required: readonly string[]): readonly string[] {
  if (required.length === 0) return NONE;
  return required.filter((name) => {
    if (Object.hasOwn(terms.stated, name) || (name === "purpose" && terms.purposes !== undefined)) return false;
    return !OPTIONAL_FIELDS.has(name) || terms[name as OptionalField] === undefined;
  });
}

type OptionalField = "price" | "purpose" | "channel" | "sourceClass" | "latestStart";
const OPTIONAL_FIELDS: ReadonlySet<string> = new Set<OptionalField>([
  "price",
  "purpose",
  "channel",
  "sourceClass",
  "latestStart",
]);
