import type { BookHeader, ExchangeRate, Offer, Policy, StandingAnswer } from "@offtake/core/book";
import { type HolidayCalendar, UTC } from "@offtake/core/calendar";
import type { CapacityBlock } from "@offtake/core/capacity";
import type { AcceleratorType, AgreementId, BlockId, Currency, Instant, PartyId } from "@offtake/core/kernel";
import type { IndexValue } from "@offtake/core/prices";
import type { ComputeRequest } from "@offtake/core/requests";
import type { Waiver } from "@offtake/core/rights";
import { type AgreementReading, readAgreement } from "../agreements/index.ts";
import type { RequestDocument } from "../requests/index.ts";
import { readRequest } from "../requests/index.ts";
import { acceleratorTypes } from "../scope/index.ts";
import { type KnownNames, ReadingContext, type Report } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { BookTree } from "./document.ts";
import { readBlock, readOffer, readPolicy, readRate, readStandingAnswer, readWaiver } from "./market.ts";
import { type PartyReading, readCalendar, readParty } from "./parts.ts";

/** A table of prices that is to be imported; paths count from `from`. */
export interface PriceListReference {
  readonly file: string;
  /** Name of the file in which the reference stands. */
  readonly from: string;
  readonly provider: PartyId;
  /** The provider as the importer knows it; whatever the list says where it is absent. */
  readonly kind?: string;
  readonly regions?: readonly string[];
  /** The region that a price without one is taken for. */
  readonly region?: string;
  /** Accelerator types of the product's table. */
  readonly accelerators?: readonly AcceleratorType[];
  readonly blocks: readonly BlockId[];
  readonly max?: number;
  readonly standing: boolean;
}

export interface ResaleConsent {
  readonly by: PartyId;
  readonly host: PartyId;
  readonly to: PartyId;
}

/** Everything a book says, in core types. */
export interface Book {
  readonly header: BookHeader;
  readonly parties: readonly PartyReading[];
  readonly calendars: readonly HolidayCalendar[];
  readonly accelerators: readonly string[];
  readonly agreements: readonly AgreementReading[];
  readonly blocks: readonly CapacityBlock[];
  readonly offers: readonly Offer[];
  readonly priceLists: readonly PriceListReference[];
  readonly rates: readonly ExchangeRate[];
  readonly indexValues: readonly IndexValue[];
  readonly policy: Policy;
  readonly standingAnswers: readonly StandingAnswer[];
  readonly requests: ReadonlyMap<string, ComputeRequest>;
  readonly waivers: readonly Waiver[];
  readonly renewalNotices: readonly RenewalNoticeGiven[];
  readonly resaleConsents: readonly ResaleConsent[];
  /** Names that documents read beside this book may refer to. */
  readonly names: KnownNames;
}

/** A notice of non-renewal that a book records. */
export interface RenewalNoticeGiven {
  readonly agreement: AgreementId;
  readonly by: PartyId;
  readonly deliveredAt: Instant;
}

/** Waivers of a book are in force from before anything happens in it. */
const ALWAYS = 0 as Instant;

const isPriceList = (
  offer: NonNullable<BookTree["offers"]>[number],
): offer is Extract<typeof offer, { priceList: object }> => "priceList" in offer;

/** Reads a validated book. Whatever does not fit together is reported; what could not be read is left out of the result. */
export function readBook(tree: BookTree, report: Report, names: KnownNames, placeOf: (path: Path) => string): Book {
  const zone = tree.zone ?? UTC;
  const context = new ReadingContext(report, zone, names);
  const header = readHeader(tree, context);
  const parents = new Map((tree.capacity ?? []).map((block) => [block.id, block.parent]));
  const each = <Document, Value>(
    key: keyof BookTree,
    documents: readonly Document[] | undefined,
    read: (document: Document, path: Path) => Value | undefined,
  ): Value[] => (documents ?? []).flatMap((document, index) => read(document, [key, index]) ?? []);
  const agreements = each("agreements", tree.agreements, (document, path) =>
    "file" in document ? undefined : readAgreement(document, path, context),
  );
  const requests = each("requests", tree.requests, (document: RequestDocument, path) =>
    readRequest(document, path, context, { buyer: header.keeper }),
  );
  return {
    header,
    parties: each("parties", tree.parties, (document, path) => readParty(document, path, context)),
    calendars: each("calendars", tree.calendars, (document, path) => readCalendar(document, path, context)),
    accelerators: tree.accelerators ?? [],
    agreements,
    blocks: each("capacity", tree.capacity, (document, path) => readBlock(document, path, context, parents)),
    offers: each("offers", tree.offers, (document, path) =>
      isPriceList(document) ? undefined : readOffer(document, path, context),
    ),
    priceLists: each("offers", tree.offers, (document, path) =>
      isPriceList(document) ? readPriceList(document.priceList, path, context, placeOf) : undefined,
    ),
    rates: each("rates", tree.rates, (document, path) => readRate(document, path, context)),
    indexValues: tree.indexValues ?? [],
    policy: readPolicy(tree.policy, ["policy"], context),
    standingAnswers: each("standingAnswers", tree.standingAnswers, (document, path) =>
      readStandingAnswer(document, path, context),
    ),
    requests: new Map(requests.map((request) => [request.id, request])),
    waivers: each("waivers", tree.waivers, (document, path) => readWaiver(document, path, context, ALWAYS)),
    renewalNotices: each("renewalNotices", tree.renewalNotices, ({ agreement, by, delivered }, path) => {
      context.checkName("agreement", agreement, [...path, "agreement"]);
      context.checkName("party", by, [...path, "by"]);
      const zone = agreements.find((one) => one?.agreement.id === agreement)?.agreement.zone ?? context.zone;
      return {
        agreement: agreement as AgreementId,
        by: by as PartyId,
        deliveredAt: context.inZone(zone).from(delivered),
      };
    }),
    resaleConsents: each("resaleConsents", tree.resaleConsents, (document, path) => {
      for (const key of ["by", "host", "to"] as const) context.checkName("party", document[key], [...path, key]);
      return {
        by: document.by as PartyId,
        host: document.host as PartyId,
        to: document.to as PartyId,
      };
    }),
    names,
  };
}

function readHeader(tree: BookTree, context: ReadingContext): BookHeader {
  if (tree.keeper === undefined)
    context.report.add(["keeper"], "missing_key", "this is missing", {
      expected: "the id of the party whose book it is",
    });
  else context.checkName("party", tree.keeper, ["keeper"]);
  return {
    keeper: (tree.keeper ?? "") as PartyId,
    kind: tree.kind ?? "buyer",
    currency: tree.currency ?? ("USD" as Currency),
    zone: context.zone,
  };
}

type PriceListDocument = Extract<NonNullable<BookTree["offers"]>[number], { priceList: object }>["priceList"];

function readPriceList(
  document: PriceListDocument,
  path: Path,
  context: ReadingContext,
  placeOf: (path: Path) => string,
): PriceListReference {
  const at = [...path, "priceList"];
  context.checkName("party", document.provider, [...at, "provider"]);
  for (const block of document.blocks ?? []) context.checkName("block", block, [...at, "blocks"]);
  const { kind, regions, region, max } = document;
  const accelerators = document.accelerators?.flatMap((name) =>
    acceleratorTypes(name, [...at, "accelerators"], context),
  );
  return {
    file: document.file,
    from: placeOf(path),
    provider: document.provider as PartyId,
    ...(kind === undefined ? {} : { kind }),
    ...(regions === undefined ? {} : { regions }),
    ...(region === undefined ? {} : { region }),
    ...(accelerators === undefined ? {} : { accelerators }),
    blocks: (document.blocks ?? []) as BlockId[],
    ...(max === undefined ? {} : { max }),
    standing: document.standing ?? false,
  };
}
