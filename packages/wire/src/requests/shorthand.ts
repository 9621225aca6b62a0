import { parseRational } from "@offtake/core/kernel";
import { acceleratorText, COUNT_MAX, lengthText, rateText, regionText, whenText, wordText } from "../scalars/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { z } from "zod";
import type { LineDocument } from "./document.ts";

/** Longest line that is looked at. */
const CHARS_MAX = 1000;

const EXPECTED = "accelerator:count, such as H100:4096/8@us-* 2026-05-01..2026-07-29 training <=2.60 USD/h";

/**
 * Reads the one-line form:
 *
 *     request      = supply *( blank part )
 *     supply       = accelerators ":" count [ "/" block ] [ "@" region *( "," region ) ]
 *     accelerators = name [ "*" factor ] *( "|" name [ "*" factor ] )
 *     part         = from ".." to  |  from "+" days "d"  |  from "+" hours "h"  |  "<=" price  |  purpose
 *
 * Each part at most once. What it cannot read is reported at the place of the whole line.
 */
export function readShorthand(text: string, path: Path, context: ReadingContext): LineDocument {
  const reader = new ShorthandReader(path, context);
  if (text.length > CHARS_MAX) reader.refuse("the line is too long");
  const [supply = "", ...parts] = text
    .slice(0, CHARS_MAX)
    .trim()
    .replace(/<=\s*(\S+)\s+([A-Za-z]{3}\/\S+)/, "<=$1_$2")
    .split(/\s+/);
  return { ...reader.supply(supply), ...reader.parts(parts) };
}

class ShorthandReader {
  private readonly path: Path;
  private readonly context: ReadingContext;

  constructor(path: Path, context: ReadingContext) {
    this.path = path;
    this.context = context;
  }

  refuse(message: string, expected = EXPECTED): undefined {
    this.context.report.add(this.path, "malformed", message, { expected });
    return undefined;
  }

  supply(text: string): LineDocument {
    const match = /^([^:@]+):([^/@]+)(?:\/([^@]+))?(?:@(.+))?$/.exec(text);
    if (match === null) {
      this.refuse(`\`${text.slice(0, 60)}\` does not say how many of which accelerator`);
      return {};
    }
    const [, names = "", count = "", block, regions] = match;
    return {
      accelerators: names.split("|").map((name) => this.alternative(name)),
      count: this.count(count) ?? 1,
      ...(block === undefined ? {} : { block: this.count(block) ?? 1 }),
      ...(regions === undefined
        ? {}
        : { regions: regions.split(",").map((region) => this.scalar(regionText, region) ?? "*") }),
    };
  }

  private alternative(text: string): NonNullable<LineDocument["accelerators"]>[number] {
    const [name = "", factor] = text.split("*");
    const type = this.scalar(acceleratorText, name) ?? "";
    if (factor === undefined) return type;
    const exact = parseRational(factor);
    if (exact === undefined || exact.num <= 0n) {
      this.refuse(`\`${factor.slice(0, 20)}\` is no factor`, "a number above zero, such as 2 or 0.5");
      return type;
    }
    return { type, factor: exact };
  }

  private count(text: string): number | undefined {
    const count = Number(text);
    if (/^\d{1,9}$/.test(text) && count >= 1 && count <= COUNT_MAX) return count;
    const digits = text.replace(/[,_]/g, "");
    this.context.report.add(this.path, "invalid_count", `\`${text.slice(0, 30)}\` is no count`, {
      expected: `a whole number from 1 to ${COUNT_MAX}`,
      didYouMean: /^\d+$/.test(digits) && digits !== text ? [digits] : [],
    });
    return undefined;
  }

  parts(texts: readonly string[]): LineDocument {
    const line: { -readonly [Key in keyof LineDocument]: LineDocument[Key] } = {};
    for (const text of texts) {
      const { key, value } = this.part(text);
      if (line[key] !== undefined) this.refuse(`\`${text.slice(0, 40)}\` says a second ${key}`);
      Object.assign(line, { [key]: value });
    }
    return line;
  }

  private part(text: string): { key: keyof LineDocument; value: unknown } {
    if (text.startsWith("<=")) return { key: "cap", value: this.scalar(rateText, text.slice(2).replace("_", " ")) };
    const span = /^(.+?)(?:\.\.(.+)|\+(\d{1,7})([dh]))$/.exec(text);
    if (span !== null && /^\d/.test(text)) {
      const [, from = "", to, n, unit] = span;
      const end =
        to === undefined
          ? { for: this.scalar(lengthText, `${n} ${unit === "d" ? "days" : "hours"}`) }
          : { to: this.scalar(whenText, to) };
      return { key: "window", value: { from: this.scalar(whenText, from) ?? { kind: "date", epochDay: 0 }, ...end } };
    }
    return { key: "purpose", value: this.scalar(wordText, text) };
  }

  /** One value inside the line, read as it would be in a key of its own. */
  private scalar<Value>(schema: z.ZodType<Value>, text: string): Value | undefined {
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const params =
      issue?.code === "custom"
        ? (issue.params as { code: "malformed"; expected: string; didYouMean?: string[] })
        : undefined;
    this.context.report.add(
      this.path,
      params?.code ?? "malformed",
      issue?.message ?? "this cannot be read",
      params ?? { expected: EXPECTED },
    );
    return undefined;
  }
}
