import { type Clause, type Parameter, parameterOf, takenText } from "@offtake/core/agreements";
import type { AnswerType, Question } from "./question.ts";

type More = Partial<Omit<Question, "type">>;

const kebab = (name: string): string =>
  name.replaceAll(".", "-").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A question that sets a parameter of a clause: its words are those of the parameter. */
export function ask(kind: Clause["kind"], name: string, type: AnswerType, more: More = {}): Question {
  const parameter = parameterOf(kind, name);
  if (parameter === undefined) throw new Error(`Broken belief: ${name} is a parameter of ${kind}`);
  return { ...fromParameter(parameter, kind), type, ...more };
}

export function fromParameter(parameter: Parameter, kind?: Clause["kind"]): Omit<Question, "type"> {
  const { name, asks, term, otherwise, weight } = parameter;
  return {
    id: kebab(name),
    asks,
    term,
    why: `Otherwise ${otherwise}.`,
    examples: [],
    required: false,
    standard: takenText(parameter, kind),
    parameter: name,
    key: name.split("."),
    rare: weight === 3,
  };
}

/** A question about something for which no value stands by default. */
export function plain(
  id: string,
  type: AnswerType,
  key: string,
  [asks, term, why]: readonly [asks: string, term: string, why: string],
  more: More = {},
): Question {
  return { id, type, asks, term, why, key: key.split("."), examples: [], required: false, rare: false, ...more };
}

/** Questions that every clause begins with. */
export function head(id: string): Question[] {
  return [
    plain(
      "id",
      "name",
      "id",
      ["What shall the clause be called?", "clause", "Reasons, cases and plans refer to it by this name."],
      { standard: id, word: "agreement" },
    ),
    plain(
      "text",
      "text",
      "text",
      [
        "What does the contract say, word for word?",
        "wording",
        "Whoever confirms the reading compares the fields with it, and explanations quote it.",
      ],
      { examples: ["4.2 Provider shall have five Business Days to answer ..."], word: "reading" },
    ),
  ];
}

/** What the clause is about, dimension by dimension. */
export function scopeQuestions(kind: Clause["kind"], why: string): Question[] {
  const about = ask(kind, "scope", "text");
  const dimension = (id: string, type: AnswerType, asks: string, examples: readonly string[]): Question => ({
    ...about,
    id,
    type,
    asks,
    why,
    examples,
    standard: "all",
    key: ["scope", id],
    word: "scope",
  });
  return [
    dimension("accelerators", "accelerators", "Which accelerators is it about?", ["H100, H200", "GB200"]),
    dimension("regions", "regions", "Which regions is it about?", ["us-*", "eu-west, eu-north"]),
    dimension("purposes", "words", "Which purposes of use is it about?", ["training, inference"]),
    { ...dimension("channels", "words", "Which channels of sale is it about?", ["api"]), rare: kind !== "first-ship" },
    { ...dimension("products", "words", "Which products is it about?", ["frontier"]), rare: kind !== "first-ship" },
  ];
}
