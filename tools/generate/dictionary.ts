import { dictionaryGaps, SHAPES, WORDS } from "../../packages/wire/src/codecs/index.ts";
import { viewGaps } from "../../packages/wire/src/views/index.ts";

const FILE = "packages/wire/src/codecs/dictionary.ts";

/** The dictionary of packed texts: what it has stays in its place, what events and objects have gained is added at the end. */
export function generate(): Promise<Map<string, string>> {
  const gaps = [dictionaryGaps(), viewGaps()];
  const shapes = new Set([...SHAPES, ...gaps.flatMap((one) => one.shapes)]);
  const words = new Set([...WORDS, ...gaps.flatMap((one) => one.words)]);
  return Promise.resolve(new Map([[FILE, textOf([...shapes], [...words])]]));
}

function textOf(shapes: readonly string[], words: readonly string[]): string {
  return `// Made by \`npm run generate\`, which only ever adds at the end: what is stored refers to these by their places.

/** Fields of the objects that events and views are made of, each list in the order in which the values are written. */
export const SHAPES: readonly string[] = ${listed(shapes)};

/** Words of the product, from its lists of them. */
export const WORDS: readonly string[] = ${listed(words)};
`;
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? "[]" : `[\n${texts.map((text) => `  ${JSON.stringify(text)},\n`).join("")}]`;
}
