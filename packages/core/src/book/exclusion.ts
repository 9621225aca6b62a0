import type { Instant } from "../kernel/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import type { LiveRight } from "../rights/live.ts";
import { alternativeOf } from "../tenders/form.ts";
import { burdens, isOwn } from "./burdened.ts";
import { clearancesOf, coveredCount } from "./clearances.ts";
import { isEligible } from "./eligible.ts";
import { buildersOf } from "./own-build.ts";
import type { LotState, RequestState } from "./request-state.ts";
import { stagesAreOver } from "./stages.ts";
import type { Turn } from "./turn.ts";

/** Why a line of a bid may not be taken, for reasons that lie outside the comparison of prices; undefined where it may. */
export function exclusionOf(
  turn: Turn,
  request: RequestState,
  lots: readonly LotState[],
): (bid: Bid, line: BidLine) => string | undefined {
  const rules = lots.map((lot) => rulesOf(turn, lot));
  const { market } = request;
  const [only] = rules;
  const isFree =
    lots.length === 1 &&
    only?.isFree === true &&
    market !== undefined &&
    market.spent.length + market.hidden.length + market.tooShort.length === 0;
  return (bid, line) => {
    if (isFree && bid.standing && line.countMax >= line.countMin && line.lot === lots[0]?.lot.id) return undefined;
    const index = lots.findIndex((item) => item.lot.id === line.lot);
    const lot = lots[index];
    const rule = rules[index];
    if (market === undefined || lot === undefined || rule === undefined) return "outside_lot";
    if (line.countMax < line.countMin) return "used_up";
    if (bid.package !== undefined && isBroken(bid, lots)) return "package_broken";
    if (lot.failed.includes(bid.bidder)) return "defaulted";
    if (market.spent.length > 0 && market.spent.includes(bid.id)) return "no_more_rounds";
    if (lot.matches.length > 0 && market.tooShort.includes(bid.id)) return "ends_before_match_window";
    if (market.hidden.some((item) => item.bid === bid.id && item.lot === line.lot)) return "identity_not_disclosed";
    if (!bid.standing && !isEligible(turn.state, bid.bidder, turn.clock)) return "not_eligible";
    return byRights(turn, lot, rule, bid, line);
  };
}

/** A package that has lost one of its lots falls whole (domain rule G18). */
function isBroken(bid: Bid, lots: readonly LotState[]): boolean {
  return bid.lines.some((line) => !lots.some((lot) => lot.lot.id === line.lot));
}

/** What holds for every bid for a lot; found once, since every price list is a bid. */
interface LotRules {
  /** Who may build it, where that is fixed. */
  readonly builders: ReturnType<typeof buildersOf>;
  /** Rights whose holders may not bid. */
  readonly barring: readonly LiveRight[];
  /** From when others may begin what ships first on these holders. */
  readonly launches: readonly { readonly right: LiveRight; readonly from: Instant }[];
  /** Some of its holders are still being asked. */
  readonly isAsking: boolean;
  /** Nothing of the lot itself keeps a bid out that ends with its request. */
  readonly isFree: boolean;
}

function rulesOf(turn: Turn, lot: LotState): LotRules {
  const barring: LiveRight[] = [];
  for (const stage of lot.stages) for (const right of stage.rights) if (!right.clause.holderMayBid) barring.push(right);
  for (const right of lot.matches) if (!right.clause.holderMayBid) barring.push(right);
  const builders = buildersOf(turn.state, lot);
  const launches = launchesOf(lot);
  const isAsking = lot.phase === "stages" && !stagesAreOver(lot);
  const isFree =
    builders === undefined && barring.length === 0 && launches.length === 0 && !isAsking && lot.failed.length === 0;
  return { builders, barring, launches, isAsking, isFree };
}

const NO_LAUNCHES: LotRules["launches"] = [];

function launchesOf(lot: LotState): LotRules["launches"] {
  const stage = lot.stages.find(({ kind }) => kind === "first-ship");
  if (stage === undefined) return NO_LAUNCHES;
  return stage.rights.flatMap((right) =>
    clearancesOf(lot, right).flatMap(({ startsFrom: from }) => (from === undefined ? [] : [{ right, from }])),
  );
}

/** Own build is built by those it names; some holders may not bid; what is still being asked about is not open yet (G14). */
function byRights(
  turn: Turn,
  lot: LotState,
  { builders, barring, launches, isAsking }: LotRules,
  bid: Bid,
  line: BidLine,
): string | undefined {
  if (
    builders !== undefined &&
    !(builders.includes(bid.bidder) && (line.host === undefined || builders.includes(line.host)))
  )
    return "not_own_build";
  if (barring.some((right) => isOwn(turn.state, bid.bidder, right))) return "holder_may_not_bid";
  if (!isAsking && launches.length === 0) return undefined;
  const alternative = alternativeOf(line, lot.lot) ?? lot.lot.alternatives[0];
  if (alternative === undefined) return "outside_lot";
  const { from: begins } = line.window ?? lot.lot.window;
  const isEarlier = launches.some(
    ({ right, from }) => begins < from && burdens(lot, alternative, right) && !isOwn(turn.state, bid.bidder, right),
  );
  if (isEarlier) return "before_first_ship";
  if (!isAsking) return undefined;
  const waits = lot.stages.some((stage) =>
    stage.rights.some(
      (right) => burdens(lot, alternative, right) && coveredCount(turn.state, lot, right, turn.at) === 0,
    ),
  );
  return waits ? "not_cleared" : undefined;
}
