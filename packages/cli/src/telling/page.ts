import { FirstAppearances } from "@offtake/core/explanation";
import type { Io } from "../terminal/io.ts";
import { type Style, styleOf } from "../terminal/style.ts";
import { wrapList, wrapText } from "../terminal/table.ts";

/** Text for people, line by line: broken at the width, and every word that is not of the first hour explained where it first stands. */
export class Page {
  readonly style: Style;
  private readonly io: Io;
  private readonly words = new FirstAppearances();

  constructor(io: Io) {
    this.io = io;
    this.style = styleOf(io);
  }

  heading(text: string): void {
    this.io.out(`\n${this.style.strong(wrapText(text, this.io.width))}\n`);
  }

  blank(): void {
    this.io.out("\n");
  }

  /** A line that stays as it is. */
  line(text = ""): void {
    this.io.out(`${text}\n`);
  }

  /** Lines with bullets, which keep their layout and their own explanations of words. */
  list(text: string): void {
    this.io.out(`${wrapList(text, this.io.width)}\n`);
  }

  paragraph(text: string, indent = ""): void {
    this.io.out(`${wrapText(text, this.io.width, indent)}\n`);
    this.explain(text, indent);
  }

  /** `label  text`, the text indented under itself; new words are explained below it. */
  item(label: string, text: string, indent = "  ", labelWidth = 9): void {
    const hang = this.labelled(label, text, indent, labelWidth);
    this.explain(text, hang);
  }

  /** The same for somebody else's words, which are not ours to explain. */
  quote(label: string, text: string, indent = "  ", labelWidth = 9): void {
    this.labelled(label, text, indent, labelWidth);
  }

  private labelled(label: string, text: string, indent: string, labelWidth: number): string {
    const hang = indent + " ".repeat(labelWidth + 2);
    const wrapped = wrapText(text, this.io.width, hang);
    this.io.out(`${indent}${this.style.quiet(label.padEnd(labelWidth))}  ${wrapped.slice(hang.length)}\n`);
    return hang;
  }

  explain(text: string, indent: string): void {
    for (const { word, meaning } of this.words.take(text)) {
      this.io.out(`${this.style.quiet(wrapText(`(${word}: ${meaning})`, this.io.width, indent))}\n`);
    }
  }
}
