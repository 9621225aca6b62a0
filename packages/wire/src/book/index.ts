export { holderOf, type WorldCommand, worldCommands } from "./commands.ts";
export { type BookTree, bookDocument, bookFile, bookKeys, calendarDocument } from "./document.ts";
export { readBlock, readOffer, readPolicy, readRate, readStandingAnswer, readTiers, readWaiver } from "./market.ts";
export {
  blockDocument,
  offerDocument,
  policyDocument,
  rateDocument,
  standingAnswerDocument,
  tierDocument,
  waiverDocument,
  waiverKeys,
} from "./market-document.ts";
export { type BookReading, bookOfTree, parseBook } from "./parse.ts";
export { type PartyReading, readCalendar, readParty } from "./parts.ts";
export { partyDocument } from "./party-document.ts";
export type { Book, PriceListReference, ResaleConsent } from "./read.ts";
export { type BookSource, joinBook, joinTree, type SourceOptions } from "./tree.ts";
