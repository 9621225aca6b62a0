import {
  acceleratorSeconds,
  compareRational,
  compareText,
  type NoticeId,
  rational,
  windowSeconds,
} from "../kernel/index.ts";
import type { Answer } from "../notices/notice.ts";
import { lotFacts } from "../requests/facts.ts";
import type { Quote } from "../prices/index.ts";
import type { LiveRight } from "../rights/live.ts";
import type { Lot } from "../requests/lot.ts";
import { type CompiledScope, compileScope, matchesScope } from "../scope/index.ts";
import { giveAnswer } from "./answers.ts";
import type { StandingAnswer } from "./documents.ts";
import { lotOf } from "./lookup.ts";
import { freeOn } from "./placement.ts";
import { priceOfSupply } from "./price-offer.ts";
import type { BookState, NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

const scopes = new WeakMap<StandingAnswer, CompiledScope>();
const lists = new WeakMap<
  BookState,
  { readonly epoch: number; readonly byParty: ReadonlyMap<string, readonly StandingAnswer[]> }
>();

/** Answers of one party given in advance, by id: the first that fits answers. */
function standingOf(state: BookState, party: string): readonly StandingAnswer[] | undefined {
  let known = lists.get(state);
  if (known === undefined || known.epoch !== state.factEpoch) {
    const byParty = new Map<string, StandingAnswer[]>();
    for (const item of state.standing.sortedValues())
      byParty.set(item.party, [...(byParty.get(item.party) ?? []), item]);
    for (const items of byParty.values()) items.sort((a, b) => compareText(a.id, b.id));
    known = { epoch: state.factEpoch, byParty };
    lists.set(state, known);
  }
  return known.byParty.get(party);
}

/** Answers a notice at once where its holder has said in advance how. */
export function answerInAdvance(turn: Turn, id: NoticeId, right: LiveRight): void {
  const notice = turn.state.notices.get(id) as NoticeState;
  const rules = standingOf(turn.state, notice.holder);
  if (rules === undefined) return;
  const lot = lotOf(turn.state, notice.request, notice.lot);
  for (const rule of rules) {
    const scope = scopes.get(rule) ?? compileScope(rule.scope);
    scopes.set(rule, scope);
    const isGlobal = scope.kind === "global" && scope.exclusion === undefined;
    if (!isGlobal && !isInside(scope, lot.lot)) continue;
    const answer = answerBy(turn, rule, notice, right);
    if (answer !== undefined) giveAnswer(turn, notice, notice.holder, answer);
    return;
  }
}

function isInside(scope: CompiledScope, lot: Lot): boolean {
  return lot.alternatives.some((alternative) => matchesScope(scope, lotFacts(lot, alternative), "known"));
}

/** What the rule's agreement asks for all that is noticed; undefined where it states no price, which is left to a person. */
function leastBy(turn: Turn, { priceMinBy, party, answer }: StandingAnswer, notice: NoticeState): Quote | undefined {
  const lot = lotOf(turn.state, notice.request, notice.lot);
  const alternative = lot.lot.alternatives[0];
  if (priceMinBy === undefined || alternative === undefined) return undefined;
  const { acceleratorType, region } = alternative;
  const host = answer.type === "accept" && answer.host !== undefined ? { host: answer.host } : {};
  const supply = { provider: party, ...host, region, acceleratorType, priceBy: priceMinBy };
  const found = priceOfSupply(turn, supply, lot, alternative, notice.count);
  return found.ok ? found.value : undefined;
}

/** What the rule answers; undefined where it leaves the notice to a person. */
function answerBy(turn: Turn, rule: StandingAnswer, notice: NoticeState, right: LiveRight): Answer | undefined {
  const refuse: Answer = { type: "refuse", orLess: false, rootBlocks: [], reason: "standing" };
  if (rule.answer.type === "refuse") return refuse;
  const price = notice.thirdParty?.price ?? notice.terms.price;
  if (rule.priceMin !== undefined) {
    if (price === undefined || price.currency !== rule.priceMin.currency) return undefined;
    if (price.microsPerHour < rule.priceMin.microsPerHour) return refuse;
  }
  const least = rule.priceMinBy === undefined ? undefined : leastBy(turn, rule, notice);
  if (rule.priceMinBy !== undefined) {
    if (price === undefined || least === undefined || price.currency !== least.cost.currency) return undefined;
    const held = acceleratorSeconds(notice.count, windowSeconds(notice.terms.window));
    const offered = rational(price.microsPerHour * held, 3600n);
    if (compareRational(offered, least.exact) < 0) return refuse;
  }
  let count = Math.min(notice.count, rule.answer.countMax ?? notice.count);
  if (rule.byCapacity) count = Math.min(count, freeOn(turn.state, rule.answer.blocks, notice.terms.window, 1, count));
  const { partial } = right.clause;
  const step = partial.mode === "multiple" ? partial.of : notice.terms.blockSize;
  count -= count % step;
  const takesPart = count < notice.count;
  const tooLittle =
    count < notice.terms.gangMin ||
    (takesPart && (partial.mode === "none" || count < (partial.min ?? 0) || !notice.terms.divisible));
  if (tooLittle) return refuse;
  const { blocks: rootBlocks, host } = rule.answer;
  return host === undefined
    ? { type: "accept", count, orLess: true, rootBlocks }
    : { type: "accept", count, orLess: true, rootBlocks, host };
}
