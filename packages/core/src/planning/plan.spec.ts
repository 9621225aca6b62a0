import { describe, expect, test } from "vitest";
import type { Clause, CommitmentClause, EntitlementClause } from "../agreements/clause.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import { agreement } from "../agreements/f0.ts";
import type { PriceBookClause, PriceForm } from "../agreements/price-book.ts";
import { F0, type F0Options } from "../book/f0.ts";
import {
  type AcceleratorType,
  addMs,
  type AgreementId,
  type ClauseId,
  DAY_MS,
  formatInstant,
  type Instant,
  type Money,
  type OfferId,
  type PartyId,
} from "../kernel/index.ts";
import { at, q1, USD, usd } from "../requests/f0.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import type { Scope } from "../scope/index.ts";
import { type Plan, planOf } from "./plan.ts";

const NOW = at("2026-09-14T17:00:00Z");
const dollars = (amount: number): Money => ({ micros: BigInt(amount) * 1_000_000n, currency: USD });
const QUARTER = { from: at("2027-01-01T00:00:00Z"), to: at("2027-04-01T00:00:00Z") };
const wish = (line: Partial<RequestLine> = {}): ComputeRequest => q1({}, { window: QUARTER, cap: usd(3.2), ...line });

function offer(
  world: F0,
  provider: string,
  price: number,
  changed: { standing?: boolean; countMax?: number; id?: string; type?: string; region?: string } = {},
): F0 {
  return world.send(world.state.now, "lab", {
    type: "listOffer",
    offer: {
      id: (changed.id ?? `${provider}-list`) as OfferId,
      provider: provider as PartyId,
      acceleratorType: (changed.type ?? "gb200") as AcceleratorType,
      region: changed.region ?? "us-central",
      tiers: [{ from: 8, rate: usd(price) }],
      blockSize: 8,
      blocks: [],
      source: "list of the spec",
      standing: changed.standing ?? true,
      ...(changed.countMax === undefined ? {} : { countMax: changed.countMax }),
    },
  });
}

function spend(missing: number, changed: Partial<CommitmentClause> = {}): CommitmentClause {
  return {
    kind: "commitment",
    id: "spend" as ClauseId,
    lineageId: "spend",
    defaults: ["shortfallCost", "scope"],
    type: "spend",
    obligor: "lab" as PartyId,
    beneficiary: "alfa" as PartyId,
    scope: { IsGlobalScope: true },
    status: "active",
    schedule: [
      {
        from: at("2027-01-01T00:00:00Z"),
        to: at("2028-01-01T00:00:00Z"),
        amount: dollars(missing + 6_000_000),
        drawn: dollars(1_000_000),
        expectedOther: dollars(5_000_000),
      },
    ],
    shortfallBp: 10_000,
    stackPriority: 1,
    ...changed,
  };
}

/** GAMMA at 2.60 by its list; ALFA is asked first. */
const world = (options: F0Options = {}): F0 => offer(new F0({ without: ["r2"], ...options }), "gamma", 2.6);

function bind(on: F0, clauses: readonly Clause[], provider = "alfa"): F0 {
  return on.send(on.state.now, "lab", {
    type: "recordAgreement",
    activate: true,
    agreement: agreement(`lab-${provider}-more`, { provider: provider as PartyId, clauses }),
  });
}

function planned(on: F0, request = wish(), options: Partial<Parameters<typeof planOf>[2]> = {}): Plan {
  const result = planOf(on.state, request, { at: NOW, ...options });
  if (!result.ok) throw new Error(result.rejection.code);
  return result.plan;
}

/** 400 of ALFA at 1.50. */
const call: EntitlementClause = {
  kind: "entitlement",
  id: "call" as ClauseId,
  lineageId: "call",
  defaults: [],
  act: "call-off",
  acceleratorType: "gb200" as AcceleratorType,
  count: 400,
  price: usd(1.5),
  blocks: [],
};

describe("a plan", () => {
  test("[PLN1] leaves the state as it was", () => {
    const on = bind(offer(world(), "alfa", 3.1, { standing: false }), [spend(4_000_000)]);
    const before = on.state.canonical();
    const { alternatives } = planned(on, wish({ count: 2048, cap: usd(2) }));
    expect(alternatives.length).toBeGreaterThan(0);
    expect(on.state.canonical()).toBe(before);
  });

  test("[PLN2] plays the request where nobody answers, and says what then becomes of it", () => {
    const plan = planned(world());
    expect(plan.verdict).toBe("works");
    expect(plan.asks).toMatchObject([
      {
        holder: "alfa",
        kind: "first-refusal",
        count: 1024,
        silence: "refusal",
        status: "lapsed",
        respondBy: at("2026-09-22T00:00:00Z"),
      },
    ]);
    expect(plan.awards).toMatchObject([{ provider: "gamma", count: 1024, basis: "bid" }]);
    expect(plan.times.awardedAt).toBe(at("2026-09-24T00:00:00.002Z"));
  });

  test("[PLN2] what a person would do on the way is supposed to be done at once, and named", () => {
    const on = world({
      policy: { autoAward: false },
      r1: { delivery: { rule: "acknowledged", fallbackAfter: { n: 9, unit: "business-days" } } },
    });
    const plan = planned(on, { ...wish(), approvals: ["budget"] });
    expect(plan.awarded).toBe(1024);
    const names = plan.restsOn.filter(({ kind }) => kind === "supposed").map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["approval_given", "best_bid_chosen", "delivered_when_sent"]));
    expect(plan.asks[0]).toMatchObject({ deliverySupposed: true, receivedAt: NOW });
  });

  test("[PLN3] there is none of a request that the book would not take", () => {
    const result = planOf(world().state, { ...wish(), buyer: "stranger" as PartyId }, { at: NOW });
    expect(result).toMatchObject({ ok: false, rejection: { code: "unknown_party" } });
  });

  test("[PLN14] who is not asked is told with the reason", () => {
    const carved = world({
      r1: {
        carveOuts: [
          { id: "research", scope: { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["research"] }] } },
        ],
      },
    });
    expect(planned(carved, wish({ purposes: [{ purpose: "research" }] })).notAsked).toMatchObject([
      { agreement: "lab-alfa", clause: "r1", why: "carved_out", holderName: "ALFA" },
    ]);
    const waiting = new F0({ without: ["r1"] });
    expect(planned(waiting).notAsked).toMatchObject([{ clause: "r2", why: "waits_for_an_offer" }]);
  });
});

describe("sources", () => {
  test("[PLN4] the cheapest offer of a provider, an agreement without a price, and the rest counted", () => {
    const on = offer(offer(world(), "gamma", 2.4, { id: "gamma-cheap" }), "gamma", 3, { id: "gamma-dear" });
    const { sources } = planned(on);
    expect(
      sources.map(({ quote, ownPrice }) => [quote.kind, quote.provider, ownPrice?.microsPerHour, quote.dearer]),
    ).toEqual([
      ["market", "gamma", 2_400_000n, 2],
      ["agreement", "alfa", undefined, 0],
    ]);
    expect(sources[1]?.obstacles).toEqual(["no_price"]);
  });

  test("[PLN4] what cannot be had in full, or is above the cap, says so", () => {
    const { sources } = planned(offer(world(), "beta", 4, { countMax: 512 }));
    const beta = sources.find(({ quote }) => quote.provider === "beta");
    expect([beta?.count, beta?.obstacles]).toEqual([512, ["too_few", "above_cap"]]);
  });

  const book = (price: PriceForm, scope: Scope = { IsGlobalScope: true }): PriceBookClause => ({
    kind: "price-book",
    id: "prices" as ClauseId,
    lineageId: "prices",
    defaults: [],
    seller: "alfa" as PartyId,
    entries: [{ id: "gb200", scope, price }],
  });

  test("[PLN15] a price book asks less than the list, and the bid at its price is supposed", () => {
    const list = { form: "list", provider: "alfa" as PartyId, kind: "on_demand", discountBp: 2_000 } as const;
    const on = bind(offer(new F0({ without: ["r1", "r2"] }), "alfa", 3, { standing: false }), [book(list)]);
    const listed = {
      provider: "alfa",
      acceleratorType: "gb200" as AcceleratorType,
      regions: [],
      kind: "on_demand",
      rate: usd(3),
      source: "list",
    };
    const prices = { lists: [listed], indexValues: [] };
    const { sources, awards, restsOn } = planned(on, wish(), { prices });
    expect(sources).toMatchObject([
      { listPrice: usd(3), ownPrice: usd(2.4), quote: { kind: "agreement", clause: "prices" } },
    ]);
    expect(awards).toMatchObject([{ provider: "alfa", price: usd(2.4) }]);
    expect(restsOn).toContainEqual({ kind: "supposed", name: "bid_at_own_price", value: "alfa" });
    const missing = planned(on).sources[0];
    expect(missing).toMatchObject({
      obstacles: ["price_incomplete"],
      quote: { problems: [{ code: "list_price_missing" }] },
    });
  });

  test("[PLN15] a volume price depends on how many, and what is committed at a price comes first", () => {
    const tiers = [
      { from: 0n, price: { form: "fixed", rate: usd(3) } as const },
      { from: 1_105_920n * 3600n, price: { form: "fixed", rate: usd(2) } as const },
    ];
    const volume = {
      form: "volume",
      mode: "marginal",
      measure: "accelerator-hours",
      period: { unit: "order" },
      tiers,
      taken: [],
    } as const;
    const on = bind(new F0({ without: ["r1", "r2"] }), [book(volume)]);
    const half = 512n * 2160n * 1_000_000n;
    expect(planned(on).sources[0]?.cost?.micros).toBe(half * 3n + half * 2n);
    expect(planned(on, wish({ count: 512 })).sources[0]?.ownPrice).toEqual(usd(3));
    const taken = spend(0, {
      type: "take-or-pay",
      price: usd(1),
      schedule: [{ ...QUARTER, acceleratorSeconds: 1_105_920n * 3600n }],
    });
    const committed = bind(new F0({ without: ["r1", "r2"] }), [book({ form: "fixed", rate: usd(3) }), taken]);
    expect(planned(committed).sources[0]?.cost?.micros).toBe(half * 1n + half * 3n);
  });

  test("[PLN4 PLN15] who has a price book and a list stands there once for each accelerator, with what the book leaves to the list", () => {
    const [line] = wish().lines;
    const both = wish({
      regions: ["us-central", "us-east"],
      accelerators: ["gb200", "h100-sxm-80gb"].map((type) => ({
        ...(line as RequestLine).accelerators[0],
        acceleratorType: type as AcceleratorType,
        factor: { num: 1n, den: 1n },
      })),
    });
    const only = { Inclusions: [{ Dimension: "x_AcceleratorClass", Operator: "In" as const, Values: ["gb200"] }] };
    const on = bind(offer(new F0({ without: ["r1", "r2"] }), "alfa", 3), [
      book({ form: "fixed", rate: usd(2.5) }, only),
    ]);
    offer(on, "alfa", 1.9, { id: "alfa-h100", type: "h100-sxm-80gb" });
    expect(planned(on, both).sources.map(({ quote, ownPrice }) => [quote.acceleratorType, ownPrice])).toEqual([
      ["h100-sxm-80gb", usd(1.9)],
      ["gb200", usd(2.5)],
    ]);
  });

  test("[PLN5] a price that does not bid by itself is supposed to", () => {
    const { awards, restsOn } = planned(offer(world(), "beta", 2.2, { standing: false }));
    expect(awards).toMatchObject([{ provider: "beta", count: 1024 }]);
    expect(restsOn).toContainEqual({ kind: "supposed", name: "bid_at_own_price", value: "beta" });
  });

  test("[PLN8] domain row K1: 3.10 under a commitment costs less than 2.20 without", () => {
    const on = bind(offer(offer(new F0({ without: ["r1", "r2"] }), "gamma", 2.2), "alfa", 3.1), [spend(4_000_000)]);
    const { sources, awards, effective } = planned(on);
    expect(sources.map(({ quote, effective: found }) => [quote.provider, found?.effective.micros])).toEqual([
      ["alfa", dollars(2_856_704).micros],
      ["gamma", dollars(4_866_048).micros],
    ]);
    // Best of all is as much of ALFA as fills the commitment, and the rest of GAMMA.
    expect(awards.map(({ provider, count }) => [provider, count])).toEqual([
      ["alfa", 600],
      ["gamma", 424],
    ]);
    expect(effective?.micros).toBe(dollars(2_032_448).micros);
  });

  test("[PLN9] what a commitment holds before and after", () => {
    const on = bind(offer(new F0({ without: ["r1", "r2"] }), "alfa", 3.1), [
      spend(4_000_000),
      spend(9_000_000, { id: "later" as ClauseId, status: "proposed" }),
    ]);
    const { commitments, effective } = planned(on);
    expect(commitments).toMatchObject([
      {
        clause: "spend",
        counted: true,
        periods: [
          {
            expected: dollars(6_000_000),
            draws: dollars(4_000_000),
            shortfallBefore: dollars(4_000_000),
            shortfallAfter: dollars(0),
          },
        ],
      },
      {
        clause: "later",
        counted: false,
        periods: [{ draws: dollars(6_856_704), shortfallAfter: dollars(9_000_000 - 6_856_704) }],
      },
    ]);
    expect(effective?.micros).toBe(dollars(2_856_704).micros);
  });

  test("[PLN10] contracted capacity is called first, and the rest is bought", () => {
    const { awards, recommended, sources } = planned(bind(world(), [call]));
    expect(awards.map(({ provider, count, basis }) => [provider, count, basis])).toEqual([
      ["alfa", 400, "entitlement"],
      ["gamma", 624, "bid"],
    ]);
    expect(recommended.lines[0]?.under).toMatchObject({ agreement: "lab-alfa-more", clause: "call" });
    expect(sources[0]).toMatchObject({ count: 400, obstacles: ["too_few"] });
  });
});

describe("times", () => {
  test("[PLN6] each step is counted back from the start and the lead time", () => {
    const plan = planned(offer(new F0(), "gamma", 2.6), wish(), { leadMs: 14 * DAY_MS });
    // 18 Dec 2026 00:00Z: two business days for BETA, 48 hours of tender, five business days for ALFA, each before the next.
    expect(plan.asks.map(({ holder, sendBy }) => [holder, formatInstant(sendBy as Instant)])).toEqual([
      ["alfa", "2026-12-05T01:00:00Z"],
      ["beta", "2026-12-15T01:00:00Z"],
    ]);
    expect(formatInstant(plan.times.tenders[0]?.openBy as Instant)).toBe("2026-12-13T00:59:59.999Z");
    expect(plan.times.sendBy).toBe(plan.asks[0]?.sendBy);
    expect(plan.times.slackMs).toBe(QUARTER.from - 14 * DAY_MS - (plan.times.awardedAt as number));
  });

  test("[PLN6] what was answered in advance takes no time", () => {
    const on = world();
    on.send(on.state.now, "alfa", {
      type: "giveStandingAnswer",
      standing: {
        id: "no",
        party: "alfa" as PartyId,
        scope: { IsGlobalScope: true },
        answer: { type: "refuse" },
        byCapacity: false,
      },
    });
    const { asks, times } = planned(on);
    expect(asks).toMatchObject([{ holder: "alfa", status: "refused", answeredInAdvance: true }]);
    expect(times.sendBy).toBe(times.tenders[0]?.openBy);
  });

  test("[PLN7] sent at the last safe moment it is awarded in time, a millisecond later it is not", () => {
    for (const count of [8, 512, 1024]) {
      for (const leadMs of [0, 5 * DAY_MS, 20 * DAY_MS]) {
        const on = offer(new F0(), "gamma", 2.6);
        const { sendBy } = planned(on, wish({ count }), { leadMs, alternatives: false }).times;
        const last = planned(on, wish({ count }), { at: sendBy as Instant, leadMs, alternatives: false });
        expect([last.verdict, (last.times.slackMs ?? -1) >= 0]).toEqual(["works", true]);
        const late = planned(on, wish({ count }), { at: addMs(sendBy as Instant, 1), leadMs, alternatives: false });
        expect([late.verdict, late.times.sendBy]).toEqual(["late", sendBy]);
      }
    }
  });
});

describe("what it rests on", () => {
  test("[PLN11] readings, undeclared facts and the defaults that were used", () => {
    const on = world({ r1: { defaults: ["silence", "tail.days", "stranded", "overAllotment"] } });
    const { restsOn } = planned(on, wish({ purposes: [] }));
    const of = (kind: string) => restsOn.filter((one) => one.kind === kind).map(({ name }) => name);
    expect(of("reading")).toHaveLength(1);
    expect(of("default")).toEqual(["silence", "tail.days"]);
    expect(restsOn).toContainEqual(expect.objectContaining({ kind: "default", name: "tail.days", value: "60" }));
    expect(of("supposed")).toEqual(["no_lead_time"]);
    const read = planned(world({ r1: { reading: { by: "counsel", at: "2026-01-01" }, assumed: ["rank"] } }));
    expect(read.restsOn.filter(({ kind }) => kind === "reading")).toEqual([]);
    expect(read.restsOn).toContainEqual({ kind: "assumed", agreement: "lab-alfa", clause: "r1", name: "rank" });
  });

  test("[PLN11] values of the agreement that nobody stated, as far as a notice was counted by them", () => {
    const ofAgreement = (changed: Partial<AgreementVersion>, r1: F0Options["r1"] = {}) => {
      const on = offer(new F0({ without: ["r1", "r2"] }), "gamma", 2.6);
      const [right] = new F0({ without: ["r2"], r1 }).state.agreements.get("lab-alfa" as AgreementId)?.versions ?? [];
      const clauses = right?.clauses ?? [];
      on.send(on.state.now, "lab", {
        type: "recordAgreement",
        activate: true,
        agreement: agreement("own", { clauses, ...changed }),
      });
      return planned(on)
        .restsOn.filter(({ kind, clause }) => kind === "default" && clause === undefined)
        .map(({ agreement: id, name, value }) => `${id} ${name} ${value}`);
    };
    const all = ["zone", "holidays", "join", "cutoff", "close", "renewal"];
    expect(ofAgreement({ defaults: all })).toEqual([
      "own zone America/Los_Angeles",
      "own holidays us-federal",
      "own cutoff 17:00",
      "own close 17:00",
    ]);
    expect(ofAgreement({ defaults: ["renewal"] })).toEqual([]);
    expect(ofAgreement({ defaults: all }, { window: { n: 48, unit: "hours" } })).toEqual(["own cutoff 17:00"]);
  });

  test("[PLN3] a request that waits for a rate says so, and not that rights collide", () => {
    const on = new F0({ without: ["r1", "r2"] });
    on.send(on.state.now, "lab", {
      type: "listOffer",
      offer: {
        id: "euro-list" as OfferId,
        provider: "gamma" as PartyId,
        acceleratorType: "gb200" as AcceleratorType,
        region: "us-central",
        tiers: [{ from: 8, rate: { ...usd(2.4), currency: "EUR" as Money["currency"] } }],
        blockSize: 8,
        blocks: [],
        source: "list of the spec",
        standing: true,
      },
    });
    expect(planned(on)).toMatchObject({ verdict: "blocked", why: "rate_missing", awarded: 0 });
  });

  test("[PLN11] a commitment that weighs and whose reading nobody has confirmed", () => {
    const on = bind(offer(new F0({ without: ["r1", "r2"] }), "alfa", 3.1), [spend(4_000_000)]);
    expect(planned(on).restsOn).toEqual(
      expect.arrayContaining([
        { kind: "reading", agreement: "lab-alfa-more" as AgreementId, clause: "spend" as ClauseId },
        expect.objectContaining({ kind: "default", name: "shortfallCost", value: "100 %" }),
      ]),
    );
  });
});

describe("what else would work", () => {
  const kinds = (plan: Plan): string[] => plan.alternatives.map(({ kind }) => kind);

  test("[PLN12] too late as it is: a waiver, or a later start", () => {
    const soon = { from: at("2026-09-23T00:00:00Z"), to: at("2026-12-23T00:00:00Z") };
    const plan = planned(world(), wish({ window: soon }));
    expect(plan.verdict).toBe("late");
    const [waiver, move] = plan.alternatives;
    expect(waiver).toMatchObject({ kind: "waiver", party: "alfa", inTime: true, awarded: 1024, gains: ["in_time"] });
    expect(move).toMatchObject({ kind: "move-start", inTime: true, start: at("2026-09-25T00:00:00Z") });
  });

  test("[PLN12] what is contracted already is called in what else would work too", () => {
    const soon = { from: at("2026-09-23T00:00:00Z"), to: at("2026-12-23T00:00:00Z") };
    const on = bind(world(), [call]);
    const { alternatives, awards } = planned(on, wish({ window: soon }));
    expect(awards.map(({ count }) => count)).toEqual([400, 624]);
    // 91 days: 400 at 1.50 and 624 at 2.60.
    expect(alternatives[0]).toMatchObject({
      kind: "waiver",
      inTime: true,
      cost: { micros: 2184n * (400n * 1_500_000n + 624n * 2_600_000n) },
    });
  });

  test("[PLN12] not enough of it: a part, another accelerator, another region", () => {
    const on = offer(offer(new F0({ without: ["r2"] }), "gamma", 2.6, { countMax: 512 }), "beta", 2.9, {
      type: "h100-sxm-80gb",
    });
    offer(on, "beta", 2.8, { id: "beta-eu", region: "eu-west" });
    const plan = planned(on);
    expect([plan.verdict, plan.awarded]).toEqual(["part", 512]);
    expect(kinds(plan)).toEqual(["split", "accelerator", "region"]);
    expect(plan.alternatives[2]).toMatchObject({ region: "eu-west", awarded: 1024, gains: ["more"] });
  });

  test("[PLN12] above the cap: the price from which it works", () => {
    const plan = planned(world(), wish({ cap: usd(2) }));
    expect([plan.verdict, plan.why]).toEqual(["none", "above_cap"]);
    expect(plan.alternatives).toMatchObject([{ kind: "cap", cap: usd(2.6), awarded: 1024 }]);
  });

  test("[PLN12] a consent that silence denies; a purpose that is carved out", () => {
    const blocked = planned(world({ r1: { kind: "consent", silence: "blocks", partial: { mode: "none" } } }));
    expect(blocked.verdict).toBe("blocked");
    expect(blocked.alternatives).toMatchObject([{ kind: "consent", party: "alfa", awarded: 1024 }]);
    const soon = { from: at("2026-09-23T00:00:00Z"), to: at("2026-12-23T00:00:00Z") };
    const carved = world({
      r1: {
        carveOuts: [
          { id: "research", scope: { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["research"] }] } },
        ],
      },
    });
    expect(planned(carved, wish({ window: soon })).alternatives).toContainEqual(
      expect.objectContaining({ kind: "purpose", purpose: "research", inTime: true }),
    );
  });

  test("[PLN12] nothing is told that gains nothing", () => {
    expect(planned(world()).alternatives).toEqual([]);
    expect(
      planned(offer(new F0({ without: ["r1", "r2"] }), "gamma", 2.6), wish(), { alternatives: false }).alternatives,
    ).toEqual([]);
  });
});

describe("where the choice flips", () => {
  const pair = (): F0 =>
    bind(offer(offer(new F0({ without: ["r1", "r2"] }), "gamma", 2.2), "alfa", 3.1), [spend(4_000_000)]);

  test("[PLN13] of either price, of the quantity, of the baseline", () => {
    const found = planned(pair()).breakEvens;
    // 2,211,840 accelerator-hours: ALFA costs 2.20 effectively at (4,866,048 + 4,000,000) / 2,211,840.
    expect(found).toMatchObject([
      { what: "price-of-chosen", direction: "up", price: { flipsAt: { microsPerHour: 4_008_450n } } },
      { what: "price-of-other", direction: "down", price: { flipsAt: { microsPerHour: 1_291_550n } } },
      { what: "quantity", direction: "up", quantity: { now: 1024, flipsAt: 2064 } },
      { what: "baseline", direction: "up", baseline: { now: dollars(5_000_000) } },
    ]);
    const baseline = found[3]?.baseline?.flipsAt.micros as bigint;
    expect(baseline - dollars(5_000_000).micros).toBe(
      dollars(4_000_000).micros - (dollars(6_856_704).micros - dollars(4_866_048).micros) + 1n,
    );
  });

  test("[PLN13] at the value told the other is cheaper, and just before it is not", () => {
    const [up] = planned(pair()).breakEvens;
    const flipsAt = up?.price?.flipsAt.microsPerHour as bigint;
    const first = (microsPerHour: bigint): string | undefined => {
      const on = bind(offer(new F0({ without: ["r1", "r2"] }), "gamma", 2.2), [spend(4_000_000)]);
      on.send(on.state.now, "lab", {
        type: "listOffer",
        offer: {
          id: "a" as OfferId,
          provider: "alfa" as PartyId,
          acceleratorType: "gb200" as AcceleratorType,
          region: "us-central",
          tiers: [{ from: 8, rate: { microsPerHour, currency: USD } }],
          blockSize: 8,
          blocks: [],
          source: "",
          standing: true,
        },
      });
      return planned(on, wish({ cap: usd(9) })).sources[0]?.quote.provider;
    };
    expect([first(flipsAt - 1n), first(flipsAt)]).toEqual(["alfa", "gamma"]);
  });

  test("[PLN13] a stretch of two blocks in which the other is cheaper is found", () => {
    const on = offer(new F0({ without: ["r1", "r2"] }), "gamma", 2.2);
    on.send(on.state.now, "lab", {
      type: "listOffer",
      offer: {
        id: "alfa-list" as OfferId,
        provider: "alfa" as PartyId,
        acceleratorType: "gb200" as AcceleratorType,
        region: "us-central",
        // Dear for 2,048 to 2,063 only, as a list with a slip in it may be.
        tiers: [
          { from: 8, rate: usd(2) },
          { from: 2048, rate: usd(2.3) },
          { from: 2064, rate: usd(1.9) },
        ],
        blockSize: 8,
        blocks: [],
        source: "list of the spec",
        standing: true,
      },
    });
    const found = planned(on).breakEvens.filter(({ what }) => what === "quantity");
    expect(found).toMatchObject([{ direction: "up", quantity: { now: 1024, flipsAt: 2048 } }]);
  });

  test("[PLN13] each line has its own", () => {
    const on = offer(offer(pair(), "alfa", 2, { id: "alfa-h100", type: "h100-sxm-80gb" }), "gamma", 1.9, {
      id: "gamma-h100",
      type: "h100-sxm-80gb",
    });
    const [first] = wish().lines;
    const second = {
      ...(first as RequestLine),
      accelerators: [{ acceleratorType: "h100-sxm-80gb" as AcceleratorType, factor: { num: 1n, den: 1n } }],
    };
    const found = planned(on, { ...wish(), lines: [first as RequestLine, second] }).breakEvens;
    expect(found.filter(({ lineIndex }) => lineIndex === 0)).toEqual(planned(on).breakEvens);
    const h100 = found.filter(({ lineIndex }) => lineIndex === 1);
    expect(h100).toEqual(
      planned(on, { ...wish(), lines: [second] }).breakEvens.map((one) => ({ ...one, lineIndex: 1 })),
    );
    expect(h100.map(({ chosen, other }) => [chosen, other])).toContainEqual(["offer:alfa-h100", "offer:gamma-h100"]);
  });

  test("[PLN13] with one source that has all of it there is nothing to flip", () => {
    expect(planned(world()).breakEvens).toEqual([]);
  });
});
