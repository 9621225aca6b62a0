export { type Answer, type AnswerProblem, readAnswer } from "./answers.ts";
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
export { agreementText, clauseText, flowText } from "./text.ts";
