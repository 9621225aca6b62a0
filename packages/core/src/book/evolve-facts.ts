import { unreachable } from "../kernel/index.ts";
import type { FactEvent } from "./events.ts";
import type { BookState } from "./state.ts";

/** Whatever may alter which rights weigh on a request ends what was remembered about it. */
export function bumpEpoch(state: BookState): void {
  state.raise("epoch");
}

export function evolveFact(state: BookState, event: FactEvent): void {
  switch (event.type) {
    case "bookOpened":
      return state.assign("header", event.header);
    case "partyRecorded":
      state.parties.set(event.party.id, event.party);
      return bumpEpoch(state);
    case "eligibilityRecorded":
      state.eligibility.set(
        event.party,
        [...(state.eligibility.get(event.party) ?? []), event.eligibility].sort((a, b) => a.from - b.from),
      );
      if (event.eligibility.from > event.at)
        state.timers.push({ at: event.eligibility.from, kind: "eligibility", id: event.party });
      return bumpEpoch(state);
    case "defaultRecorded": {
      const key = `${event.party} ${event.agreement}`;
      if (event.cured) state.defaults.delete(key);
      else state.defaults.set(key, true);
      return bumpEpoch(state);
    }
    case "calendarRecorded":
      state.calendars.set(event.calendar.id, event.calendar);
      return bumpFacts(state);
    case "exchangeRateRecorded": {
      const key = `${event.rate.from} ${event.rate.to}`;
      return state.rates.set(key, [...(state.rates.get(key) ?? []), event.rate]);
    }
    case "indexValueRecorded": {
      const { index } = event.value;
      return state.indexValues.set(index, [...(state.indexValues.get(index) ?? []), event.value]);
    }
    case "policyRecorded":
      state.assign("policy", event.policy);
      return bumpFacts(state);
    case "blockRecorded":
      return recordBlock(state, event);
    case "blockWithdrawn":
      return withdrawBlock(state, event);
    case "offerListed":
      state.offers.set(event.offer.id, event.offer);
      return bumpFacts(state);
    case "offerWithdrawn":
      state.offers.delete(event.offer);
      return bumpFacts(state);
    case "standingAnswerGiven":
      state.standing.set(event.standing.id, event.standing);
      return bumpFacts(state);
    case "standingAnswerRevoked":
      state.standing.delete(event.id);
      return bumpFacts(state);
    case "outageRecorded":
      return state.assign("outages", [...state.outages, event.window]);
    case "resaleConsented":
      return state.consents.set(`${event.by} ${event.host} ${event.to}`, true);
    default:
      return unreachable(event);
  }
}

/** Offers, standing answers and the policy are read for every request: their sorted lists are rebuilt after a change. */
function bumpFacts(state: BookState): void {
  state.raise("factEpoch");
}

function recordBlock(state: BookState, event: Extract<FactEvent, { type: "blockRecorded" }>): void {
  const { block } = event;
  if (event.cyclic) return state.cyclicBlocks.set(block.id, block);
  state.cyclicBlocks.delete(block.id);
  const { capacity, journal } = state;
  const known = capacity.get(block.id);
  bumpFacts(state);
  if (known === undefined) {
    capacity.addBlock(block);
    if (journal.recording) journal.record(() => capacity.removeBlock(block.id));
    return;
  }
  const before = capacity.restate(block);
  const changed = known.calendars[0].setQuantity(block.window, block.quantity);
  if (journal.recording) {
    journal.record(() => {
      known.calendars[0].undoSetQuantity(changed.previous);
      capacity.restate(before);
    });
  }
}

function withdrawBlock(state: BookState, event: Extract<FactEvent, { type: "blockWithdrawn" }>): void {
  state.withdrawnBlocks.set(event.block, true);
  bumpFacts(state);
}
