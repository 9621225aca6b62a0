import { type PartyId, unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import type { BookView, KnownParty } from "./view.ts";

/** Facts of the book and of parties. */
export type AboutFact = Shown<
  | "bookOpened"
  | "policyRecorded"
  | "outageRecorded"
  | "partyRecorded"
  | "ownPartyRecorded"
  | "eligibilityRecorded"
  | "defaultRecorded"
  | "controlChanged"
  | "calendarRecorded"
  | "exchangeRateRecorded"
  | "indexValueRecorded"
  | "resaleConsented"
>;

export function foldFact(draft: Draft, event: AboutFact): void {
  switch (event.type) {
    case "bookOpened":
      return ofBook(draft, (book) => ({ ...book, header: event.header }));
    case "policyRecorded":
      return ofBook(draft, (book) => ({ ...book, policy: event.policy }));
    case "outageRecorded":
      return ofBook(draft, (book) => ({ ...book, outages: [...book.outages, event.window] }));
    case "partyRecorded":
    case "ownPartyRecorded": {
      const { party } = event;
      return ofParty(draft, party.id, (one) => ({ ...one, name: party.name, party }));
    }
    case "eligibilityRecorded":
      return ofParty(draft, event.party, (one) => ({ ...one, eligibility: [...one.eligibility, event.eligibility] }));
    case "defaultRecorded":
      return ofParty(draft, event.party, (one) => {
        const others = one.defaults.filter((agreement) => agreement !== event.agreement);
        return { ...one, defaults: event.cured ? others : [...others, event.agreement] };
      });
    case "controlChanged":
      return ofParty(draft, event.party, (one) => ({ ...one, controlChangesAt: event.effectiveAt }));
    case "calendarRecorded":
      draft.calendars.set(event.calendar.id, event.calendar);
      return;
    case "exchangeRateRecorded":
      draft.rates.set(rateName(event), event.rate);
      return;
    case "indexValueRecorded":
      draft.indexValues.set(indexName(event), event.value);
      return;
    case "resaleConsented": {
      const { by, host, to } = event;
      draft.consents.set(consentName(event), { by, host, to });
      return;
    }
    default:
      return unreachable(event);
  }
}

function ofBook(draft: Draft, to: (book: BookView) => BookView): void {
  draft.books.set("book", to(draft.books.get("book") ?? { outages: [] }));
}

function ofParty(draft: Draft, id: PartyId, to: (party: KnownParty) => KnownParty): void {
  draft.parties.set(id, to(draft.parties.get(id) ?? { id, eligibility: [], defaults: [] }));
}

/** Somebody in the reader's business has this name. */
export function named(draft: Draft, id: PartyId, name: string): void {
  ofParty(draft, id, (party) => ({ ...party, name }));
}

export const rateName = ({ rate: { from, to, at } }: Shown<"exchangeRateRecorded">): string => `${from}:${to}:${at}`;
export const indexName = ({ value: { index, date } }: Shown<"indexValueRecorded">): string => `${index}:${date}`;
export const consentName = ({ by, host, to }: Shown<"resaleConsented">): string => `${by}:${host}:${to}`;

/** What can be had, at which price, and what is answered in advance; what is held of it. */
export type AboutCapacity = Shown<
  | "blockRecorded"
  | "ownBlockRecorded"
  | "blockWithdrawn"
  | "offerListed"
  | "offerWithdrawn"
  | "standingAnswerGiven"
  | "standingAnswerKept"
  | "standingAnswerRevoked"
  | "holdPlaced"
  | "ownHoldPlaced"
  | "holdReleased"
  | "ownHoldReleased"
>;

export function foldCapacity(draft: Draft, event: AboutCapacity): void {
  switch (event.type) {
    case "blockRecorded":
      draft.blocks.set(event.block.id, { block: event.block, withdrawn: false, cyclic: event.cyclic });
      return;
    case "ownBlockRecorded":
      draft.blocks.set(event.block.id, { block: event.block, withdrawn: false });
      return;
    case "blockWithdrawn":
      return update(draft.blocks, event.block, (one) => ({ ...one, withdrawn: true }));
    case "offerListed":
      draft.offers.set(event.offer.id, { offer: event.offer, withdrawn: false });
      return;
    case "offerWithdrawn":
      return update(draft.offers, event.offer, (one) => ({ ...one, withdrawn: true }));
    case "standingAnswerGiven": {
      const { standing } = event;
      draft.standingAnswers.set(standing.id, { id: standing.id, party: standing.party, standing, revoked: false });
      return;
    }
    case "standingAnswerKept":
      draft.standingAnswers.set(event.id, { id: event.id, party: event.party, revoked: false });
      return;
    case "standingAnswerRevoked":
      return update(draft.standingAnswers, event.id, (one) => ({ ...one, revoked: true }));
    case "holdPlaced": {
      const { type: _1, at: _2, lot: _3, ...hold } = event;
      draft.holds.set(hold.hold, { ...hold, released: false });
      return;
    }
    case "ownHoldPlaced": {
      const { type: _1, at: _2, ...hold } = event;
      draft.holds.set(hold.hold, { ...hold, released: false });
      return;
    }
    case "holdReleased":
    case "ownHoldReleased":
      return update(draft.holds, event.hold, (one) => ({ ...one, released: true }));
    default:
      return unreachable(event);
  }
}
