/**
 * Where in the world a region lies, as agreements and requests speak of it. `us` are the commercial regions of the United States,
 * `usgov` the ones for its government; `eu` are members of the European Union only.
 */
export type RegionGroup = "us" | "usgov" | "ca" | "mx" | "sa" | "eu" | "uk" | "ch" | "no" | "ap" | "cn" | "me" | "af";

/** The groups that a list price without a region counts for: all but those that are sold apart. */
export const COMMERCIAL_GROUPS: readonly RegionGroup[] = [
  "us",
  "ca",
  "mx",
  "sa",
  "eu",
  "uk",
  "ch",
  "no",
  "ap",
  "me",
  "af",
];

/** Id of the place of a price that is stated for no region in particular. */
export const ANY_REGION = "any";

/** Id of the place of a price that is stated for North America as a whole. */
export const NORTH_AMERICA = "north-america";
