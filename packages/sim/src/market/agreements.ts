import type { AgreementVersion, Clause, ClauseBase } from "@offtake/core/agreements";
import {
  addMs,
  type AgreementId,
  type CalendarId,
  type ClauseId,
  DAY_MS,
  HOUR_MS,
  type Instant,
  type PartyId,
} from "@offtake/core/kernel";
import { blocksOf } from "./capacity.ts";
import type { Play } from "./play.ts";
import { drawRight, drawScope } from "./rights.ts";
import { ACCELERATORS, drawPrice, USD, ZONES } from "./terms.ts";

const YEAR_MS = 365 * DAY_MS;

export function recordFirstAgreements(play: Play): void {
  const count = play.random.between(1, 5);
  for (let made = 0; made < count; made += 1) recordAgreement(play, drawAgreement(play), true);
}

export function recordAgreement(play: Play, agreement: AgreementVersion, activate: boolean): void {
  const receipt = play.submit({ type: "recordAgreement", agreement, activate }, play.keeper);
  if (receipt.rejection === undefined) play.agreements.set(agreement.id, agreement);
}

/** A first version: rights of a provider over the buyer's demand, or of the buyer over the keeper's capacity, and what goes with them. */
export function drawAgreement(play: Play): AgreementVersion {
  const { random } = play;
  const id = play.id<AgreementId>("a");
  const sells = play.book.state.header?.kind === "provider";
  const other = random.pick(
    sells ? [...play.providers.filter((party) => party !== play.keeper), "lab" as PartyId] : play.providers,
  );
  const buyer = sells ? other : ("lab" as PartyId);
  const provider = sells ? play.keeper : other;
  const effectiveFrom = addMs(
    play.now,
    (random.chance(1, 6) ? random.between(0, 40) : -random.between(0, 60)) * DAY_MS,
  );
  return {
    id,
    lineageId: id,
    version: 1,
    title: id,
    buyer,
    provider,
    otherParties: [],
    zone: random.pick(ZONES),
    calendars: ["us-federal" as CalendarId],
    join: "all",
    cutoffMs: 17 * HOUR_MS,
    closeMs: 17 * HOUR_MS,
    effectiveFrom,
    signedAt: addMs(effectiveFrom, -20 * DAY_MS),
    accruedRightsSurvive: random.chance(2, 3),
    affiliateBp: random.pick([2_000, 5_000]),
    assignmentNeedsConsent: random.chance(2, 3),
    changeOfControl: random.pick(["continues", "continues", "ends"]),
    brokerOutage: random.pick(["extends", "extends", "does-not-extend"]),
    clauses: drawClauses(play, id, other),
    ...(random.chance(1, 4) ? { effectiveTo: addMs(play.now, random.between(5, 400) * DAY_MS) } : {}),
  };
}

/** One to three rights, and now and then a commitment, capacity to call, a bar on resale. */
export function drawClauses(play: Play, agreement: string, other: PartyId): Clause[] {
  const { random } = play;
  const grantor = play.book.state.header?.kind === "provider" ? play.keeper : ("lab" as PartyId);
  const clauses: Clause[] = [];
  const rights = random.pick([1, 1, 1, 2, 2, 3]);
  for (let n = 1; n <= rights; n += 1) clauses.push(drawRight(play, `${agreement}r${n}` as ClauseId, other, grantor));
  if (random.chance(1, 4)) clauses.push(drawCommitment(play, `${agreement}c` as ClauseId, other));
  if (random.chance(play.rates["called capacity"], 20))
    clauses.push(drawEntitlement(play, `${agreement}e` as ClauseId, other));
  if (random.chance(1, 6))
    clauses.push({
      ...base(`${agreement}s` as ClauseId),
      kind: "resale",
      allowed: random.chance(1, 3),
      scope: drawScope(random),
    });
  return clauses;
}

function base(id: ClauseId): ClauseBase {
  return { id, lineageId: id, defaults: [] };
}

function drawCommitment(play: Play, id: ClauseId, beneficiary: PartyId): Clause {
  const { random } = play;
  const dollars = (millions: number) => ({ micros: BigInt(millions) * 1_000_000_000_000n, currency: USD });
  // Now and then a period begins inside a second: such a commitment is rejected.
  const today = play.now - (random.chance(1, 30) ? 0 : play.now % DAY_MS);
  const from = addMs(today as Instant, -random.between(0, 200) * DAY_MS);
  const period = (start: Instant) => ({
    from: start,
    to: addMs(start, YEAR_MS),
    amount: dollars(random.between(1, 40)),
    drawn: dollars(0),
    expectedOther: dollars(random.between(0, 20)),
  });
  return {
    ...base(id),
    kind: "commitment",
    type: "spend",
    obligor: "lab" as PartyId,
    beneficiary,
    scope: drawScope(random),
    status: random.pick(["active", "active", "proposed"]),
    schedule: [period(from), period(addMs(from, YEAR_MS))],
    shortfallBp: random.pick([10_000, 5_000]),
    stackPriority: random.between(1, 3),
  };
}

function drawEntitlement(play: Play, id: ClauseId, provider: PartyId): Clause {
  const { random } = play;
  const block = play.oneOf(blocksOf(play, provider));
  return {
    ...base(id),
    kind: "entitlement",
    act: random.pick(["call-off", "renewal"]),
    acceleratorType: block?.acceleratorType ?? random.pick(ACCELERATORS),
    count: random.between(1, 40) * 8,
    price: drawPrice(random),
    blocks: block === undefined || random.chance(1, 3) ? [] : [block.id],
    ...(random.chance(1, 2) ? { until: addMs(play.now, random.between(1, 90) * DAY_MS) } : {}),
  };
}
