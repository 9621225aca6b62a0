import type { AgreementVersion } from "../agreements/agreement.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { WindowSpec } from "../agreements/window.ts";
import { deemedReceived, type DeliveryProfile, respondBy, type WindowRule } from "../calendar/index.ts";
import { addMs, type Instant, type PartyId, type Result, success } from "../kernel/index.ts";
import { latest } from "../notices/latest.ts";
import { deliveryOf, ruleOf } from "../notices/rules.ts";
import type { SafeSend } from "./model.ts";
import type { DatesWorld } from "./world.ts";

/** How a notice to a party travels under an agreement. */
export interface Delivery {
  readonly profile: DeliveryProfile;
  /** At least one. */
  readonly channels: readonly string[];
  /** How long a channel is waited for before the next is tried. */
  readonly fallback: WindowRule;
}

const PORTAL = "portal";
/** What a notice under no right waits for a channel: as long as a right that says nothing. */
const FALLBACK: WindowSpec = { n: 1, unit: "business-days" };

export function deliveryTo(
  world: DatesWorld,
  version: AgreementVersion,
  recipient: PartyId,
  right?: RightClause,
): Result<Delivery> {
  const notice = world.party(recipient)?.notice;
  const profile = deliveryOf(version, notice, world.calendarOf);
  if (!profile.ok) return profile;
  const fallback = ruleOf(right?.delivery.fallbackAfter ?? FALLBACK, version, world.calendarOf);
  if (!fallback.ok) return fallback;
  const channels = notice === undefined || notice.channels.length === 0 ? [PORTAL] : notice.channels;
  return success({ profile: profile.value, channels: tried(channels, right), fallback: fallback.value });
}

/** A notice that counts when it is sent, or that the portal delivers at once, needs no second channel. */
function tried(channels: readonly string[], right: RightClause | undefined): readonly string[] {
  const rule = right?.delivery.rule ?? "delivered";
  const [first = PORTAL] = channels;
  return rule === "sent" || (first === PORTAL && rule === "delivered") ? [first] : channels;
}

/** When a notice that is sent at an instant is deemed received, if every channel but the last fails (rule G1, row N10). */
export function receiptAtWorst({ profile, channels, fallback }: Delivery, sentAt: Instant): Result<Instant> {
  let at = sentAt;
  for (let failed = 1; failed < channels.length; failed += 1) {
    const waited = respondBy(fallback, { deliveredAt: at, deemedReceivedAt: at });
    if (!waited.ok) return waited;
    at = addMs(waited.value.respondBy, 1);
  }
  return deemedReceived(at, profile);
}

/**
 * The last instant to send a notice so that what follows from its receipt comes about at or before `by`.
 *
 * @param follows from receipt: the end of a notice period, or the receipt itself
 * @returns the problem of a calendar wherever a later sending could not be counted: then nobody knows the last one
 * @source Rules DAT2 and DAT3 in ./SPEC.md
 */
export function safeSend(
  delivery: Delivery,
  by: Instant,
  follows: (receivedAt: Instant) => Result<Instant>,
): Result<SafeSend> {
  const found = lastInTime(by, (sentAt) => {
    const received = receiptAtWorst(delivery, sentAt);
    return received.ok ? follows(received.value) : received;
  });
  if (!found.ok) return found;
  return success({ by: found.value, zone: delivery.profile.zone, channels: delivery.channels });
}

/** `latest`, where the instant after it can be counted too; a count that runs out of a calendar is a problem and no bound. */
export function lastInTime(by: Instant, comesAt: (from: Instant) => Result<Instant>): Result<Instant> {
  const found = latest(by, comesAt);
  if (!found.ok || found.value >= by) return found;
  const next = comesAt(addMs(found.value, 1));
  return next.ok ? found : next;
}
