import { createHash } from "node:crypto";
import PDFDocument from "pdfkit";
import type { Addressee } from "./address.ts";
import { type Face, letterFaces } from "./fonts.ts";
import type { Letter, LetterRow } from "./letter.ts";
import { Setter } from "./setter.ts";

/** Points: A4 with the margins of a letter; the foot is kept for the page number. */
const MARGINS = { top: 68, bottom: 84, left: 74, right: 74 };
const BODY = 10.5;
const SMALL = 8.5;
const RULE = "#8a8a8a";

export interface PdfOptions {
  /** Font files (TTF or OTF) for what Noto Serif does not show, such as names in Chinese or Arabic; tried in order. */
  readonly fonts?: readonly Uint8Array[];
}

/**
 * A letter as PDF: the same letter gives the same bytes, on every machine and at any time.
 *
 * @throws MissingGlyphs where a character cannot be shown
 */
export async function letterPdf(letter: Letter, options: PdfOptions = {}): Promise<Buffer> {
  const made = new Date(letter.sentAtMs);
  const document = new PDFDocument({
    size: "A4",
    margins: MARGINS,
    bufferPages: true,
    lang: "en",
    displayTitle: true,
    info: {
      Title: letter.subject,
      Author: letter.sender.name,
      Subject: letter.notice,
      CreationDate: made,
      ModDate: made,
    },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve());
    document.on("error", reject);
  });
  const setter = new Setter(document, letterFaces(), options.fonts ?? []);
  write(setter, letter);
  foot(setter, letter);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** How a file is named wherever it is named: by what it holds. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function write(set: Setter, letter: Letter): void {
  head(set, letter);
  set.rows(letter.references, { size: SMALL, labelWidth: 78 });
  set.space(12);
  set.text(letter.subject, { face: "bold", size: 12.5 });
  set.space(8);
  set.text(letter.opening);
  if (letter.quote !== undefined) {
    set.space(6);
    set.text(`“${letter.quote.trim()}”`, { face: "italic", indent: 22 });
  }
  set.space(6);
  set.text(letter.asked);
  set.space(8);
  set.rows(letter.terms, { size: BODY, labelWidth: 128, ruled: true });
  set.space(8);
  for (const line of letter.answering) set.text(line);
  deadline(set, letter);
  if (letter.silence !== undefined) set.text(letter.silence, { face: "bold" });
  ways(set, letter.ways);
  closing(set, letter);
}

function head(set: Setter, { sender, to, method, date }: Letter): void {
  set.text(sender.name, { face: "bold", size: 13 });
  if (sender.lines.length > 0) set.text(sender.lines.join("  ·  "), { size: SMALL });
  if (sender.email !== undefined) set.text(sender.email, { size: SMALL });
  set.space(4);
  set.rule(RULE);
  set.space(22);
  if (method !== undefined) {
    set.text(method, { face: "italic", size: SMALL });
    set.space(2);
  }
  addressee(set, to, BODY);
  set.space(16);
  set.text(date);
  set.space(10);
}

function addressee(set: Setter, { name, lines, email }: Addressee, size: number): void {
  set.text(name, { size });
  for (const line of lines) set.text(line, { size });
  if (email !== undefined) set.text(email, { size });
}

function deadline(set: Setter, { deadline: { title, when, utc, lines } }: Letter): void {
  set.space(8);
  const text = when === undefined ? [] : [{ text: `${title} ${when}`, face: "bold" as Face, size: 12 }];
  const exact = utc === undefined ? [] : [{ text: `exactly ${utc}`, face: "regular" as Face, size: SMALL }];
  const heading = when === undefined ? [{ text: title, face: "bold" as Face, size: BODY }] : text;
  set.box(
    [...heading, ...exact, ...lines.map((line) => ({ text: line, face: "regular" as Face, size: BODY - 1 }))],
    RULE,
  );
  set.space(8);
}

function ways(set: Setter, lines: readonly string[]): void {
  if (lines.length === 0) return;
  set.space(6);
  set.text("Your answer may be given");
  for (const line of lines) set.text(`–  ${line}`, { indent: 10 });
}

function closing(set: Setter, { sender, copies }: Letter): void {
  set.keep(96);
  set.space(18);
  set.text("For");
  set.text(sender.name, { face: "bold" });
  if (copies.length === 0) return;
  set.space(14);
  const rows: LetterRow[] = copies.map(({ name, lines, email }, index) => ({
    label: index === 0 ? "Copy to" : "",
    value: [name, ...lines, ...(email === undefined ? [] : [email])].join(", "),
  }));
  set.rows(rows, { size: SMALL, labelWidth: 54 });
}

function foot(set: Setter, letter: Letter): void {
  set.onEachPage((page, pages) => `Notice ${letter.notice}  ·  page ${page} of ${pages}`, SMALL, MARGINS.bottom - 34);
}
