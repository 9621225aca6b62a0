import { answerNotice, answerPast, ratify, reportDelivery, waiveLateness } from "./answering.ts";
import {
  approve,
  close,
  decideAward,
  openTender,
  proposeAward,
  recordPurposeUse,
  reportDefault,
  revise,
  submitRequest,
  withdraw,
} from "./asking.ts";
import { extendBid, placeBid, withdrawBid } from "./bidding.ts";
import {
  changeCapacity,
  changeEligibility,
  changeOffers,
  changeParties,
  changePolicy,
  holderDefaults,
  outage,
} from "./changing.ts";
import {
  amend,
  assign,
  changeControl,
  changeStatus,
  decideConflict,
  grantWaiver,
  newAgreement,
  revokeWaiver,
  terminate,
} from "./contracting.ts";
import { bringToEnd } from "./finish.ts";
import { nonsense, retry, staleClock } from "./odd-clients.ts";
import { type MarketKind, Play } from "./play.ts";
import type { OddThing } from "./rates.ts";
import { openMarket } from "./world.ts";

type Act = (play: Play) => void;

/** What people and programs do, and how often for each request that is made. */
const USUAL: readonly (readonly [act: Act, weight: number])[] = [
  [submitRequest, 24],
  [answerNotice, 60],
  [reportDelivery, 20],
  [placeBid, 60],
  [extendBid, 6],
  [approve, 10],
  [decideAward, 4],
  [decideConflict, 3],
];

/** What happens in some markets only; the weight is the rate of the market, times this, over four. */
const ODD: readonly (readonly [act: Act, thing: OddThing, times: number])[] = [
  [answerPast, "hostile answers", 2],
  [ratify, "answers out of authority", 6],
  [waiveLateness, "late answers let count", 6],
  [withdrawBid, "bids taken back", 3],
  [revise, "revised requests", 3],
  [withdraw, "withdrawn requests", 1],
  [close, "closed requests", 1],
  [openTender, "purchases by hand", 1],
  [proposeAward, "purchases by hand", 3],
  [reportDefault, "defaults after award", 2],
  [recordPurposeUse, "misused purposes", 2],
  [amend, "amendments", 2],
  [newAgreement, "new agreements", 1],
  [terminate, "terminations", 1],
  [assign, "assignments", 1],
  [changeControl, "changes of control", 1],
  [changeStatus, "nonsense", 1],
  [grantWaiver, "waivers", 2],
  [revokeWaiver, "waivers", 1],
  [holderDefaults, "defaults of holders", 1],
  [changeEligibility, "eligibility", 1],
  [outage, "outages", 1],
  [changeCapacity, "changing capacity", 2],
  [changeOffers, "changing offers", 2],
  [changePolicy, "changing policy", 1],
  [changeParties, "changing parties", 1],
  [retry, "retries", 2],
  [staleClock, "stale clocks", 1],
  [nonsense, "nonsense", 2],
];

const ACTS_A_REQUEST = 12;

/**
 * Plays a market from a seed: `size` requests' worth of acts with odd things on, then without them until every request has come
 * to its end. The same seed and size give the same commands and events on every engine.
 *
 * @throws Broken where the core throws, or a request does not end
 */
export function randomMarket(seed: string, size: number, kind: MarketKind = "usual"): Play {
  const play = new Play(seed, kind);
  openMarket(play);
  const acts = weigh(play);
  for (let step = 0; step < size * ACTS_A_REQUEST; step += 1) {
    play.wait();
    drawAct(play, acts)(play);
  }
  play.odd = false;
  bringToEnd(play);
  return play;
}

interface Weighed {
  readonly acts: readonly (readonly [act: Act, upTo: number])[];
  readonly total: number;
}

function weigh(play: Play): Weighed {
  let total = 0;
  const acts = [...USUAL, ...ODD.map(([act, thing, times]) => [act, (play.rates[thing] * times) / 4] as const)].map(
    ([act, weight]) => {
      total += Math.ceil(weight);
      return [act, total] as const;
    },
  );
  return { acts, total };
}

function drawAct(play: Play, { acts, total }: Weighed): Act {
  const drawn = play.random.below(total);
  const found = acts.find(([, upTo]) => drawn < upTo);
  return found === undefined ? submitRequest : found[0];
}
