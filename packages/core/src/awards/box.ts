import type { Program } from "./program.ts";

/** A part of all combinations: for each item 0 where `zero` says so, and the steps from `lo` to `hi`. */
export interface Box {
  readonly lo: Int32Array;
  readonly hi: Int32Array;
  readonly zero: Uint8Array;
  /** By term; see `viewOf`. */
  readonly term: Uint8Array;
  /** By fixed group: 0 open, 1 paid. */
  readonly fixed: Uint8Array;
}

export function wholeBox(program: Program): Box {
  const n = program.items.length;
  const box = {
    lo: new Int32Array(n),
    hi: new Int32Array(n),
    zero: new Uint8Array(n).fill(1),
    term: new Uint8Array(program.terms.length),
    fixed: new Uint8Array(program.fixed.length),
  };
  for (const [item, { objective }] of program.items.entries()) {
    box.lo[item] = objective[0]?.lo ?? 1;
    box.hi[item] = objective.at(-1)?.hi ?? 0;
  }
  return box;
}

export function copyOf(box: Box): Box {
  return {
    lo: box.lo.slice(),
    hi: box.hi.slice(),
    zero: box.zero.slice(),
    term: box.term.slice(),
    fixed: box.fixed.slice(),
  };
}

/** Takes an item out, and with it its whole package; a box in which it is taken for certain is left empty. */
export function leaveOut(program: Program, box: Box, item: number): void {
  for (const one of linkOf(program, item)) box.hi[one] = (box.lo[one] as number) - 1;
}

/** Takes an item for certain: with it its whole package, and none that may not stand beside it. */
export function putIn(program: Program, box: Box, item: number): void {
  for (const one of linkOf(program, item)) {
    box.zero[one] = 0;
    for (const other of program.exclusive[one] ?? []) leaveOut(program, box, other);
  }
}

function linkOf(program: Program, item: number): readonly number[] {
  return program.links.find((link) => link.includes(item)) ?? [item];
}

/** Whether nothing about an item is open. */
export function isFixed(box: Box, item: number): boolean {
  const span = (box.hi[item] as number) - (box.lo[item] as number);
  return box.zero[item] === 1 ? span < 0 : span <= 0;
}
