import type { DatesWorld } from "../dates/world.ts";
import type { PartyId } from "../kernel/index.ts";
import { drawnCount } from "./drawn.ts";
import { isLive } from "./lookup.ts";
import type { BookState } from "./state.ts";

/** What the dates of a book follow from, as it stands. */
export function datesWorld(state: BookState, keeper: PartyId): DatesWorld {
  const requests = state.requests.sortedValues();
  return {
    keeper,
    agreements: state.agreements.sortedValues(),
    party: (id) => state.parties.get(id),
    calendarOf: (id) => state.calendar(id),
    waivers: state.waivers.sortedValues(),
    notices: state.notices.sortedValues().filter(isLive),
    clearances: requests.flatMap(({ lots }) => lots.flatMap((lot) => lot.clearances.filter((one) => one.validUntil))),
    signatures: requests.flatMap(({ request, awards, confirmedAwards }) =>
      awards
        .filter(({ id }) => !confirmedAwards.includes(id))
        .flatMap(({ lines }) =>
          lines.flatMap(({ notice, provider, count, signBy }) => {
            const right = notice === undefined ? undefined : state.notices.get(notice)?.right;
            return signBy === undefined || right === undefined
              ? []
              : [{ right, request: request.id, provider, count, signBy }];
          }),
        ),
    ),
    leftOf: (agreement, clause, count) => Math.max(0, count - drawnCount(state, { agreement, clause })),
  };
}
