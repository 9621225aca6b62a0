import type { BlockId, PartyId } from "../kernel/index.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { Writable } from "./draft.ts";
import type { NoticeEvent } from "./events.ts";
import { countOffered } from "../requests/offered.ts";
import { rightOf } from "./lookup.ts";
import { place } from "./placement.ts";
import type { LotState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import { voidSealed } from "./void-sealed.ts";
import type { Turn } from "./turn.ts";

/** Takes the capacity that an acceptance names, or that is on sale: one hold for each that runs a part. */
export function hold(turn: Turn, lot: LotState, notice: NoticeState, count: number): void {
  const answer = notice.answer?.answer;
  const window = answer?.window ?? notice.thirdParty?.window ?? notice.terms.window;
  const all = takenFrom(turn, lot, notice);
  const step = notice.terms.blockSize;
  const acceleratorType = notice.thirdParty?.acceleratorType ?? notice.terms.acceleratorType;
  for (const part of partsByHost(notice, count)) {
    const own = part.whole ? all : blocksOf(turn, all, answer?.host, part.host !== undefined);
    // Together the blocks were found to have room: what does not fit where it belongs goes to the others.
    const machines = countOffered(lot.lot, acceleratorType, part.count);
    const blocks =
      place(turn.state, own, window, step, machines) ?? place(turn.state, all, window, step, machines) ?? [];
    const event: Writable<Extract<NoticeEvent, { type: "holdPlaced" }>> = {
      type: "holdPlaced",
      at: turn.at,
      hold: turn.ids.next<"HoldId">("hld"),
      request: lot.lot.request,
      lot: lot.lot.id,
      notice: notice.id,
      holder: notice.answeredBy ?? notice.holder,
      count: part.count,
      blocks,
      window,
    };
    if (part.host !== undefined) event.host = part.host;
    turn.emit(event);
    if (part.host !== undefined) voidSealed(turn, part.host, event.hold, blocks);
  }
}

/** The blocks that an acceptance names. A holder that buys names none: it takes what its option names, or what is on sale. */
function takenFrom(turn: Turn, lot: LotState, notice: NoticeState): readonly BlockId[] {
  const named = notice.answer?.answer.rootBlocks ?? [];
  if (named.length > 0 || lot.lot.side === "demand") return named;
  const sold = turn.state.requests.get(lot.lot.request)?.request.sale?.blocks ?? [];
  return blocksOfOption(rightOf(turn.state, notice).clause, sold);
}

/** Of an option, the blocks that are on sale, where it says which; else all that is on sale. */
function blocksOfOption({ option }: RightClause, sold: readonly BlockId[]): readonly BlockId[] {
  const own = option?.blocks ?? [];
  if (own.length === 0) return sold;
  const both = own.filter((id) => sold.includes(id));
  return both.length > 0 ? both : own;
}

interface HeldPart {
  readonly host?: PartyId;
  readonly count: number;
  /** All of it is run by one: any of the blocks named will do. */
  readonly whole: boolean;
}

/** What the holder runs itself comes first; where an acceptance is cut, it is the host's part that gets less. */
function partsByHost(notice: NoticeState, count: number): readonly HeldPart[] {
  const { host, hostCount, count: accepted = notice.count } = notice.answer?.answer ?? {};
  if (host === undefined) return [{ count, whole: true }];
  const own = hostCount === undefined ? 0 : Math.min(count, Math.max(0, accepted - hostCount));
  if (own === 0) return [{ host, count, whole: true }];
  return own === count
    ? [{ count, whole: false }]
    : [
        { count: own, whole: false },
        { host, count: count - own, whole: false },
      ];
}

/** Those of the named blocks that the host runs, or those that it does not. */
function blocksOf(
  turn: Turn,
  blocks: readonly BlockId[],
  host: PartyId | undefined,
  hosted: boolean,
): readonly BlockId[] {
  return blocks.filter((id) => {
    const block = turn.state.capacity.get(id)?.block;
    return ((block?.host ?? block?.provider) === host) === hosted;
  });
}
