/** What a code means and what its reader can do about it; the same on every surface of the product. */
export interface CodeEntry {
  readonly title: string;
  readonly whatToDo: string;
}

/** Problems of a text before its meaning is looked at. */
const TEXT = {
  not_yaml: {
    title: "The text is not YAML",
    whatToDo: "Look at the line named: quotes, brackets or indentation are not closed or not even.",
  },
  empty_document: { title: "The file is empty", whatToDo: "Begin with a `schema:` line." },
  several_documents: {
    title: "The file holds several YAML documents",
    whatToDo: "One file holds one document: split it where `---` stands.",
  },
  too_large: { title: "The file is too large", whatToDo: "Split it: a book may be a folder of files." },
  too_deep: {
    title: "The file is nested too deeply",
    whatToDo: "No document of Offtake needs such depth; look for a bracket that is never closed.",
  },
  too_many_aliases: {
    title: "The file repeats itself by aliases too often",
    whatToDo: "Write the repeated part where it is used.",
  },
  tag_refused: { title: "A YAML tag stands in the file", whatToDo: "Leave out what begins with `!`." },
  merge_key_refused: {
    title: "A YAML merge key stands in the file",
    whatToDo: "Write the merged keys where they are used.",
  },
  duplicate_key: { title: "A key stands twice in the same place", whatToDo: "Keep one of the two." },
  forbidden_key: { title: "A key that no document may have", whatToDo: "Choose another name." },
  key_not_text: { title: "A key is not plain text", whatToDo: "A key is a word followed by a colon." },
  number_not_finite: { title: "A number is not finite", whatToDo: "Write a number that exists." },
  number_not_exact: {
    title: "A number has more digits than can be kept exactly",
    whatToDo: "Write it with its unit as text, or with fewer digits.",
  },
} as const satisfies Record<string, CodeEntry>;

/** Problems of the shape: which keys there are and what kind of value each takes. */
const SHAPE = {
  wrong_schema: {
    title: "The file says it is another kind of document",
    whatToDo: "Correct the `schema:` line, or use the command for that kind.",
  },
  unknown_key: { title: "A key that this place does not have", whatToDo: "Correct the spelling, or remove the key." },
  missing_key: { title: "A key is missing", whatToDo: "Add it; the reference says what it takes." },
  conflicting_keys: { title: "Two keys that exclude each other", whatToDo: "Keep the one you mean." },
  wrong_type: {
    title: "Another kind of value is expected here",
    whatToDo: "See what is expected; numbers that are names go in quotes.",
  },
  unknown_value: { title: "A word that is not one of the possible ones", whatToDo: "Choose one of those named." },
  wrong_unit: { title: "The unit is missing or is another one", whatToDo: "Write the unit as in the example." },
  malformed: { title: "The value is not written as it must be", whatToDo: "Write it as in the example." },
  out_of_range: { title: "The value is too small or too large", whatToDo: "Stay within the bounds named." },
  too_many: { title: "Too many entries", whatToDo: "Stay within the bounds named." },
  too_few: { title: "Too few entries", whatToDo: "Stay within the bounds named." },
} as const satisfies Record<string, CodeEntry>;

/** Problems of the meaning: values that are well written and do not fit together. */
const MEANING = {
  bad_time: {
    title: "No such instant or date",
    whatToDo: "Write a date as 2026-09-14, an instant as 2026-09-14T17:00:00Z.",
  },
  unknown_zone: {
    title: "No such time zone",
    whatToDo: "Use a name of the IANA database, such as America/Los_Angeles.",
  },
  unknown_calendar: {
    title: "No such holiday calendar",
    whatToDo: "Use a built-in calendar, or add yours under `calendars`.",
  },
  unknown_accelerator: {
    title: "No such accelerator",
    whatToDo: "Correct the name, or declare it under `accelerators` of the book.",
  },
  unknown_rate: { title: "No such exchange rate", whatToDo: "Add the rate under `rates`." },
  unknown_offer: { title: "No such offer", whatToDo: "Use the id of an offer of the book." },
  unknown_waiver: { title: "No such waiver", whatToDo: "Use the id of a waiver of the book or of an earlier step." },
  unknown_record: {
    title: "No such record",
    whatToDo: "Use the id of a record of the story, or a clause as agreement/clause.",
  },
  unknown_standing_answer: {
    title: "No such standing answer",
    whatToDo: "Use the id of a standing answer of the book or of an earlier step.",
  },
  ambiguous_reference: { title: "The name fits several things", whatToDo: "Write it in full, as agreement/clause." },
  scope_malformed: {
    title: "The scope does not follow the FOCUS applicability grammar",
    whatToDo: "See the reference on scopes.",
  },
  not_supported: {
    title: "A value that has a meaning in contracts but none here yet",
    whatToDo: "Choose one of those named.",
  },
  file_not_found: {
    title: "A file that is referred to is not there",
    whatToDo: "Correct the path; it counts from the file that names it.",
  },
  file_cycle: { title: "Files refer to each other in a circle", whatToDo: "Break the circle." },
  nothing_there: {
    title: "The edit names something that the world does not have",
    whatToDo: "Correct the path; lists are addressed by the ids of their entries.",
  },
  already_there: { title: "The edit adds something that is there already", whatToDo: "Use `set` to change it." },
} as const satisfies Record<string, CodeEntry>;

/** Problems of what the log holds. */
const STORED = {
  unknown_stored_type: {
    title: "The log holds a type that this version does not know",
    whatToDo: "Use the version of Offtake that wrote it, or a newer one.",
  },
  unknown_stored_version: {
    title: "The log holds a version of a type that this version does not know",
    whatToDo: "Use the version of Offtake that wrote it, or a newer one.",
  },
  stored_malformed: {
    title: "A stored event or command is not as it was written",
    whatToDo: "Restore it from a backup; the path says what is wrong.",
  },
} as const satisfies Record<string, CodeEntry>;

export const DOCUMENT_CODES = { ...TEXT, ...SHAPE, ...MEANING, ...STORED };

export type DocumentCode = keyof typeof DOCUMENT_CODES;
