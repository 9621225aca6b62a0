import type { ProposedLine } from "../awards/award.ts";
import { divHalfAway } from "../kernel/index.ts";
import { replacing } from "../requests/offered.ts";

/** The same line for fewer accelerators, at the same price. */
export function withCount(item: ProposedLine, count: number): ProposedLine {
  const { cost, offered, ...line } = item.line;
  const own = offered === undefined ? count : replacing(count, { num: BigInt(offered), den: BigInt(line.count) });
  const part = {
    ...line,
    count,
    ...(offered === undefined ? {} : { offered: own }),
    blocks: cutTo(line.blocks, own),
  };
  if (cost === undefined) return { ...item, line: part };
  const micros = divHalfAway(cost.micros * BigInt(count), BigInt(line.count));
  return { ...item, line: { ...part, cost: { micros, currency: cost.currency } } };
}

function cutTo(blocks: ProposedLine["line"]["blocks"], count: number): ProposedLine["line"]["blocks"] {
  let left = count;
  return blocks.flatMap((part) => {
    const taken = Math.min(part.count, left);
    left -= taken;
    return taken > 0 ? [{ ...part, count: taken }] : [];
  });
}
