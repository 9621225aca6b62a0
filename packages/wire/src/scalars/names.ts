import { isDocumentId } from "@offtake/core/kernel";
import { z } from "zod";
import { complain, nameOfType, shown, written } from "./written.ts";

/** An id that a document gives: short, kept by people. */
export const idText = written<string>({
  id: "Id",
  description:
    "A name by which other places refer to this: a letter, then letters, digits, `_`, `.` or `-`; at most 64.",
  expected: "a letter, then letters, digits, _ . or -",
  examples: ["lab", "right-of-first-refusal"],
  pattern: "^[A-Za-z][A-Za-z0-9_.-]{0,63}$",
  read: (value) => {
    if (typeof value !== "string") return complain("wrong_type", `found ${nameOfType(value)}; put names in quotes`);
    return isDocumentId(value) ? { value } : complain("malformed", `${shown(value)} is not a name`);
  },
});

/** `r1`, or `lab-alfa/r1` where several agreements have a clause of that name. */
export const clauseRefText = written<{ readonly agreement?: string; readonly clause: string }>({
  id: "ClauseRef",
  description: "A clause: its id, or agreement/clause where several agreements have a clause of that id.",
  expected: "a clause, such as r1 or lab-alfa/r1",
  examples: ["r1", "lab-alfa/r1"],
  read: (value) => {
    if (typeof value !== "string") return complain("wrong_type", `found ${nameOfType(value)}; put names in quotes`);
    const parts = value.split("/");
    const [first = "", second] = parts;
    if (parts.length > 2 || !parts.every(isDocumentId))
      return complain("malformed", `${shown(value)} is not the name of a clause`);
    return { value: second === undefined ? { clause: first } : { agreement: first, clause: second } };
  },
});

/** Words of a text that a document may hold: a clause quoted in full is long, a book is not. */
const TEXT_CHARS_MAX = 50_000;

/** Free text for people. A number here is refused: YAML would have dropped its zeros. */
export const freeText = written<string>({
  id: "Text",
  description: "Free text.",
  expected: "a text",
  examples: ["Provider shall have five Business Days to answer."],
  read: (value) => {
    if (typeof value !== "string") return complain("wrong_type", `found ${nameOfType(value)}; put the text in quotes`);
    if (value.trim() === "") return complain("malformed", "the text is empty");
    if (value.length > TEXT_CHARS_MAX)
      return complain("out_of_range", `the text has ${value.length} characters`, {
        expected: `at most ${TEXT_CHARS_MAX} characters`,
      });
    return { value };
  },
});

/** A word of an open vocabulary (purpose, channel, source class): lower case in comparisons. */
export const wordText = written<string>({
  id: "Word",
  description: "A word of your own vocabulary; upper and lower case count as the same.",
  expected: "a word without blanks, such as inference",
  examples: ["inference", "own-build"],
  pattern: "^[^\\s*,|]{1,64}$",
  read: (value) => {
    if (typeof value !== "string") return complain("wrong_type", `found ${nameOfType(value)}; put words in quotes`);
    return /^[^\s*,|]{1,64}$/.test(value) ? { value } : complain("malformed", `${shown(value)} is not one word`);
  },
});

/** A region id, or a prefix that ends in `*`. */
export const regionText = written<string>({
  id: "Region",
  description: "A region id, or the beginning of one followed by `*`; `*` alone is every region.",
  expected: "a region such as us-central, or a prefix such as us-*",
  examples: ["us-central", "us-*"],
  pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\\*?$|^\\*$",
  read: (value) => {
    if (typeof value !== "string") return complain("wrong_type", `found ${nameOfType(value)}; put names in quotes`);
    const isRegion = /^(?:[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\*?|\*)$/.test(value);
    return isRegion ? { value } : complain("malformed", `${shown(value)} is not a region`);
  },
});

/** A name of an accelerator as people write it; looked up later, since a book may declare its own. */
export const acceleratorText = written<string>({
  id: "Accelerator",
  description: "An accelerator by any usual name (H100, h100-sxm-80gb), or by the id under which the book declares it.",
  expected: "an accelerator, such as H100",
  examples: ["H100", "GB200", "h100-sxm-80gb"],
  read: (value) => {
    if (typeof value !== "string") return complain("wrong_type", `found ${nameOfType(value)}; put names in quotes`);
    return value.trim() === "" || value.length > 128
      ? complain("malformed", `${shown(value)} is not a name`)
      : { value: value.trim() };
  },
});

/** Largest count of accelerators that a document may state: far above what has been built. */
export const COUNT_MAX = 100_000_000;

/** A whole number of accelerators, at least one. */
export const countNumber = z
  .int()
  .min(1)
  .max(COUNT_MAX)
  .meta({ id: "Count", description: "A whole number, at least 1." });
/** A whole number, zero allowed. */
export const wholeNumber = z
  .int()
  .min(0)
  .max(COUNT_MAX)
  .meta({ id: "Whole", description: "A whole number, 0 or more." });
export const truth = z.boolean();
