export { assumedOf, assumedWindow } from "./assumed.ts";
export {
  type LineDocument,
  lineDocument,
  type RequestDocument,
  requestDocument,
  requestKeys,
  requestFile,
  type SpanDocument,
  spanDocument,
} from "./document.ts";
export { type RequestDefaults, readRequest, readSpan } from "./read.ts";
export { readTerms } from "./terms.ts";
export { parseRequest, parseShorthand, type RequestOptions } from "./parse.ts";
export {
  checkRequestColumns,
  type ListedRequest,
  parseRequestRows,
  REQUEST_COLUMNS,
  type RequestRow,
} from "./listed.ts";
