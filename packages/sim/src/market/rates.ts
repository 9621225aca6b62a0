import type { Random } from "@offtake/core/kernel";

/** Things that happen in some markets and not in others. Each seed draws how often, and half of the seeds leave half of them out. */
export const ODD_THINGS = [
  "hostile answers",
  "answers at the edge of their time",
  "answers out of authority",
  "late answers let count",
  "standing answers",
  "slow channels",
  "hostile bids",
  "bids at the edge of their time",
  "bids taken back",
  "short bids",
  "several bids a tender",
  "revised requests",
  "withdrawn requests",
  "closed requests",
  "odd requests",
  "sales",
  "called capacity",
  "denied approvals",
  "purchases by hand",
  "defaults after award",
  "misused purposes",
  "amendments",
  "new agreements",
  "terminations",
  "assignments",
  "changes of control",
  "waivers",
  "defaults of holders",
  "eligibility",
  "outages",
  "changing capacity",
  "changing offers",
  "changing policy",
  "changing parties",
  "retries",
  "stale clocks",
  "late timers",
  "slow arrivals",
  "nonsense",
] as const;

export type OddThing = (typeof ODD_THINGS)[number];

/** How often each odd thing happens, from 0 (never) to 8. */
export type Rates = Readonly<Record<OddThing, number>>;

export function drawRates(random: Random): Rates {
  const halved = random.chance(1, 2);
  const rates = Object.fromEntries(
    ODD_THINGS.map((thing) => [thing, halved && random.chance(1, 2) ? 0 : random.between(1, 8)]),
  );
  return rates as Rates;
}
