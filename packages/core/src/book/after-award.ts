import type { AwardId, RequestId } from "../kernel/index.ts";
import { advance } from "./advance.ts";
import { failAward } from "./failure.ts";
import type { RequestState } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

function withAward(turn: Turn, id: AwardId): RequestState {
  const request = turn.state.awards.get(id);
  const found = request === undefined ? undefined : turn.state.requests.get(request);
  if (found === undefined || (turn.actor !== found.request.buyer && turn.actor !== turn.state.header?.keeper))
    return reject("not_found", "There is no such award.");
  return found;
}

/** A person confirms an award, or ends one that was held back; nothing is ever cancelled by the broker itself. */
export function decideAward(turn: Turn, command: Extract<Turn["command"], { type: "decideAward" }>): void {
  const request = withAward(turn, command.award);
  const id = request.request.id;
  if (request.confirmedAwards.includes(command.award)) return;
  if (command.confirm) {
    turn.emit({ type: "awardConfirmed", at: turn.at, award: command.award, request: id });
  } else {
    const award = request.awards.find((item) => item.id === command.award);
    for (const provider of new Set(award?.lines.map((line) => line.provider) ?? [])) {
      const current = turn.state.requests.get(id);
      if (current !== undefined) failAward(turn, current, command.award, provider, `ended by ${command.by}`);
    }
  }
  advance(turn, id);
}

/** A provider did not deliver what it was awarded: its part is free again, and goes to the next best inside the tail (G23). */
export function reportDefault(turn: Turn, command: Extract<Turn["command"], { type: "reportDefault" }>): RequestId {
  const request = withAward(turn, command.award);
  const award = request.awards.find((item) => item.id === command.award);
  if (award?.lines.some((line) => line.provider === command.provider) !== true)
    reject("not_found", "That provider has no part of this award.");
  failAward(turn, request, command.award, command.provider, command.why);
  return request.request.id;
}
