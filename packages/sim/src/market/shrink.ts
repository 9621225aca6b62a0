import type { Command } from "@offtake/core/book";
import { MemoryBook } from "../memory-book/index.ts";
import { type Problem, problemOf } from "./check.ts";

/**
 * The shortest list of commands, found by leaving out ever smaller parts, that still makes the same kind of problem. Ids come from
 * each command's own nonce, so what is left keeps its ids whatever is left out.
 *
 * @param budget how many lists may be tried
 */
export function shrink(
  seed: string,
  commands: readonly Command[],
  problem: Problem,
  budget = 2_000,
): readonly Command[] {
  let shortest = commands;
  let tries = 0;
  const fails = (candidate: readonly Command[]): boolean => {
    tries += 1;
    const found = problemOf(candidate, () => new MemoryBook(seed));
    return found !== undefined && sameKind(found, problem);
  };
  for (let size = Math.ceil(commands.length / 2); size >= 1 && tries < budget; ) {
    const before = shortest.length;
    for (let from = shortest.length - size; from > -size && tries < budget; from -= size) {
      const start = Math.max(0, from);
      const candidate = [...shortest.slice(0, start), ...shortest.slice(from + size)];
      if (candidate.length < shortest.length && fails(candidate)) shortest = candidate;
    }
    if (shortest.length === before || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return shortest;
}

/** Positions differ from list to list; what is broken does not. */
function sameKind(a: Problem, b: Problem): boolean {
  const plain = (text: string): string => text.replace(/\d+/g, "#").split("\n")[0] ?? "";
  return plain(a.what) === plain(b.what) && (!a.what.startsWith("thrown") || plain(a.detail) === plain(b.detail));
}
