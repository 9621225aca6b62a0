export { Keeping, type KeepingRule } from "./keeping.ts";
export { TEXT_REFERENCE, textReferenceOf } from "./reference.ts";
export { ERASED, type KeptText, type TextOpening, TextStore } from "./text-store.ts";
