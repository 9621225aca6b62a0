import { type Face, MissingGlyphs } from "./fonts.ts";
import type { LetterRow } from "./letter.ts";

type Document = PDFKit.PDFDocument;

interface TextStyle {
  readonly face?: Face;
  readonly size?: number;
  readonly indent?: number;
}

interface BoxLine {
  readonly text: string;
  readonly face: Face;
  readonly size: number;
}

interface RowStyle {
  readonly size: number;
  readonly labelWidth: number;
  readonly ruled?: boolean;
}

/** What of a font is asked here: whether it shows a character. */
interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

const GAP = 2.4;
const HAIR = 0.4;

/** Sets lines one under the other; each text in the first font that shows all of it. */
export class Setter {
  private readonly document: Document;
  private readonly fallbacks: readonly string[];

  constructor(document: Document, faces: Readonly<Record<Face, Buffer>>, fonts: readonly Uint8Array[]) {
    this.document = document;
    for (const [face, bytes] of Object.entries(faces)) document.registerFont(face, bytes);
    this.fallbacks = fonts.map((bytes, index) => {
      document.registerFont(`fallback ${index}`, Buffer.from(bytes));
      return `fallback ${index}`;
    });
  }

  private get left(): number {
    return this.document.page.margins.left;
  }

  private get width(): number {
    const { width, margins } = this.document.page;
    return width - margins.left - margins.right;
  }

  private get bottom(): number {
    return this.document.page.height - this.document.page.margins.bottom;
  }

  text(text: string, { face = "regular", size = 10.5, indent = 0 }: TextStyle = {}): void {
    this.choose(text, face, size);
    this.document.text(text, this.left + indent, undefined, { width: this.width - indent, lineGap: GAP });
  }

  space(points: number): void {
    this.document.y += points;
  }

  rule(color: string): void {
    const { y } = this.document;
    this.line(this.left, y, this.left + this.width, color);
  }

  /** A new page where less than so many points are left on this one. */
  keep(points: number): void {
    if (this.document.y + points > this.bottom) this.document.addPage();
  }

  /** Labels on the left, values on the right; a row is never torn. */
  rows(rows: readonly LetterRow[], { size, labelWidth, ruled = false }: RowStyle): void {
    const valueWidth = this.width - labelWidth;
    for (const { label, value } of rows) {
      this.choose(value, "regular", size);
      const height = this.document.heightOfString(value, { width: valueWidth, lineGap: GAP });
      this.keep(height + 4);
      const { y } = this.document;
      this.document.text(value, this.left + labelWidth, y, { width: valueWidth, lineGap: GAP });
      const below = this.document.y;
      this.choose(label, ruled ? "regular" : "italic", size);
      this.document.fillColor("#555555").text(label, this.left, y, { width: labelWidth - 8, lineGap: GAP });
      this.document.fillColor("black");
      this.document.y = Math.max(below, this.document.y) + (ruled ? 2 : 0);
      if (!ruled) continue;
      this.line(this.left, this.document.y - 1, this.left + this.width, "#cccccc");
      this.document.y += 3;
    }
    this.document.x = this.left;
  }

  /** Lines that stand together in a frame. */
  box(lines: readonly BoxLine[], color: string): void {
    const pad = 9;
    const width = this.width - 2 * pad;
    let height = 2 * pad - GAP;
    for (const { text, face, size } of lines) {
      this.choose(text, face, size);
      height += this.document.heightOfString(text, { width, lineGap: GAP });
    }
    this.keep(height);
    const top = this.document.y;
    this.document.lineWidth(0.8).rect(this.left, top, this.width, height).stroke(color);
    this.document.y = top + pad;
    for (const { text, face, size } of lines) {
      this.choose(text, face, size);
      this.document.text(text, this.left + pad, undefined, { width, lineGap: GAP });
    }
    this.document.y = top + height;
    this.document.x = this.left;
  }

  /** A line in the foot of every page; last of all. */
  onEachPage(text: (page: number, pages: number) => string, size: number, above: number): void {
    const { start, count } = this.document.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.document.switchToPage(start + index);
      const words = text(index + 1, count);
      this.choose(words, "regular", size);
      const { margins, height } = this.document.page;
      const kept = margins.bottom;
      margins.bottom = 0;
      this.document
        .fillColor("#555555")
        .text(words, this.left, height - above, { width: this.width, align: "center", lineBreak: false });
      this.document.fillColor("black");
      margins.bottom = kept;
    }
  }

  private line(from: number, y: number, to: number, color: string): void {
    this.document.lineWidth(HAIR).moveTo(from, y).lineTo(to, y).stroke(color);
  }

  private choose(text: string, face: Face, size: number): void {
    let missing = text;
    for (const name of [face, ...this.fallbacks]) {
      this.document.font(name, size);
      const without = this.withoutGlyph(text);
      if (without === "") return;
      if (name === face) missing = without;
    }
    throw new MissingGlyphs(missing);
  }

  private withoutGlyph(text: string): string {
    // The document keeps the font that is set; its types leave it out.
    const { font } = (this.document as unknown as { _font: { font: Glyphs } })._font;
    const missing = new Set<string>();
    for (const character of text) {
      if (character !== "\n" && !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) missing.add(character);
    }
    return [...missing].join("");
  }
}
