/** What reads a list of agreements in the page: loaded by the one page that needs it, with all that reads YAML and spreadsheets. */
export { FIELDS } from "@offtake/wire/mapping";
export { openSpreadsheet, type OpenSpreadsheet } from "./open.ts";
export { type ListChoices, type ListRead, type ReadColumn, readList, type RowRead } from "./read.ts";
