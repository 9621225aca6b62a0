import { isRight } from "../agreements/clause.ts";
import type { AgreementState } from "../agreements/timeline.ts";
import type { Waiver } from "../rights/assessment.ts";
import type { BookState } from "./state.ts";

/** What is read for every request, found once for each epoch of the state. */
export interface Lists {
  readonly epoch: number;
  readonly agreements: readonly AgreementState[];
  readonly waivers: readonly Waiver[];
  /** Some right attaches by the window of the service, some at award; some reaches only so many accelerators. */
  readonly serviceWindows: boolean;
  /** Some right is answered month by month. */
  readonly byMonth: boolean;
  readonly attachesAtAward: boolean;
  readonly caps: boolean;
  /** Some right lets small submissions pass. */
  readonly deMinimis: boolean;
  /** Some standing waiver holds up to a count only. */
  readonly countedWaivers: boolean;
  /** Some agreement has been assigned; some party has owners. */
  readonly assigned: boolean;
  readonly owned: boolean;
}

export function listsOf(state: BookState): Lists {
  if (state.lists === undefined || state.lists.epoch !== state.epoch) state.lists = makeLists(state);
  return state.lists;
}

export function agreementsOf(state: BookState): readonly AgreementState[] {
  return listsOf(state).agreements;
}

function makeLists(state: BookState): Lists {
  const agreements = state.agreements.sortedValues();
  const waivers = state.waivers.sortedValues();
  let [serviceWindows, byMonth, attachesAtAward, caps, small] = [false, false, false, false, false];
  for (const agreement of agreements) {
    for (const version of agreement.versions) {
      for (const clause of version.clauses) {
        if (!isRight(clause)) continue;
        serviceWindows ||= clause.attachBy === "service-window";
        byMonth ||= clause.partial.mode === "multiple" && clause.partial.byMonth === true;
        attachesAtAward ||= clause.attachBy === "award";
        caps ||= clause.capCount !== undefined;
        small ||= clause.deMinimis !== undefined;
      }
    }
  }
  const countedWaivers = waivers.some((waiver) => waiver.standing && waiver.limits.countMax !== undefined);
  return {
    epoch: state.epoch,
    agreements,
    waivers,
    serviceWindows,
    byMonth,
    attachesAtAward,
    caps,
    deMinimis: small,
    countedWaivers,
    assigned: agreements.some((agreement) => agreement.assigned.length > 0),
    owned: state.parties.sortedValues().some((party) => party.owners.length > 0),
  };
}
