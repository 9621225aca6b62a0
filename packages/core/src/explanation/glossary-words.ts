/** One word for one thing, and what it means in one line. */
export interface Word {
  readonly word: string;
  /** Without a full stop: it stands in brackets under a line, and as a row of a table. */
  readonly meaning: string;
  /** What it is called in code and API; empty where it has no name there. */
  readonly identifier: string;
  /** How it shows in text, lower case, beside the word itself: plurals, verb forms. */
  readonly forms: readonly string[];
  /** Words that are not used for it. */
  readonly avoid: readonly string[];
  /** Explained to a reader where it first appears. The others are plain enough, or only words of the documentation. */
  readonly explained: boolean;
}

export interface Section {
  readonly title: string;
  readonly words: readonly Word[];
}

const list = (items: string): string[] => (items === "" ? [] : items.split(", "));

/** A word that is explained where it first appears. */
function word(text: string, identifier: string, meaning: string, forms = "", avoid = ""): Word {
  return { word: text, meaning, identifier, forms: list(forms), avoid: list(avoid), explained: true };
}

/** A word that stands in the glossary only. */
function plain(text: string, identifier: string, meaning: string, avoid = ""): Word {
  return { word: text, meaning, identifier, forms: [], avoid: list(avoid), explained: false };
}

/** The only source of the glossary: output, documentation, code and API use these words. */
export const GLOSSARY: readonly Section[] = [
  {
    title: "The first hour",
    words: [
      plain(
        "agreement",
        "Agreement",
        "what two or more parties have promised each other, in clauses, for a term, in versions",
        "contract, deal",
      ),
      plain(
        "right",
        "RightClause",
        "a clause that lets its holder be asked, match, agree or supply before or instead of others",
        "priority, preference",
      ),
      plain(
        "request",
        "ComputeRequest",
        "what a buyer asks for: how many accelerators of which kinds, where, when, for what purpose",
        "job, order, demand",
      ),
      plain(
        "notice",
        "Notice",
        "the message that asks the holder of a right, with its terms and the last instant at which an answer is in time",
        "offer, notification",
      ),
      plain(
        "answer",
        "RecordedAnswer",
        "what the holder says: it accepts all or a part, or refuses; no answer at the deadline, and the notice lapses",
        "response, reply",
      ),
      plain(
        "award",
        "Award",
        "who supplies how many accelerators at which price, and on what ground",
        "allocation, win",
      ),
      plain("evidence", "Evidence", "what a fact or a decision rests on: its source, its date, its grade", "proof"),
    ],
  },
  {
    title: "Who says no",
    words: [
      plain("refuse", "", "a holder or a bidder does not want to: ordinary life, an event", "decline"),
      plain(
        "reject",
        "Rejection",
        "the core answers a command with a code: the caller did something it may not do",
        "fail",
      ),
      plain("lapse", "", "a deadline passes and closes a notice", "time out"),
      plain("expire", "", "the term of an agreement ends"),
    ],
  },
  {
    title: "Parties",
    words: [
      plain(
        "keeper",
        "Book",
        "whose book it is, a buyer or a provider; the book is its keeper's world: log, parties, agreements, capacity",
        "tenant, workspace",
      ),
      plain("buyer", "buyer", "who asks", "customer, user"),
      plain("provider", "provider", "who sells", "vendor, supplier"),
      plain("holder", "holder", "who has a right"),
      word(
        "affiliate",
        "Owner",
        "a party that controls another, is controlled by it, or owns a declared share of it",
        "affiliates",
      ),
      word("host", "host", "who runs the machines, where that is not who sells them", "hosts", "partner"),
    ],
  },
  {
    title: "Rights and asking",
    words: [
      plain(
        "burdens",
        "burdens: demand, capacity",
        "which side a right weighs on: the buyer's requests or the provider's blocks",
      ),
      word(
        "carve-out",
        "purposeCarveOut",
        "a part of what a right is about that the right does not reach",
        "carve-outs",
        "exception",
      ),
      plain("clause", "Clause", "a part of an agreement that does one thing: a right, a commitment, a revenue share"),
      word(
        "clearance",
        "Clearance",
        "the proof that a right does not stand in the way of an award, with what it covers and until when",
        "clearances, cleared",
        "release, approval",
      ),
      word(
        "consent",
        "consent",
        "a right without whose yes a thing may not be done; silence is not a yes unless the clause says so",
        "consents",
      ),
      word(
        "counter-offer",
        "counter_offer",
        "an answer that asks for other terms than those noticed; it counts as a refusal unless it is replaced in time",
        "counter-offers",
      ),
      plain(
        "default",
        "defaults",
        "the value that stands where an agreement says nothing; what rests on one says so",
        "assumption",
      ),
      word("de minimis", "deMinimis", "so small that a right is not asked, while all of it together stays small"),
      word(
        "entitlement",
        "EntitlementClause",
        "capacity already contracted that the buyer may call by its own act at a set price",
        "entitlements",
      ),
      word(
        "exclusivity",
        "exclusivity",
        "the right to be the only one who supplies, unless it lets go",
        "exclusive",
        "lock-in",
      ),
      word("first offer", "first-offer", "the right to name terms before others are asked"),
      word(
        "first refusal",
        "first-refusal, rofr in codes",
        "the right to be asked before others, on stated terms",
        "",
        "first dibs",
      ),
      word(
        "first ship",
        "first-ship",
        "the right that a product launches on its holder no later than anywhere else, unless the holder lets the launch pass",
        "ships first",
        "launch partner",
      ),
      word("hold", "Hold", "capacity set aside for what a holder has accepted, until it is awarded", "on hold"),
      word(
        "lot",
        "Lot",
        "a part of a request that is the same throughout, so that it is asked, offered and awarded as one",
        "lots",
        "slice, item",
      ),
      word(
        "match",
        "match",
        "the right to equal the best offer of others and to supply in its place",
        "matches, matched",
      ),
      word("minimum share", "minimum-share", "a right to at least so much of what is bought in a period"),
      word("most favoured", "most-favoured", "a right to terms as good as the best given to others"),
      word("option", "option", "the right to take a set quantity at a set price until a date", "options"),
      word("pass-through", "passThrough", "to sell what somebody else runs", "passed through", "proxy, resale"),
      word(
        "re-offer",
        "re-offer",
        "a new notice to a holder that refused, because the terms or the quantity have changed since",
        "re-offers",
      ),
      plain(
        "reading",
        "reading",
        "somebody's word, with a name and a date, that the fields of a clause say what its text says; without it the clause is unconfirmed",
        "approval",
      ),
      word("residual", "left", "what is left of a lot when those asked first have taken their part", "residuals"),
      plain(
        "response window",
        "respondBy",
        "how long an answer may take, and the last instant that is in time, which is included",
      ),
      word(
        "round",
        "round",
        "one asking of a holder; the first notice is followed by rounds when terms change",
        "rounds",
      ),
      plain("scope", "Scope", "what a clause is about: purposes, accelerators, regions, channels, source classes"),
      word("soft hold", "soft-hold", "capacity kept for somebody who must decide when another wants it", "soft holds"),
      word("standing answer", "StandingAnswer", "an answer given in advance by a rule", "standing answers"),
      word(
        "tail",
        "tail",
        "the time after a refusal during which others may be awarded on terms no better for them",
        "tails",
      ),
      word(
        "waiver",
        "Waiver",
        "a holder's word that it will not use its right, for one request or in advance",
        "waivers, waived",
      ),
    ],
  },
  {
    title: "The market",
    words: [
      word(
        "approval",
        "approvals",
        "a yes inside the buyer's house that must be there before a notice or an award goes out",
        "approvals",
      ),
      word(
        "bid",
        "Bid",
        "a provider's sealed answer to an invitation: how many at which price",
        "bids",
        "auction, quote",
      ),
      word(
        "commitment",
        "Commitment",
        "a promise to spend or to use so much in a period; it changes what an award costs, never who comes first",
        "commitments",
        "reservation, credit",
      ),
      plain("list price", "listCost", "what a provider asks of everybody who comes", "rack rate"),
      plain("own price", "contractedCost", "what an agreement makes of the list price for its buyer"),
      plain(
        "effective price",
        "effectiveCost",
        "what an accelerator-hour comes to once commitments are counted: the shortfall that it avoids is taken off",
      ),
      plain("draw", "CommitmentDraw", "what has been used of a commitment"),
      word(
        "incremental effective cost",
        "incremental",
        "what a choice costs more than not making it: the price, less what it saves of a commitment's shortfall, plus what changing provider costs",
      ),
      word("invitation", "Invitation", "what a provider who may bid sees of a tender", "invitations, invited"),
      word(
        "levelised price",
        "levelised",
        "what an accelerator-hour costs over the whole time, with later costs and hours counted for less, and delay paid for",
        "levelised prices",
      ),
      plain("offer", "Offer", "what a provider sells, as in a price list; a holder gets a notice, not an offer"),
      plain(
        "revenue share",
        "revenue-share",
        "a part of revenue that one party owes another, by period, up to a cap",
        "royalty, commission",
      ),
      word("runner-up", "runnerUp", "the best choice that does without the first part of the one taken"),
      word(
        "shortfall",
        "shortfall",
        "what is missing from a commitment at the end of its period",
        "shortfalls",
        "penalty, fine",
      ),
      plain("take-or-pay", "type: take-or-pay", "a commitment to pay for a minimum, used or not", "minimum fee"),
      word(
        "tender",
        "Tender",
        "the opening of what is left to all who may supply it, with one common close",
        "tenders",
        "auction",
      ),
      word("tie", "tied", "two choices that cost the same", "ties, tied"),
    ],
  },
  {
    title: "Capacity, time and money",
    words: [
      plain("accelerator", "acceleratorType", "a kind of chip, by one canonical name: `h100-sxm-80gb`", "gpu"),
      plain(
        "accelerator-hour",
        "AcceleratorSeconds",
        "one accelerator for one hour; counted in whole accelerator-seconds",
      ),
      plain("capacity calendar", "CapacityCalendar", "what is free when", "inventory"),
      word(
        "capacity block",
        "CapacityBlock",
        "a number of accelerators in one place during one time, as somebody sells them, with its origin back to the machines",
        "capacity blocks",
      ),
      plain("instant", "Instant", "a point in time: milliseconds since 1970 in UTC", "timestamp"),
      plain(
        "money",
        "Money",
        "a whole number of millionths of one currency; two currencies are never added, awards and reports convert by a recorded rate",
      ),
      word("tranche", "Tranche", "a part of promised money that becomes due on a condition", "tranches"),
      plain("window", "TimeWindow {from, to}", "a span of time: holds its start, not its end"),
    ],
  },
  {
    title: "Telling why",
    words: [
      plain("case", "", "a document: a world, a script of commands, and what must and must not come of it"),
      plain(
        "explanation",
        "Explanation",
        "the reasons, rendered for one reader, who sees only what that reader may know",
      ),
      plain(
        "feed",
        "",
        "all that one party is told, in order; what a party sees is made from its feed and nothing else",
      ),
      plain("reason", "Step", "one step of a decision: the clause, the facts tested, the verdict"),
      plain("story", "", "a longer script on a world close to the real one, with the explanations it must give"),
    ],
  },
];
