import { ask, head, plain, scopeQuestions } from "./make.ts";
import type { Question, Template } from "./question.ts";

const C = "commitment";
const R = "revenue-share";

const COUNTED = "Only what lies inside it fills the commitment.";

function commitment(amounts: readonly Question[]): Question[] {
  return [
    ...amounts,
    ask(C, "shortfall", "choice", {
      choices: [
        { value: "charge", means: "the difference is charged" },
        { value: "prepayment-credit", means: "it is charged, and becomes a credit" },
        { value: "roll-forward", means: "it moves to the next period" },
        { value: "none", means: "nothing" },
      ],
      word: "shortfall",
    }),
    ask(C, "shortfallCost", "share", { examples: ["100%"], rare: true, word: "shortfall" }),
    ask(C, "obligor", "name", { rare: true }),
    ask(C, "beneficiary", "name", { rare: true }),
    ...scopeQuestions(C, COUNTED).map((one) => ({ ...one, rare: true })),
    ask(C, "status", "choice", {
      rare: true,
      choices: [
        { value: "proposed", means: "not signed: shown as a scenario" },
        { value: "pending", means: "signed, not in force" },
        { value: "active", means: "in force: it weighs in awards" },
        { value: "exhausted", means: "reached" },
        { value: "expired", means: "over" },
      ],
    }),
    ask(C, "stackPriority", "whole", { examples: ["100"] }),
  ];
}

const drawn = (already: string, anyway: string): Question[] => [
  plain(
    "drawn",
    "quantity",
    "drawn",
    [
      "How much has been spent or used already?",
      "drawn to date",
      "What is missing, and so what an award is worth, is counted from it.",
    ],
    { standard: "nothing", examples: [already], word: "draw" },
  ),
  plain(
    "expected-other",
    "quantity",
    "expectedOther",
    [
      "How much will be spent or used anyway, besides the request at hand?",
      "baseline",
      "It fills the commitment without any award.",
    ],
    { standard: "nothing", examples: [anyway], word: "shortfall" },
  ),
];

const SPEND: readonly Question[] = [
  plain(
    "amount",
    "quantity",
    "amount",
    ["How much must be spent over the whole term?", "committed amount", "What is missing at the end is the shortfall."],
    { examples: ["250,000,000 USD"], word: "commitment" },
  ),
  plain(
    "milestones",
    "milestones",
    "milestones",
    [
      "What must be reached by when, counted from the beginning?",
      "milestones",
      "Each date is the end of a period with a shortfall of its own.",
    ],
    { examples: ["2027-12-31: 50,000,000 USD; 2030-12-31: 250,000,000 USD"], word: "commitment" },
  ),
  ...drawn("11,200,000 USD", "25,000,000 USD"),
];

const TAKE: readonly Question[] = [
  plain("price", "rate", "price", ["At which price?", "committed price", "Without it the shortfall has no amount."], {
    required: true,
    examples: ["2.50 USD/h"],
    word: "commitment",
  }),
  plain(
    "amount",
    "quantity",
    "amount",
    [
      "How many accelerator-hours must be paid for over the whole term, used or not?",
      "minimum quantity",
      "What is not used is paid for all the same.",
    ],
    { examples: ["8,760,000 accelerator-hours"], word: "accelerator-hour" },
  ),
  plain(
    "schedule",
    "periods",
    "schedule",
    ["How many accelerator-hours in which period?", "schedule", "Each period is counted by itself."],
    {
      examples: [
        "2026-01-01..2026-12-31: 730,000 accelerator-hours; 2027-01-01..2027-12-31: 8,760,000 accelerator-hours",
      ],
      word: "commitment",
    },
  ),
  ...drawn("640,000 accelerator-hours", "2,000,000 accelerator-hours"),
];

const OPTION: readonly Question[] = [
  plain(
    "count",
    "count",
    "option.count",
    ["How many accelerators may be taken?", "quantity under option", "More than this cannot be called."],
    { required: true, examples: ["1024"], word: "option" },
  ),
  plain(
    "until",
    "date",
    "option.until",
    [
      "Until when, the last day included?",
      "expiry of the option",
      "Silence until then is its end: an exercise a millisecond later is rejected.",
    ],
    { required: true, examples: ["2026-08-31"], word: "option" },
  ),
  plain(
    "price",
    "rate",
    "option.price",
    ["At which price?", "exercise price", "Without it the price is open when the option is called."],
    { examples: ["2.31 USD/h"], word: "option" },
  ),
  plain(
    "blocks",
    "names",
    "option.blocks",
    [
      "Out of which blocks of capacity?",
      "capacity under option",
      "They are kept from sale to others until the option ends.",
    ],
    { word: "capacity block" },
  ),
];

const SHARE: readonly Question[] = [
  ask(R, "payer", "name"),
  ask(R, "payee", "name"),
  ask(R, "share", "share", { examples: ["20%"], word: "revenue share" }),
  ask(R, "base", "choice", {
    choices: [
      { value: "net-revenue", means: "revenue after credits, refunds and taxes" },
      { value: "gross-revenue", means: "revenue as invoiced" },
      { value: "profit", means: "revenue less the costs that the text names" },
      { value: "spend", means: "what is bought under this agreement" },
    ],
    word: "revenue share",
  }),
  ...scopeQuestions(R, "Only revenue inside it is shared.").map((one) => ({ ...one, rare: one.id !== "channels" })),
  ask(R, "period", "choice", {
    choices: [
      { value: "month", means: "a calendar month" },
      { value: "quarter", means: "a calendar quarter" },
      { value: "year", means: "a calendar year" },
    ],
    word: "revenue share",
  }),
  ask(R, "cap", "money", { examples: ["1,000,000,000 USD"], word: "revenue share" }),
  ask(R, "paid", "money", { examples: ["120,000,000 USD"], needs: ["cap"] }),
  ask(R, "ends", "date", { examples: ["2032-12-31"] }),
];

export const MONEY_TEMPLATES: readonly Template[] = [
  {
    name: "spend-commitment",
    about: "you promised to spend so much by a date",
    term: "spend commitment",
    signs: '"commits to spend", "minimum annual commitment", "shortfall payment"',
    word: "commitment",
    base: { kind: "commitment", type: "spend" },
    questions: [...head("spend-commitment"), ...commitment(SPEND)],
  },
  {
    name: "take-or-pay",
    about: "you pay for a minimum, used or not",
    term: "take-or-pay",
    signs: '"take or pay", "whether or not used", "minimum quantity", "deficiency"',
    word: "commitment",
    base: { kind: "commitment", type: "take-or-pay" },
    questions: [...head("take-or-pay"), ...commitment(TAKE)],
  },
  {
    name: "option",
    about: "somebody may take a set quantity until a date",
    term: "option, expansion right",
    signs: '"option to expand", "may elect, by notice given no later than", "reserved for"',
    word: "option",
    base: { kind: "option" },
    questions: [
      ...head("option"),
      ...OPTION,
      ask("option", "holder", "name", { word: "holder" }),
      ask("option", "grantor", "name", { rare: true }),
      ...scopeQuestions("option", "Only capacity inside it can be called.").map((one) => ({ ...one, rare: true })),
    ],
  },
  {
    name: "revenue-share",
    about: "a part of revenue is owed to somebody",
    term: "revenue share",
    signs: '"percent of net revenue", "revenue share", "up to an aggregate of"',
    word: "revenue share",
    base: { kind: "revenue-share" },
    questions: [...head("revenue-share"), ...SHARE],
  },
];
