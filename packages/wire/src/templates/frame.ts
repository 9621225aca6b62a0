import { AGREEMENT_PARAMETERS } from "@offtake/core/agreements";
import { fromParameter, plain } from "./make.ts";
import type { AnswerType, Question } from "./question.ts";

function ask(name: string, type: AnswerType, more: Partial<Question> = {}): Question {
  const parameter = AGREEMENT_PARAMETERS.find((one) => one.name === name);
  if (parameter === undefined) throw new Error(`Broken belief: ${name} is a parameter of agreements`);
  return { ...fromParameter(parameter), type, ...more };
}

/** What is asked of an agreement that is not there yet, before its first clause. */
export const AGREEMENT_QUESTIONS: readonly Question[] = [
  plain(
    "agreement",
    "name",
    "name",
    ["What shall the agreement be called?", "agreement", "Plans, cases and reasons refer to it by this name."],
    { required: true, examples: ["meridian-master"], word: "agreement" },
  ),
  plain("title", "text", "title", ["What does its title page say?", "title", "Lists show it."], {
    standard: "its name",
    rare: true,
  }),
  plain(
    "buyer",
    "name",
    "parties.buyer",
    ["Who buys? (the id of the party in your book)", "customer", "Its requests are what the agreement reaches."],
    { required: true, examples: ["aurora-labs"], word: "buyer" },
  ),
  plain(
    "provider",
    "name",
    "parties.provider",
    ["Who sells? (the id of the party in your book)", "supplier", "Unless a clause says otherwise it has the rights."],
    { required: true, examples: ["meridian"], word: "provider" },
  ),
  plain(
    "from",
    "date",
    "effective.from",
    ["On which day does it begin?", "effective date", "Requests sent before it are not reached."],
    { required: true, examples: ["2026-01-01"], word: "agreement" },
  ),
  plain(
    "to",
    "date",
    "effective.to",
    ["Which is its last day?", "expiry", "Rights end with it; without an end it runs on for ever."],
    { standard: "without end", examples: ["2030-12-31"], word: "expire" },
  ),
  ask("renewal", "choice", {
    choices: [
      { value: "none", means: "it ends" },
      {
        value: "automatic",
        means: "it renews for another term, unless somebody gives notice in time",
        writes: { kind: "automatic", term: "$renewal-term", notice: "$renewal-notice" },
      },
      {
        value: "evergreen",
        means: "it runs on until somebody gives notice",
        writes: { kind: "evergreen", notice: "$renewal-notice" },
      },
    ],
    word: "expire",
  }),
  plain(
    "renewal-term",
    "period",
    "renewal",
    ["For how long does it renew each time?", "renewal term", "Each term ends with a new chance to stop it."],
    { writes: null, required: true, when: { question: "renewal", is: ["automatic"] }, examples: ["12 months"] },
  ),
  plain(
    "renewal-notice",
    "period",
    "renewal",
    [
      "How long before the end must a notice have been received?",
      "notice of non-renewal",
      "A notice a day later comes too late, and the agreement runs on.",
    ],
    {
      writes: null,
      required: true,
      when: { question: "renewal", is: ["automatic", "evergreen"] },
      examples: ["90 days"],
    },
  ),
  ask("zone", "zone", { examples: ["America/Los_Angeles"] }),
  ask("holidays", "names", { examples: ["us-federal", "uk-england-wales", "target", "japan", "none"] }),
  ask("join", "choice", {
    choices: [
      { value: "all", means: "a business day in all of them" },
      { value: "any", means: "a business day in any of them" },
    ],
  }),
  ask("cutoff", "clock", { rare: true, examples: ["17:00"] }),
  ask("close", "clock", { rare: true, examples: ["17:00"] }),
  plain(
    "agreement-status",
    "choice",
    "status",
    ["How does it stand?", "status", "A draft or an agreement that is only signed binds nobody yet."],
    {
      rare: true,
      standard: "active",
      choices: [
        { value: "draft", means: "not signed" },
        { value: "signed", means: "signed, not in force" },
        { value: "active", means: "in force" },
      ],
    },
  ),
  plain(
    "signed",
    "date",
    "signed",
    ["When was it signed?", "date of signature", "It dates the promise, not its effect."],
    {
      standard: "when it takes effect",
      rare: true,
    },
  ),
  plain("owner", "text", "owner", ["Who looks after it?", "owner", "Dates that it causes are theirs."], {
    rare: true,
    examples: ["R. Weiss"],
  }),
  ask("accruedRightsSurvive", "yes-no", { rare: true }),
  ask("affiliateShare", "share", { rare: true, examples: ["50%"], word: "affiliate" }),
  ask("assignment.consent", "yes-no"),
  ask("assignment.changeOfControl", "choice", {
    choices: [
      { value: "continues", means: "they go on" },
      { value: "ends", means: "they end" },
    ],
  }),
  ask("brokerOutage", "choice", {
    choices: [
      { value: "extends", means: "yes" },
      { value: "does-not-extend", means: "no" },
    ],
  }),
];
