import type { RightKind } from "@offtake/core/agreements";
import { ask, head, plain, scopeQuestions } from "./make.ts";
import type { Question, Template } from "./question.ts";

const SCOPE_WHY = "Only requests inside it wait for the holder; what lies outside goes to the market at once.";

const PURPOSES: Question = plain(
  "exempt-purposes",
  "words",
  "carveOuts",
  [
    "For which purposes may you buy elsewhere without asking?",
    "purpose carve-out",
    "Requests that declare one of them go to the market at once; a request that declares nothing is asked.",
  ],
  {
    appends: true,
    writes: { id: "exempt-purposes", scope: { purposes: "$answer" } },
    parameter: "carveOuts",
    standard: "none",
    examples: ["academic-grant"],
    word: "carve-out",
  },
);

const OWN_BUILD: Question = plain(
  "own-build",
  "names",
  "carveOuts",
  [
    "Whose own machines are exempt?",
    "own-build carve-out",
    "Capacity that these parties build themselves is taken without asking; what they resell is not.",
  ],
  {
    appends: true,
    writes: { id: "own-build", scope: { sourceClasses: ["own_build"] }, ownBuild: "$answer" },
    parameter: "carveOuts",
    standard: "nobody's",
    rare: true,
    word: "carve-out",
  },
);

const SHARED_PURPOSES: readonly Question[] = [
  plain(
    "exempt-share",
    "words",
    "carveOuts",
    [
      "Which purposes are exempt as a share of the use, measured afterwards?",
      "purpose share",
      "Use is declared beforehand and measured by month; what deviates further than the tolerance was not exempt.",
    ],
    {
      appends: true,
      writes: {
        id: "exempt-share",
        scope: { purposes: "$answer" },
        share: { tolerance: "$exempt-share-tolerance", period: "month" },
      },
      parameter: "carveOuts",
      needs: ["exempt-share-tolerance"],
      examples: ["inference"],
      standard: "none",
      rare: true,
      word: "carve-out",
    },
  ),
  plain(
    "exempt-share-tolerance",
    "tolerance",
    "carveOuts",
    ["How far may the measured share deviate?", "tolerance of the share", "What deviates further was not exempt."],
    { writes: null, examples: ["5%"], needs: ["exempt-share"], rare: true, word: "carve-out" },
  ),
];

const SILENCE = [
  { value: "refusal", means: "it refuses: the next step follows" },
  { value: "acceptance", means: "it accepts on the terms of the notice" },
];

/** Who has the right, over whom, and about what. */
function sides(kind: RightKind, isRefusal: boolean): Question[] {
  return [
    ask(kind, "holder", "name", { word: "holder" }),
    ask(kind, "grantor", "name", { rare: true }),
    ask(kind, "burdens", "choice", {
      rare: true,
      word: "burdens",
      choices: [
        { value: "demand", means: "what the buyer may buy elsewhere" },
        { value: "capacity", means: "what the provider may sell to others" },
      ],
    }),
    ...scopeQuestions(kind, SCOPE_WHY),
    PURPOSES,
    OWN_BUILD,
    ...(isRefusal ? SHARED_PURPOSES : []),
    ask(kind, "newCapacityOnly", "yes-no"),
    ask(kind, "attachBy", "choice", {
      rare: true,
      choices: [
        { value: "request", means: "when the request is sent" },
        { value: "award", means: "when it is awarded" },
        { value: "service-window", means: "when the service begins" },
      ],
    }),
  ];
}

/** How the holder is asked and how long it may take. */
function asking(kind: RightKind): Question[] {
  return [
    ask(kind, "window", "length", { examples: ["5 business days", "48 hours"], word: "response window" }),
    ask(kind, "delivery.rule", "choice", {
      choices: [
        { value: "sent", means: "when it leaves" },
        { value: "delivered", means: "when it arrives" },
        { value: "acknowledged", means: "when its receipt is confirmed" },
      ],
      word: "notice",
    }),
    ask(kind, "delivery.fallbackAfter", "length", { needs: ["delivery-rule"], examples: ["1 business day"] }),
    ask(kind, "noticeRequires", "words", { rare: true, examples: ["latestStart, purpose"], word: "notice" }),
    ask(kind, "objectionWindow", "length", { examples: ["2 business days"] }),
    ask(kind, "refusalFinal", "yes-no", { rare: true, word: "refuse" }),
  ];
}

const SMALL = (kind: RightKind): Question[] => [
  {
    ...ask(kind, "deMinimis", "count"),
    id: "de-minimis-count",
    key: ["deMinimis", "count"],
    asks: "Below how many accelerators need nobody be asked?",
    standard: "none is too small to be asked",
    needs: ["de-minimis-days"],
    rare: true,
    word: "de minimis",
  },
  {
    ...ask(kind, "deMinimis", "count"),
    id: "de-minimis-days",
    key: ["deMinimis", "days"],
    asks: "Over how many days do small requests add up?",
    standard: "none is too small to be asked",
    needs: ["de-minimis-count"],
    rare: true,
    word: "de minimis",
  },
  ask(kind, "deMinimis.by", "choice", {
    needs: ["de-minimis-count", "de-minimis-days"],
    choices: [
      { value: "control-group", means: "those of the whole group" },
      { value: "project", means: "those of one project" },
    ],
  }),
];

/** Others who run it, affiliates, default. */
function standing(kind: RightKind): Question[] {
  return [
    ask(kind, "passThrough.allowed", "yes-no", { word: "pass-through" }),
    ask(kind, "passThrough.maxShare", "share", { examples: ["40%"], word: "pass-through" }),
    plain(
      "pass-through-hosts",
      "names",
      "passThrough.hosts",
      [
        "Which hosts are agreed on?",
        "permitted subcontractors",
        "A host that is named needs no further yes; others do, unless you say otherwise.",
      ],
      { standard: "any", rare: true, word: "host" },
    ),
    ask(kind, "passThrough.consent", "yes-no", { rare: true, word: "host" }),
    ask(kind, "affiliates.aggregate", "yes-no", { word: "affiliate" }),
    ask(kind, "affiliates.lookThrough", "yes-no", { rare: true, word: "affiliate" }),
    ask(kind, "suspendOnDefault", "yes-no"),
  ];
}

const ORNONE = "length-or-none" as const;

/** What follows from an answer to a refusal right. */
function refusal(kind: "first-refusal" | "match"): Question[] {
  return [
    ask(kind, "partial", "partial", { examples: ["none", "any", "any multiple of 8"] }),
    ask(kind, "silence", "choice", { choices: SILENCE, word: "lapse" }),
    ask(kind, "contingencies", "choice", {
      choices: [
        { value: "none", means: "such an acceptance does not bind" },
        { value: "allowed", means: "it binds once the condition is waived" },
      ],
      orElse: { type: "length", writes: { waiveBy: "$answer" } },
      examples: ["none", "5 business days"],
    }),
    ask(kind, "definitiveWindow", ORNONE, { examples: ["none", "10 business days"] }),
    ask(kind, "tail.days", "whole", { examples: ["60"], word: "tail" }),
    ask(kind, "tail.priceTolerance", "tolerance", { needs: ["tail-days"], examples: ["2%"], rare: true, word: "tail" }),
    ask(kind, "tail.countTolerance", "tolerance", { needs: ["tail-days"], examples: ["5%"], rare: true, word: "tail" }),
    ask(kind, "reoffer.on", "choice", {
      choices: [
        { value: "supplier-favourable", means: "a change in favour of the supplier: a higher price, a longer term" },
        { value: "any", means: "a change of any material term" },
      ],
      word: "re-offer",
    }),
    ask(kind, "reoffer.window", "length", { examples: ["2 business days"], word: "re-offer" }),
    ask(kind, "reoffer.maxRounds", "count", { examples: ["3"], word: "round" }),
    ask(kind, "reoffer.lastRoundTolerance", "tolerance", { examples: ["10%"], word: "round" }),
    ask(kind, "cap", "count", { examples: ["4096"] }),
    ...SMALL(kind),
    ask(kind, "rank", "whole", { examples: ["10"], rare: true }),
    ask(kind, "sameRank", "choice", {
      rare: true,
      choices: [
        { value: "weights", means: "by weight" },
        { value: "first-come", means: "who answers first takes first" },
        { value: "undecided", means: "a person decides, and the request is held until then" },
      ],
    }),
    ask(kind, "weight", "whole"),
    ask(kind, "parallel", "yes-no", { rare: true }),
    ask(kind, "overAllotment", ORNONE, { examples: ["none", "1 business day"] }),
    ask(kind, "confirmWindow", "length", { examples: ["1 business day"] }),
    ask(kind, "stranded", ORNONE, { examples: ["none", "1 business day"], word: "residual" }),
    ask(kind, "aggregateAllOrNone", "yes-no"),
    ask(kind, "inseparable", "choice", {
      choices: [
        { value: "reject", means: "it is set aside" },
        { value: "allocate", means: "the burdened part is offered at an allocated price" },
      ],
    }),
    ask(kind, "holderMayBid", "yes-no", { rare: true, word: "bid" }),
    ask(kind, "replacementWindow", "length", { examples: ["1 business day"] }),
  ];
}

/** What the holder of a right to match must equal, and what it is shown. */
function matching(): Question[] {
  const levelised = { question: "match-basis", is: ["levelised"] };
  return [
    ask("match", "matchBasis", "choice", {
      choices: [
        { value: "every-term", means: "every material term", writes: "pareto" },
        { value: "levelised", means: "the levelised price, and every other term", writes: null },
      ],
      word: "levelised price",
    }),
    plain(
      "monthly-rate",
      "percent",
      "matchBasis.levelised.monthlyRate",
      ["By how much are later months discounted?", "discount rate", "It decides how much a later start is worth."],
      { when: levelised, required: true, examples: ["1%"], word: "levelised price" },
    ),
    plain(
      "delay-cost",
      "rate",
      "matchBasis.levelised.delayCost",
      [
        "What does an hour of delay cost, for one accelerator?",
        "delay cost",
        "It keeps a later start from looking like a discount.",
      ],
      { when: levelised, required: true, examples: ["0.20 USD/h"], word: "levelised price" },
    ),
    ask("match", "disclosure.identity", "yes-no", { rare: true }),
    ask("match", "disclosure.price", "yes-no", { rare: true }),
    ask("match", "matchAfterBidding", "yes-no", { rare: true, word: "bid" }),
  ];
}

export const RIGHT_TEMPLATES: readonly Template[] = [
  {
    name: "ask-first",
    about: "somebody must be asked before you buy elsewhere",
    term: "right of first refusal, triggered by the request",
    signs: '"right of first refusal", "first look", "shall first offer to", "before contracting elsewhere"',
    word: "first refusal",
    base: { kind: "first-refusal", mode: "offer-first" },
    questions: [
      ...head("first-refusal"),
      ...sides("first-refusal", true),
      ...asking("first-refusal"),
      ...refusal("first-refusal"),
      ...standing("first-refusal"),
    ],
  },
  {
    name: "match",
    about: "somebody may equal the best offer of others and supply in its place",
    term: "right to match, last look, right of first refusal on a third party's offer",
    signs: '"right to match", "last look", "on the same terms as a bona fide offer", "meet or beat"',
    word: "match",
    base: { kind: "match" },
    questions: [
      ...head("match"),
      ...sides("match", true),
      ...asking("match"),
      ...matching(),
      ...refusal("match"),
      ...standing("match"),
    ],
  },
  {
    name: "exclusive",
    about: "nobody else may supply",
    term: "exclusivity",
    signs: '"exclusive provider", "sole supplier", "shall purchase all", "shall not procure from any other"',
    word: "exclusivity",
    base: { kind: "exclusivity" },
    questions: [
      ...head("exclusivity"),
      ...sides("exclusivity", false),
      ask("exclusivity", "release", "choices", {
        choices: [
          { value: "refusal", means: "it says that it will not supply" },
          { value: "silence", means: "it does not answer in time" },
          { value: "inability", means: "it cannot supply" },
          { value: "never", means: "nothing does" },
        ],
      }),
      ...asking("exclusivity"),
      ask("exclusivity", "partial", "partial", { examples: ["none", "any"] }),
      ask("exclusivity", "silence", "choice", { choices: SILENCE, word: "lapse" }),
      ...SMALL("exclusivity"),
      ...standing("exclusivity"),
    ],
  },
  {
    name: "consent",
    about: "something may not be done without somebody's yes",
    term: "consent or approval right",
    signs: '"prior written consent", "shall not ... without the approval of", "not to be unreasonably withheld"',
    word: "consent",
    base: { kind: "consent" },
    questions: [
      ...head("consent"),
      ...sides("consent", false),
      ...asking("consent"),
      ask("consent", "silence", "choice", {
        choices: [
          { value: "blocks", means: "no: the act stays barred" },
          { value: "consents", means: "yes: deemed consent" },
        ],
        word: "consent",
      }),
    ],
  },
  {
    name: "ship-first",
    about: "products are released on one provider before others, or with them",
    term: "first-ship or preferred launch right",
    signs: '"ship first on", "first ship", "earliest availability", "unless ... cannot or chooses not to support"',
    word: "first ship",
    base: { kind: "first-ship" },
    questions: [
      ...head("first-ship"),
      // Who releases a product buys the compute for it: the other side has nothing to release.
      ...sides("first-ship", false).filter(({ id }) => id !== "burdens" && id !== "new-capacity-only"),
      ...asking("first-ship"),
      ask("first-ship", "silence", "choice", {
        choices: [
          { value: "refusal", means: "it lets the launch pass" },
          { value: "acceptance", means: "it supports the launch by the day that was planned" },
        ],
        word: "lapse",
      }),
      ask("first-ship", "tail.days", "whole", { examples: ["60"], word: "tail" }),
    ],
  },
];
