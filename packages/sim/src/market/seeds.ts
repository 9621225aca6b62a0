/** Seeds that every run plays, with the number of requests each. */
export const FIXED_SEEDS: readonly (readonly [seed: string, size: number])[] = Array.from(
  { length: 240 },
  (_, index) => [`${index}`, index % 10 === 0 ? 30 : 10] as const,
);

/** Seeds of markets in which products are released, with the number of requests each. */
export const RELEASE_SEEDS: readonly (readonly [seed: string, size: number])[] = Array.from(
  { length: 40 },
  (_, index) => [`${index}`, index % 10 === 0 ? 30 : 10] as const,
);

/** Seeds of markets in which rights may be taken in another number for each month, with the number of requests each. */
export const MONTH_SEEDS: readonly (readonly [seed: string, size: number])[] = Array.from(
  { length: 40 },
  (_, index) => [`${index}`, index % 10 === 0 ? 20 : 8] as const,
);

/** Seeds that found a fault once, with the fault. They are played for good. */
export const REGRESSIONS: readonly { readonly seed: string; readonly size: number; readonly found: string }[] = [
  { seed: "10", size: 30, found: "an information copy opened a stage, and nobody was asked" },
  { seed: "20", size: 30, found: "an option whose date was over was asked about, with a deadline before its receipt" },
  { seed: "90", size: 30, found: "a notice was acknowledged before it was sent" },
  { seed: "50", size: 30, found: "an id used anew was added to the request that had it before" },
  {
    seed: "7",
    size: 10,
    found: "of two offers on like terms the holder was asked about one twice, and about the other never",
  },
  { seed: "92", size: 10, found: "of two offers of one third party the holder was asked about one twice" },
  { seed: "922", size: 30, found: "a right that attached at award had its lot's holders asked twice at once" },
  {
    seed: "510",
    size: 30,
    found: "a revision led back to terms that were refused, and they were put to the holder again",
  },
  { seed: "530", size: 30, found: "one suspended right let two third parties pass, each for what it let one pass" },
  {
    seed: "834",
    size: 30,
    found: "new terms were taken by a holder that is asked behind another, which was not asked about them",
  },
  { seed: "774", size: 30, found: "a waiver up to a price let another holder pass at a higher one" },
  { seed: "1008", size: 30, found: "a waiver was over before it was used, and used without end" },
  { seed: "127", size: 30, found: "an exclusive supplier that did not let an offer go was asked about it without end" },
  { seed: "908", size: 30, found: "a match right was used on an offer of somebody that was still being asked first" },
  { seed: "601", size: 30, found: "a match was let past by a waiver for the bidder alone" },
  { seed: "294", size: 30, found: "a holder took at the cap what another had offered for less, and had been declined" },
  { seed: "269", size: 30, found: "a bid was awarded twice over" },
  { seed: "570", size: 30, found: "who matched an offer of one alternative was awarded another" },
  { seed: "265", size: 30, found: "a late answer was let count for a part that had been put in the place of another" },
  { seed: "462", size: 30, found: "a right that another agreement restates was asked twice at once" },
  {
    seed: "951",
    size: 30,
    found: "what a holder let pass of an offer let pass whoever matched it, and the offer again",
  },
  { seed: "1014", size: 30, found: "a refused match was held against the third party of another part" },
  {
    seed: "453",
    size: 30,
    found: "a holder was asked again about what it had let pass of an offer, with the rest of it",
  },
  {
    seed: "914",
    size: 30,
    found: "what a holder found missing in its notice could not be stated any more once another had accepted",
  },
  {
    seed: "916",
    size: 30,
    found: "the auditor took the rest of an offer, after a match of a part of it, for that part",
  },
  {
    seed: "1304",
    size: 30,
    found:
      "a refusal with a tail of no days had lapsed as it was recorded, and its holder was asked the same without end",
  },
];
