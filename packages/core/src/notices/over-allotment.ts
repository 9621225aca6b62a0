import { compareText, type NoticeId, type PartyId, shareInBlocks } from "../kernel/index.ts";

/** A holder that was asked at the rank that closed, whatever it answered. */
export interface AskedHolder {
  readonly notice: NoticeId;
  readonly group: PartyId;
  readonly weight: number;
  readonly right: string;
  /** What it got; 0 for a refusal or a lapse. */
  readonly allocated: number;
}

/**
 * Who is offered what a rank left over (domain row P9): the holders that took all that their weight gave them of `count`, of
 * everyone asked. A holder that chose less than its share is not asked again. Empty where nothing is left.
 */
export function overAllotmentTo(count: number, blockSize: number, asked: readonly AskedHolder[]): NoticeId[] {
  const taken = asked.reduce((sum, item) => sum + item.allocated, 0);
  if (taken === 0 || taken >= count) return [];
  const groups = new Map<PartyId, { weight: number; allocated: number; right: string }>();
  for (const { group, weight, allocated, right } of asked) {
    const found = groups.get(group);
    if (found === undefined) {
      groups.set(group, { weight, allocated, right });
      continue;
    }
    found.weight = Math.max(found.weight, weight);
    found.allocated += allocated;
    if (right < found.right) found.right = right;
  }
  const sorted = [...groups].sort(([, a], [, b]) => compareText(a.right, b.right));
  const weights = sorted.map(([, item]) => item.weight);
  const shares = shareInBlocks(
    count,
    weights,
    blockSize,
    weights.map(() => count),
  );
  const full = new Set(
    sorted.filter(([, item], index) => item.allocated >= (shares[index] ?? 0)).map(([group]) => group),
  );
  return asked.filter((item) => item.allocated > 0 && full.has(item.group)).map((item) => item.notice);
}
