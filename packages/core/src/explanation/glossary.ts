/** One word for one thing, and what it means in one line. The only source: output, documentation and code use these words. */
export interface Word {
  readonly word: string;
  /** Completes the sentence "a <word> is ...", or stands alone for words that are no things. */
  readonly meaning: string;
  /** How it shows in text, lower case, beside the word itself: plurals, verb forms. */
  readonly forms: readonly string[];
  /** What it is called in code and API. */
  readonly identifier: string;
  /** Words that are not used for it. */
  readonly avoid: readonly string[];
}

function word(text: string, meaning: string, identifier: string, forms = "", avoid = ""): Word {
  const list = (items: string): string[] => (items === "" ? [] : items.split(", "));
  return { word: text, meaning, identifier, forms: list(forms), avoid: list(avoid) };
}

/** The words of the first hour: they carry every explanation and are not explained again in it. */
export const FIRST_WORDS: readonly Word[] = [
  word(
    "agreement",
    "what two parties or more have signed, with its clauses and its term",
    "Agreement",
    "agreements",
    "contract, deal",
  ),
  word(
    "right",
    "what a clause gives its holder over what somebody else wants to buy or sell: to be asked first, to match, to agree",
    "RightClause",
    "rights",
    "priority, preference",
  ),
  word(
    "request",
    "what a buyer asks for: how many accelerators of which kinds, where, when and for what purpose",
    "ComputeRequest",
    "requests",
    "job, order, demand",
  ),
  word(
    "notice",
    "the message by which the holder of a right is asked, with its terms and its deadline",
    "Notice",
    "notices",
    "offer, notification, invitation",
  ),
  word(
    "answer",
    "what a holder says to a notice: it accepts all or a part, refuses, or lets it lapse",
    "RecordedAnswer",
    "answers",
    "response, reply",
  ),
  word(
    "award",
    "who supplies how many accelerators at which price, and on what ground",
    "Award",
    "awards, awarded",
    "match, allocation, win",
  ),
  word("evidence", "where a fact comes from and how well it is known", "Evidence", "", "proof"),
];

/** Every other word: explained where it first appears. */
export const OTHER_WORDS: readonly Word[] = [
  word(
    "affiliate",
    "a party that controls another, is controlled by it, or owns a declared share of it",
    "Owner",
    "affiliates",
  ),
  word(
    "approval",
    "a yes inside the buyer's house that must be there before a notice or an award goes out",
    "approvals",
    "approvals",
  ),
  word(
    "bid",
    "a provider's sealed answer to an invitation: how many at which price",
    "Bid",
    "bids",
    "auction, offer, quote",
  ),
  word(
    "capacity block",
    "a number of accelerators in one place during one time, as somebody sells them",
    "CapacityBlock",
    "capacity blocks",
  ),
  word(
    "carve-out",
    "a part of what a right is about that the right does not reach",
    "CarveOut",
    "carve-outs",
    "exception, whitelist",
  ),
  word(
    "clearance",
    "the proof that a right does not stand in the way of an award, with what it covers and until when",
    "Clearance",
    "clearances, cleared",
    "release, approval",
  ),
  word(
    "commitment",
    "a promise to spend or to use so much in a period",
    "CommitmentClause",
    "commitments",
    "reservation, credit, pledge",
  ),
  word(
    "consent",
    "a right without whose yes a thing may not be done; silence is not a yes unless the clause says so",
    "consent",
    "consents",
  ),
  word(
    "counter-offer",
    "an answer that asks for other terms than those noticed; it counts as a refusal unless it is replaced in time",
    "counter_offer",
    "counter-offers",
  ),
  word("de minimis", "so small that a right is not asked, while all of it together stays small", "deMinimis"),
  word(
    "entitlement",
    "capacity already contracted that the buyer may call by its own act at a set price",
    "EntitlementClause",
    "entitlements",
  ),
  word(
    "exclusivity",
    "the right to be the only one who supplies, unless it lets go",
    "exclusivity",
    "exclusive",
    "lock-in, monopoly",
  ),
  word("first offer", "the right to name terms before others are asked", "first-offer", "", "first refusal"),
  word(
    "first refusal",
    "the right to be asked before others, on stated terms",
    "first-refusal",
    "",
    "priority, first dibs",
  ),
  word("hold", "capacity set aside for what a holder has accepted, until it is awarded", "Hold", "holds, on hold"),
  word("host", "who runs the machines, where that is not who sells them", "host", "hosts", "partner, vendor"),
  word(
    "incremental effective cost",
    "what a choice costs more than not making it: the price, less what it saves of a commitment's shortfall, plus what changing provider costs",
    "incremental",
  ),
  word("invitation", "what a provider who may bid sees of a tender", "Invitation", "invitations, invited"),
  word(
    "levelised price",
    "what an accelerator-hour costs over the whole time, with later costs and hours counted for less, and delay paid for",
    "levelised",
    "levelised prices",
  ),
  word(
    "lot",
    "a part of a request that is the same throughout, so that it is asked, offered and awarded as one",
    "Lot",
    "lots",
    "slice, item",
  ),
  word("match", "the right to equal the best offer of others and to supply in its place", "match", "matches, matched"),
  word("minimum share", "a right to at least so much of what is bought in a period", "minimum-share"),
  word("most favoured", "a right to terms as good as the best given to others", "most-favoured"),
  word("option", "the right to take a set quantity at a set price until a date", "option", "options"),
  word("pass-through", "to sell what somebody else runs", "passThrough", "passed through", "proxy, resale"),
  word(
    "re-offer",
    "a new notice to a holder that refused, because the terms have become better for others",
    "re-offer",
    "re-offers",
  ),
  word("residual", "what is left of a lot when those asked first have taken their part", "left", "residuals"),
  word("round", "one asking of a holder; the first notice is followed by rounds when terms change", "round", "rounds"),
  word("runner-up", "the best choice that does without the first part of the one taken", "runnerUp"),
  word(
    "shortfall",
    "what is missing from a commitment at the end of its period",
    "shortfall",
    "shortfalls",
    "penalty, fine",
  ),
  word("soft hold", "capacity kept for somebody who must decide when another wants it", "soft-hold", "soft holds"),
  word("standing answer", "an answer given in advance by a rule", "StandingAnswer", "standing answers"),
  word(
    "tail",
    "the time after a refusal during which others may be awarded on terms no better for them",
    "tail",
    "tails",
  ),
  word(
    "tender",
    "the opening of what is left to all who may supply it, with one common close",
    "Tender",
    "tenders",
    "auction",
  ),
  word("tie", "two choices that cost the same", "tied", "ties, tied"),
  word("tranche", "a part of promised money that becomes due on a condition", "Tranche", "tranches"),
  word("waiver", "a holder's word that it will not use its right", "Waiver", "waivers, waived"),
];

/** The glossary as a page of the documentation. */
export function glossaryMarkdown(): string {
  return [
    "# Glossary: one word for one thing",
    "",
    "Seven words carry the first hour. Every other word is explained where it first appears in what Offtake says, in the words below.",
    "This page is generated from `packages/core/src/explanation/glossary.ts`; do not edit it.",
    "",
    "## The words of the first hour",
    "",
    ...table(FIRST_WORDS),
    "",
    "## All other words",
    "",
    ...table(OTHER_WORDS),
    "",
    "A holder **refuses**, the core **rejects**, a notice **lapses**, an agreement **expires**.",
    "",
  ].join("\n");
}

function table(words: readonly Word[]): string[] {
  const rows = words.map((one) => `| ${one.word} | ${one.meaning} | \`${one.identifier}\` | ${one.avoid.join(", ")} |`);
  return ["| Word | Meaning | In code and API | Not |", "| --- | --- | --- | --- |", ...rows];
}
