export { entryAt, type EntryChoice, fittingEntries, type PlacedEntry, type PriceBook } from "./entries.ts";
export * from "./exchange-rate.ts";
export * from "./levelised.ts";
export * from "./list-price.ts";
export * from "./match.ts";
export * from "./plain-price.ts";
export * from "./priced.ts";
export * from "./quote.ts";
export * from "./tier.ts";
