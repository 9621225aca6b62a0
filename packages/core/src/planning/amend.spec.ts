import { describe, expect, test } from "vitest";
import type { AgreementVersion } from "../agreements/agreement.ts";
import type { CommitmentClause, RightClause } from "../agreements/clause.ts";
import { agreement, party, r1, r2 } from "../agreements/f0.ts";
import { POLICY } from "../book/f0.ts";
import type { ZoneId } from "../calendar/index.ts";
import {
  type AcceleratorType,
  addMs,
  type ClauseId,
  type Currency,
  DAY_MS,
  type Money,
  type OfferId,
  type PartyId,
  parseRational,
  Random,
  type Rational,
  type RequestId,
} from "../kernel/index.ts";
import type { Answer } from "../notices/notice.ts";
import type { ExchangeRate } from "../prices/index.ts";
import { at, q1, q1Line, USD, usd } from "../requests/f0.ts";
import type { RequestLine } from "../requests/request.ts";
import { resolveAll, type Resolved, type WantedRequest, type WorldCommand } from "./amend-course.ts";
import { compareResolved, type Comparison } from "./comparison-total.ts";
import { reachOf } from "./reach.ts";

const NOW = at("2026-09-14T17:00:00Z");
const QUARTER = { from: at("2027-01-01T00:00:00Z"), to: at("2027-04-01T00:00:00Z") };
const EUR = "EUR" as Currency;
const money = (amount: number, currency = USD): Money => ({ micros: BigInt(amount) * 1_000_000n, currency });

const provider = (id: string) => ({ ...party(id), roles: [{ role: "provider" as const }] });

function offer(
  id: string,
  price: number,
  more: { type?: string; region?: string; currency?: Currency } = {},
): WorldCommand {
  const { type = "gb200", region = "us-central", currency = USD } = more;
  return {
    actor: "lab" as PartyId,
    body: {
      type: "listOffer",
      offer: {
        id: `${id}-${type}-${region}` as OfferId,
        provider: id as PartyId,
        acceleratorType: type as AcceleratorType,
        region,
        tiers: [{ from: 8, rate: { ...usd(price), currency } }],
        blockSize: 8,
        blocks: [],
        source: "list of the spec",
        standing: true,
      },
    },
  };
}

/** LAB's book: the agreements given, and GAMMA's price list at 2.60. */
function world(
  agreements: readonly AgreementVersion[],
  more: readonly WorldCommand[] = [offer("gamma", 2.6)],
): WorldCommand[] {
  const lab = "lab" as PartyId;
  const zone = "America/Los_Angeles" as ZoneId;
  const bodies: WorldCommand["body"][] = [
    { type: "openBook", header: { keeper: lab, kind: "buyer", currency: USD, zone } },
    ...[party("lab"), ...["alfa", "beta", "gamma"].map(provider)].map(
      (item) => ({ type: "recordParty", party: item }) as const,
    ),
    { type: "recordPolicy", policy: POLICY },
    ...agreements.map((one) => ({ type: "recordAgreement", agreement: one, activate: true }) as const),
  ];
  return [...bodies.map((body) => ({ actor: lab, body })), ...more];
}

const alfa = (changed: Partial<RightClause> = {}, more: Partial<AgreementVersion> = {}): AgreementVersion =>
  agreement("lab-alfa", { clauses: [r1(changed)], ...more });
const beta = (changed: Partial<RightClause> = {}): AgreementVersion =>
  agreement("lab-beta", { provider: "beta" as PartyId, clauses: [r2(changed)] });

function wanted(id: string, line: Partial<RequestLine> = {}, more: Partial<WantedRequest> = {}): WantedRequest {
  return { request: q1({ id: id as RequestId }, { window: QUARTER, count: 512, ...line }), at: NOW, ...more };
}

function resolved(commands: readonly WorldCommand[], requests: readonly WantedRequest[]): Resolved {
  const result = resolveAll(commands, requests);
  if (!result.ok) throw new Error(`${result.by}: ${result.rejection.code}`);
  return result.value;
}

function compared(
  before: readonly WorldCommand[],
  after: readonly WorldCommand[],
  requests: readonly WantedRequest[],
  rates: readonly ExchangeRate[] = [],
): Comparison {
  return compareResolved(resolved(before, requests), resolved(after, requests), { currency: USD, rates, at: NOW });
}

const answers = (party_: string, answer: Partial<Answer>): ReadonlyMap<PartyId, Answer> =>
  new Map([[party_ as PartyId, { type: "accept", orLess: false, rootBlocks: [], ...answer }]]);

describe("requests resolved under one set of agreements", () => {
  test("[PLN20] each has the book to itself, whatever comes before it", () => {
    const commands = world([alfa(), beta()]);
    const [a, b, c] = [wanted("a"), wanted("b", { count: 64 }, { at: addMs(NOW, 30 * DAY_MS) }), wanted("c")];
    const together = resolved(commands, [b, a, c]).requests;
    const alone = [b, a, c].map((one) => resolved(commands, [one]).requests[0]);
    expect(together).toEqual(alone);
    expect(together.map(({ request }) => request)).toEqual(["b", "a", "c"]);
  });

  test("[PLN20] an agreement that begins between two requests binds the second alone", () => {
    const later = alfa({}, { effectiveFrom: addMs(NOW, 5 * DAY_MS) });
    const requests = [wanted("a"), wanted("b", {}, { at: addMs(NOW, 6 * DAY_MS) })];
    expect(resolved(world([later]), requests).requests.map(({ asks }) => asks.map(({ holder }) => holder))).toEqual([
      [],
      ["alfa"],
    ]);
  });

  test("[PLN21] a known answer is given at the last instant, for no more than is asked", () => {
    const [one, small] = resolved(world([alfa()]), [
      wanted("a", {}, { answers: answers("alfa", { count: 256 }) }),
      wanted("b", { count: 64 }, { answers: answers("alfa", { count: 256 }) }),
    ]).requests;
    expect(one?.asks).toMatchObject([{ holder: "alfa", status: "part_accepted", taken: 256 }]);
    expect(one?.awards.map(({ provider: name, count, basis }) => [name, count, basis])).toEqual([
      ["alfa", 256, "acceptance"],
      ["gamma", 256, "bid"],
    ]);
    expect(small?.asks).toMatchObject([{ status: "accepted", taken: 64 }]);
  });

  test("[PLN21] what is known of somebody who is not asked changes nothing", () => {
    const [told] = resolved(world([alfa()]), [wanted("a", {}, { answers: answers("beta", {}) })]).requests;
    expect(told).toEqual(resolved(world([alfa()]), [wanted("a")]).requests[0]);
  });

  test("[PLN26] what is awarded after its time has begun starts with the award", () => {
    const window = { from: addMs(NOW, DAY_MS), to: addMs(NOW, 90 * DAY_MS) };
    const [late, early] = resolved(world([alfa()]), [wanted("a", { window }), wanted("b")]).requests;
    expect(late?.earliestStart).toBeGreaterThan(late?.lastDeadline ?? Infinity);
    expect(early?.earliestStart).toBe(QUARTER.from);
  });
});

describe("requests compared", () => {
  test("[PLN22] the same agreements change nothing", () => {
    const both = world([alfa(), beta()]);
    expect(compared(both, both, [wanted("a"), wanted("b")])).toMatchObject({
      compared: 2,
      changed: [],
      shortfalls: [],
    });
  });

  test("[PLN22 PLN23] a longer window moves a notice, and what follows it", () => {
    const longer = alfa({ window: { n: 10, unit: "business-days" } });
    const { changed, later, latestByMs, total } = compared(world([alfa(), beta()]), world([longer, beta()]), [
      wanted("a"),
    ]);
    expect(changed).toHaveLength(1);
    expect(changed[0]?.asks.map((one) => [one.sign, "after" in one ? one.after.holder : ""])).toEqual([
      ["~", "alfa"],
      ["~", "beta"],
    ]);
    expect(changed[0]?.lastDeadline?.after).toBeGreaterThan(changed[0]?.lastDeadline?.before ?? Infinity);
    expect(changed[0]).not.toHaveProperty("cost");
    expect([later, latestByMs, total.before.notices, total.after.notices]).toEqual([0, 0, 2, 2]);
  });

  test("[PLN23] who is no longer asked is gone, who is asked besides is new", () => {
    const before = world([alfa()]);
    const after = world([
      agreement("lab-beta", { provider: "beta" as PartyId, clauses: [r1({ holder: "beta" as PartyId })] }),
    ]);
    const [change] = compared(before, after, [wanted("a")]).changed;
    expect(change?.asks).toMatchObject([
      { sign: "-", before: { holder: "alfa", agreement: "lab-alfa" } },
      { sign: "+", after: { holder: "beta", agreement: "lab-beta" } },
    ]);
    expect(change).not.toHaveProperty("order");
  });

  test("[PLN22] the other order of two holders is told", () => {
    const second = (rank: number) =>
      agreement("lab-beta", {
        provider: "beta" as PartyId,
        clauses: [r1({ id: "r9" as ClauseId, lineageId: "r9", holder: "beta" as PartyId, rank })],
      });
    const [change] = compared(world([alfa(), second(20)]), world([alfa(), second(5)]), [wanted("a")]).changed;
    expect(change?.order).toEqual({ before: ["alfa", "beta"], after: ["beta", "alfa"] });
  });

  test("[PLN22] another award, another cost, less awarded: each is told once", () => {
    const before = world([alfa()], [offer("gamma", 2.6)]);
    const { changed, total } = compared(before, world([alfa()], [offer("beta", 2.8)]), [
      wanted("a"),
      wanted("b", { cap: usd(2.7) }),
    ]);
    expect(changed.map(({ awards }) => awards.map(({ sign }) => sign))).toEqual([["-", "+"], ["-"]]);
    expect(changed[1]?.awarded).toEqual({ before: 512, after: 0 });
    expect(changed[1]?.why?.before).toBeUndefined();
    expect(total.before).toMatchObject({ wanted: 1024, awarded: 1024, short: 0 });
    expect(total.after).toMatchObject({ wanted: 1024, awarded: 512, short: 1 });
    const hours = BigInt(512 * 90 * 24);
    expect(total.after.cost).toEqual([{ micros: hours * 2_800_000n, currency: USD }]);
    expect(total.after.costReported).toEqual(total.after.cost[0]);
  });

  test("[PLN25] currencies are summed apart, converted once, and a missing rate is named", () => {
    const lists = [offer("gamma", 2.6), offer("beta", 2.4, { type: "h100-sxm-80gb", currency: EUR })];
    const h100: Partial<RequestLine> = {
      accelerators: [{ acceleratorType: "h100-sxm-80gb" as AcceleratorType, factor: parseRational("1") as Rational }],
    };
    const rate: ExchangeRate = {
      from: EUR,
      to: USD,
      rate: parseRational("1.25") as Rational,
      at: at("2026-01-01T00:00:00Z"),
      source: "spec",
    };
    const rated: WorldCommand = { actor: "lab" as PartyId, body: { type: "recordExchangeRate", rate } };
    const requests = [wanted("a"), wanted("b", { ...h100, cap: usd(9) })];
    const both = [...world([alfa()], lists), rated];
    const known = compared(both, both, requests, [rate]);
    const hours = BigInt(512 * 90 * 24);
    expect(known.total.before.cost).toEqual([
      { micros: hours * 2_400_000n, currency: EUR },
      { micros: hours * 2_600_000n, currency: USD },
    ]);
    expect(known.total.before.costReported).toEqual({ micros: hours * 5_600_000n, currency: USD });
    expect(known.ratesMissing).toEqual([]);
    const unknown = compared(both, both, requests);
    expect(unknown.ratesMissing).toEqual(["EUR"]);
    expect(unknown.total.before).not.toHaveProperty("costReported");
  });
});

/** GAMMA is promised so many dollars in 2027. */
function spend(amount: number, changed: Partial<CommitmentClause> = {}): AgreementVersion {
  const clause: CommitmentClause = {
    kind: "commitment",
    id: "spend" as ClauseId,
    lineageId: "spend",
    defaults: [],
    type: "spend",
    obligor: "lab" as PartyId,
    beneficiary: "gamma" as PartyId,
    scope: { Inclusions: [{ Dimension: "ServiceProviderName", Operator: "In", Values: ["gamma"] }] },
    status: "active",
    schedule: [{ from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z"), amount: money(amount) }],
    shortfallBp: 10_000,
    stackPriority: 1,
    ...changed,
  };
  return agreement("lab-gamma", { provider: "gamma" as PartyId, clauses: [clause] });
}

describe("commitments under all requests together", () => {
  // 512 accelerators for 90 days at 2.60: 2,875,392 dollars.
  const EACH = 2_875_392;

  test("[PLN24] what one has drawn is not missing for the next", () => {
    const both = world([spend(7_000_000)]);
    const shortOf = (count: number): bigint =>
      resolved(
        both,
        Array.from({ length: count }, (_, index) => wanted(`q${index}`)),
      ).promised[0]?.shortfall?.micros ?? -1n;
    expect([0, 1, 2, 3].map((count) => (count === 0 ? 0n : shortOf(count)) / 1_000_000n)).toEqual([
      0n,
      BigInt(7_000_000 - EACH),
      BigInt(7_000_000 - 2 * EACH),
      0n,
    ]);
  });

  test("[PLN24] a promise on which nothing draws is missed whole, and one that comes or goes is told", () => {
    const far = spend(1_000_000, {
      scope: { Inclusions: [{ Dimension: "ServiceProviderName", Operator: "In", Values: ["beta"] }] },
    });
    const came = compared(world([]), world([far]), [wanted("a")]);
    expect(came.shortfalls).toEqual([{ agreement: "lab-gamma", clause: "spend", after: money(1_000_000) }]);
    expect(came.changed).toEqual([]);
    expect(compared(world([far]), world([]), [wanted("a")]).shortfalls).toEqual([
      { agreement: "lab-gamma", clause: "spend", before: money(1_000_000) },
    ]);
  });

  test("[PLN24] more promised is more missed, and the total says so", () => {
    const { shortfalls, total } = compared(world([spend(3_000_000)]), world([spend(4_000_000)]), [wanted("a")]);
    expect(shortfalls).toMatchObject([{ before: money(3_000_000 - EACH), after: money(4_000_000 - EACH) }]);
    expect(total.after.shortfallReported).toEqual(money(4_000_000 - EACH));
  });
});

describe("requests that a change cannot reach", () => {
  const scope = (type: string, region: string) => ({
    Inclusions: [
      { Dimension: "x_AcceleratorClass", Operator: "In" as const, Values: [type] },
      { Dimension: "RegionId", Operator: "In" as const, Values: [region] },
    ],
  });

  test("[PLN27] only clauses with a scope can be told apart; anything else may reach everything", () => {
    const request = wanted("a").request;
    const base = world([alfa(), beta()]);
    const reach = (after: readonly WorldCommand[]): boolean => reachOf(base, after)(request);
    expect(reach(base)).toBe(false);
    expect(reach(world([alfa({ scope: scope("h100-sxm-80gb", "us-*") }), beta()]))).toBe(true); // it had reached it
    expect(
      reach(
        world([
          alfa(),
          beta(),
          agreement("more", { clauses: [r1({ id: "r9" as ClauseId, scope: scope("h100-sxm-80gb", "*") })] }),
        ]),
      ),
    ).toBe(false);
    expect(
      reach(
        world([
          alfa(),
          beta(),
          agreement("more", { clauses: [r1({ id: "r9" as ClauseId, scope: scope("gb200", "us-*") })] }),
        ]),
      ),
    ).toBe(true);
    const ofProduct = (product: string) => ({
      ...scope("gb200", "us-*"),
      Inclusions: [
        ...scope("gb200", "us-*").Inclusions,
        { Dimension: "x_Product", Operator: "In" as const, Values: [product] },
      ],
    });
    const [line] = request.lines;
    const for_ = (product: string) => ({ ...request, lines: [{ ...line, product } as typeof line & object] });
    const copilot = reachOf(
      base,
      world([
        alfa(),
        beta(),
        agreement("more", { clauses: [r1({ id: "r9" as ClauseId, scope: ofProduct("copilot") })] }),
      ]),
    );
    expect([copilot(for_("copilot")), copilot(for_("search")), copilot(request)]).toEqual([true, false, true]);
    expect(reach(world([alfa(), beta()], [offer("gamma", 2.7)]))).toBe(true);
    expect(reach(world([alfa({}, { provider: "beta" as PartyId }), beta()]))).toBe(true);
    expect(reach(world([alfa({}, { title: "another title" }), beta()]))).toBe(false);
  });

  test("[PLN27] resolving only what is reached gives what resolving everything gives", () => {
    const types = ["gb200", "h100-sxm-80gb", "h200-sxm-141gb"];
    const regions = ["us-central", "us-east", "eu-west", "us-*", "*"];
    let spared = 0;
    for (const seed of ["a", "b", "c", "d", "e", "f"]) {
      const random = new Random(`reach ${seed}`);
      const lists = types.flatMap((type) =>
        ["us-central", "us-east", "eu-west"].map((region) =>
          offer(random.pick(["gamma", "beta"]), random.between(20, 30) / 10, { type, region }),
        ),
      );
      const right = (id: string, holder: string): RightClause =>
        r1({
          id: id as ClauseId,
          lineageId: id,
          holder: holder as PartyId,
          rank: random.between(1, 9),
          scope: scope(random.pick(types), random.pick(regions)),
          window: { n: random.between(2, 9), unit: "business-days" },
        });
      const before = world(
        [agreement("lab-alfa", { clauses: [right("a1", "alfa"), right("a2", "alfa")] }), beta(), spend(9_000_000)],
        lists,
      );
      const after = world(
        [
          agreement("lab-alfa", { clauses: [right("a1", "alfa"), right("a3", "alfa")] }),
          beta(),
          spend(random.pick([9_000_000, 12_000_000])),
        ],
        lists,
      );
      const requests = Array.from({ length: 24 }, (_, index) =>
        wanted(
          `q${index}`,
          {
            count: 8 * random.between(1, 40),
            accelerators: q1Line().accelerators.map((one) => ({
              ...one,
              acceleratorType: random.pick(types) as AcceleratorType,
            })),
            regions: [random.pick(regions)],
          },
          { at: addMs(NOW, index * DAY_MS) },
        ),
      );
      const old = resolved(before, requests);
      const reach = reachOf(before, after);
      spared += requests.filter(({ request }) => !reach(request)).length;
      const spare = resolveAll(after, requests, { known: { resolved: old, reach } });
      if (!spare.ok) throw new Error(spare.by);
      const whole = resolved(after, requests);
      expect(spare.value.requests).toEqual(whole.requests);
      expect(spare.value.promised).toEqual(whole.promised);
    }
    expect(spared).toBeGreaterThan(20);
  });
});
