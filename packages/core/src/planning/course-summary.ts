import type { AwardLine } from "../awards/award.ts";
import { type Instant, type Money, type PartyId, type Rate, type RequestId } from "../kernel/index.ts";
import type { NoticeKind } from "../notices/notice.ts";
import type { Outcome } from "./course.ts";
import { sumByCurrency } from "./sums.ts";

/** One notice: to whom, by which clause, when. In the order of sending. */
export interface AskSummary {
  readonly holder: PartyId;
  readonly kind: NoticeKind;
  readonly agreement: string;
  readonly clause: string;
  readonly count: number;
  readonly price?: Rate;
  readonly sentAt: Instant;
  readonly respondBy?: Instant;
  /** What became of it. */
  readonly status: string;
  readonly taken: number;
}

export interface AwardSummary {
  readonly provider: PartyId;
  readonly host?: PartyId;
  readonly acceleratorType: string;
  readonly region: string;
  readonly count: number;
  readonly price?: Rate;
  readonly cost?: Money;
  readonly basis: AwardLine["basis"];
}

/** How one request comes out: who is asked in which order, until when, who gets what, at what cost. */
export interface CourseSummary {
  readonly request: RequestId;
  readonly at: Instant;
  readonly wanted: number;
  readonly awarded: number;
  readonly asks: readonly AskSummary[];
  /** When the market opens and closes for what is left; absent where it is not asked. */
  readonly market?: { readonly opensAt: Instant; readonly closesAt: Instant };
  readonly awards: readonly AwardSummary[];
  readonly firstNoticeAt?: Instant;
  /** The last instant at which somebody may answer or bid. */
  readonly lastDeadline?: Instant;
  /** The later of the beginning of what is awarded and of the last award; absent where nothing is. */
  readonly earliestStart?: Instant;
  /** Of all awards, each currency by itself, in the order of their codes. */
  readonly cost: readonly Money[];
  /** Code of the binding constraint, or of the rejection, where less is awarded than asked. */
  readonly why?: string;
  /** The core would not take the request, or what follows from it: code of the rejection. */
  readonly rejected?: string;
}

export function summaryOf(outcome: Outcome): CourseSummary {
  const { course, tenders, awardedAt, why } = outcome;
  const asks = asksOf(outcome);
  const lines = outcome.awards.flatMap((award) => award.lines);
  const market = tenders.map(({ at, tender }) => ({ opensAt: at, closesAt: tender.closesAt }));
  const firstNoticeAt = least(asks.map(({ sentAt }) => sentAt));
  const lastDeadline = greatest([
    ...asks.flatMap(({ respondBy }) => respondBy ?? []),
    ...market.map(({ closesAt }) => closesAt),
  ]);
  const begins = least(lines.map(({ window }) => window.from));
  const [opened] = market;
  const closesAt = greatest(market.map((one) => one.closesAt));
  return {
    request: course.request.id,
    at: course.at,
    wanted: outcome.wanted,
    awarded: outcome.awarded,
    asks,
    ...(opened === undefined || closesAt === undefined ? {} : { market: { opensAt: opened.opensAt, closesAt } }),
    awards: lines.map(awardOf),
    ...(firstNoticeAt === undefined ? {} : { firstNoticeAt }),
    ...(lastDeadline === undefined ? {} : { lastDeadline }),
    ...(begins === undefined || awardedAt === undefined
      ? {}
      : { earliestStart: Math.max(begins, awardedAt) as Instant }),
    cost: sumByCurrency(lines.flatMap(({ cost }) => cost ?? [])),
    ...(why === undefined ? {} : { why }),
    ...(course.rejection === undefined ? {} : { rejected: course.rejection.code }),
  };
}

/** Copies for information ask nobody. */
function asksOf({ asked }: Outcome): AskSummary[] {
  return asked
    .filter(({ sent }) => sent.kind !== "information")
    .map(({ sent, received, closed }) => {
      const price = sent.thirdParty?.price ?? sent.terms.price;
      return {
        holder: sent.holder,
        kind: sent.kind,
        agreement: sent.right.agreement,
        clause: sent.right.clause,
        count: sent.count,
        ...(price === undefined ? {} : { price }),
        sentAt: sent.sentAt,
        ...(received === undefined ? {} : { respondBy: received.respondBy }),
        status: closed?.status ?? "open",
        taken: closed?.count ?? 0,
      };
    });
}

function awardOf({ provider, host, acceleratorType, region, count, price, cost, basis }: AwardLine): AwardSummary {
  return {
    provider,
    ...(host === undefined ? {} : { host }),
    acceleratorType,
    region,
    count,
    ...(price === undefined ? {} : { price }),
    ...(cost === undefined ? {} : { cost }),
    basis,
  };
}

function least(instants: readonly Instant[]): Instant | undefined {
  return instants.length === 0 ? undefined : (Math.min(...instants) as Instant);
}

function greatest(instants: readonly Instant[]): Instant | undefined {
  return instants.length === 0 ? undefined : (Math.max(...instants) as Instant);
}
