import type { WindowSpec } from "@offtake/core/agreements";
import type { ExchangeRate, Offer, Policy, StandingAnswer } from "@offtake/core/book";
import type { CapacityBlock } from "@offtake/core/capacity";
import type { AgreementId, BlockId, CalendarId, Instant, OfferId, PartyId } from "@offtake/core/kernel";
import type { Waiver } from "@offtake/core/rights";
import type { Tier } from "@offtake/core/tenders";
import type { z } from "zod";
import { readWindow } from "../agreements/index.ts";
import { readSpan } from "../requests/index.ts";
import { acceleratorType, readScope } from "../scope/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type {
  blockDocument,
  offerDocument,
  policyDocument,
  rateDocument,
  standingAnswerDocument,
  tierDocument,
  waiverDocument,
} from "./market-document.ts";

type BlockDocument = z.output<typeof blockDocument>;

/** Reads one block; `parents` holds the parent of every block of the book, so that its root can be found. */
export function readBlock(
  document: BlockDocument,
  path: Path,
  context: ReadingContext,
  parents: ReadonlyMap<string, string | undefined>,
): CapacityBlock | undefined {
  context.checkName("party", document.provider, [...path, "provider"]);
  if (document.host !== undefined) context.checkName("party", document.host, [...path, "host"]);
  if (document.parent !== undefined) context.checkName("block", document.parent, [...path, "parent"]);
  const type = acceleratorType(document.accelerator, [...path, "accelerator"], context);
  const rootId = rootOf(document.id, parents);
  const window = readSpan(document.window, [...path, "window"], context);
  const encumbrances = document.encumbrances?.flatMap((item, index) =>
    readEncumbrance(item, [...path, "encumbrances", index], context),
  );
  if (type === undefined) return undefined;
  return {
    id: document.id as BlockId,
    rootId: rootId as BlockId,
    ...(document.parent === undefined ? {} : { parentId: document.parent as BlockId }),
    provider: document.provider as PartyId,
    ...(document.host === undefined ? {} : { host: document.host as PartyId }),
    acceleratorType: type,
    region: document.region,
    quantity: document.count,
    window,
    firmness: document.firmness ?? "firm",
    blockSize: document.block ?? 1,
    ...(encumbrances === undefined ? {} : { encumbrances }),
    ...(document.phase === undefined ? {} : { phase: document.phase }),
  };
}

/**
 * The block at the end of the parents. Where they go round in a circle, which parties may well claim of each other, there is
 * none, and the block stands for itself: the core says what such a block is good for.
 */
function rootOf(id: string, parents: ReadonlyMap<string, string | undefined>): string {
  const seen = new Set<string>();
  let block = id;
  for (;;) {
    if (seen.has(block)) return id;
    seen.add(block);
    const parent = parents.get(block);
    if (parent === undefined) return block;
    block = parent;
  }
}

type Encumbrance = NonNullable<CapacityBlock["encumbrances"]>[number];

function readEncumbrance(
  document: NonNullable<BlockDocument["encumbrances"]>[number],
  path: Path,
  context: ReadingContext,
): Encumbrance[] {
  context.checkName("party", document.holder, [...path, "holder"]);
  const right = context.clause(document.right, [...path, "right"]);
  const window = readSpan(document.window, [...path, "window"], context);
  return right === undefined ? [] : [{ ...right, holder: document.holder as PartyId, window }];
}

export function readTiers(
  document: {
    readonly price?: Tier["rate"] | undefined;
    readonly tiers?: readonly z.output<typeof tierDocument>[] | undefined;
  },
  path: Path,
  context: ReadingContext,
): Tier[] | undefined {
  const { price, tiers } = document;
  if (price !== undefined && tiers !== undefined)
    context.report.add([...path, "tiers"], "conflicting_keys", "`price` says the same", { expected: "one of the two" });
  if (price !== undefined) return [{ from: 1, rate: price }];
  if (tiers === undefined) return undefined;
  for (const [index, tier] of tiers.entries()) {
    const before = tiers[index - 1];
    if (before !== undefined && before.from >= tier.from)
      context.report.add([...path, "tiers", index, "from"], "out_of_range", "tiers go up", {
        expected: `more than ${before.from}`,
      });
  }
  return tiers.map((tier) => ({ from: tier.from, rate: tier.price }));
}

export function readOffer(
  document: z.output<typeof offerDocument>,
  path: Path,
  context: ReadingContext,
): Offer | undefined {
  context.checkName("party", document.provider, [...path, "provider"]);
  if (document.host !== undefined) context.checkName("party", document.host, [...path, "host"]);
  for (const block of document.blocks ?? []) context.checkName("block", block, [...path, "blocks"]);
  const type = acceleratorType(document.accelerator, [...path, "accelerator"], context);
  const { price } = document;
  const priceBy = price?.kind === "agreement" ? price.agreement : undefined;
  if (priceBy !== undefined) {
    context.checkName("agreement", priceBy, [...path, "price"]);
    if (document.tiers !== undefined)
      context.report.add([...path, "tiers"], "conflicting_keys", "`price` says the same", {
        expected: "one of the two",
      });
  }
  const stated = price?.kind === "rate" ? price.rate : undefined;
  const tiers = priceBy === undefined ? readTiers({ price: stated, tiers: document.tiers }, path, context) : [];
  if (tiers === undefined)
    context.report.add([...path, "price"], "missing_key", "this is missing", { expected: "a price, or tiers" });
  if (type === undefined || tiers === undefined) return undefined;
  return {
    id: document.id as OfferId,
    provider: document.provider as PartyId,
    ...(document.host === undefined ? {} : { host: document.host as PartyId }),
    acceleratorType: type,
    region: document.region,
    tiers,
    ...(priceBy === undefined ? {} : { priceBy: priceBy as AgreementId }),
    ...(document.asOf === undefined ? {} : { asOf: document.asOf }),
    ...(document.terms === undefined ? {} : { terms: document.terms }),
    blockSize: document.block ?? 1,
    ...(document.max === undefined ? {} : { countMax: document.max }),
    blocks: (document.blocks ?? []) as BlockId[],
    ...(document.from === undefined ? {} : { from: context.from(document.from) }),
    ...(document.to === undefined ? {} : { to: context.until(document.to) }),
    source: document.source ?? "book",
    standing: document.standing ?? false,
  };
}

export function readRate(document: z.output<typeof rateDocument>, path: Path, context: ReadingContext): ExchangeRate {
  const { agreement, ...rate } = document;
  if (rate.from === rate.to) context.report.add([...path, "to"], "malformed", "a currency is not exchanged for itself");
  if (agreement !== undefined) context.checkName("agreement", agreement, [...path, "agreement"]);
  return { ...rate, ...(agreement === undefined ? {} : { agreement }) };
}

/** No agreement stands behind the policy, so business days that name no calendar of their own leave out weekends and nothing else. */
function countedByWeekends(window: WindowSpec): WindowSpec {
  return window.unit === "business-days" && window.calendars === undefined
    ? { ...window, calendars: ["none" as CalendarId] }
    : window;
}

export function readPolicy(
  document: z.output<typeof policyDocument> | undefined,
  path: Path,
  context: ReadingContext,
): Policy {
  const { tenderWindow, improveWindow, concentration, invite, ownBuild } = document ?? {};
  for (const party of invite ?? []) context.checkName("party", party, [...path, "invite"]);
  for (const party of ownBuild ?? []) context.checkName("party", party, [...path, "ownBuild"]);
  return {
    version: document?.version ?? 1,
    tenderWindow:
      tenderWindow === undefined
        ? countedByWeekends({ n: 3, unit: "business-days" })
        : countedByWeekends(readWindow(tenderWindow, [...path, "tenderWindow"], context)),
    tie: document?.tie ?? "improve",
    improveWindow:
      improveWindow === undefined
        ? { n: 24, unit: "hours" }
        : countedByWeekends(readWindow(improveWindow, [...path, "improveWindow"], context)),
    inseparable: document?.inseparable ?? "reject",
    showCap: document?.showCap ?? false,
    ...(document?.shownCountStep === undefined ? {} : { shownCountStep: document.shownCountStep }),
    ...(concentration === undefined ? {} : { concentrationBp: concentration }),
    minimumUsable: document?.minimumUsable ?? 1,
    ...(invite === undefined ? {} : { invite: invite as PartyId[] }),
    autoAward: document?.autoAward ?? true,
    relatedPartyApproval: document?.relatedPartyApproval ?? "related-party",
    awardConfirmation: document?.awardConfirmation ?? "by-signature",
    ownBuild: (ownBuild ?? []) as PartyId[],
  };
}

export function readStandingAnswer(
  document: z.output<typeof standingAnswerDocument>,
  path: Path,
  context: ReadingContext,
): StandingAnswer {
  context.checkName("party", document.party, [...path, "party"]);
  if (document.priceMin?.kind === "agreement")
    context.checkName("agreement", document.priceMin.agreement, [...path, "priceMin"]);
  return {
    id: document.id,
    party: document.party as PartyId,
    scope: readScope(document.scope ?? "everything", [...path, "scope"], context),
    answer: readAnswer(document.answer, [...path, "answer"], context),
    ...(document.priceMin?.kind === "rate" ? { priceMin: document.priceMin.rate } : {}),
    ...(document.priceMin?.kind === "agreement" ? { priceMinBy: document.priceMin.agreement as AgreementId } : {}),
    byCapacity: document.byCapacity ?? false,
  };
}

function readAnswer(
  answer: z.output<typeof standingAnswerDocument>["answer"],
  path: Path,
  context: ReadingContext,
): StandingAnswer["answer"] {
  if (answer === "refuse") return { type: "refuse" };
  const { max, blocks, host } = answer === "accept" ? {} : answer.accept;
  for (const block of blocks ?? []) context.checkName("block", block, [...path, "accept", "blocks"]);
  if (host !== undefined) context.checkName("party", host, [...path, "accept", "host"]);
  return {
    type: "accept",
    ...(max === undefined ? {} : { countMax: max }),
    blocks: (blocks ?? []) as BlockId[],
    ...(host === undefined ? {} : { host: host as PartyId }),
  };
}

/** A waiver; without a beginning of its own it begins at `begins`. */
export function readWaiver(
  document: z.output<typeof waiverDocument>,
  path: Path,
  context: ReadingContext,
  begins: Instant,
): Waiver | undefined {
  const right = context.clause(document.right, [...path, "right"]);
  const { limits, from, to } = document;
  if (limits?.provider !== undefined) context.checkName("party", limits.provider, [...path, "limits", "provider"]);
  if (right === undefined) return undefined;
  return {
    id: document.id,
    right,
    standing: document.standing ?? limits === undefined,
    from: from === undefined ? begins : context.from(from),
    ...(to === undefined ? {} : { to: context.until(to) }),
    limits: {
      ...(limits?.provider === undefined ? {} : { provider: limits.provider }),
      ...(limits?.count === undefined ? {} : { countMax: limits.count }),
      ...(limits?.price === undefined ? {} : { priceMaxMicros: limits.price.microsPerHour }),
      ...(limits?.purposes === undefined ? {} : { purposes: limits.purposes }),
    },
    infoNotice: document.infoNotice ?? false,
  };
}
