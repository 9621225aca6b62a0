export { COLUMN_WORDS, tooltips, wordOf } from "./tooltips.ts";
export * from "./words.ts";
