import type { PartyId } from "../kernel/index.ts";
import type { Notice, ThirdPartyOffer } from "../notices/notice.ts";
import type { Terms } from "../requests/terms.ts";
import type { HolderNotice } from "./holder-events.ts";
import { namesDimension } from "../scope/names.ts";
import { clauseOf, type DisclosureState, nameOf } from "./state.ts";

/** A notice for the eyes of whoever may answer it. */
export function noticeFor(state: DisclosureState, notice: Notice, reader: PartyId): HolderNotice {
  const { id, kind, right, holder, count, round, finalRound, contingent, missing, sentAt, channel } = notice;
  const from = state.keeper ?? holder;
  const shown: HolderNotice = {
    id,
    kind,
    agreement: right.agreement,
    clause: right.clause,
    version: right.version,
    request: state.handleOf(reader, "req", notice.request),
    from,
    fromName: nameOf(state, from),
    holder,
    count,
    terms: termsFor(state, notice),
    round,
    finalRound,
    contingent,
    missing,
    sentAt,
    channel,
  };
  return notice.thirdParty === undefined ? shown : { ...shown, thirdParty: offerFor(state, notice, notice.thirdParty) };
}

/**
 * What a product is called before it is out is told to whom it ships first on, and to holders of rights that are about products: others
 * are asked for compute.
 */
function withoutProduct(state: DisclosureState, { kind, terms, right }: Notice): Terms {
  if (terms.product === undefined || kind === "first-ship") return terms;
  const clause = clauseOf(state, right);
  const parts = clause === undefined ? [] : [clause.scope, ...clause.carveOuts.map(({ scope }) => scope)];
  if (parts.some((scope) => namesDimension(scope, "x_Product"))) return terms;
  const { product: _, ...rest } = terms;
  return rest;
}

/**
 * The cap is the noticed price. The holder of a first offer names its terms first, and is not told how far the buyer would go; where
 * the terms are a third party's, its price is told only as far as the clause lets it.
 */
function termsFor(state: DisclosureState, notice: Notice): Terms {
  const { kind, round, thirdParty, right } = notice;
  const terms = withoutProduct(state, notice);
  const isWithheld = thirdParty !== undefined && clauseOf(state, right)?.disclosure.price === false;
  if (!isWithheld && (kind !== "first-offer" || round > 0)) return terms;
  const { price: _, ...rest } = terms;
  return rest;
}

/** Price and identity of the third party only as far as the clause lets them be told; which bid it is, never. */
function offerFor(
  state: DisclosureState,
  notice: Notice,
  offer: ThirdPartyOffer,
): NonNullable<HolderNotice["thirdParty"]> {
  const { count, countMin, window, stated, price, provider, acceleratorType, region } = offer;
  const told = clauseOf(state, notice.right)?.disclosure;
  return {
    count,
    countMin,
    window,
    stated,
    ...(acceleratorType === undefined ? {} : { acceleratorType }),
    ...(region === undefined ? {} : { region }),
    ...(told?.price === false ? {} : { price }),
    ...(provider === undefined || told?.identity !== true ? {} : { provider }),
  };
}
