import { believe, compareText, type NoticeId, type PartyId, shareInBlocks } from "../kernel/index.ts";

/** One binding acceptance of a stage. */
export interface Acceptance {
  readonly notice: NoticeId;
  readonly holder: PartyId;
  /** Holders of one group and rank count as one holder, with one weight: the largest of theirs (domain rule G12). */
  readonly group: PartyId;
  /** Lower is served first. */
  readonly rank: number;
  readonly weight: number;
  /** What ties are settled by, after all else: the right's id. */
  readonly right: string;
  readonly count: number;
  /** Less is taken too; otherwise a cut asks for confirmation. */
  readonly orLess: boolean;
  /** Position of the acceptance in the log: inside a group, and where first come is first served. */
  readonly order: number;
}

export interface StageToAllocate {
  /** What there is to take. */
  readonly count: number;
  readonly blockSize: number;
  readonly acceptances: readonly Acceptance[];
  readonly sameRank: "weights" | "first-come";
  /** Acceptances bind only if together they cover the count (domain row P8). */
  readonly aggregateAllOrNone: boolean;
  /** Smallest part that is of use from one source; by default one block. */
  readonly minimumPart?: number;
}

export interface StageAllocation {
  /** How much each acceptance gets, where it gets something; also what still asks for confirmation. */
  readonly allocations: ReadonlyMap<NoticeId, number>;
  readonly forfeited: readonly NoticeId[];
  /** Cut below what they made a condition: `allocations` says to how much (domain rule G11). */
  readonly toConfirm: readonly NoticeId[];
  /** Binding, and left without anything by better ranks or larger shares. */
  readonly unserved: readonly NoticeId[];
  /** What nobody takes. With what is to be confirmed counted as taken. */
  readonly left: number;
}

/**
 * Shares a stage out among its binding acceptances (step 11 of the algorithm; domain rules G11 and G12): by rank; within a
 * rank by weights in whole blocks, by largest remainder with ties by right id, nobody above what it accepted and what that
 * leaves shared again by the same weights, or first come, first served; within a control group to the first binding
 * acceptance first. The order in which the acceptances are given does not matter.
 *
 * A share below the smallest part of use is of use to nobody: the holder of the least weight (then the latest, then the last
 * right) gives way, and its share goes to the others.
 */
export function allocateStage(stage: StageToAllocate): StageAllocation {
  const acceptances = stage.acceptances.length < 2 ? stage.acceptances : [...stage.acceptances].sort(inOrder);
  const accepted = acceptances.reduce((sum, item) => sum + item.count, 0);
  if (stage.aggregateAllOrNone && acceptances.length > 0 && accepted < stage.count) {
    return { ...NOTHING, forfeited: acceptances.map((item) => item.notice), left: stage.count };
  }
  const allocations = new Map<NoticeId, number>();
  let left = stage.count;
  for (const rank of byRank(acceptances)) left -= allocateRank(rank, left, stage, allocations);
  believe(left >= 0, "no more is allocated than there is");
  return {
    allocations,
    forfeited: NONE,
    toConfirm: acceptances.filter((item) => isCut(item, allocations)).map((item) => item.notice),
    unserved: acceptances.filter((item) => !allocations.has(item.notice)).map((item) => item.notice),
    left,
  };
}

const NONE: readonly NoticeId[] = [];
const NOTHING: Omit<StageAllocation, "left"> = {
  allocations: new Map(),
  forfeited: NONE,
  toConfirm: NONE,
  unserved: NONE,
};

function inOrder(a: Acceptance, b: Acceptance): number {
  return a.rank - b.rank || a.order - b.order || compareText(a.right, b.right) || compareText(a.notice, b.notice);
}

function isCut({ notice, count, orLess }: Acceptance, allocations: ReadonlyMap<NoticeId, number>): boolean {
  const allocated = allocations.get(notice);
  return !orLess && allocated !== undefined && allocated < count;
}

/** Runs of one rank, of a list in order of rank. */
function byRank(acceptances: readonly Acceptance[]): (readonly Acceptance[])[] {
  const first = acceptances[0];
  if (first === undefined) return [];
  const rest = acceptances.findIndex((item) => item.rank !== first.rank);
  return rest < 0 ? [acceptances] : [acceptances.slice(0, rest), ...byRank(acceptances.slice(rest))];
}

/** One holder of a rank as allocation sees it: a control group with its acceptances, the first in the log first. */
interface Claim {
  readonly members: readonly Acceptance[];
  readonly weight: number;
  readonly cap: number;
  readonly right: string;
  readonly order: number;
}

/** Allocates one rank and says how much of `left` it took. */
function allocateRank(
  rank: readonly Acceptance[],
  left: number,
  stage: StageToAllocate,
  allocations: Map<NoticeId, number>,
): number {
  const minimum = Math.min(stage.minimumPart ?? stage.blockSize, stage.count);
  const only = rank.length === 1 ? rank[0] : undefined;
  if (only !== undefined) {
    const count = Math.min(only.count, left);
    if (count < minimum || count === 0) return 0;
    allocations.set(only.notice, count);
    return count;
  }
  const claims = claimsOf(rank);
  const shares =
    stage.sameRank === "weights" ? byWeights(claims, left, stage.blockSize, minimum) : inTurn(claims, left, minimum);
  let taken = 0;
  for (const [claim, share] of shares) taken += serveMembers(claim, share, allocations);
  return taken;
}

function claimsOf(rank: readonly Acceptance[]): Claim[] {
  const groups = new Map<PartyId, Acceptance[]>();
  for (const item of rank) {
    const members = groups.get(item.group);
    if (members === undefined) groups.set(item.group, [item]);
    else members.push(item);
  }
  return [...groups.values()].map((members) => ({
    members,
    weight: Math.max(...members.map((item) => item.weight)),
    cap: members.reduce((sum, item) => sum + item.count, 0),
    right: members.reduce((least, item) => (item.right < least ? item.right : least), members[0]?.right ?? ""),
    order: members[0]?.order ?? 0,
  }));
}

type Shares = readonly (readonly [Claim, number])[];

/** Shares by weight; while one is too small to be of use, its claim gives way and the rest is shared again. */
function byWeights(claims: readonly Claim[], left: number, blockSize: number, minimum: number): Shares {
  const sorted = [...claims].sort((a, b) => compareText(a.right, b.right) || a.order - b.order);
  const counts = shareInBlocks(
    left,
    sorted.map((claim) => claim.weight),
    blockSize,
    sorted.map((claim) => claim.cap),
  );
  const shares = sorted.map((claim, index) => [claim, counts[index] ?? 0] as const);
  const tooSmall = shares.filter(([, count]) => count < minimum).map(([claim]) => claim);
  const yields = tooSmall.sort(yieldsFirst)[0];
  return yields === undefined
    ? shares
    : byWeights(
        sorted.filter((claim) => claim !== yields),
        left,
        blockSize,
        minimum,
      );
}

function yieldsFirst(a: Claim, b: Claim): number {
  return a.weight - b.weight || b.order - a.order || compareText(b.right, a.right);
}

function inTurn(claims: readonly Claim[], left: number, minimum: number): Shares {
  let rest = left;
  return claims.map((claim) => {
    const count = Math.min(claim.cap, rest);
    if (count < minimum) return [claim, 0] as const;
    rest -= count;
    return [claim, count] as const;
  });
}

function serveMembers({ members }: Claim, share: number, allocations: Map<NoticeId, number>): number {
  let rest = share;
  for (const item of members) {
    const count = Math.min(item.count, rest);
    if (count > 0) allocations.set(item.notice, count);
    rest -= count;
  }
  return share - rest;
}
