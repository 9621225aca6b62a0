import type { Reading } from "../agreements/evidence.ts";
import type { RightClause, RightKind } from "../agreements/clause.ts";
import type { WindowSpec } from "../agreements/window.ts";
import { windowSpecOf } from "../book/notify.ts";
import type { BookState } from "../book/state.ts";
import type { AgreementId, ClauseId, Instant, NoticeId, PartyId, Rate } from "../kernel/index.ts";
import type { NoticeKind, NoticeStatus } from "../notices/notice.ts";
import type { Assessment, RightRef, Verdict } from "../rights/assessment.ts";
import { findRight, nameOf } from "./clauses.ts";
import type { AskedNotice, Outcome } from "./course.ts";
import { isAnsweredAtOnce, type LatestStarts } from "./schedule.ts";

/** Somebody who must be asked. Instants are those of a request that is sent when the plan is made. */
export interface PlannedAsk {
  readonly notice: NoticeId;
  /** Those of one number are asked at the same time. */
  readonly step: number;
  readonly kind: NoticeKind;
  readonly holder: PartyId;
  readonly holderName: string;
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly version: number;
  /** The words of the contract. */
  readonly text?: string;
  /** Who confirmed that the fields say what the text says; absent: nobody has. */
  readonly reading?: Reading;
  readonly count: number;
  readonly price?: Rate;
  /** Facts for which the clause applies, as `dimension=value`. */
  readonly facts: readonly string[];
  readonly sentAt: Instant;
  /** The last instant at which it may be sent so that everything fits before the start; absent: none is left. */
  readonly sendBy?: Instant;
  readonly channel: string;
  readonly delivery: RightClause["delivery"]["rule"];
  /** Its channel does not tell the broker of delivery: taken as delivered when sent. */
  readonly deliverySupposed: boolean;
  readonly receivedAt?: Instant;
  readonly respondBy?: Instant;
  readonly zone?: string;
  readonly window?: WindowSpec;
  /** Days that the count passes over, with the reason. */
  readonly skipped: readonly string[];
  readonly silence: RightClause["silence"];
  /** What became of it where nobody answers but those who have answered in advance. */
  readonly status: NoticeStatus;
  readonly answeredInAdvance: boolean;
  /** How long others may be awarded after it without asking again (exclusive): the tail. */
  readonly clearedUntil?: Instant;
}

/** A right that was looked at and asks nobody. */
export interface NotAsked {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly version: number;
  readonly kind?: RightKind;
  readonly holder?: PartyId;
  readonly holderName?: string;
  /** `waits_for_an_offer`: a match that no third-party offer set off; otherwise why it does not apply. */
  readonly why: Exclude<Verdict, "applies"> | "waits_for_an_offer" | "counts_at_period_end" | "nothing_left";
  readonly facts: readonly string[];
}

export function asksOf(state: BookState, outcome: Outcome, latest: LatestStarts): PlannedAsk[] {
  const asked = outcome.asked.filter(({ sent }) => sent.kind !== "information");
  const starts = [...new Set(asked.map(({ sent }) => sent.sentAt))].sort((a, b) => a - b);
  return asked.map((one) => askOf(state, outcome, one, starts.indexOf(one.sent.sentAt) + 1, latest));
}

function askOf(state: BookState, outcome: Outcome, asked: AskedNotice, step: number, latest: LatestStarts): PlannedAsk {
  const { sent, received, closed, clearedUntil } = asked;
  const right = findRight(state, sent.right);
  const price = sent.thirdParty?.price ?? sent.terms.price;
  const sendBy = latest.get(sent.id);
  const live = right === undefined ? undefined : { ref: sent.right, ...right, holder: sent.holder, alternatives: [] };
  return {
    notice: sent.id,
    step,
    kind: sent.kind,
    holder: sent.holder,
    holderName: nameOf(state, sent.holder),
    ...sent.right,
    ...(right?.clause.text === undefined ? {} : { text: right.clause.text }),
    ...(right?.clause.reading === undefined ? {} : { reading: right.clause.reading }),
    count: sent.count,
    ...(price === undefined ? {} : { price }),
    facts: assessmentOf(outcome, sent)?.facts ?? [],
    sentAt: sent.sentAt,
    ...(sendBy === undefined ? {} : { sendBy }),
    channel: sent.channel,
    delivery: right?.clause.delivery.rule ?? "delivered",
    deliverySupposed: outcome.course.delivered.includes(sent.id),
    ...(received === undefined
      ? {}
      : { receivedAt: received.deemedReceivedAt, respondBy: received.respondBy, zone: received.zone }),
    ...(live === undefined || sent.kind === "option" ? {} : { window: windowSpecOf(sent.kind, live) }),
    skipped: received?.trail ?? [],
    silence: right?.clause.silence ?? "refusal",
    status: closed?.status ?? "open",
    answeredInAdvance: asked.answers > 0 && isAnsweredAtOnce(asked),
    ...(clearedUntil === undefined ? {} : { clearedUntil }),
  };
}

/** What was found of the right for the lot that the notice is about. */
function assessmentOf(
  outcome: Outcome,
  { lot: id, right }: Pick<AskedNotice["sent"], "lot" | "right">,
): Assessment | undefined {
  return outcome.assessed
    .filter(({ lot }) => lot.id === id)
    .flatMap(({ assessments }) => assessments)
    .find((one) => one.right.agreement === right.agreement && one.right.clause === right.clause);
}

/** Rights that were looked at and of which nobody is asked, each once, with why. */
export function notAskedOf(state: BookState, outcome: Outcome): NotAsked[] {
  const asked = new Set(outcome.asked.map(({ sent }) => keyOf(sent.right)));
  const found = new Map<string, NotAsked>();
  for (const { right, verdict, facts } of outcome.assessed.flatMap(({ assessments }) => assessments)) {
    const key = keyOf(right);
    if (asked.has(key)) continue;
    const clause = findRight(state, right)?.clause;
    found.set(key, {
      agreement: right.agreement,
      clause: right.clause,
      version: right.version,
      ...(clause === undefined
        ? {}
        : { kind: clause.kind, holder: clause.holder, holderName: nameOf(state, clause.holder) }),
      why: verdict === "applies" ? whyUnasked(clause) : verdict,
      facts,
    });
  }
  return [...found.values()];
}

/** It applies, and yet nobody is asked by it: nothing has set it off. */
function whyUnasked(clause: RightClause | undefined): NotAsked["why"] {
  if (clause?.kind === "minimum-share" || clause?.kind === "most-favoured") return "counts_at_period_end";
  return clause?.trigger === "third-party-offer" ? "waits_for_an_offer" : "nothing_left";
}

const keyOf = ({ agreement, clause }: RightRef): string => `${agreement}#${clause}`;
