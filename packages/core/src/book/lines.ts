import type { ProposedLine } from "../awards/award.ts";
import { divHalfAway } from "../kernel/index.ts";

/** The same line for fewer accelerators, at the same price. */
export function withCount(item: ProposedLine, count: number): ProposedLine {
  const { cost, ...line } = item.line;
  const blocks = cutTo(line.blocks, count);
  if (cost === undefined) return { ...item, line: { ...line, count, blocks } };
  const micros = divHalfAway(cost.micros * BigInt(count), BigInt(line.count));
  return { ...item, line: { ...line, count, blocks, cost: { micros, currency: cost.currency } } };
}

function cutTo(blocks: ProposedLine["line"]["blocks"], count: number): ProposedLine["line"]["blocks"] {
  let left = count;
  return blocks.flatMap((part) => {
    const taken = Math.min(part.count, left);
    left -= taken;
    return taken > 0 ? [{ ...part, count: taken }] : [];
  });
}
