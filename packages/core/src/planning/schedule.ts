import { deliveryProfile, keeperRule, windowRule } from "../book/windows.ts";
import { windowSpecOf } from "../book/notify.ts";
import type { BookState } from "../book/state.ts";
import { addMs, type Instant, type NoticeId, type TenderId } from "../kernel/index.ts";
import { lastToSend } from "../notices/last-to-send.ts";
import { findRight } from "./clauses.ts";
import type { AskedNotice, Outcome } from "./course.ts";

/** A stretch of a course that somebody waits for: an answer, or bids. */
interface Leg {
  readonly id: NoticeId | TenderId;
  readonly from: Instant;
  /** The latest instant at which it may begin so that it ends by then; undefined where it cannot. */
  readonly latest: (by: Instant) => Instant | undefined;
}

/** When each stretch must have begun at the latest. Undefined: it is too late for it, whenever it begins. */
export type LatestStarts = ReadonlyMap<NoticeId | TenderId, Instant | undefined>;

/**
 * Counts back from the instant by which the award must be made: what comes last may end just before it, what comes before must
 * end before the latest start of what follows. Notices that are answered in advance take no time.
 *
 * @source Rule PLN6 in ./SPEC.md
 */
export function latestStarts(state: BookState, outcome: Outcome, awardBy: Instant): LatestStarts {
  const found = new Map<NoticeId | TenderId, Instant | undefined>();
  let by: Instant | undefined = addMs(awardBy, -1);
  for (const group of groupsOf(state, outcome)) {
    let first: Instant | undefined = by;
    for (const leg of group) {
      const latest: Instant | undefined = by === undefined ? undefined : leg.latest(by);
      found.set(leg.id, latest);
      if (latest === undefined || (first !== undefined && latest < first)) first = latest;
    }
    by = first === undefined ? undefined : addMs(first, -1);
  }
  return found;
}

/** The stretches that begin together, the last ones first. */
function groupsOf(state: BookState, outcome: Outcome): readonly (readonly Leg[])[] {
  const legs = [
    ...outcome.asked.filter((asked) => asked.sent.kind !== "information").map((asked) => noticeLeg(state, asked)),
    ...outcome.tenders.map(({ tender, at }): Leg => {
      const fixed = outcome.course.request.bidsCloseAt;
      return {
        id: tender.id,
        from: at,
        latest: (by) => (fixed === tender.closesAt ? fixedEnd(fixed, by) : tenderLatest(state, by)),
      };
    }),
  ].sort((a, b) => b.from - a.from);
  const groups: Leg[][] = [];
  for (const leg of legs) {
    const group = groups.at(-1);
    if (group?.[0]?.from === leg.from) group.push(leg);
    else groups.push([leg]);
  }
  return groups;
}

const fixedEnd = (end: Instant, by: Instant): Instant | undefined => (end <= by ? end : undefined);

function noticeLeg(state: BookState, asked: AskedNotice): Leg {
  const { sent, received } = asked;
  const leg = { id: sent.id, from: sent.sentAt };
  // What was answered as soon as it was received takes no time, whenever it is sent.
  if (isAnsweredAtOnce(asked) || received === undefined) return { ...leg, latest: (by) => by };
  const right = findRight(state, sent.right);
  if (right === undefined) return { ...leg, latest: () => undefined };
  const { clause, version } = right;
  if (clause.kind === "option") return { ...leg, latest: (by) => fixedEnd(received.respondBy, by) };
  const live = { ref: sent.right, clause, version, holder: sent.holder, alternatives: [] };
  return {
    ...leg,
    latest: (by) => {
      const rule = windowRule(state, windowSpecOf(sent.kind, live), version);
      const last = lastToSend(rule, deliveryProfile(state, version, sent.holder), by);
      return last.ok ? last.value : undefined;
    },
  };
}

export function isAnsweredAtOnce({ received, closed }: AskedNotice): boolean {
  return received !== undefined && closed !== undefined && closed.closedAt <= received.at;
}

function tenderLatest(state: BookState, by: Instant): Instant | undefined {
  const window = state.policy?.tenderWindow;
  if (window === undefined || window.n === 0) return by;
  const last = lastToSend(keeperRule(state, window), undefined, by);
  return last.ok ? last.value : undefined;
}
