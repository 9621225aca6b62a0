import {
  type Clause,
  type CommitmentClause,
  type DateClause,
  type EntitlementClause,
  isRight,
  type RightClause,
} from "../agreements/clause.ts";
import { renewedEnd } from "../agreements/renewal.ts";
import { noticeRule } from "../agreements/renewal-notice.ts";
import { type AgreementState, standsFor } from "../agreements/timeline.ts";
import { formatCivilDate, localDate, monthOf, respondBy, yearOf } from "../calendar/index.ts";
import { expectedShortfall } from "../commitments/shortfall.ts";
import { addMs, type Instant, type PartyId, type Result, success } from "../kernel/index.ts";
import { type Collector, type Place, reachOf, WAY_DAYS } from "./collector.ts";
import { isUnder, type Reign } from "./reigns.ts";
import { deliveryTo, lastInTime, safeSend } from "./safe-send.ts";

/** Occurrences looked at: a date of every day over a year, of every month over thirty. */
const OCCURRENCES_MAX = 400;

/** The dates that one clause of a version causes while the version is in force. */
export function addClauseDates(into: Collector, agreement: AgreementState, reign: Reign, clause: Clause): void {
  const place: Place = { agreement, version: reign.version, clause };
  if (isRight(clause)) {
    addOption(into, place, reign, clause);
    addMeasurements(into, place, reign, clause);
    return;
  }
  if (clause.kind === "entitlement") addEntitlement(into, place, reign, clause);
  if (clause.kind === "commitment") addPeriods(into, place, reign, clause);
  if (clause.kind === "date") addOccurrences(into, place, reign, clause);
}

function addOption(into: Collector, place: Place, reign: Reign, clause: RightClause): void {
  if (clause.option === undefined) return;
  const { until, count, price } = clause.option;
  const left = into.world.leftOf(place.agreement.id, clause.id, count);
  const by = addMs(until, -1);
  if (left === 0 || !isUnder(reign, by)) return;
  addSent(into, place, { by, actor: clause.holder, recipient: clause.grantor, right: clause }, "until", {
    kind: "option",
    count: left,
    ...(price === undefined ? {} : { price }),
  });
}

function addEntitlement(into: Collector, place: Place, reign: Reign, clause: EntitlementClause): void {
  const { until, act, count, price } = clause;
  if (until === undefined || !isUnder(reign, addMs(until, -1))) return;
  const left = into.world.leftOf(place.agreement.id, clause.id, count);
  if (left === 0) return;
  const { buyer, provider } = place.version;
  addSent(into, place, { by: addMs(until, -1), actor: buyer, recipient: provider }, "until", {
    kind: "entitlement",
    act,
    count: left,
    price,
  });
}

interface Sent {
  readonly by: Instant;
  readonly actor: PartyId;
  readonly recipient: PartyId;
  readonly right?: RightClause;
}

/** Something that must have been received by an instant. */
function addSent(
  into: Collector,
  place: Place,
  { by, actor, recipient, right }: Sent,
  key: string,
  what: Parameters<Collector["add"]>[2]["what"],
): void {
  const to = standsFor(place.agreement, recipient);
  const delivery = deliveryTo(into.world, place.version, to, right);
  const send = delivery.ok ? safeSend(delivery.value, by, success) : delivery;
  if (!send.ok) return into.fail(place, what.kind, by, WAY_DAYS, send.problem);
  const who = standsFor(place.agreement, actor);
  into.add(place, key, { what, form: "by", at: by, actor: who, recipient: to, send: send.value });
}

function addPeriods(into: Collector, place: Place, reign: Reign, clause: CommitmentClause): void {
  if (clause.status !== "active" && clause.status !== "pending") return;
  for (const [index, period] of clause.schedule.entries()) {
    if (!isUnder(reign, period.to)) continue;
    const shortfall = expectedShortfall(clause, period);
    into.add(place, index + 1, {
      what: {
        kind: "commitment",
        type: clause.type,
        period: { from: period.from, to: period.to },
        ...(shortfall === undefined ? {} : { shortfall }),
      },
      form: "ends",
      at: period.to,
      actor: standsFor(place.agreement, clause.obligor),
    });
  }
}

/** The ends of the months and years by which shares of use are measured. */
function addMeasurements(into: Collector, place: Place, reign: Reign, clause: RightClause): void {
  const { zone } = place.version;
  const share = clause.minimumShare;
  const months = clause.carveOuts.some((carve) => carve.share !== undefined);
  const of = share === undefined ? (months ? "carve-out" : undefined) : "minimum-share";
  if (of === undefined) return;
  const periodOf = share?.period === "year" ? yearOf : monthOf;
  let period = periodOf(zone, latestOf(into.window.from, reign.from));
  for (let count = 0; period.to < into.window.to && count < OCCURRENCES_MAX; count += 1) {
    if (!isUnder(reign, period.to)) return;
    const { from, to } = period;
    into.add(place, formatCivilDate(localDate(zone, from)).slice(0, 7), {
      what: { kind: "measurement", of, period: { from, to } },
      form: "ends",
      at: to,
    });
    period = periodOf(zone, to);
  }
}

const latestOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** Each time that a date clause comes up, as long as its version is in force. */
function addOccurrences(into: Collector, place: Place, reign: Reign, clause: DateClause): void {
  const { zone } = place.version;
  const reach = clause.notice === undefined ? WAY_DAYS : reachOf(clause.notice.n, clause.notice.unit);
  for (let number = 0; number < OCCURRENCES_MAX; number += 1) {
    const on = clause.every === undefined ? clause.by : renewedEnd(zone, clause.by, clause.every, number);
    if (!isUnder(reign, on) && on > reign.from) return;
    if (on - reach * 86_400_000 >= into.window.to) return;
    if (on >= into.window.from && isUnder(reign, on)) addOccurrence(into, place, clause, on, number, reach);
    if (clause.every === undefined) return;
  }
}

function addOccurrence(
  into: Collector,
  place: Place,
  clause: DateClause,
  on: Instant,
  number: number,
  reach: number,
): void {
  const { world } = into;
  const { agreement, version } = place;
  const actor = standsFor(agreement, clause.actor);
  const what = {
    kind: "date",
    subject: clause.subject,
    on,
    noticed: clause.notice !== undefined,
    ...(clause.silence === undefined ? {} : { silence: clause.silence }),
  } as const;
  if (clause.notice === undefined) return into.add(place, number, { what, form: "ends", at: on, actor });
  const rule = noticeRule(version, clause.notice, world.calendarOf);
  const counted = (receivedAt: Instant): Result<Instant> => {
    if (!rule.ok) return rule;
    const period = respondBy(rule.value, { deliveredAt: receivedAt, deemedReceivedAt: receivedAt });
    return period.ok ? success(period.value.respondBy) : period;
  };
  const by = addMs(on, -1);
  const buyer = standsFor(agreement, version.buyer);
  const recipient = actor === buyer ? standsFor(agreement, version.provider) : buyer;
  const delivery = deliveryTo(world, version, recipient);
  const last = lastInTime(by, counted);
  const send = delivery.ok ? safeSend(delivery.value, by, counted) : delivery;
  if (last.ok && send.ok)
    into.add(place, number, { what, form: "by", at: last.value, actor, recipient, send: send.value });
  else if (!last.ok) into.fail(place, "date", by, reach, last.problem);
  else if (!send.ok) into.fail(place, "date", by, reach, send.problem);
}
