import {
  AGREEMENT_QUESTIONS,
  type Answers,
  isAsked,
  type Question,
  readAnswer,
  type Template,
  TEMPLATES,
} from "@offtake/wire/templates";
import { type Asker, LEFT_OPEN } from "../../terminal/asker.ts";

/** Which kind of clause, in plain words; undefined where the person leaves. */
export async function askTemplate(asker: Asker): Promise<Template | undefined> {
  const options = TEMPLATES.map(({ name, about, signs }) => ({
    value: name as string,
    label: `${name}: ${about}`,
    hint: signs,
  }));
  const name = await asker.choose("What does the clause do?", options);
  return TEMPLATES.find((one) => one.name === name);
}

/** Asks what is not answered yet: first what everybody is asked, then, for who wants, the rarer points. Undefined: the person left. */
export async function askRest(
  asker: Asker,
  template: Template,
  isNew: boolean,
  given: Answers,
): Promise<Answers | undefined> {
  const answers: Record<string, Answers[string]> = { ...given };
  const all = [...(isNew ? AGREEMENT_QUESTIONS : []), ...template.questions];
  const usual = all.filter(({ rare }) => !rare);
  const rare = all.filter((question) => question.rare && answers[question.id] === undefined);
  if (!(await askEach(asker, usual, answers))) return undefined;
  if (rare.length === 0) return answers;
  const more = await asker.confirm(
    `There are ${rare.length} rarer points; without an answer their defaults stand. Go through them?`,
  );
  if (more === undefined || (more && !(await askEach(asker, rare, answers)))) return undefined;
  return answers;
}

async function askEach(
  asker: Asker,
  questions: readonly Question[],
  answers: Record<string, Answers[string]>,
): Promise<boolean> {
  for (const question of questions) {
    if (answers[question.id] !== undefined || !isAsked(question, answers)) continue;
    const answer = await askOne(asker, question);
    if (answer === undefined) return false;
    if (answer !== LEFT_OPEN) answers[question.id] = answer;
  }
  return true;
}

function askOne(asker: Asker, question: Question): Promise<string | undefined> {
  const { asks, term, why, standard, required, type, choices, examples, orElse } = question;
  const open = standard === undefined ? "nothing" : `the default stands: ${standard}`;
  const message = `${asks} (${term})`;
  if (type === "yes-no" || (type === "choice" && orElse === undefined)) {
    const values = type === "yes-no" ? YES_NO : (choices ?? []);
    const options = values.map(({ value, means }) => ({ value, label: means === "" ? value : `${value}: ${means}` }));
    const left = { value: LEFT_OPEN, label: "the contract does not say", hint: open };
    return asker.choose(message, required ? options : [left, ...options], why);
  }
  const takes = [...(choices ?? []).map(({ value }) => value), ...examples].join(", ");
  return asker.text(message, {
    why,
    placeholder: takes === "" ? "" : `such as ${takes}`,
    open: required ? undefined : open,
    check: (typed) => {
      const read = readAnswer(question, typed);
      return "problem" in read ? `${read.problem.message}. Expected: ${read.problem.expected}` : undefined;
    },
  });
}

const YES_NO = [
  { value: "yes", means: "" },
  { value: "no", means: "" },
];
