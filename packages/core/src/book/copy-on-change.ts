import { believe, type LotId, type RequestId } from "../kernel/index.ts";
import { copyLot, copyRequest, type Draft } from "./draft.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** Puts a copy of a request in its place, for the caller to change at once. */
export function changeRequest(state: BookState, id: RequestId): Draft<RequestState> {
  const before = state.requests.get(id);
  believe(before !== undefined, `request ${id} is open`);
  const draft = copyRequest(before);
  state.requests.replace(id, before, draft as RequestState);
  return draft;
}

/** Changes a copy of one of its lots; the others stay what they are. */
export function changeLot(state: BookState, id: RequestId, lot: LotId, change: (lot: Draft<LotState>) => void): void {
  const request = changeRequest(state, id);
  const { lots } = request;
  const [only] = lots;
  if (only === undefined) return;
  if (lots.length === 1) {
    if (only.lot.id === lot) request.lots = [changedLot(only, change)];
    return;
  }
  request.lots = lots.map((item) => (item.lot.id === lot ? changedLot(item, change) : item));
}

export function changeLots(state: BookState, id: RequestId, change: (lot: Draft<LotState>) => void): void {
  const request = changeRequest(state, id);
  request.lots = request.lots.map((item) => changedLot(item, change));
}

function changedLot(lot: LotState, change: (lot: Draft<LotState>) => void): LotState {
  const draft = copyLot(lot);
  change(draft);
  return draft as LotState;
}
