import type { LiveRight } from "../rights/live.ts";
import type { Candidate } from "./gate-line.ts";
import type { Turn } from "./turn.ts";

/** Records that a right stops an award: once for each proposal, however often the request is looked at afterwards. */
export function blockAward(
  turn: Turn,
  { request, lot, line }: Pick<Candidate, "request" | "lot" | "line">,
  right: LiveRight | undefined,
  why: string,
): void {
  const id = request.request.id;
  if (
    why === "not_cleared" &&
    !turn.events.some((event) => event.type === "awardProposed" && event.request === id && event.lines.includes(line))
  )
    return;
  const said = turn.events.some(
    (event) =>
      event.type === "awardBlocked" &&
      event.request === id &&
      event.lot === lot.lot.id &&
      event.why === why &&
      event.right?.clause === right?.ref.clause,
  );
  if (said) return;
  turn.emit({
    type: "awardBlocked",
    at: turn.at,
    request: id,
    lot: lot.lot.id,
    why,
    ...(right === undefined ? {} : { right: right.ref }),
  });
}
