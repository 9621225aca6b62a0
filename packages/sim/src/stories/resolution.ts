import type { AwardLine } from "@offtake/core/awards";
import type { ComputeRequest } from "@offtake/core/requests";
import type { Instant, Money, Rate, TimeWindow } from "@offtake/core/kernel";
import type { AwardTale, Chronicle, NoticeTale, TenderTale } from "../cases/chronicle.ts";

/** How one request was resolved, for whoever keeps the book: names of parties in place of ids. */
export interface Resolution {
  readonly request: string;
  readonly buyer: string;
  readonly submittedAt: Instant;
  readonly wish: readonly Wish[];
  readonly asked: readonly Asked[];
  readonly markets: readonly Market[];
  readonly awards: readonly Awarded[];
  readonly outcome: "open" | "awarded_full" | "awarded_part" | "unfilled" | "withdrawn" | "announced";
  readonly askedCount: number;
  readonly awardedCount: number;
  /** Code of the binding constraint, where less was awarded than asked. */
  readonly why?: string;
  readonly nearest?: string;
}

export interface Wish {
  readonly count: number;
  readonly accelerators: readonly string[];
  readonly window: TimeWindow;
  readonly regions: readonly string[];
  readonly purposes: readonly string[];
  readonly cap?: Rate;
}

/** One notice: to whom, under which clause, until when, and what became of it. In the order in which they went out. */
export interface Asked {
  readonly holder: string;
  readonly holderName: string;
  readonly agreement: string;
  readonly clause: string;
  readonly kind: string;
  readonly round: number;
  readonly count: number;
  readonly price?: Rate;
  readonly sentAt: Instant;
  readonly respondBy?: Instant;
  readonly zone?: string;
  readonly status: string;
  readonly taken: number;
  readonly closedAt?: Instant;
  readonly answers: readonly {
    readonly by: string;
    readonly at: Instant;
    readonly type: string;
    readonly count?: number;
    readonly price?: Rate;
    readonly verdict: string;
    readonly defects: readonly string[];
  }[];
}

export interface Market {
  readonly openedAt: Instant;
  readonly closesAt: Instant;
  readonly count: number;
  readonly invited: number;
  readonly bids: readonly {
    readonly bidder: string;
    readonly bidderName: string;
    readonly verdict: string;
    readonly standing: boolean;
    readonly price?: Rate;
  }[];
}

export interface Awarded {
  readonly provider: string;
  readonly providerName: string;
  readonly host?: string;
  readonly hostName?: string;
  readonly count: number;
  readonly accelerator: string;
  readonly region: string;
  readonly window: TimeWindow;
  readonly price?: Rate;
  readonly cost?: Money;
  readonly basis: AwardLine["basis"];
  readonly issuedAt: Instant;
  readonly status: "issued" | "held" | "confirmed" | "defaulted";
}

export class Names {
  private readonly names: ReadonlyMap<string, string>;

  constructor(chronicle: Chronicle) {
    this.names = new Map(chronicle.all("partyRecorded").map(({ party }) => [party.id, party.name]));
  }

  of(party: string): string {
    return this.names.get(party) ?? party;
  }
}

/** How every request of a history was resolved, in the order of submission. */
export function resolutionsOf(chronicle: Chronicle): Resolution[] {
  const names = new Names(chronicle);
  return [...chronicle.requests.keys()].flatMap((id) => resolutionOf(chronicle, id, names) ?? []);
}

export function resolutionOf(chronicle: Chronicle, id: string, names = new Names(chronicle)): Resolution | undefined {
  const tale = chronicle.requests.get(id);
  if (tale === undefined) return undefined;
  const request = tale.revised?.request ?? tale.submitted.request;
  const end = tale.closed ?? tale.rested;
  const awards = [...chronicle.awards.values()]
    .filter(({ issued }) => issued.award.request === id)
    .flatMap((award) => awardedBy(award, names));
  return {
    request: id,
    buyer: names.of(request.buyer),
    submittedAt: tale.submitted.at,
    wish: wishOf(request),
    asked: [...chronicle.notices.values()]
      .filter(({ sent }) => sent.notice.request === id)
      .map((notice) => askedBy(notice, names)),
    markets: [...chronicle.tenders.values()]
      .filter(({ opened }) => opened.tender.request === id)
      .map((tender) => marketOf(tender, chronicle, names)),
    awards,
    outcome: end?.outcome ?? "open",
    askedCount: request.lines.reduce((sum, line) => sum + line.count, 0),
    awardedCount: awards.reduce((sum, award) => sum + (award.status === "defaulted" ? 0 : award.count), 0),
    ...(end?.why === undefined ? {} : { why: end.why }),
    ...(end?.nearest === undefined ? {} : { nearest: end.nearest }),
  };
}

function wishOf(request: ComputeRequest): Wish[] {
  return request.lines.map((line) => ({
    count: line.count,
    accelerators: line.accelerators.map(({ acceleratorType }) => acceleratorType),
    window: line.window,
    regions: line.regions,
    purposes: line.purposes.map(({ purpose }) => purpose),
    ...(line.cap === undefined ? {} : { cap: line.cap }),
  }));
}

function askedBy(tale: NoticeTale, names: Names): Asked {
  const { notice } = tale.sent;
  const respondBy = tale.extensions.at(-1)?.respondBy ?? tale.received?.respondBy;
  const price = notice.thirdParty?.price ?? notice.terms.price;
  return {
    holder: notice.holder,
    holderName: names.of(notice.holder),
    agreement: notice.right.agreement,
    clause: notice.right.clause,
    kind: notice.kind,
    round: notice.round,
    count: notice.count,
    ...(price === undefined ? {} : { price }),
    sentAt: notice.sentAt,
    ...(respondBy === undefined ? {} : { respondBy }),
    ...(tale.received === undefined ? {} : { zone: tale.received.zone }),
    status: tale.closed?.status ?? (tale.received === undefined ? "sent" : "open"),
    taken: tale.closed?.count ?? 0,
    ...(tale.closed === undefined ? {} : { closedAt: tale.closed.closedAt }),
    answers: tale.answers.map(({ by, answer }) => ({
      by: names.of(by),
      at: answer.receivedAt,
      type: answer.answer.type,
      ...(answer.answer.type === "accept" ? { count: answer.answer.count ?? notice.count } : {}),
      ...(answer.answer.price === undefined ? {} : { price: answer.answer.price }),
      verdict: answer.verdict,
      defects: answer.defects,
    })),
  };
}

function marketOf({ opened, improvements }: TenderTale, chronicle: Chronicle, names: Names): Market {
  const { tender, invitations } = opened;
  const bids = [...chronicle.bids.values()].filter(({ received }) => received.bid.tender === tender.id);
  return {
    openedAt: opened.at,
    closesAt: improvements.at(-1)?.closesAt ?? tender.closesAt,
    count: tender.lots.reduce((sum, lot) => sum + lot.count, 0),
    invited: invitations.length,
    bids: bids.map(({ received: { bid, verdict } }) => {
      const price = bid.lines[0]?.tiers[0]?.rate;
      const { bidder, standing } = bid;
      return { bidder, bidderName: names.of(bidder), verdict, standing, ...(price === undefined ? {} : { price }) };
    }),
  };
}

function awardedBy(tale: AwardTale, names: Names): Awarded[] {
  const { award } = tale.issued;
  return award.lines.map((line) => ({
    provider: line.provider,
    providerName: names.of(line.provider),
    ...(line.host === undefined ? {} : { host: line.host, hostName: names.of(line.host) }),
    count: line.count,
    accelerator: line.acceleratorType,
    region: line.region,
    window: line.window,
    ...(line.price === undefined ? {} : { price: line.price }),
    ...(line.cost === undefined ? {} : { cost: line.cost }),
    basis: line.basis,
    issuedAt: award.issuedAt,
    status: statusOf(tale, line.provider),
  }));
}

function statusOf(tale: AwardTale, provider: string): Awarded["status"] {
  if (tale.defaulted.some((event) => event.provider === provider)) return "defaulted";
  if (tale.held !== undefined) return "held";
  return tale.confirmed === undefined ? "issued" : "confirmed";
}
