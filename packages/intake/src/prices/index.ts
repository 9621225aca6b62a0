export type { PriceTable } from "./import.ts";
export { importPriceFolder, importPriceList } from "./import.ts";
export type { DropCode, DroppedPrice, IntakeNote, ListOffer, OfferKind, PriceListReport } from "./offer.ts";
export type { OfferQuery } from "./query.ts";
export { findOffers } from "./query.ts";
export { readPriceList } from "./read.ts";
export type { DroppedRegion, ListedRegion, RegionListReport } from "./regions-list.ts";
export { readRegionList } from "./regions-list.ts";
export type { ListSource } from "./source-note.ts";
