import { AGREEMENT_QUESTIONS, type Question, type Template, TEMPLATES } from "@offtake/wire/templates";
import { Page } from "../../telling/page.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

/** Prints what is asked, with what stands where nobody answers and what hangs on it; without a template the templates. */
export function tellQuestions(io: Io, template: Template | undefined, isNew: boolean, json: boolean): ExitCode {
  if (json) {
    const questions =
      template === undefined ? undefined : [...(isNew ? AGREEMENT_QUESTIONS : []), ...template.questions];
    io.out(jsonText(template === undefined ? TEMPLATES : { ...template, questions }));
    return EXIT.ok;
  }
  const page = new Page(io);
  if (template === undefined) {
    for (const { name, about, term, signs } of TEMPLATES) {
      page.item(name, `${about} (${term})`, "", 17);
      page.item("", `in the contract: ${signs}`, "", 17);
    }
    page.blank();
    page.line("The questions of one of them: offtake agreement new --template NAME --questions");
    return EXIT.ok;
  }
  page.paragraph(`${template.name}: ${template.about} (${template.term}). In the contract: ${template.signs}.`);
  const groups: readonly (readonly [title: string, questions: readonly Question[]])[] = [
    ["The agreement", isNew ? AGREEMENT_QUESTIONS.filter(({ rare }) => !rare) : []],
    ["The clause", template.questions.filter(({ rare }) => !rare)],
    ["Rarer points", [...(isNew ? AGREEMENT_QUESTIONS : []), ...template.questions].filter(({ rare }) => rare)],
  ];
  for (const [title, questions] of groups) {
    if (questions.length === 0) continue;
    page.heading(title);
    for (const question of questions) tellQuestion(page, question);
  }
  page.blank();
  page.line("Answer by --set QUESTION=ANSWER, or one on each line of --answers FILE. A ? leaves a question open.");
  return EXIT.ok;
}

function tellQuestion(page: Page, question: Question): void {
  const { id, asks, term, why, standard, required, when, examples, choices = [], word } = question;
  const stands = required ? "must be answered" : standard === undefined ? "may be left out" : `default: ${standard}`;
  page.item(id, `${asks} (${term}; ${stands})`, "", 2);
  const takes = choices.map(({ value, means }) => `${value}: ${means}`);
  if (takes.length > 0) page.item("", `takes ${takes.join("; ")}`, "", 2);
  if (examples.length > 0) page.item("", `such as ${examples.join(" or ")}`, "", 2);
  if (when !== undefined) page.item("", `asked where ${when.question} is ${when.is.join(" or ")}`, "", 2);
  page.item("", `${why}${word === undefined ? "" : ` See: offtake docs "${word}".`}`, "", 2);
}
