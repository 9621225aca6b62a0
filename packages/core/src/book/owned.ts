import type { RequestId } from "../kernel/index.ts";
import type { RequestState } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

/** An open request of whoever sends the command, or of anybody where the keeper does. */
export function owned(turn: Turn, id: RequestId): RequestState {
  const request = turn.state.requests.get(id);
  const mine =
    request !== undefined && (request.request.buyer === turn.actor || turn.state.header?.keeper === turn.actor);
  return mine ? request : reject("unknown_request", `There is no open request "${id}".`);
}
