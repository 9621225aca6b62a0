import type { Instant } from "../kernel/index.ts";
import type { Clearance, Release } from "../notices/notice.ts";
import { productOf } from "../requests/product.ts";
import type { Terms } from "../requests/terms.ts";
import type { ClearanceReason } from "../rights/assessment.ts";
import type { LiveRight } from "../rights/live.ts";
import type { BookState } from "./state.ts";

/** What the holder of a first-ship right has said of the release of a product: asked once, it holds for all that serves the product. */
export interface Launch {
  readonly reason: ClearanceReason;
  /** When the launch that it was asked about was planned. */
  readonly planned: Instant;
  /** The holder's own launch, before which no other may begin. Absent: it lets the release pass. */
  readonly startsFrom?: Instant;
  /** End of the tail (exclusive), where it let the release pass. */
  readonly until?: Instant;
}

/** What is said of a release counts for its product and its channel: another channel is another launch. */
export function launchKey(lineageId: string, { product, channel }: Pick<Release, "product" | "channel">): string {
  return JSON.stringify([lineageId, product, channel?.toLowerCase() ?? ""]);
}

/** The release that a lot would be, where its product is declared. */
export function releaseOf(terms: Terms): Release | undefined {
  const product = productOf(terms);
  if (product === undefined) return undefined;
  const planned = terms.window.from;
  return terms.channel === undefined ? { product, planned } : { product, channel: terms.channel, planned };
}

const SAID: ReadonlySet<ClearanceReason> = new Set(["supported", "refused", "lapsed", "waived"]);

/** Keeps what a holder has said in answer to a notice of its own; a later word about the same release takes its place. */
export function keepLaunch(state: BookState, clearance: Clearance): void {
  const { release, reason, startsFrom } = clearance;
  if (release === undefined || clearance.notice === undefined || !SAID.has(reason)) return;
  const { planned, until } = release;
  state.launches.set(launchKey(clearance.lineageId, release), {
    reason,
    planned,
    ...(startsFrom === undefined ? {} : { startsFrom }),
    ...(until === undefined ? {} : { until }),
  });
}

/**
 * What holds of a release today: the holder's own launch, for good; that it let the release pass, inside its tail, and for good once
 * the day of the launch has come by then: what is out is released no more. Undefined: it is to be asked.
 */
export function launchOf(state: BookState, { clause }: LiveRight, terms: Terms, at: Instant): Launch | undefined {
  const release = releaseOf(terms);
  const said = release === undefined ? undefined : state.launches.get(launchKey(clause.lineageId, release));
  if (said?.until === undefined || at < said.until) return said;
  return said.planned < said.until ? said : undefined;
}
