export type { Answer, AnswerProblem } from "./answers.ts";
export {
  agreementFromAnswers,
  type Answers,
  clauseFromAnswers,
  type Drafted,
  isAsked,
  type Made,
  TEMPLATES,
  templateOf,
} from "./clause.ts";
export { AGREEMENT_QUESTIONS } from "./frame.ts";
export {
  type AnswerType,
  type Choice,
  type Question,
  type Template,
  TEMPLATE_NAMES,
  type TemplateName,
} from "./question.ts";
export { agreementText, clauseText } from "./text.ts";
