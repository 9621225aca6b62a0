export type { Addressee, LetterLanguage, NoticeForm } from "./address.ts";
export { LETTER_LANGUAGES } from "./address.ts";
export { MissingGlyphs } from "./fonts.ts";
export { type Letter, letterOf, type LetterParts, type LetterRow, type LetterSource, rightOf } from "./letter.ts";
export { letterPdf, type PdfOptions, sha256 } from "./pdf.ts";
