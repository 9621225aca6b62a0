import { isAffiliate } from "../agreements/affiliates.ts";
import type { Instant } from "../kernel/index.ts";
import { lotFacts } from "../requests/facts.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { assessRights, type Collected, type LotView, type RightsWorld } from "../rights/assess.ts";
import { calledIn, isNewTo } from "./called.ts";
import { drawnCount } from "./drawn.ts";
import { isEligible, nextEligibility } from "./eligible.ts";
import { listsOf } from "./lists.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

const CACHE_MAX = 10_000;

/** Which rights weigh on a lot. Like requests are burdened alike: the answer is kept while nothing that it rests on has changed. */
export function assessLot(turn: Turn, request: ComputeRequest, lot: Lot): Collected {
  const { state, at } = turn;
  const plain =
    request.lines[lot.lineIndex]?.under === undefined &&
    request.sale === undefined &&
    request.release === undefined &&
    !listsOf(state).serviceWindows;
  if (!plain) return assessRights(viewOf(state, request, lot), worldOf(state, request, lot), at);
  const key = factsKey(state, request, lot);
  const known = state.rightsCache.get(key);
  if (
    known !== undefined &&
    known.epoch === state.epoch &&
    known.from <= at &&
    (known.collected.staleAt === undefined || at < known.collected.staleAt)
  ) {
    return known.collected;
  }
  const collected = assessRights(viewOf(state, request, lot), worldOf(state, request, lot), at);
  if (state.rightsCache.size > CACHE_MAX) state.rightsCache.clear();
  state.rightsCache.set(key, {
    epoch: state.epoch,
    from: at,
    collected: untilEligibilityChanges(state, collected, at),
  });
  return collected;
}

/** What was recorded of somebody for a later date is another answer from then on. */
function untilEligibilityChanges(state: BookState, collected: Collected, at: Instant): Collected {
  const next = nextEligibility(state, at);
  return next === undefined || (collected.staleAt !== undefined && collected.staleAt <= next)
    ? collected
    : { ...collected, staleAt: next };
}

function factsKey(state: BookState, request: ComputeRequest, lot: Lot): string {
  let key = `${request.buyer}|${lot.side}|${lot.purposes.join(",")}|${lot.purposeDeclared ? 1 : 0}|${lot.terms.channel ?? ""}|${lot.terms.sourceClass ?? ""}|${lot.newCapacity ? 1 : 0}`;
  if (lot.terms.product !== undefined) key += `|p ${lot.terms.product}`;
  for (const alternative of lot.alternatives) key += `|${alternative.acceleratorType} ${alternative.region}`;
  return listsOf(state).countedWaivers ? `${key}|${lot.count}` : key;
}

export function viewOf(state: BookState, request: ComputeRequest, lot: Lot): LotView {
  const { sale } = request;
  return {
    side: lot.side,
    owner: sale === undefined ? request.buyer : (state.header?.keeper ?? request.buyer),
    window: lot.window,
    count: lot.count,
    facts: lot.alternatives.map((alternative) => lotFacts(lot, alternative)),
    ...(request.release === undefined ? {} : { isRelease: true }),
    ...(lot.sources === undefined ? {} : { sources: lot.sources }),
    blocks: sale?.blocks ?? [],
    ...(sale === undefined ? {} : { counterparty: sale.to }),
  };
}

function worldOf(state: BookState, request: ComputeRequest, lot: Lot): RightsWorld {
  const { agreements, waivers } = listsOf(state);
  const called = calledIn(state, request, lot.lineIndex);
  return {
    agreements,
    waivers,
    bindsBuyer: (grantor, buyer, clause, version) =>
      grantor === buyer ||
      (clause.affiliates.aggregate && isAffiliate(grantor, buyer, state.parties, version.affiliateBp)),
    eligible: (party, at) => isEligible(state, party, at),
    inDefault: (party, agreement) => state.defaults.has(`${party} ${agreement}`),
    isNewFor: (clause) => (called === undefined ? lot.newCapacity : isNewTo(state, called, clause)),
    leftOf: (option, count) => Math.max(0, count - drawnCount(state, option)),
    sameMachines: (a, b) => isWithin(state, a, b) || isWithin(state, b, a),
  };
}

/** Whether a block is another one, or was carved out of it. */
function isWithin(state: BookState, block: string, whole: string): boolean {
  for (let id: string | undefined = block; id !== undefined; id = state.capacity.get(id as never)?.block.parentId) {
    if (id === whole) return true;
  }
  return false;
}
