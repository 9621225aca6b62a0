import type { Clause } from "./clause.ts";
import { type Parameter, parameter } from "./parameter.ts";

const COMMITMENT: readonly Clause["kind"][] = ["commitment"];
const SHARE: readonly Clause["kind"][] = ["revenue-share"];

/** Commitments, entitlements, resale and revenue shares. */
export const OTHER_PARAMETERS: readonly Parameter[] = [
  parameter("type", 1, COMMITMENT, [
    "kind of commitment",
    "What is promised: to spend, to use, to pay for a minimum, or to have paid in advance?",
    "to spend",
    "the shortfall would be counted another way",
  ]),
  parameter("shortfall", 1, COMMITMENT, [
    "shortfall",
    "What happens when less is spent or used than promised?",
    "the difference is charged",
    "a shortfall would cost nothing, or only be moved to later",
  ]),
  parameter("shortfallCost", 2, COMMITMENT, [
    "rate of the shortfall payment",
    "How much of the difference must be paid?",
    "all of it, or nothing where it rolls forward",
    "the commitment would weigh less in a comparison of offers",
  ]),
  parameter("obligor", 2, COMMITMENT, ["obligor", "Who promised?", "the buyer", "use by another party would count"]),
  parameter("beneficiary", 2, COMMITMENT, [
    "beneficiary",
    "To whom was it promised?",
    "the provider",
    "what is bought from another party would count",
  ]),
  parameter("scope", 1, COMMITMENT, [
    "eligible spend or use",
    "What counts towards it?",
    "everything that is bought from the beneficiary",
    "a part of what is bought would not count, and more would be missing",
  ]),
  parameter("scope", 1, SHARE, ["shared revenue", "Which revenue is shared?", "all of it", "less would be owed"]),
  parameter(
    "scope",
    2,
    ["resale"],
    [
      "capacity concerned",
      "Which capacity is it about?",
      "all capacity of the agreement",
      "other capacity could be sold on, or could not",
    ],
  ),
  parameter("status", 2, COMMITMENT, ["status", "Is it in force?", "active", "it would be shown and not counted"]),
  parameter("stackPriority", 3, COMMITMENT, [
    "stacking",
    "Which of several commitments does a use draw first?",
    "in the order of their ends",
    "another commitment would fill first",
  ]),
  parameter("act", 2, ["entitlement"], ["act", "Is it called, or renewed?", "called", "it would renew what runs"]),
  parameter(
    "until",
    1,
    ["entitlement"],
    [
      "last day of exercise",
      "Until when may it be called?",
      "the end of the agreement",
      "a later call would be rejected",
    ],
  ),
  parameter(
    "blocks",
    3,
    ["entitlement"],
    ["capacity named", "Out of which machines?", "none are named", "it would be supplied from the machines named"],
  ),
  parameter(
    "allowed",
    2,
    ["resale"],
    [
      "resale",
      "May capacity of this agreement be sold on without consent?",
      "no",
      "a holder could pass it through without asking",
    ],
  ),
  parameter("payer", 1, SHARE, ["payer", "Who pays the share?", "the buyer", "another party would owe it"]),
  parameter("payee", 1, SHARE, ["payee", "Who receives it?", "the provider", "another party would be owed"]),
  parameter("share", 1, SHARE, [
    "rate of the share",
    "How much of it is paid?",
    "not known",
    "the amount could be counted",
  ]),
  parameter("base", 1, SHARE, [
    "base",
    "Of what is it a share: revenue before or after credits and refunds, or profit?",
    "revenue after credits, refunds and taxes",
    "the amount would be counted from another sum",
  ]),
  parameter("period", 2, SHARE, [
    "accounting period",
    "Over which period is it counted and paid?",
    "a calendar quarter",
    "it would fall due at other times",
  ]),
  parameter("cap", 2, SHARE, [
    "cap",
    "Is there a greatest sum, after which nothing more is paid?",
    "no cap",
    "it would end once so much is paid",
  ]),
  parameter("paid", 3, SHARE, [
    "paid to date",
    "How much has been paid already?",
    "nothing",
    "less would be left below the cap",
  ]),
  parameter("ends", 2, SHARE, [
    "end of the share",
    "When does it end, if not with the agreement?",
    "with the agreement",
    "it would be owed for longer, or for less long",
  ]),
];

/** What stands in the head of an agreement and reaches all of its clauses. */
export const AGREEMENT_PARAMETERS: readonly Parameter[] = [
  parameter(
    "renewal",
    1,
    [],
    [
      "renewal",
      "What becomes of it at its end: does it run on by itself?",
      "it ends",
      "its rights and promises would go on until somebody gives notice",
    ],
  ),
  parameter(
    "renewal.noticeBy",
    3,
    [],
    [
      "who may give notice",
      "Who may stop the renewal?",
      "either party",
      "a notice of one of the parties would not stop it",
    ],
  ),
  parameter(
    "renewal.to",
    3,
    [],
    [
      "end by notice",
      "To which day does a notice bring it to an end?",
      "the end of a term, or where it has none the last day of the notice",
      "it would end earlier or later",
    ],
  ),
  parameter(
    "renewal.late",
    3,
    [],
    [
      "late notice",
      "What becomes of a notice after the last day?",
      "it counts for the next end it can reach",
      "it would count for nothing",
    ],
  ),
  parameter(
    "renewal.max",
    3,
    [],
    ["number of renewals", "How often does it renew?", "without end", "it would end after the last one"],
  ),
  parameter(
    "zone",
    1,
    [],
    [
      "time zone",
      "In which time zone do days begin and end?",
      "that of the book",
      "deadlines would fall hours earlier or later",
    ],
  ),
  parameter(
    "holidays",
    1,
    [],
    [
      "holiday calendar",
      "Whose holidays are no business days?",
      "nobody's: weekends only",
      "a window that crosses a holiday would end later",
    ],
  ),
  parameter(
    "join",
    3,
    [],
    [
      "joint calendars",
      "With several calendars: is a day a business day only if it is one in all of them?",
      "yes",
      "windows would end earlier",
    ],
  ),
  parameter(
    "cutoff",
    2,
    [],
    [
      "cut-off hour",
      "Until which hour does a notice count as received the same day?",
      "17:00",
      "a notice sent in the evening would start the clock a day earlier or later",
    ],
  ),
  parameter(
    "close",
    2,
    [],
    [
      "close of business",
      "At which hour does a business day end?",
      "17:00",
      "the last hour for an answer would be another",
    ],
  ),
  parameter(
    "brokerOutage",
    3,
    [],
    [
      "outage",
      "Does an outage of the broker move a deadline that it covers?",
      "yes",
      "an answer could be late although it could not be sent",
    ],
  ),
  parameter(
    "accruedRightsSurvive",
    2,
    [],
    [
      "accrued rights",
      "Do notices that are open when a right ends run on?",
      "yes",
      "they would end with the right, and the quantity would be free at once",
    ],
  ),
  parameter(
    "affiliateShare",
    2,
    [],
    [
      "affiliate threshold",
      "From which share of ownership is a company an affiliate?",
      "50%",
      "a company owned in part would count as the party itself, or no longer",
    ],
  ),
  parameter(
    "assignment.consent",
    3,
    [],
    [
      "assignment",
      "Does an assignment of the agreement need consent?",
      "yes",
      "a new party could step in without asking",
    ],
  ),
  parameter(
    "assignment.changeOfControl",
    3,
    [],
    [
      "change of control",
      "What becomes of its rights when the holder is acquired?",
      "they go on",
      "they would end with the acquisition",
    ],
  ),
];
