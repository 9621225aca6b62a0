import type { MemberExpression, Node } from "oxc-parser";
import { Visitor } from "oxc-parser";
import type { Source } from "../sources.ts";
import { lineOf, parse } from "../sources.ts";

/** What of Math gives the same bits on every engine: ECMA-262 leaves the last bits of all the others to the engine. */
const EXACT_MATH: ReadonlySet<string> = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc".split(" "),
);

/**
 * What the lint rules cannot see: `Math` handed on under another name, and powers of numbers, which are `Math.pow` in disguise
 * (powers of bigints are exact).
 */
export function impurities(source: Source): string[] {
  const found: string[] = [];
  const allowed = new Set<number>();
  const add = (what: string, start: number): void => {
    found.push(`${source.path}:${lineOf(source, start)} ${what}`);
  };
  new Visitor({
    MemberExpression(node) {
      if (isExactMath(node)) allowed.add(node.object.start);
    },
    Identifier(node) {
      if (node.name === "Math" && !allowed.has(node.start))
        add("uses Math other than by an exact function", node.start);
    },
    BinaryExpression(node) {
      if (node.operator === "**" && !isBigint(node.left) && !isBigint(node.right)) add(POWER, node.start);
    },
    AssignmentExpression(node) {
      if (node.operator === "**=" && !isBigint(node.right)) add(POWER, node.start);
    },
  }).visit(parse(source));
  return found;
}

const POWER = "raises what does not show to be a bigint to a power";

/** A bigint by its looks; one on either side is enough, since a power of a bigint and a number throws. */
function isBigint(node: Node): boolean {
  if (node.type === "Literal") return typeof node.value === "bigint";
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "BigInt";
}

function isExactMath(node: MemberExpression): boolean {
  if (node.object.type !== "Identifier" || node.object.name !== "Math") return false;
  return !node.computed && node.property.type === "Identifier" && EXACT_MATH.has(node.property.name);
}
