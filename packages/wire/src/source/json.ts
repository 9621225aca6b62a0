import type { Limits } from "./limits.ts";
import type { MapEntry, Origin, SourceNode } from "./node.ts";

/** Longer texts are rare, and theirs is another cost. */
const CHARS_MAX = 65_536;
/** Nothing that YAML might read in another way: no escapes, no tabs, no letters beyond ASCII. */
const PLAIN = /^[\n\x20-\x5b\x5d-\x7e]*$/;
/** Deeper ones are rare, and the parser of YAML counts in its own way. */
const DEPTH_MAX = 16;
const NUMBER = /-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?![\d.eE+-])/y;
const WORD = /true|false|null/y;
/** As many digits as are kept exactly. */
const DIGITS_MAX = 15;
/** Keys that mean something else, or that are refused; and a key longer than a line may be is none. */
const KEYS_LEFT: ReadonlySet<string> = new Set(["<<", "__proto__", "prototype", "constructor"]);
const KEY_CHARS_MAX = 1_000;

/**
 * Reads plain JSON into the tree that the reader of YAML would make of it, places and all, at a small part of the cost: it is how programs
 * write. Whatever is not plain, or wrong in any way, is left to that reader: undefined.
 */
export function readJson(name: string, text: string, { depth }: Pick<Limits, "depth">): SourceNode | undefined {
  if (text.length > CHARS_MAX || !PLAIN.test(text)) return undefined;
  try {
    return new JsonReader(name, text, depth).document();
  } catch (error) {
    if (error instanceof Left) return undefined;
    throw error;
  }
}

/** Thrown where something is left to the other reader. */
class Left extends Error {}

class JsonReader {
  private readonly file: string;
  private readonly text: string;
  private readonly depth: number;
  /** Offsets at which lines begin, but for the first. */
  private readonly breaks: readonly number[];
  private line = 0;
  private at = 0;
  private nesting = 0;

  constructor(file: string, text: string, depth: number) {
    this.file = file;
    this.text = text;
    this.depth = Math.min(depth, DEPTH_MAX);
    const breaks: number[] = [];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks.push(at + 1);
    this.breaks = breaks;
  }

  document(): SourceNode {
    this.skip();
    if (this.text[this.at] !== "{" && this.text[this.at] !== "[") throw new Left();
    const node = this.value("");
    this.skip();
    if (this.at !== this.text.length) throw new Left();
    return node;
  }

  private value(path: string): SourceNode {
    const letter = this.text[this.at];
    const origin = this.origin(path);
    if (letter === "{") return this.map(path, origin);
    if (letter === "[") return this.list(path, origin);
    if (letter === '"') return { kind: "scalar", value: this.string(), origin };
    const word = this.match(WORD);
    if (word !== undefined) return { kind: "scalar", value: word === "null" ? null : word === "true", origin };
    return { kind: "scalar", value: this.number(), origin };
  }

  private map(path: string, origin: Origin): SourceNode {
    const entries = new Map<string, MapEntry>();
    this.inside("}", () => {
      const start = this.at;
      const key = this.string();
      if (entries.has(key) || KEYS_LEFT.has(key) || key.length > KEY_CHARS_MAX) throw new Left();
      const child = path === "" ? key : `${path}.${key}`;
      const keyOrigin = this.origin(child, start);
      while (this.text[this.at] === " ") this.at += 1;
      this.take(":");
      this.skip();
      entries.set(key, { key: keyOrigin, node: this.value(child) });
    });
    return { kind: "map", entries, origin };
  }

  private list(path: string, origin: Origin): SourceNode {
    const items: SourceNode[] = [];
    this.inside("]", () => items.push(this.value(`${path}[${items.length}]`)));
    return { kind: "list", items, origin };
  }

  /** What stands between a bracket and its other half. */
  private inside(end: string, one: () => void): void {
    if (this.nesting >= this.depth) throw new Left();
    this.nesting += 1;
    this.at += 1;
    this.skip();
    if (this.text[this.at] !== end) {
      for (;;) {
        one();
        this.skip();
        if (this.text[this.at] !== ",") break;
        this.at += 1;
        this.skip();
      }
    }
    this.take(end);
    this.nesting -= 1;
  }

  private string(): string {
    this.take('"');
    const end = this.text.indexOf('"', this.at);
    const value = end < 0 ? "\n" : this.text.slice(this.at, end);
    if (value.includes("\n")) throw new Left();
    this.at = end + 1;
    return value;
  }

  private number(): number {
    const digits = this.match(NUMBER);
    if (digits === undefined) throw new Left();
    if (digits.replace(/^-?0*|\./g, "").length > DIGITS_MAX) throw new Left();
    return Number(digits);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private take(letter: string): void {
    if (this.text[this.at] !== letter) throw new Left();
    this.at += 1;
  }

  private skip(): void {
    for (;;) {
      const letter = this.text[this.at];
      if (letter !== " " && letter !== "\n") return;
      this.at += 1;
    }
  }

  /** Places are asked for from the beginning to the end. */
  private origin(path: string, offset = this.at): Origin {
    while ((this.breaks[this.line] ?? Infinity) <= offset) this.line += 1;
    const begin = this.line === 0 ? 0 : (this.breaks[this.line - 1] ?? 0);
    return { file: this.file, line: this.line + 1, column: offset - begin + 1, path };
  }
}
