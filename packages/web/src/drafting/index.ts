/** What makes agreement files of answers: loaded by the page that asks, with all that writes YAML. */
export { AGREEMENT_QUESTIONS, type Question, type TemplateName, TEMPLATES } from "@offtake/wire/templates";
export { asksOf, type ClauseDraft, type Draft, draftOf } from "./draft.ts";
