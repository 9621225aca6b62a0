import type { At } from "./schema.ts";

/** Where a person writes: in a key, or in the value of one; and what of the word is there by then. */
export interface Writing extends At {
  readonly key?: string;
  readonly word: string;
}

const KEY = /^(\s*)((?:- +)*)([\w.-]+)\s*:(?:\s+(.*))?$/;

interface Line {
  readonly indent: number;
  /** Dashes before the key: each begins an entry of a list. */
  readonly dashes: number;
  readonly key: string;
  readonly value: string;
}

/**
 * Where in a YAML document the end of a text is, line by line: half a document is none that a parser would take. Values in braces are
 * looked at on their own line only.
 *
 * @param text up to the cursor
 */
export function placeOf(text: string): Writing | undefined {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  if (/^\s*#/.test(last) || /\s#/.test(last)) return undefined;
  const flow = inBraces(last);
  const outer = lines.flatMap(lineOf);
  if (flow !== undefined) {
    const line = lineOf(`${flow.before}: x`)[0];
    if (line === undefined) return undefined;
    const { path } = upwards(outer, line);
    return { path: [...path, line.key, ...flow.steps], beside: flow.beside, word: flow.word, ...flow.of };
  }
  const [, blanks = "", dashes = "", rest = ""] = /^(\s*)((?:- +)*)(.*)$/.exec(last) ?? [];
  const value = /^([\w.-]+)\s*:\s+([^\s,[\]{}"']*)$/.exec(rest);
  const here: Line = {
    indent: blanks.length + dashes.length,
    dashes: dashes.split("-").length - 1,
    key: value?.[1] ?? "",
    value: "",
  };
  const { path, beside } = upwards(outer, here);
  if (value !== null) return { path, beside, key: value[1] ?? "", word: value[2] ?? "" };
  return /^[\w.-]*$/.test(rest) ? { path, beside, word: rest } : undefined;
}

function lineOf(text: string): readonly Line[] {
  const [, blanks = "", dashes = "", key = "", value = ""] = KEY.exec(text) ?? [];
  if (key === "") return [];
  return [{ indent: blanks.length + dashes.length, dashes: dashes.split("-").length - 1, key, value: value.trim() }];
}

/** The keys above a line, and those of its own mapping before it. */
function upwards(lines: readonly Line[], here: Line): At {
  const path: string[] = [];
  const beside = new Map<string, string>();
  let { indent } = here;
  let isOwn = here.dashes === 0;
  for (let step = 0; step < here.dashes; step += 1) path.unshift("[]");
  if (here.dashes > 0) indent -= 1;
  for (const line of lines.toReversed()) {
    if (isOwn && line.indent === here.indent) {
      beside.set(line.key, line.value.replaceAll(/^["']|["']$/g, ""));
      if (line.dashes > 0) {
        isOwn = false;
        for (let step = 0; step < line.dashes; step += 1) path.unshift("[]");
        indent = line.indent - 1;
      }
    } else if (line.indent < indent) {
      isOwn = false;
      path.unshift(line.key);
      ({ indent } = line);
      if (line.dashes > 0) {
        for (let step = 0; step < line.dashes; step += 1) path.unshift("[]");
        indent -= 1;
      }
    }
  }
  return { path, beside };
}

interface Flow {
  readonly before: string;
  readonly steps: readonly string[];
  readonly beside: ReadonlyMap<string, string>;
  readonly word: string;
  readonly of: { readonly key?: string };
}

/** `scope: { accelerators: [H100], pur`: what stands in the braces that are open at the end. */
function inBraces(line: string): Flow | undefined {
  const open: { readonly at: number; readonly sign: string }[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (sign === "{" || sign === "[") open.push({ at, sign });
    if (sign === "}" || sign === "]") open.pop();
  }
  const [first] = open;
  const last = open.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const before = /^(.*?[\w.-]+)\s*:\s*$/.exec(line.slice(0, first.at))?.[1];
  if (before === undefined) return undefined;
  const steps = open.flatMap(({ at, sign }, index): readonly string[] => {
    const key = index === 0 ? undefined : /([\w.-]+)\s*:\s*$/.exec(line.slice(0, at))?.[1];
    return [...(key === undefined ? [] : [key]), ...(sign === "[" ? ["[]"] : [])];
  });
  const inside = line.slice(last.at + 1);
  const parts = inside.split(",");
  const writing = parts.pop() ?? "";
  const beside = new Map(
    parts.flatMap((part): readonly (readonly [string, string])[] => {
      const [, key, value = ""] = /^\s*([\w.-]+)\s*:\s*(.*?)\s*$/.exec(part) ?? [];
      return key === undefined ? [] : [[key, value]];
    }),
  );
  const value = /^\s*([\w.-]+)\s*:\s+([^\s[\]{}"']*)$/.exec(writing);
  if (value !== null) return { before, steps, beside, word: value[2] ?? "", of: { key: value[1] ?? "" } };
  const word = /^\s*([\w.-]*)$/.exec(writing)?.[1];
  return word === undefined ? undefined : { before, steps, beside, word, of: {} };
}
