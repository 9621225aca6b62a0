import { type AgreementVersion, type Clause, isRight, type RightClause } from "@offtake/core/agreements";
import { addMs, type AgreementId, type ClauseId, DAY_MS, type PartyId } from "@offtake/core/kernel";
import { drawAgreement, drawClauses, recordAgreement } from "./agreements.ts";
import type { Play } from "./play.ts";
import { drawScope } from "./rights.ts";
import { drawSpan, PURPOSES } from "./terms.ts";

function anAgreement(play: Play): AgreementVersion | undefined {
  return play.oneOf([...play.agreements.values()]);
}

export function newAgreement(play: Play): void {
  const restated = play.random.chance(1, 4) ? anAgreement(play) : undefined;
  const drawn = drawAgreement(play);
  // An amended and restated agreement repeats the same rights under another id.
  const agreement =
    restated === undefined ? drawn : { ...restated, id: drawn.id, version: 1, effectiveFrom: drawn.effectiveFrom };
  recordAgreement(play, agreement, play.random.chance(5, 6));
}

/** The next version of an agreement: effective before, now or later; some reach notices that are open. */
export function amend(play: Play): void {
  const { random } = play;
  const before = anAgreement(play);
  if (before === undefined) return;
  const signed = random.chance(1, 6) ? [before.buyer] : [before.buyer, before.provider];
  const { appliesToOpenNotices: _, ...rest } = before;
  const version: AgreementVersion = {
    ...rest,
    version: random.chance(1, 15) ? before.version : before.version + 1,
    effectiveFrom: addMs(play.now, random.pick([-20, -1, 0, 0, 3, 20]) * DAY_MS),
    clauses: amendClauses(play, before),
    ...(random.chance(1, 3) ? { appliesToOpenNotices: { signedBy: signed } } : {}),
  };
  recordAgreement(play, version, random.chance(5, 6));
}

function amendClauses(play: Play, before: AgreementVersion): Clause[] {
  const { random } = play;
  const clauses = before.clauses.map((clause): Clause => (isRight(clause) ? amendRight(play, clause) : clause));
  if (random.chance(1, 5)) return clauses.slice(0, -1);
  if (random.chance(1, 5))
    return [...clauses, ...drawClauses(play, play.id<AgreementId>(`${before.id}x`), before.provider)];
  return clauses;
}

function amendRight(play: Play, right: RightClause): RightClause {
  const { random } = play;
  const kind = random.below(5);
  if (kind === 0) return { ...right, window: drawSpan(random, 8) };
  if (kind === 1) return { ...right, scope: drawScope(random) };
  if (kind === 2)
    return {
      ...right,
      carveOuts: [
        {
          id: "amended",
          scope: { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: [random.pick(PURPOSES)] }] },
        },
      ],
    };
  return right;
}

export function terminate(play: Play): void {
  const { random } = play;
  const agreement = anAgreement(play);
  if (agreement === undefined) return;
  const clause = play.oneOf(agreement.clauses);
  play.submit(
    {
      type: "terminateAgreement",
      agreement: random.chance(1, 20) ? ("a0" as AgreementId) : agreement.id,
      effectiveAt: addMs(play.now, random.pick([-1, 0, 1, 4]) * DAY_MS),
      ...(random.chance(1, 2) ? { accruedRightsSurvive: random.chance(1, 2) } : {}),
      ...(clause !== undefined && random.chance(1, 2) ? { clauses: [clause.id] } : {}),
    },
    play.keeper,
  );
}

export function assign(play: Play): void {
  const { random } = play;
  const agreement = anAgreement(play);
  if (agreement === undefined) return;
  const from = agreement.provider === play.keeper ? agreement.buyer : agreement.provider;
  const to = (random.chance(1, 20) ? "nobody" : random.pick(["alfa2", ...play.providers])) as PartyId;
  play.submit(
    { type: "assignAgreement", agreement: agreement.id, from, to, consented: random.chance(1, 2) },
    play.keeper,
  );
}

export function changeControl(play: Play): void {
  const party = play.random.pick(play.providers);
  play.submit(
    { type: "recordControlChange", party, effectiveAt: addMs(play.now, play.random.pick([-1, 0, 2]) * DAY_MS) },
    play.keeper,
  );
}

export function changeStatus(play: Play): void {
  const agreement = anAgreement(play);
  if (agreement === undefined) return;
  play.submit(
    {
      type: "changeAgreementStatus",
      agreement: agreement.id,
      status: play.random.pick(["suspended", "active", "active"]),
      why: "by hand",
    },
    play.keeper,
  );
}

/** Somebody decides which of two clauses prevails. */
export function decideConflict(play: Play): void {
  const { random } = play;
  const open = openConflicts(play);
  const found = play.oneOf(open);
  if (found === undefined) return;
  const prevails = random.pick([found.agreement, found.withAgreement]);
  play.submit({ type: "decideConflict", ...found, prevails, by: "counsel", reason: "read together" }, play.keeper);
}

interface ConflictPair {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly withAgreement: AgreementId;
  readonly withClause: ClauseId;
}

export function openConflicts(play: Play): ConflictPair[] {
  return play.book.state.conflicts.sorted().flatMap(([key, status]) => {
    if (status !== "open") return [];
    const [agreement = "", clause = "", withAgreement = "", withClause = ""] = key.split(/[# ]/);
    return [
      {
        agreement: agreement as AgreementId,
        clause: clause as ClauseId,
        withAgreement: withAgreement as AgreementId,
        withClause: withClause as ClauseId,
      },
    ];
  });
}

/** A holder waives a right: for all time, for a while, or for stated terms. */
export function grantWaiver(play: Play): void {
  const { random } = play;
  const agreement = anAgreement(play);
  const clause = play.oneOf(agreement?.clauses.filter(isRight) ?? []);
  if (agreement === undefined || clause === undefined) return;
  const standing = random.chance(1, 2);
  const limits = standing
    ? random.chance(1, 2)
      ? { purposes: [random.pick(PURPOSES)] }
      : {}
    : {
        ...(random.chance(1, 2) ? { provider: random.pick(play.providers) } : {}),
        ...(random.chance(1, 2) ? { countMax: random.between(1, 64) * 8 } : {}),
        ...(random.chance(1, 2) ? { priceMaxMicros: BigInt(random.between(15, 35)) * 100_000n } : {}),
      };
  const waiver = {
    id: play.id("w"),
    right: { agreement: agreement.id, clause: clause.id },
    standing,
    from: addMs(play.now, random.pick([-1, 0, 0, 2]) * DAY_MS),
    limits,
    infoNotice: random.chance(1, 3),
    ...(random.chance(1, 2) ? { to: addMs(play.now, random.between(3, 30) * DAY_MS) } : {}),
  };
  play.submit({ type: "grantWaiver", waiver }, play.does("nonsense") ? play.party() : clause.holder);
}

export function revokeWaiver(play: Play): void {
  const waiver = play.oneOf(play.book.state.waivers.sorted());
  const id = waiver?.[0] ?? "w0";
  const holder = play.oneOf(play.providers) ?? play.keeper;
  play.submit({ type: "revokeWaiver", waiver: id }, holder);
}
