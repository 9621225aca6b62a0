/** What stops a whole file. */
const FILE_CODES = {
  empty_file: { title: "The file is empty", whatToDo: "Save the list again." },
  file_too_large: { title: "The file is too large", whatToDo: "Split it; a list of agreements is far smaller." },
  not_a_list: {
    title: "The file is neither CSV nor XLSX, whatever its name says",
    whatToDo: "Save it from your spreadsheet program as .xlsx or as .csv.",
  },
  encrypted_file: { title: "The workbook is protected by a password", whatToDo: "Save a copy without a password." },
  corrupt_file: { title: "The file is damaged", whatToDo: "Open it in your spreadsheet program and save it again." },
  zip_bomb: {
    title: "The workbook unpacks to far more than a list of agreements",
    whatToDo: "Copy the list alone into a new workbook.",
  },
  bad_encoding: { title: "The text is in no encoding that can be read", whatToDo: "Save it as CSV UTF-8." },
  malformed_csv: { title: "The text is not CSV", whatToDo: "Look at the row named: a quote is not closed." },
  too_many_rows: { title: "The list has too many rows", whatToDo: "Split it." },
  too_many_columns: { title: "The list has too many columns", whatToDo: "Leave out what no agreement needs." },
  cell_too_long: { title: "A cell has too much text", whatToDo: "Shorten it, or put a reference there." },
  no_such_sheet: { title: "There is no such sheet", whatToDo: "Use one of the names given." },
  no_header: {
    title: "No row looks like a header",
    whatToDo: "Give the columns names, or name row and columns in the mapping file.",
  },
  column_missing: {
    title: "A column that is needed or mapped is not there",
    whatToDo: "Add it, or correct the mapping file.",
  },
  duplicate_column: { title: "Two columns have the same header", whatToDo: "Rename one of them." },
} as const;

/** What stops one row. */
const ROW_CODES = {
  value_missing: { title: "A cell that an agreement needs is empty", whatToDo: "Fill it in." },
  not_an_agreement: { title: "The row is a total or a heading", whatToDo: "Nothing, if that is what it is." },
  no_column_for_value: {
    title: "The row has values where there is no column",
    whatToDo: "Put quotes around the value that holds the separator.",
  },
  ambiguous_date: {
    title: "The date can be read in two ways",
    whatToDo: "Write 2027-04-03, or say `dates: day-first` or `dates: month-first` for the column in the mapping file.",
  },
  bad_date: { title: "No such date", whatToDo: "Write a date as 2027-12-31." },
  vague_date: { title: "The text names a time, and no day", whatToDo: "Write the day that the contract means." },
  date_out_of_range: { title: "The date is no date of an agreement", whatToDo: "Write a year from 1990 to 2199." },
  time_of_day: {
    title: "The date has a time of the day",
    whatToDo: "Write the day; state the time in the agreement itself.",
  },
  ends_before_start: { title: "The end is before the start", whatToDo: "Correct one of the two." },
  ambiguous_number: {
    title: "The number can be read in two ways",
    whatToDo:
      "Write it without grouping, or say `decimals: point` or `decimals: comma` for the column in the mapping file.",
  },
  bad_amount: { title: "This is no amount", whatToDo: "Write an amount with its currency, such as 4500000 EUR." },
  bad_count: { title: "This is no count", whatToDo: "Write a whole number from 1 up." },
  below_zero: { title: "The value is below zero", whatToDo: "Write what is owed, without a sign." },
  unknown_currency: {
    title: "The currency is missing or unknown",
    whatToDo: "Write a code such as EUR, or name the sign under `signs` in the mapping file.",
  },
  wrong_unit: {
    title: "The unit is missing or another one",
    whatToDo: "Write the unit, or name it as `unit` of the column in the mapping file.",
  },
  ambiguous_unit: {
    title: "The unit means two things",
    whatToDo: "Write `business days` or `days`, or name the word under `words` in the mapping file.",
  },
  bad_length: { title: "This is no length of time", whatToDo: "Write it as 60 days, 5 business days or 72 hours." },
  bad_share: { title: "This is no percentage", whatToDo: "Write it as 40%." },
  bad_yes_no: { title: "This is neither yes nor no", whatToDo: "Write yes or no." },
  unknown_word: {
    title: "The word is not one of those known",
    whatToDo: "Use one of those named, or say what it means under `words` in the mapping file.",
  },
  unknown_accelerator: { title: "No such accelerator", whatToDo: "Correct the name." },
  bad_region: {
    title: "This is no region",
    whatToDo: "Write a region such as us-central, or us-* for all that begin so.",
  },
  text_too_long: { title: "The text is too long", whatToDo: "Shorten it, or put a reference there." },
  formula: {
    title: "The cell holds a formula",
    whatToDo: "Paste the value, or say `formulas: cached` in the mapping file.",
  },
  error_cell: { title: "The cell holds an error", whatToDo: "Mend the formula that gives it." },
  merged_cell: {
    title: "The cell is merged with others",
    whatToDo: "Unmerge and fill in, or say `merged: fill` in the mapping file.",
  },
  hidden_row: { title: "The row is hidden", whatToDo: "Show it, or say `hidden: read` in the mapping file." },
  term_differs: {
    title: "The term and the end say different things",
    whatToDo: "Correct one of the two, or leave one empty.",
  },
  duplicate_id: {
    title: "Two rows have one id and differ",
    whatToDo: "Give each its own; what changes another belongs in the column Amends.",
  },
  duplicate_row: { title: "The row stands there already", whatToDo: "Nothing: the first one is taken." },
  unknown_amended: {
    title: "The row amends an agreement that is neither in the list nor in the book",
    whatToDo: "Correct the id, or add the row.",
  },
  amended_refused: { title: "The row that it amends is refused", whatToDo: "Mend that row." },
  amendment_order: {
    title: "It cannot be told which amendment comes first",
    whatToDo: "Give each a start of its own, and let none amend itself.",
  },
  not_valid: {
    title: "The agreement that the row makes is not valid",
    whatToDo: "See the message; the row says something that no agreement can.",
  },
} as const;

export const IMPORT_CODES = { ...FILE_CODES, ...ROW_CODES };

export type FileCode = keyof typeof FILE_CODES;
export type RowCode = keyof typeof ROW_CODES;

/** Why a whole file is refused. Nothing of it is taken. */
export interface FileRefusal {
  readonly code: FileCode;
  readonly message: string;
  /** Row of the file, counted from 1, where there is one. */
  readonly row?: number;
}

export type Opened<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: FileRefusal };

export const opened = <Value>(value: Value) => ({ ok: true, value }) as const;

export function refuseFile(code: FileCode, message: string, row?: number) {
  return { ok: false, refusal: { code, message, ...(row === undefined ? {} : { row }) } } as const;
}

/** Why a row is refused, at the cell that is to blame. */
export interface RowRefusal {
  readonly code: RowCode;
  /** As the spreadsheet counts it, from 1. */
  readonly row: number;
  /** Header of the column; empty where the whole row is meant. */
  readonly column: string;
  readonly value: string;
  readonly message: string;
  readonly expected?: string;
  readonly didYouMean?: readonly string[];
}

/** An interpretation that could have been another one: told, never silent. */
export interface Choice {
  /** Absent where the choice is about the column. */
  readonly row?: number;
  readonly column: string;
  readonly value?: string;
  readonly taken: string;
  readonly why: string;
}
