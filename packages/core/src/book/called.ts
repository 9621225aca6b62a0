import { type EntitlementClause, isRight, type RightClause } from "../agreements/clause.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import { clauseEnd, findClause, standsFor } from "../agreements/timeline.ts";
import type {
  AcceleratorType,
  AgreementId,
  BlockId,
  ClauseId,
  Instant,
  PartyId,
  Rate,
  RequestId,
} from "../kernel/index.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import { agreementsOf } from "./lists.ts";
import type { BookState } from "./state.ts";

/** What a request calls: capacity contracted before, or an option of the one that calls. */
export interface Called {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly kind: "call-off" | "renewal" | "option";
  readonly provider: PartyId;
  /** Who may call. */
  readonly caller: PartyId;
  readonly count: number;
  /** What the contract gives; an option says it in its scope. */
  readonly acceleratorType?: AcceleratorType;
  readonly price?: Rate;
  readonly blocks: readonly BlockId[];
  /** First instant at which it may no longer be called. */
  readonly until?: Instant;
  readonly signedAt: Instant;
  readonly statedIn?: RequestId;
  readonly version: AgreementVersion;
}

/** What a line of a request calls; undefined where it calls nothing. Negotiated terms are a new bargain, and no call. */
export function calledBy(state: BookState, line: RequestLine | undefined): Called | undefined {
  return line?.under === undefined || line.under.negotiated ? undefined : findCalled(state, line.under);
}

export function calledIn(state: BookState, request: ComputeRequest, lineIndex: number): Called | undefined {
  return calledBy(state, request.lines[lineIndex]);
}

/** The newest version of the clause that a call names. */
export function findCalled(
  state: BookState,
  under: { readonly agreement: AgreementId; readonly clause: ClauseId },
): Called | undefined {
  const agreement = state.agreements.get(under.agreement);
  if (agreement === undefined) return undefined;
  for (let index = agreement.versions.length - 1; index >= 0; index -= 1) {
    const version = agreement.versions[index] as AgreementVersion;
    const clause = findClause(version, under.clause);
    if (clause?.kind !== "entitlement" && clause?.kind !== "option") continue;
    const end = clauseEnd(agreement, version, under.clause)?.at;
    const place = { ...under, version, signedAt: version.signedAt ?? version.effectiveFrom };
    const found = clause.kind === "entitlement" ? ofEntitlement(clause) : ofOption(clause);
    if (found === undefined) continue;
    const isOption = clause.kind === "option";
    const provider = isOption ? standsFor(agreement, clause.grantor) : standsFor(agreement, version.provider);
    const caller = isOption ? standsFor(agreement, clause.holder) : standsFor(agreement, version.buyer);
    const until = [found.until, end].filter((item) => item !== undefined).sort((a, b) => a - b)[0];
    return { ...place, ...found, provider, caller, ...(until === undefined ? {} : { until }) };
  }
  return undefined;
}

type Found = Pick<Called, "kind" | "count" | "acceleratorType" | "price" | "blocks" | "until" | "statedIn">;

function ofEntitlement({ act, acceleratorType, count, price, blocks, until, statedIn }: EntitlementClause): Found {
  return {
    kind: act,
    acceleratorType,
    count,
    price,
    blocks,
    ...(until === undefined ? {} : { until }),
    ...(statedIn === undefined ? {} : { statedIn: statedIn as RequestId }),
  };
}

function ofOption({ option }: RightClause): Found | undefined {
  if (option === undefined) return undefined;
  const { count, price, blocks, until } = option;
  return { kind: "option", count, blocks, until, ...(price === undefined ? {} : { price }) };
}

/**
 * Whether capacity called under a contract is new to a right: not where it was contracted before the right began, nor where a notice
 * that was cleared had stated it, nor where a contract is only renewed at its preset price (rows A7, A9, A15).
 */
export function isNewTo(state: BookState, called: Called, right: RightClause): boolean {
  if (called.kind === "renewal" || called.signedAt < beganAt(state, right)) return false;
  return called.statedIn === undefined || !state.statedOptions.has(called.statedIn);
}

/** When a right began: with the first version, of any agreement, that has it. An amendment does not make it younger. */
function beganAt(state: BookState, right: RightClause): number {
  let began = Infinity;
  for (const { versions } of agreementsOf(state)) {
    for (const version of versions) {
      if (version.clauses.some((item) => isRight(item) && item.lineageId === right.lineageId))
        began = Math.min(began, version.effectiveFrom);
    }
  }
  return began;
}
