export { acceleratorType, acceleratorTypes } from "./accelerators.ts";
export { type ScopeDocument, type ShortScope, scopeDocument } from "./document.ts";
export { readScope } from "./read.ts";
