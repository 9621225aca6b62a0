import type { NoticeState } from "@offtake/core/book";
import { addMs, type BlockId, type NoticeId, type PartyId } from "@offtake/core/kernel";
import type { Answer } from "@offtake/core/notices";
import { blocksOf } from "./capacity.ts";
import { drawWindow } from "./clock.ts";
import type { Play } from "./play.ts";
import { drawPrice, drawStated } from "./terms.ts";

/** A channel reports on a notice; well-behaved ones that it arrived. */
export function reportDelivery(play: Play): void {
  const notice = play.oneOf(play.notices().filter((item) => item.respondBy === undefined));
  if (notice === undefined) return;
  const event = play.does("slow channels") ? play.random.pick(["bounced", "delivered"] as const) : "acknowledged";
  play.submit({ type: "confirmDelivery", notice: notice.id, event }, play.keeper);
}

/** A holder answers one of its notices; odd ones answer others, too late, or what cannot be. */
export function answerNotice(play: Play): void {
  const notice = play.oneOf(play.notices().filter((item) => item.respondBy !== undefined));
  if (notice === undefined) return;
  remember(play, notice);
  atTheEdge(play, notice);
  const party = play.random.chance(1, 4) ? (play.oneOf(notice.assignees) ?? notice.holder) : notice.holder;
  const hostile = play.does("hostile answers");
  const body = {
    type: "answerNotice",
    notice: notice.id,
    answer: hostile ? drawHostileAnswer(play, notice) : drawAnswer(play, notice),
  } as const;
  play.submit(body, hostile && play.random.chance(1, 5) ? play.party() : party);
}

/** Answers what is closed, or was never there. */
export function answerPast(play: Play): void {
  const { random } = play;
  const id = (random.chance(1, 8) ? "ntc_of_nobody" : play.oneOf(play.past.notices)) as NoticeId | undefined;
  if (id === undefined) return;
  const holder = play.book.state.notices.get(id)?.holder ?? random.pick(play.providers);
  play.submit(
    {
      type: "answerNotice",
      notice: id,
      answer: { type: random.pick(["accept", "refuse", "object"]), orLess: true, rootBlocks: [] },
    },
    holder,
  );
}

/** Waits for the last instant of a notice, or the first after it. */
function atTheEdge(play: Play, notice: NoticeState): void {
  const { respondBy } = notice;
  if (respondBy === undefined || respondBy <= play.now || !play.does("answers at the edge of their time")) return;
  play.now = addMs(respondBy, play.random.pick([-1, 0, 0, 1]));
}

function remember(play: Play, notice: NoticeState): void {
  if (!play.past.notices.includes(notice.id)) play.past.notices.push(notice.id);
}

/** What an honest holder answers: all, a part, no. */
export function drawAnswer(play: Play, notice: NoticeState): Answer {
  const { random } = play;
  const base = { orLess: random.chance(3, 4), rootBlocks: [] };
  const kind = random.below(10);
  if (kind < 4) return { ...base, type: "refuse", ...(random.chance(1, 6) ? { reason: "inability" } : {}) };
  const step = notice.terms.blockSize;
  const part = Math.max(step, random.between(1, Math.max(1, Math.floor(notice.count / step))) * step);
  return {
    ...base,
    type: "accept",
    rootBlocks: drawBlocks(play, notice),
    ...(kind < 7 ? {} : { count: Math.min(part, notice.count) }),
    ...(random.chance(1, 8) && notice.terms.price !== undefined
      ? { price: { ...notice.terms.price, microsPerHour: notice.terms.price.microsPerHour - 100_000n } }
      : {}),
    ...(random.chance(1, 10) ? { host: random.pick(play.hosts) } : {}),
    ...(play.does("answers out of authority") ? { signer: random.pick(["clerk", "officer", "intern"]) } : {}),
  };
}

function drawBlocks(play: Play, notice: NoticeState): BlockId[] {
  const fitting = blocksOf(play, notice.holder).filter(
    (block) => block.acceleratorType === notice.terms.acceleratorType,
  );
  return play.random.chance(1, 2) ? [] : fitting.map((block) => block.id);
}

/** Too much, half a block, another price, another time, machines of others, conditions. */
function drawHostileAnswer(play: Play, notice: NoticeState): Answer {
  const { random } = play;
  const base: Answer = { type: "accept", orLess: random.chance(1, 2), rootBlocks: [] };
  const odd: readonly (() => Partial<Answer>)[] = [
    () => ({ count: notice.count + notice.terms.blockSize }),
    () => ({ count: random.pick([3, 0, -8, 8.5, notice.count - 1]) }),
    () => ({ price: drawPrice(random) }),
    () => ({ price: { ...drawPrice(random), currency: "EUR" as never } }),
    () => ({ window: drawWindow(random, play.now) }),
    () => ({ stated: drawStated(random) }),
    () => ({ rootBlocks: random.chance(1, 3) ? ["b0" as BlockId] : play.blocks.slice(0, 2).map((block) => block.id) }),
    () => ({ host: play.party(), hostCount: random.between(0, 20) * 8 }),
    () => ({ condition: "board approval" }),
    () => ({ signer: random.pick(["intern", "clerk"]) }),
    () => ({ type: "object", reason: "not stated" }),
    () => ({ type: "refuse" }),
  ];
  const spoilt = { ...base, ...random.pick(odd)() };
  return random.chance(1, 3) ? { ...spoilt, ...random.pick(odd)() } : spoilt;
}

/** An officer stands behind what somebody else signed. */
export function ratify(play: Play): void {
  const id = play.oneOf(play.past.notices) as NoticeId | undefined;
  const notice = id === undefined ? undefined : play.book.state.notices.get(id);
  if (id === undefined || notice === undefined) return;
  const party: PartyId = play.random.chance(1, 10) ? play.party() : notice.holder;
  play.submit(
    { type: "ratifyAnswer", notice: id, signer: play.random.pick(["officer", "officer", "clerk", "intern"]) },
    party,
  );
}

/** The buyer lets a late answer count: one that came late if it finds any. */
export function waiveLateness(play: Play): void {
  const late = play.book.state.notices.sortedValues().filter((notice) => notice.late !== undefined);
  const id = play.oneOf(late)?.id ?? (play.oneOf(play.past.notices) as NoticeId | undefined);
  if (id === undefined) return;
  const buyer =
    play.book.state.requests.get(play.book.state.notices.get(id)?.request ?? ("q0" as never))?.request.buyer ??
    play.keeper;
  play.submit({ type: "waiveLateness", notice: id }, play.random.chance(1, 10) ? play.party() : buyer);
}
