import type { Award, AwardLine, ProposedLine } from "../awards/award.ts";
import {
  type AwardId,
  believe,
  type BlockId,
  type HoldId,
  type Instant,
  type LotId,
  type NoticeId,
  type PartyId,
  type Rate,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import type { Clearance } from "../notices/notice.ts";
import type { Lot } from "../requests/lot.ts";
import type { StatedTerms } from "../requests/terms.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import type { Assessment } from "../rights/assessment.ts";
import type { LiveRight, Stage } from "../rights/live.ts";
import type { Bid, Invitation, Tender } from "../tenders/bid.ts";

/** Accelerators that a holder has taken and that are not awarded yet. */
export interface Hold {
  readonly id: HoldId;
  readonly holder: PartyId;
  readonly notice?: NoticeId;
  readonly count: number;
  readonly blocks: readonly { readonly block: BlockId; readonly count: number }[];
  readonly window: TimeWindow;
  readonly host?: PartyId;
  readonly price?: Rate;
  readonly stated: StatedTerms;
  readonly basis: AwardLine["basis"];
  /** Which alternative of the lot it fills, where that is not the first. */
  readonly acceleratorType?: string;
  readonly region?: string;
}

/**
 * Where a lot stands. `stages`: holders are asked, rank by rank. `market`: what they left is open to all. `settled`: nothing
 * more will be found by itself. `held`: a person must decide a conflict. `barred`: it may not be awarded.
 */
export type LotPhase = "forming" | "held" | "stages" | "market" | "settled" | "barred";

export interface LotState {
  readonly lot: Lot;
  readonly phase: LotPhase;
  readonly why?: string;
  /** What it was at when something was found missing in the keeper's papers. */
  readonly heldIn?: LotPhase;
  readonly assessments: readonly Assessment[];
  /** Rights that are asked before the market, in order, and the one that is being asked. */
  readonly stages: readonly Stage[];
  readonly stageIndex: number;
  /** Rights that wait for a third-party offer, by rank. */
  readonly matches: readonly LiveRight[];
  /** All notices of the lot; those of the running stage are the open ones among them. */
  readonly notices: readonly NoticeId[];
  readonly clearances: readonly Clearance[];
  readonly holds: readonly Hold[];
  readonly awarded: number;
  /** The running stage has been opened: its notices are out, or its clearances made. */
  readonly stageOpen: boolean;
  /** Already offered to those that took a part, because what is left is too small to be of use. */
  readonly strandedOffered: boolean;
  /** Last stage's notices were cut and are being confirmed, or offered the rest. */
  readonly extraRounds: readonly string[];
  /** Who was awarded a part and did not deliver it: for this lot their rights are suspended, and they get no part of it (G23). */
  readonly failed: readonly PartyId[];
  /** What a default freed after the tail: rights are asked with their replacement window. */
  readonly replaces?: LotId;
}

export interface MarketState {
  readonly tender: Tender;
  readonly invitations: readonly Invitation[];
  readonly bids: readonly Bid[];
  readonly opened: boolean;
  readonly improved: boolean;
  /** Bids that were asked to last longer, and until when they may answer. */
  readonly asked: readonly { readonly bid: string; readonly until: Instant; readonly answerBy: Instant }[];
  /** Bids that cannot win burdened parts: they would end before the holder's window. */
  readonly tooShort: readonly string[];
  /** Bids whose terms no right lets pass any more: its rounds are used up. */
  readonly spent: readonly string[];
  /** Who was asked to improve a tied bid: nobody else bids in that round. Nobody: the first round, open to all that are invited. */
  readonly improving: readonly PartyId[];
  /** A lot has come back to the opened market since the bids were last compared. */
  readonly reopened: boolean;
  /** The bidders have been told what became of their bids. */
  readonly told: boolean;
  /** Bids of providers whose identity may not be told where a right demands it, by lot. */
  readonly hidden: readonly { readonly bid: string; readonly lot: LotId }[];
}

export interface RequestState {
  readonly request: ComputeRequest;
  /** Order of submission in this book: iterations over requests follow it. */
  readonly order: number;
  readonly submittedAt: Instant;
  /** Since when what approvers decide on is asked as it is now. */
  readonly askedAt: Instant;
  /** Who asks so, where that is known: whoever submitted it, or changed that last. */
  readonly askedBy?: string;
  readonly lots: readonly LotState[];
  readonly approvalsGiven: readonly string[];
  readonly approvalsDenied: readonly string[];
  readonly approvalAwaited?: "notice" | "award";
  readonly market?: MarketState;
  readonly proposal?: {
    readonly lines: readonly ProposedLine[];
    readonly by: "evaluation" | "buyer" | "sale" | "entitlement";
  };
  readonly awards: readonly Award[];
  readonly confirmedAwards: readonly AwardId[];
  readonly heldAwards: readonly AwardId[];
  /** Months whose use broke the terms of a carve-out, and was put to its holder. */
  readonly breachedMonths?: readonly string[];
  /** The buyer has decided to miss a minimum share, and what that costs (domain row K4). */
  /** Why the last comparison of bids left a part unfilled. */
  readonly shortfall?: string;
  readonly rested?: { readonly outcome: "awarded_full" | "awarded_part" | "unfilled"; readonly until?: Instant };
}

/** Accelerators of a lot that nobody has taken and that are not awarded. */
export function openCount(lot: LotState): number {
  let taken = lot.awarded;
  for (const hold of lot.holds) taken += hold.count;
  return lot.lot.count - taken;
}

/** How many accelerators a request asks for in all. What a default freed was asked for once. */
export function askedCount(request: RequestState): number {
  return request.lots.reduce(
    (sum, lot) => (lot.why === "superseded" || lot.replaces !== undefined ? sum : sum + lot.lot.count),
    0,
  );
}

export function awardedCount(request: RequestState): number {
  return request.lots.reduce((sum, lot) => sum + lot.awarded, 0);
}

/** How many a request asked for, and how many of them it was awarded. */
export interface Told {
  readonly asked: number;
  readonly awarded: number;
}

/**
 * The same two as people count them: a line that was cut by time asks for so many at a time, not for so many each month. What was awarded of
 * it is then the mean over its window, rounded down.
 */
export function toldCounts(request: RequestState): Told {
  if (!isCutByTime(request)) return { asked: askedCount(request), awarded: awardedCount(request) };
  let [asked, awarded] = [0, 0];
  for (const index of request.request.lines.keys()) {
    const lots = request.lots.filter((lot) => lot.lot.lineIndex === index);
    const own = lots.filter((lot) => lot.why !== "superseded" && lot.replaces === undefined);
    const windows = new Map(own.map(({ lot: { window } }) => [`${window.from} ${window.to}`, window]));
    if (windows.size < 2) {
      for (const lot of own) asked += lot.lot.count;
      for (const lot of lots) awarded += lot.awarded;
      continue;
    }
    const seconds = [...windows.values()].reduce((all, window) => all + BigInt(windowSeconds(window)), 0n);
    const share = (count: number, window: TimeWindow): bigint => BigInt(count) * BigInt(windowSeconds(window));
    const sum = (of: readonly LotState[], pick: (lot: LotState) => number): number =>
      Number(of.reduce((all, lot) => all + share(pick(lot), rootWindow(request, lot)), 0n) / seconds);
    asked += sum(own, (lot) => lot.lot.count);
    awarded += sum(lots, (lot) => lot.awarded);
  }
  return { asked, awarded };
}

/** Whether lots of one line have other windows than the first of them. */
function isCutByTime({ lots }: RequestState): boolean {
  for (const { lot } of lots) {
    for (const other of lots) {
      if (other.lot.lineIndex !== lot.lineIndex) continue;
      if (other.lot.window.from !== lot.window.from || other.lot.window.to !== lot.window.to) return true;
    }
  }
  return false;
}

/** The window of the lot that this one stands for, where a default freed it. */
function rootWindow(request: RequestState, { lot, replaces }: LotState): TimeWindow {
  const root = replaces === undefined ? undefined : request.lots.find((one) => one.lot.id === replaces);
  return root === undefined ? lot.window : rootWindow(request, root);
}

/** A lot of which something is still to be filled, and may be. */
export function isOpen(lot: LotState): boolean {
  return lot.phase !== "barred" && openCount(lot) > 0;
}

/** The line of a request that a lot was cut from. */
export function findLotLine(request: ComputeRequest, lot: Lot): RequestLine {
  const line = request.lines[lot.lineIndex];
  believe(line !== undefined, "a lot comes from a line of its request");
  return line;
}
