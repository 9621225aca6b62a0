import { type Clause, isParameter } from "@offtake/core/agreements";
import { describe, expect, test } from "vitest";
import { WORDS } from "@offtake/core/explanation";
import { parseAgreement } from "../agreements/index.ts";
import { formatProblem } from "../problems/index.ts";
import {
  agreementFromAnswers,
  agreementText,
  type Answers,
  AGREEMENT_QUESTIONS,
  clauseFromAnswers,
  clauseText,
  TEMPLATES,
} from "./index.ts";
import type { TemplateName } from "./question.ts";

const HEAD: Answers = { agreement: "frame", buyer: "lab", provider: "alfa", from: "2026-01-01", to: "2027-12-31" };

const LEAST: Partial<Record<TemplateName, Answers>> = {
  "spend-commitment": { amount: "12,000,000 USD" },
  "take-or-pay": { price: "2.50 USD/h", amount: "8,760,000 acc-h" },
  option: { count: 1024, until: "2026-08-31" },
};

function fileOf(name: TemplateName, answers: Answers, head: Answers = HEAD): string {
  const frame = agreementFromAnswers(head);
  const clause = clauseFromAnswers(name, answers);
  if (!frame.ok) throw new Error(JSON.stringify(frame.problems));
  if (!clause.ok) throw new Error(JSON.stringify(clause.problems));
  return agreementText(frame.value, "./agreement.v1.json") + clauseText(clause.value, 2);
}

function read(text: string): Clause {
  const parsed = parseAgreement({ name: "agreement.yaml", text });
  if (!parsed.ok) throw new Error(`${parsed.problems.map(formatProblem).join("\n")}\n${text}`);
  const [clause] = parsed.value.agreement.clauses;
  if (clause === undefined) throw new Error("no clause");
  return clause;
}

const codes = (name: TemplateName, answers: Answers): string[] => {
  const made = clauseFromAnswers(name, answers);
  return made.ok ? [] : made.problems.map(({ code, question }) => `${code} ${question}`);
};

describe("clauses from answers", () => {
  test.each(TEMPLATES.map(({ name }) => [name]))(
    "[TPL1] the least that %s needs is an agreement that is valid, the rest defaults",
    (name) => {
      const clause = read(fileOf(name, LEAST[name] ?? {}));
      const template = TEMPLATES.find((one) => one.name === name);
      expect(clause.kind).toBe(template?.base.kind);
      expect(clause.defaults.length).toBeGreaterThan(0);
    },
  );

  test("[TPL2] every name among the defaults of a clause is a parameter with words", () => {
    for (const { name } of TEMPLATES) {
      const clause = read(fileOf(name, LEAST[name] ?? {}));
      for (const one of clause.defaults) {
        expect(isParameter(one), `${one} of ${clause.kind}`).toBe(true);
      }
    }
  });

  test("[TPL3] an answer that is the default is stated, and stands among the defaults no more", () => {
    expect(read(fileOf("ask-first", {})).defaults).toContain("window");
    expect(read(fileOf("ask-first", { window: "5 business days" })).defaults).not.toContain("window");
  });

  test.each(TEMPLATES.map((template) => [template.name, template] as const))(
    "[TPL4] each question of %s is answered by its examples or choices",
    (name, { questions }) => {
      for (const question of questions) {
        const choices = (question.choices ?? []).map(({ value }) => value);
        const typed =
          choices.length > 0
            ? choices
            : question.examples.length > 0
              ? question.examples
              : (SAMPLES[question.type] ?? []);
        expect(typed.length, `${name}: ${question.id} has no example`).toBeGreaterThan(0);
        for (const answer of typed) {
          const answers: Record<string, string | number> = {
            ...(LEAST[name] as Record<string, string>),
            [question.id]: answer,
          };
          for (const need of question.needs ?? []) {
            const other = questions.find(({ id }) => id === need);
            answers[need] = other?.examples[0] ?? other?.choices?.[0]?.value ?? "16";
          }
          if (question.id === "schedule" || question.id === "milestones") delete answers["amount"];
          if (question.when !== undefined) answers[question.when.question] = question.when.is[0] ?? "";
          if (question.when !== undefined || answer === "levelised")
            Object.assign(answers, { "monthly-rate": "1%", "delay-cost": "0.20 USD/h" });
          const made = clauseFromAnswers(name, answers);
          expect(made.ok ? [] : made.problems, `${question.id}: ${answer}`).toEqual([]);
          const clause = read(fileOf(name, answers));
          const leaf = question.parameter;
          const isWhole = question.writes === undefined && leaf !== "scope" && leaf !== "deMinimis";
          const left = isWhole ? clause.defaults.filter((one) => one === leaf) : [];
          expect(left, `${question.id}: ${answer}`).toEqual([]);
        }
      }
    },
  );

  test("[TPL5] what cannot be read is told with its question, what was expected and what is near", () => {
    expect(codes("ask-first", { window: "a week" })).toEqual(["wrong_unit window"]);
    expect(codes("ask-first", { silense: "refusal" })).toEqual(["unknown_key silense"]);
    expect(codes("ask-first", { silence: "refusl" })).toEqual(["unknown_value silence"]);
    expect(codes("option", {})).toEqual(["missing_key count", "missing_key until"]);
    expect(codes("match", { "monthly-rate": "1%" })).toEqual(["conflicting_keys monthly-rate"]);
    expect(codes("ask-first", { "tail-price-tolerance": "2%" })).toEqual(["missing_key tail-days"]);
    expect(codes("exclusive", { release: "never, silence" })).toEqual(["conflicting_keys release"]);
    expect(codes("spend-commitment", { amount: "12" })).toEqual(["wrong_unit amount"]);
    const near = clauseFromAnswers("ask-first", { silense: "refusal" });
    expect(near.ok ? [] : near.problems[0]?.didYouMean).toContain("silence");
  });

  test("[TPL6] a question mark leaves it open, as no answer does", () => {
    expect(fileOf("ask-first", { window: "?", "tail-days": "", silence: null })).toBe(fileOf("ask-first", {}));
  });

  test("[TPL7] the words of the contract are kept to the letter, whatever stands in them", () => {
    const words = [
      '4.2 "Provider": #1 [first] {look}, at 5% - see § 9\n\n  and more: yes',
      "'quoted'",
      "x".repeat(400),
      "no",
      "2026-01-01",
      "- a\n- b",
    ];
    for (const text of words) expect(read(fileOf("ask-first", { text })).text).toBe(text.trim());
  });

  test("[TPL9] the words to which questions lead are in the glossary", () => {
    const known = new Set(WORDS.map(({ word }) => word));
    const questions = [...AGREEMENT_QUESTIONS, ...TEMPLATES.flatMap((template) => [template, ...template.questions])];
    expect(questions.flatMap(({ word }) => word ?? []).filter((word) => !known.has(word))).toEqual([]);
  });

  test("[TPL8] every question of the head is read too", () => {
    for (const { id, choices = [], examples, type, when } of AGREEMENT_QUESTIONS) {
      const typed =
        choices.length > 0 ? choices.map(({ value }) => value) : examples.length > 0 ? examples : (SAMPLES[type] ?? []);
      expect(typed.length, `${id} has no example`).toBeGreaterThan(0);
      for (const answer of typed) {
        if (id === "signed" || id === "from") continue;
        const renewal = when === undefined ? {} : { renewal: when.is[0] ?? "" };
        const more = answer === "automatic" || id === "renewal-notice" ? { "renewal-term": "12 months" } : {};
        const notice = id.startsWith("renewal") && answer !== "none" ? { "renewal-notice": "90 days" } : {};
        const head = { ...HEAD, to: "2031-12-31", ...renewal, ...more, ...notice, [id]: answer };
        expect(read(fileOf("ask-first", {}, head)).kind).toBe("first-refusal");
      }
    }
  });
});

/** Answers to questions that show no example: their kind says enough. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  name: ["harbor"],
  names: ["harbor, tern"],
  text: ["4.2 Provider shall have five Business Days."],
  "yes-no": ["yes", "no"],
  whole: ["7"],
  count: ["16"],
  date: ["2026-02-01"],
};
