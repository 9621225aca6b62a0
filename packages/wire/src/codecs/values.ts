import {
  type Currency,
  formatInstant,
  formatMicros,
  type Instant,
  INSTANT_MAX,
  type Money,
  parseCurrency,
  type Rate,
  type Rational,
  rational,
  type TimeWindow,
} from "@offtake/core/kernel";
import { type Codec, type Decoder, type Json, list, pack, type Schema, struct, write } from "./codec.ts";
import { pieceOf, WRITER } from "./writer.ts";

/** Longest text of one field: a clause quoted in full is the longest there is. */
const TEXT_CHARS_MAX = 100_000;

const TRUE = pieceOf("true");
const FALSE = pieceOf("false");

/** A text, or any brand of one: ids are texts. */
export function text<Text extends string = string>(): Codec<Text> {
  return {
    encode: (value) => value,
    write: (value) => WRITER.quoted(value),
    pack: (value, packer) => packer.text(value),
    decode: (json, decoder) =>
      typeof json === "string" && json.length <= TEXT_CHARS_MAX ? (json as Text) : decoder.fail("a text is expected"),
    samples: () => ["sample" as Text],
    schema: () => ({ type: "string" }),
  };
}

export const flag: Codec<boolean> = {
  encode: (value) => value,
  write: (value) => WRITER.piece(value ? TRUE : FALSE),
  pack: (value, packer) => packer.flag(value),
  decode: (json, decoder) => (typeof json === "boolean" ? json : decoder.fail("true or false is expected")),
  samples: () => [true, false],
  schema: () => ({ type: "boolean" }),
};

export const whole: Codec<number> = {
  encode: (value) => value,
  write: (value) => WRITER.number(value),
  pack: (value, packer) => packer.number(value),
  decode: (json, decoder) =>
    typeof json === "number" && Number.isSafeInteger(json) ? json : decoder.fail("a whole number is expected"),
  samples: () => [1024, 0],
  schema: () => ({ type: "integer" }),
};

/** One of a list of words. */
export function word<Word extends string>(words: readonly Word[]): Codec<Word> {
  const known = new Set<string>(words);
  return {
    encode: (value) => value,
    write: (value) => WRITER.quoted(value),
    pack: (value, packer) => packer.word(value),
    decode: (json, decoder) =>
      typeof json === "string" && known.has(json)
        ? (json as Word)
        : decoder.fail(`one of ${words.join(", ")} is expected`),
    samples: () => words,
    schema: () => ({ type: "string", enum: words }),
  };
}

function readBigint(json: unknown, decoder: Decoder): bigint | ReturnType<Decoder["fail"]> {
  if (typeof json !== "string" || !/^-?\d{1,60}$/.test(json))
    return decoder.fail("a whole number in digits is expected");
  return BigInt(json);
}

/** A whole number of any size, in digits: JSON numbers stop being exact at 2^53. */
export function big<Big extends bigint = bigint>(): Codec<Big> {
  return {
    encode: (value) => String(value),
    write: (value) => WRITER.quoted(String(value)),
    pack: (value, packer) => packer.text(String(value)),
    decode: (json, decoder) => readBigint(json, decoder) as Big | ReturnType<Decoder["fail"]>,
    samples: () => [500_000_000_000_000_000n as Big, 0n as Big],
    schema: () => ({ type: "string", pattern: "^-?[0-9]+$" }),
  };
}

/** Whole milliseconds since the epoch in the log: exact, short, and quick to read and write. RFC 3339 for people. */
export const instant: Codec<Instant> = {
  encode: (value, style) => (style === "stored" ? value : formatInstant(value)),
  write: (value) => WRITER.number(value),
  pack: (value, packer) => packer.number(value),
  decode: (json, decoder) =>
    typeof json === "number" && Number.isInteger(json) && Math.abs(json) <= INSTANT_MAX
      ? (json as Instant)
      : decoder.fail("whole milliseconds since the epoch are expected"),
  samples: () => [1_789_405_200_000 as Instant, 1_790_035_200_000 as Instant],
  schema: () => ({ type: "string", format: "date-time" }),
};

const CURRENCY: Schema = { type: "string", pattern: "^[A-Z]{3}$" };
const AMOUNT: Schema = { type: "string", pattern: "^-?[0-9]+(?:\\.[0-9]+)?$" };

/** An amount with its currency, for programs. */
function amountSchema(more: { readonly [key: string]: Schema } = {}): Schema {
  return {
    type: "object",
    properties: { amount: AMOUNT, currency: CURRENCY, ...more },
    required: ["amount", "currency", ...Object.keys(more)],
    additionalProperties: false,
  };
}

export const currency: Codec<Currency> = {
  encode: (value) => value,
  write: (value) => WRITER.quoted(value),
  decode: (json, decoder) =>
    (typeof json === "string" ? parseCurrency(json) : undefined) ?? decoder.fail("a currency code is expected"),
  samples: () => ["USD" as Currency, "EUR" as Currency],
  schema: () => CURRENCY,
};

const storedMoney = struct<Money>({ micros: big(), currency });
const storedRate = struct<Rate>({ microsPerHour: big(), currency });

export const money: Codec<Money> = {
  encode: (value, style) => {
    if (style === "stored") return storedMoney.encode(value, style);
    const amount = formatMicros(value.micros);
    return style === "told" ? { amount, currency: value.currency } : `${amount} ${value.currency}`;
  },
  write: (value) => write(storedMoney, value),
  pack: (value, packer) => pack(storedMoney, value, packer),
  decode: storedMoney.decode,
  samples: storedMoney.samples,
  schema: () => amountSchema(),
};

/** What a price is for. */
const HOUR = "accelerator-hour";

export const rate: Codec<Rate> = {
  encode: (value, style) => {
    if (style === "stored") return storedRate.encode(value, style);
    const amount = formatMicros(value.microsPerHour);
    return style === "told" ? { amount, currency: value.currency, per: HOUR } : `${amount} ${value.currency}/h`;
  },
  write: (value) => write(storedRate, value),
  pack: (value, packer) => pack(storedRate, value, packer),
  decode: storedRate.decode,
  samples: storedRate.samples,
  schema: () => amountSchema({ per: { type: "string", const: HOUR } }),
};

/** An exact fraction: `3/2` in the log, so that a list of terms stays readable; whole numbers as themselves. */
export const fraction: Codec<Rational> = {
  encode: (value) => (value.den === 1n ? String(value.num) : `${value.num}/${value.den}`),
  decode: (json, decoder) => {
    const match = typeof json === "string" ? /^(-?\d{1,60})(?:\/(\d{1,60}))?$/.exec(json) : null;
    const den = BigInt(match?.[2] ?? "1");
    return match === null || den === 0n
      ? decoder.fail("a fraction is expected")
      : rational(BigInt(match[1] ?? "0"), den);
  },
  samples: () => [rational(1n, 3n), rational(2n)],
  schema: () => ({ type: "string", pattern: "^-?[0-9]+(?:/[0-9]+)?$" }),
};

export const window: Codec<TimeWindow> = struct<TimeWindow>({ from: instant, to: instant });

export const texts = list(text());

/** A list in which some places are empty. */
export function sparse<Value>(item: Codec<Value>): Codec<readonly (Value | undefined)[]> {
  return list<Value | undefined>({
    encode: (value, style): Json => (value === undefined ? null : item.encode(value, style)),
    decode: (json, decoder) => (json === null ? undefined : item.decode(json, decoder)),
    samples: () => [...item.samples(), undefined],
    schema: (definitions) => ({ anyOf: [item.schema(definitions), { type: "null" }] }),
  });
}
