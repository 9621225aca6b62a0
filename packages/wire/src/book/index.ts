export { holderOf, type WorldCommand, worldCommands } from "./commands.ts";
export { bookDocument, bookFile, calendarDocument } from "./document.ts";
export { readBlock, readOffer, readPolicy, readRate, readStandingAnswer, readTiers, readWaiver } from "./market.ts";
export { blockDocument, offerDocument, policyDocument, standingAnswerDocument, tierDocument, waiverKeys } from "./market-document.ts";
export { bookOfTree, parseBook } from "./parse.ts";
export { type PartyReading, readCalendar, readParty } from "./parts.ts";
export { partyDocument } from "./party-document.ts";
export type { Book, PriceListReference, ResaleConsent } from "./read.ts";
export { type BookSource, joinBook, type SourceOptions } from "./tree.ts";
