export { API_CODES, type ApiCode, statusOf } from "./api.ts";
export { type CodeEntry, DOCUMENT_CODES, type DocumentCode } from "./codes.ts";
export { nearNames } from "./near.ts";
export { PEOPLE_CODES, type PeopleCode } from "./people.ts";
export {
  formatProblem,
  inReadingOrder,
  type Parsed,
  PROBLEM_CODES,
  type Problem,
  type ProblemCode,
} from "./problem.ts";
export { REJECTION_CODES } from "./rejections.ts";
