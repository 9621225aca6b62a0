import type { Scene } from "../scene.ts";

export interface ClauseName {
  readonly agreement: string;
  readonly clause: string;
}

export function clauseName(ref: ClauseName): ClauseName {
  return { agreement: ref.agreement, clause: ref.clause };
}

export function clauseText(ref: ClauseName): string {
  return `${ref.agreement}/${ref.clause}`;
}

export function labelOf(scene: Scene, lot: string): string | undefined {
  return scene.chronicle.lots.get(lot)?.formed.lot.label;
}

/** Numbers of accelerators by block. */
export function countsByBlock(
  blocks: readonly { readonly block: string; readonly count: number }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { block, count } of blocks) counts[block] = (counts[block] ?? 0) + count;
  return counts;
}
