import type { Award, AwardLine } from "../awards/award.ts";
import { drawnKey } from "./drawn.ts";
import type { BookState } from "./state.ts";

/** What is called under a contract or taken of an option is used up by it. */
export function drawCalled(state: BookState, award: Award): void {
  for (const line of award.lines) {
    const key = line.basis === "entitlement" || line.basis === "option" ? calledKey(state, award, line) : undefined;
    if (key === undefined) continue;
    state.drawn.set(key, [
      ...(state.drawn.get(key) ?? []),
      { award: award.id, provider: line.provider, count: line.count, window: line.window },
    ]);
  }
}

function calledKey(state: BookState, award: Award, line: AwardLine): string | undefined {
  const notice = line.notice === undefined ? undefined : state.notices.get(line.notice);
  if (notice !== undefined) return drawnKey(notice.right);
  const request = state.requests.get(award.request);
  const lot = request?.lots.find((item) => item.lot.id === line.lot);
  const under = lot === undefined ? undefined : request?.request.lines[lot.lot.lineIndex]?.under;
  return under === undefined ? undefined : drawnKey(under);
}

/** What a provider failed to deliver may be called again. */
export function undraw(state: BookState, award: string, provider: string): void {
  if (state.drawn.size === 0) return;
  for (const [key, items] of state.drawn.sorted()) {
    const kept = items.filter((item) => item.award !== award || item.provider !== provider);
    if (kept.length < items.length) state.drawn.set(key, kept);
  }
}
