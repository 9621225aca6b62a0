import type { Invariant } from "@offtake/core/audit";
import type { BookEvent } from "@offtake/core/book";
import { addMs, type AwardId, HOUR_MS, type HoldId, type NoticeId } from "@offtake/core/kernel";

type Recorded<Type extends BookEvent["type"]> = Extract<BookEvent, { readonly type: Type }>;

/** A way to break what must hold: what a faulty engine would have recorded, and the invariant that it breaks. */
export interface Plant {
  readonly name: string;
  readonly breaks: Invariant;
  /** The history with the fault; undefined where it offers no place for it. */
  plant(history: readonly BookEvent[]): BookEvent[] | undefined;
}

export const PLANTS: readonly Plant[] = [
  { name: "a clearance is dropped that an award rests on", breaks: "I2", plant: dropClearance },
  { name: "a deadline moves earlier", breaks: "I5", plant: moveDeadline },
  { name: "a hold is placed twice", breaks: "I3", plant: doubleHold },
  { name: "an award is issued twice", breaks: "I1", plant: doubleAward },
  { name: "an acceptance is awarded twice", breaks: "E1", plant: doubleAcceptance },
  { name: "a late answer binds", breaks: "E2", plant: bindLate },
  { name: "a holder is asked again", breaks: "I10", plant: askAgain },
  { name: "a command is done twice", breaks: "I11", plant: doTwice },
  { name: "a stamp runs back", breaks: "E3", plant: runBack },
];

function isType<Type extends BookEvent["type"]>(type: Type): (event: BookEvent) => event is Recorded<Type> {
  return (event): event is Recorded<Type> => event.type === type;
}

/** The history with more events behind the one at `position`. */
function after(history: readonly BookEvent[], position: number, ...more: readonly BookEvent[]): BookEvent[] {
  return [...history.slice(0, position + 1), ...more, ...history.slice(position + 1)];
}

/** Without every clearance of a right that was asked first and answered, for a part that was then sold to somebody else. */
function dropClearance(history: readonly BookEvent[]): BookEvent[] | undefined {
  const sold = history
    .filter(isType("awardIssued"))
    .flatMap((event) => event.award.lines.filter((line) => line.basis === "bid"));
  const needed = history.filter(isType("clearanceIssued")).find(({ clearance }) => {
    const asked = clearance.reason === "refused" || clearance.reason === "lapsed";
    return (
      asked &&
      clearance.thirdParty === undefined &&
      clearance.notice !== undefined &&
      isFirstAsked(history, clearance.notice) &&
      sold.some(
        (line) =>
          line.lot === clearance.lot && line.provider !== clearance.holder && line.clearances.includes(clearance.id),
      )
    );
  })?.clearance;
  if (needed === undefined) return undefined;
  const { lot, right } = needed;
  return history.filter(
    (event) =>
      event.type !== "clearanceIssued" || event.clearance.lot !== lot || event.clearance.right.clause !== right.clause,
  );
}

function isFirstAsked(history: readonly BookEvent[], id: NoticeId): boolean {
  const notice = history.filter(isType("noticeSent")).find((event) => event.notice.id === id)?.notice;
  const assessed = history.filter(isType("rightsAssessed")).findLast((event) => event.lot === notice?.lot);
  const limited =
    assessed?.assessments.some(
      (item) =>
        item.right.clause === notice?.right.clause && (item.limit !== undefined || item.alternatives !== undefined),
    ) ?? true;
  return notice?.kind === "first-refusal" && !limited;
}

function moveDeadline(history: readonly BookEvent[]): BookEvent[] | undefined {
  const position = history.findIndex(isType("noticeReceived"));
  const event = history[position];
  if (event?.type !== "noticeReceived") return undefined;
  return after(history, position, {
    type: "deadlineExtended",
    at: event.at,
    notice: event.notice,
    request: event.request,
    respondBy: addMs(event.respondBy, -HOUR_MS),
    why: "amendment",
  });
}

function doubleHold(history: readonly BookEvent[]): BookEvent[] | undefined {
  const size = new Map(history.filter(isType("blockRecorded")).map(({ block }) => [block.id, block.quantity]));
  const position = history.findIndex((event) => event.type === "holdPlaced" && event.blocks.length > 0);
  const event = history[position];
  if (event?.type !== "holdPlaced") return undefined;
  const blocks = event.blocks.map(({ block }) => ({ block, count: size.get(block) ?? 0 }));
  return after(history, position, { ...event, hold: `${event.hold}x` as HoldId, blocks });
}

function doubleAward(history: readonly BookEvent[]): BookEvent[] | undefined {
  const counts = new Map(history.filter(isType("lotFormed")).map(({ lot }) => [lot.id, lot.count]));
  const position = history.findIndex(
    (event) =>
      event.type === "awardIssued" &&
      event.award.lines.some((line) => line.count * 2 > (counts.get(line.lot) ?? Infinity)),
  );
  const event = history[position];
  return event?.type === "awardIssued" ? after(history, position, again(event)) : undefined;
}

function doubleAcceptance(history: readonly BookEvent[]): BookEvent[] | undefined {
  const position = history.findIndex(
    (event) => event.type === "awardIssued" && event.award.lines.some((line) => line.notice !== undefined),
  );
  const event = history[position];
  return event?.type === "awardIssued" ? after(history, position, again(event), again(again(event))) : undefined;
}

function again(event: Recorded<"awardIssued">): Recorded<"awardIssued"> {
  return { ...event, award: { ...event.award, id: `${event.award.id}x` as AwardId } };
}

function bindLate(history: readonly BookEvent[]): BookEvent[] | undefined {
  const waived = new Set(history.filter(isType("latenessWaived")).map((event) => event.notice));
  const late = history.find(
    (event) => event.type === "answerReceived" && event.answer.verdict === "late" && !waived.has(event.notice),
  );
  if (late?.type !== "answerReceived") return undefined;
  return history.map((event) =>
    event === late ? { ...late, answer: { ...late.answer, verdict: "binding" as const } } : event,
  );
}

function askAgain(history: readonly BookEvent[]): BookEvent[] | undefined {
  const position = history.findIndex((event) => event.type === "noticeSent" && event.notice.kind === "first-refusal");
  const event = history[position];
  if (event?.type !== "noticeSent") return undefined;
  return after(history, position, { ...event, notice: { ...event.notice, id: `${event.notice.id}x` as NoticeId } });
}

function doTwice(history: readonly BookEvent[]): BookEvent[] | undefined {
  const position = history.findIndex(isType("answerReceived"));
  const event = history[position];
  return event === undefined ? undefined : after(history, position, event);
}

function runBack(history: readonly BookEvent[]): BookEvent[] | undefined {
  const last = history[history.length - 1];
  return last === undefined ? undefined : [...history, { ...last, at: addMs(last.at, -1) }];
}
