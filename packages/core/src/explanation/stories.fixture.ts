import { F0, type F0Options } from "../book/f0.ts";
import { type DisclosedEvent, feedOf } from "../disclosure/index.ts";
import type { PartyId } from "../kernel/index.ts";
import { explain, explainAll, renderText, type Explanation } from "./index.ts";

/** The whole way: ALFA takes 600 of 1,024 and lets DELTA run 200 of them; GAMMA's bid is put to BETA, which refuses to match. */
export function wholeWay(options: F0Options = {}): F0 {
  return new F0(options)
    .submit()
    .answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600, host: "delta" as PartyId, hostCount: 200 })
    .bid("2026-09-17T18:00:00Z", "gamma", 2.6)
    .bid("2026-09-17T19:00:00Z", "delta", 2.7)
    .wait("2026-09-19T17:00:00Z")
    .answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });
}

export function feed(world: F0, party: string): DisclosedEvent[] {
  return feedOf(world.events, party as PartyId);
}

/** Random ids replaced by ntc_1, ntc_2, ... in the order in which they stand. */
export function stable(text: string): string {
  const names = new Map<string, string>();
  return text.replaceAll(/\b([a-z]{3})_[0-9a-z]{20}\b/g, (id, prefix: string) => {
    const known = names.get(id) ?? `${prefix}_${[...names.keys()].filter((one) => one.startsWith(prefix)).length + 1}`;
    names.set(id, known);
    return known;
  });
}

/** What the keeper reads of the request. */
export function keeperText(world: F0): string {
  const told = explain(feed(world, "lab"), "q1", "keeper");
  return told === undefined ? "" : stable(renderText(told));
}

/** Everything that a party reads, in order. */
export function partyTexts(world: F0, party: string): string[] {
  return explainAll(feed(world, party)).map((one: Explanation) => stable(renderText(one)));
}
