import { ASKED, type Parameter, parameter, REFUSALS } from "./parameter.ts";

/** What an answer means and how long everything takes: the other parameters 3.2 of the domain model. */
export const TIME_PARAMETERS: readonly Parameter[] = [
  parameter(
    "window",
    1,
    [...ASKED, "soft-hold"],
    [
      "response period",
      "How long may the holder take to answer?",
      "5 business days",
      "the deadline would be another, and so would the day on which the market opens",
    ],
    { match: "2 business days" },
  ),
  parameter(
    "silence",
    1,
    ASKED,
    [
      "effect of silence",
      "What does it mean when the holder says nothing?",
      "a refusal",
      "no answer would bind the holder to supply",
    ],
    { consent: "no: the act stays barred" },
  ),
  parameter("delivery.rule", 1, ASKED, [
    "deemed receipt",
    "When does a notice count as received: when it is sent, delivered or acknowledged?",
    "when it is delivered",
    "the period for the answer would begin, and end, on another day",
  ]),
  parameter("delivery.fallbackAfter", 3, ASKED, [
    "fallback channel",
    "After how long is the next channel tried?",
    "1 business day",
    "a notice that does not arrive would be sent again earlier or later",
  ]),
  parameter("noticeRequires", 2, ASKED, [
    "content of the notice",
    "What must a notice state, beyond what every notice states?",
    "nothing more",
    "a notice without it would be defective, and the clock would start again with a complete one",
  ]),
  parameter("objectionWindow", 3, ASKED, [
    "objection to a notice",
    "How long may the holder object that a notice leaves out terms?",
    "2 business days",
    "an objection could be in time, or late",
  ]),
  parameter("refusalFinal", 2, ASKED, [
    "finality of a refusal",
    "Is a refusal final, or may it be taken back until the deadline?",
    "final",
    "the market would open at the deadline only, also after a refusal",
  ]),
  parameter("contingencies", 2, REFUSALS, [
    "conditional acceptance",
    "May an acceptance carry a condition, such as the yes of a board?",
    "no: such an acceptance does not bind",
    "it would bind once the condition is waived in time",
  ]),
  parameter("definitiveWindow", 2, REFUSALS, [
    "definitive agreement",
    "How long after an acceptance must the contract be signed?",
    "no period: the acceptance itself is enough",
    "an acceptance that is not signed in time would be a default",
  ]),
  parameter(
    "tail.days",
    1,
    [...REFUSALS, "first-ship"],
    [
      "tail",
      "How long after a refusal may you contract with others without asking again?",
      "60 days",
      "an award after the last day would need a new notice",
    ],
  ),
  parameter("tail.priceTolerance", 2, REFUSALS, [
    "price tolerance",
    "How far may the price rise above what the holder was asked at?",
    "not at all",
    "a slightly higher price would not go back to the holder",
  ]),
  parameter("tail.countTolerance", 2, REFUSALS, [
    "quantity tolerance",
    "How far may the quantity exceed what the holder was asked for?",
    "not at all",
    "a slightly larger quantity would not go back to the holder",
  ]),
  parameter("reoffer.on", 2, REFUSALS, [
    "re-offer",
    "Which change of terms goes back to the holder?",
    "a change in favour of the supplier only",
    "a change of any material term would go back to the holder, also a lower price",
  ]),
  parameter("reoffer.window", 2, REFUSALS, [
    "period of a re-offer",
    "How long may the holder take to answer changed terms?",
    "2 business days",
    "an award on changed terms would be possible earlier or later",
  ]),
  parameter("reoffer.maxRounds", 3, REFUSALS, [
    "rounds of re-offers",
    "How often may changed terms go back to the holder?",
    "3 times",
    "the last word would fall earlier or later",
  ]),
  parameter("reoffer.lastRoundTolerance", 3, REFUSALS, [
    "tolerance of the last round",
    "How much worse a price does the last refusal cover?",
    "up to 10% more",
    "a higher price after the last round would need the request anew, or would not",
  ]),
  parameter("overAllotment", 3, REFUSALS, [
    "over-allotment",
    "May holders that accepted take what others left, and how long may they think?",
    "no further round",
    "there would be one more round before the market",
  ]),
  parameter("confirmWindow", 3, REFUSALS, [
    "confirmation of a cut",
    "How long may a holder take to confirm a quantity that had to be cut?",
    "1 business day",
    "a cut acceptance would lapse earlier or later",
  ]),
  parameter("stranded", 3, REFUSALS, [
    "stranded remainder",
    "Is a rest that is too small for anybody offered once more, and for how long?",
    "yes, for 1 business day",
    "such a rest would stay unfilled",
  ]),
  parameter("replacementWindow", 3, REFUSALS, [
    "replacement",
    "How long may the holder take to answer for quantity that a termination frees?",
    "1 business day",
    "a replacement would be possible earlier or later",
  ]),
];
