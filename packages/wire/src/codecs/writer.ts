/** What Node and browsers alike have, and the language itself has not. */
declare const TextEncoder: new () => {
  encodeInto(text: string, bytes: Uint8Array): { readonly written: number };
};
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const FIRST_BYTES = 256 * 1024;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
/** A character is three bytes at most: half of a pair is one too. */
const BYTES_A_CHAR = 3;

const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const ASCII = 128;
/** Which characters stand in a JSON text as they are: not those below a space, a quote, a backslash. */
const PLAIN = Uint8Array.from({ length: ASCII }, (_, code) => (code >= 32 && code !== QUOTE && code !== 92 ? 1 : 0));
/** Numbers of so many digits are written in two halves, each of which the processor divides as what it is. */
const HALF = 1_000_000;
/** Larger ones do not come apart exactly. */
const WHOLE_MAX = 10 ** 15;

/**
 * Writes the text of a JSON as bytes, one behind the other. A text that is put together from its parts, or made of a value that is there only for it,
 * takes twice as long: what is told of one decision has some ten thousand parts.
 */
export class Writer {
  private bytes = new Uint8Array(FIRST_BYTES);
  private at = 0;

  /** What is written meanwhile, as a text. The place is free again afterwards. */
  text(write: () => void): string {
    const from = this.at;
    try {
      write();
      return DECODER.decode(this.bytes.subarray(from, this.at));
    } finally {
      this.at = from;
    }
  }

  /** What is written meanwhile, to be written again. It stays written. */
  copied(write: () => void): Uint8Array {
    const from = this.at;
    write();
    return this.bytes.slice(from, this.at);
  }

  /** What is written meanwhile, with another character in place of its first. */
  continued(code: number, write: () => void): void {
    const from = this.at;
    write();
    this.bytes[from] = code;
  }

  /** One character, by its code. */
  byte(code: number): void {
    if (this.at === this.bytes.length) this.grow(1);
    this.bytes[this.at] = code;
    this.at += 1;
  }

  /** What was written before. */
  piece(piece: Uint8Array): void {
    const { length } = piece;
    if (this.at + length > this.bytes.length) this.grow(length);
    const { bytes, at } = this;
    if (length > 32) bytes.set(piece, at);
    else for (let index = 0; index < length; index += 1) bytes[at + index] = piece[index] as number;
    this.at = at + length;
  }

  /** A text that is JSON already. */
  json(text: string): void {
    const most = text.length * BYTES_A_CHAR;
    if (this.at + most > this.bytes.length) this.grow(most);
    const { bytes } = this;
    let { at } = this;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= ASCII) {
        this.at += ENCODER.encodeInto(text, bytes.subarray(this.at)).written;
        return;
      }
      bytes[at] = code;
      at += 1;
    }
    this.at = at;
  }

  /** A text as JSON says it. */
  quoted(text: string): void {
    const { length } = text;
    if (this.at + length + 2 > this.bytes.length) this.grow(length + 2);
    const { bytes } = this;
    let { at } = this;
    bytes[at] = QUOTE;
    at += 1;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (PLAIN[code] !== 1) return this.json(JSON.stringify(text));
      bytes[at] = code;
      at += 1;
    }
    bytes[at] = QUOTE;
    this.at = at + 1;
  }

  /** A number as JSON says it. */
  number(value: number): void {
    const size = Math.abs(value);
    if (!Number.isInteger(value) || size >= WHOLE_MAX) return this.json(JSON.stringify(value));
    if (value < 0) this.byte(MINUS);
    this.digits(size, 1);
  }

  /** @param least that many digits, with zeros before them */
  private digits(value: number, least: number): void {
    if (value >= 1_000 * HALF) {
      const high = Math.floor(value / HALF);
      this.digits(high, least - 6);
      this.digits(value - high * HALF, 6);
      return;
    }
    let count = 1;
    for (let over = 10; value >= over; over *= 10) count += 1;
    if (count < least) count = least;
    if (this.at + count > this.bytes.length) this.grow(count);
    const { bytes } = this;
    let rest = value;
    for (let at = this.at + count - 1; at >= this.at; at -= 1) {
      const tens = (rest / 10) | 0;
      bytes[at] = ZERO + rest - 10 * tens;
      rest = tens;
    }
    this.at += count;
  }

  private grow(least: number): void {
    const bytes = new Uint8Array(2 * (this.bytes.length + least));
    bytes.set(this.bytes);
    this.bytes = bytes;
  }
}

/** There is one: what is written is taken before anything else is. */
export const WRITER = new Writer();

/** A short text as it is written. */
export const pieceOf = (text: string): Uint8Array => {
  let piece = new Uint8Array(0);
  WRITER.text(() => {
    piece = new Uint8Array(WRITER.copied(() => WRITER.json(text)));
  });
  return piece;
};
