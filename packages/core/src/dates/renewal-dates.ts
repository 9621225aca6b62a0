import type { AgreementVersion } from "../agreements/agreement.ts";
import { lastEnd, type Renewal, type Term, termAt } from "../agreements/renewal.ts";
import { noticeRule } from "../agreements/renewal-notice.ts";
import { type AgreementState, standsFor, stopOf } from "../agreements/timeline.ts";
import { respondBy } from "../calendar/index.ts";
import { addMs, DAY_MS, type Instant, type PartyId, type Result, success } from "../kernel/index.ts";
import { type Collector, type Place, reachOf } from "./collector.ts";
import { isUnder, type Reign } from "./reigns.ts";
import { deliveryTo, lastInTime, safeSend } from "./safe-send.ts";

/** Terms looked at: daily renewals over a year, monthly ones over thirty. */
const TERMS_MAX = 400;

/** Where an agreement renews: each end of a term inside the window, and the last day to stop it there. */
export function addRenewals(into: Collector, agreement: AgreementState, reign: Reign): void {
  const { version } = reign;
  const { renewal } = version;
  if (renewal === undefined || stopOf(agreement, version) !== undefined) return;
  const place: Place = { agreement, version };
  for (const { term, next } of termsOf(version, into.window.from)) {
    const outside = addMs(term.to, -reachOf(renewal.notice.n, renewal.notice.unit) * DAY_MS) >= into.window.to;
    if (outside || !isUnder(reign, term.to)) return;
    into.add(place, term.number + 1, {
      what: { kind: "renewal", number: term.number + 1, ...(next === undefined ? {} : { to: next }) },
      form: "ends",
      at: term.to,
    });
    // After its first term it may be left at any month's or quarter's end: no renewal locks anybody in.
    if (term.number === 0 || renewal.to === "term" || renewal.to === "day")
      addLastNotice(into, place, renewal, term, next);
  }
}

/** Terms that are followed by another, from the one that runs at an instant, with the end of that which follows. */
function* termsOf(version: AgreementVersion, from: Instant): Generator<{ term: Term; next: Instant | undefined }> {
  const { renewal, effectiveFrom, effectiveTo } = version;
  if (effectiveTo === undefined) return;
  if (renewal?.kind === "evergreen") {
    yield { term: { number: 0, from: effectiveFrom, to: effectiveTo }, next: undefined };
    return;
  }
  const last = lastEnd(version);
  let term = termAt(version, from);
  for (let count = 0; term !== undefined && term.to !== last && count < TERMS_MAX; count += 1) {
    const following = termAt(version, term.to);
    yield { term, next: following?.to };
    term = following;
  }
}

function addLastNotice(into: Collector, place: Place, renewal: Renewal, term: Term, next: Instant | undefined): void {
  const { world } = into;
  const { version } = place;
  const by = addMs(term.to, -1);
  const rule = noticeRule(version, renewal.notice, world.calendarOf);
  const counted = (receivedAt: Instant): Result<Instant> => {
    if (!rule.ok) return rule;
    const period = respondBy(rule.value, { deliveredAt: receivedAt, deemedReceivedAt: receivedAt });
    return period.ok ? success(period.value.respondBy) : period;
  };
  const { actor, recipient } = sidesOf(place, renewal, world.keeper);
  const delivery = deliveryTo(world, version, recipient);
  const last = lastInTime(by, counted);
  const send = delivery.ok ? safeSend(delivery.value, by, counted) : delivery;
  if (!last.ok || !send.ok) {
    const reach = reachOf(renewal.notice.n, renewal.notice.unit);
    const failed = last.ok ? send : last;
    if (!failed.ok) into.fail(place, "last-notice", by, reach, failed.problem);
    return;
  }
  into.add(place, term.number, {
    what: { kind: "last-notice", number: term.number + 1, ends: term.to, ...(next === undefined ? {} : { next }) },
    form: "by",
    at: last.value,
    actor,
    recipient,
    send: send.value,
  });
}

/** The keeper where it may give notice, else the side that may; and the other. */
function sidesOf(
  { agreement, version }: Place,
  { noticeBy }: Renewal,
  keeper: PartyId,
): { actor: PartyId; recipient: PartyId } {
  const buyer = standsFor(agreement, version.buyer);
  const provider = standsFor(agreement, version.provider);
  const byProvider = noticeBy === "provider" || (noticeBy === "either" && keeper === provider);
  return byProvider ? { actor: provider, recipient: buyer } : { actor: buyer, recipient: provider };
}
