import type { AgreementVersion, CommitmentClause, RightClause } from "@offtake/core/agreements";
import { formatInstant } from "@offtake/core/kernel";
import { compileScope, declareFacts, matchesScope, type Scope } from "@offtake/core/scope";
import { describe, expect, test } from "vitest";
import type { ZoneId } from "@offtake/core/calendar";
import type { Parsed } from "../problems/index.ts";
import { type AgreementReading, parseAgreement } from "./index.ts";

const HEAD = `schema: offtake/agreement@1
name: meridian-master
parties: { buyer: aurora-labs, provider: meridian }
effective: { from: 2026-01-01, to: 2030-12-31 }
`;

function agreementOf(clauses: string, head = HEAD): AgreementVersion {
  const parsed = parseAgreement({ name: "a.yaml", text: head + clauses });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, undefined, 1));
  return parsed.value.agreement;
}

const rightOf = (keys: string): RightClause => agreementOf(`clauses: [{ id: r, ${keys} }]`).clauses[0] as RightClause;

const commitmentOf = (keys: string): CommitmentClause =>
  agreementOf(`clauses: [{ id: c, kind: commitment, ${keys} }]`).clauses[0] as CommitmentClause;

function problemsOf(parsed: Parsed<AgreementReading>): string[] {
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`);
}

const wrong = (clauses: string, head = HEAD): string[] =>
  problemsOf(parseAgreement({ name: "a.yaml", text: head + clauses }));

/** The file of many contracts, as people write it. */
const SAMPLE = `# yaml-language-server: $schema=./node_modules/offtake/schemas/agreement.v1.json
schema: offtake/agreement@1
name: meridian-master
title: Meridian Cloud – capacity right and spend commitment
parties: { buyer: aurora-labs, provider: meridian }
effective: { from: 2026-01-01, to: 2030-12-31 }
document: { file: meridian-master.pdf, sha256: 9f2c… }
clauses:
  - id: right-of-first-refusal          # shown in every explanation by this id and its text
    kind: first-refusal
    mode: offer-first                   # or: match
    scope: { accelerators: [H100, H200, B200], purposes: { except: [academic-grant] }, newCapacityOnly: true }
    window: { length: P5D, calendar: business, zone: America/Los_Angeles, holidays: us-federal }
    partial: { allowed: true, block: 4, minimum: 256 }
    closing: { length: P60D, resetIf: [price-above-notice, term-longer, quantity-larger] }  # better for a provider than the notice
    passThrough: { allowed: true, maxShare: 40%, subcontractors: [corvid-cloud], disclosure: name-to-buyer }
    text: "§4.2 … Provider shall have five Business Days …"
  - id: spend-commitment
    kind: commitment
    amount: 250000000 USD
    milestones: [ { by: 2027-12-31, cumulative: 50000000 USD }, { by: 2030-12-31, cumulative: 250000000 USD } ]
    shortfall: prepayment-credit        # or: charge | roll-forward
    eligible: { services: [compute], includePassThrough: true }
`;

describe("the words of common contracts", () => {
  const agreement = agreementOf("", SAMPLE);
  const right = agreement.clauses[0] as RightClause;

  test("[WIR11] offer-first, a window of five business days, parts, pass-through", () => {
    expect(right).toMatchObject({
      kind: "first-refusal",
      trigger: "request",
      holder: "meridian",
      grantor: "aurora-labs",
      burdens: "demand",
      newCapacityOnly: true,
      window: { n: 5, unit: "business-days", zone: "America/Los_Angeles", calendars: ["us-federal"] },
      partial: { mode: "multiple", of: 4, min: 256 },
      passThrough: { allowed: true, maxShareBp: 4000, hosts: ["corvid-cloud"], consent: true },
      text: "§4.2 … Provider shall have five Business Days …",
    });
    expect(agreement.document).toEqual({ file: "meridian-master.pdf", sha256: "9f2c…" });
  });

  test("[WIR11] closing says tail and re-offer", () => {
    expect(right.tail).toEqual({ days: 60, priceToleranceBp: 0, countToleranceBp: 0 });
    expect(right.reoffer.on).toBe("supplier-favourable");
    expect(rightOf("kind: first-refusal, closing: { length: 30 days, resetIf: [any-change] }").reoffer.on).toBe("any");
    expect(
      wrong("clauses: [{ id: r, kind: first-refusal, closing: { length: P60D, resetIf: [term-longer] } }]"),
    ).toEqual(["clauses[0].closing.resetIf not_supported"]);
    expect(wrong("clauses: [{ id: r, kind: first-refusal, tail: 60 days, closing: { length: P60D } }]")).toEqual([
      "clauses[0].closing conflicting_keys",
    ]);
  });

  test("[WIR11] first-refusal in the mode match is due on a third party's offer", () => {
    const match = rightOf("kind: first-refusal, mode: match");
    expect(match.trigger).toBe("third-party-offer");
    expect(match.window).toEqual({ n: 2, unit: "business-days" });
    expect(wrong("clauses: [{ id: r, kind: first-refusal, mode: match, trigger: request }]")).toEqual([
      "clauses[0].trigger conflicting_keys",
    ]);
  });

  test("[WIR11 WIR12] cumulative milestones become periods that must reach the difference", () => {
    const { schedule, shortfallBp, type, obligor, beneficiary } = agreement.clauses[1] as CommitmentClause;
    expect({ shortfallBp, type, obligor, beneficiary }).toEqual({
      shortfallBp: 10_000,
      type: "spend",
      obligor: "aurora-labs",
      beneficiary: "meridian",
    });
    expect(schedule.map(({ from, to, amount }) => [formatInstant(from), formatInstant(to), amount?.micros])).toEqual([
      ["2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z", 50_000_000_000_000n],
      ["2028-01-01T00:00:00Z", "2031-01-01T00:00:00Z", 200_000_000_000_000n],
    ]);
  });
});

describe("defaults", () => {
  test("[WIR10] a right that says nothing but its kind", () => {
    const right = rightOf("kind: first-refusal");
    expect(right).toMatchObject({
      rank: 10,
      sameRank: "undecided",
      window: { n: 5, unit: "business-days" },
      partial: { mode: "multiple", of: 1 },
      silence: "refusal",
      refusalFinal: true,
      tail: { days: 60, priceToleranceBp: 0, countToleranceBp: 0 },
      reoffer: {
        on: "supplier-favourable",
        window: { n: 2, unit: "business-days" },
        maxRounds: 3,
        lastRoundToleranceBp: 1000,
      },
      stranded: { offer: true, window: { n: 1, unit: "business-days" } },
      disclosure: { identity: false, price: true },
      newCapacityOnly: false,
    });
    for (const name of ["rank", "window", "partial", "tail.days", "scope", "silence", "holder", "trigger", "cap"]) {
      expect(right.defaults).toContain(name);
    }
  });

  test("[WIR10] what is stated is not a default, and what is stated as the default is not either", () => {
    const right = rightOf(
      "kind: first-refusal, mode: offer-first, rank: 10, window: 5 business days, tail: 60 days, holder: meridian",
    );
    for (const name of ["rank", "window", "tail.days", "holder", "trigger"]) expect(right.defaults).not.toContain(name);
    expect(right.defaults).toContain("tail.priceTolerance");
  });

  test("[WIR10] a consent blocks in silence and is not given in parts; an option is the buyer's and weighs on capacity", () => {
    expect(rightOf("kind: consent")).toMatchObject({ silence: "blocks", partial: { mode: "none" } });
    expect(rightOf("kind: option, option: { count: 8, until: 2027-08-31 }")).toMatchObject({
      burdens: "capacity",
      holder: "aurora-labs",
      grantor: "meridian",
    });
  });

  test("[WIR10] an agreement names what it left out", () => {
    const parsed = parseAgreement({ name: "a.yaml", text: `${HEAD}zone: Asia/Tokyo\n` }, { zone: "UTC" as ZoneId });
    expect(parsed.ok && parsed.value.defaults).toEqual([
      "lineage",
      "status",
      "signed",
      "renewal",
      "version",
      "holidays",
      "join",
      "cutoff",
      "close",
      "accruedRightsSurvive",
      "affiliateShare",
      "assignment.consent",
      "assignment.changeOfControl",
      "brokerOutage",
    ]);
  });
});

describe("times", () => {
  test("[WIR7] dates are meant in the zone of the agreement; the last day belongs to the term", () => {
    const { effectiveFrom, effectiveTo } = agreementOf("zone: America/Los_Angeles");
    expect(formatInstant(effectiveFrom)).toBe("2026-01-01T08:00:00Z");
    expect(formatInstant(effectiveTo as never)).toBe("2031-01-01T08:00:00Z");
  });

  test("[WIR7] an option until 31 August ends at 24:00 of that day", () => {
    const right = rightOf("kind: option, option: { count: 8, until: 2027-08-31 }");
    expect(formatInstant(right.option?.until as never)).toBe("2027-09-01T00:00:00Z");
  });

  test("[WIR8] a window states what it does not take from the agreement", () => {
    expect(
      rightOf("kind: match, window: { length: P2D, calendar: business, join: any, close: '18:00' }").window,
    ).toEqual({
      n: 2,
      unit: "business-days",
      join: "any",
      closeMs: 64_800_000,
    });
    expect(rightOf("kind: match, window: P2D").window).toEqual({ n: 2, unit: "days" });
    expect(wrong("clauses: [{ id: r, kind: match, window: { length: 72 hours, calendar: business } }]")).toEqual([
      "clauses[0].window.calendar conflicting_keys",
    ]);
    expect(wrong("clauses: [{ id: r, kind: match, tail: 60 hours }]")).toEqual(["clauses[0].tail wrong_unit"]);
  });
});

describe("spellings", () => {
  test.each([
    ["none", { mode: "none" }],
    ["any", { mode: "multiple", of: 1 }],
    ["any multiple of 8", { mode: "multiple", of: 8 }],
    ["multiple of 8", { mode: "multiple", of: 8 }],
    ["{ allowed: false }", { mode: "none" }],
    ["{ allowed: true, block: 8 }", { mode: "multiple", of: 8 }],
  ])("[WIR11] partial: %s", (text, expected) => {
    expect(rightOf(`kind: match, partial: ${text}`).partial).toEqual(expected);
  });

  test("[WIR11] levelised matches, release of an exclusivity, conditions, carve-outs, de minimis", () => {
    expect(
      rightOf("kind: match, matchBasis: { levelised: { monthlyRate: 1%, delayCost: 0.20 USD/h } }").matchBasis,
    ).toEqual({
      mode: "levelised",
      monthlyRate: { num: 1n, den: 100n },
      delayCost: { microsPerHour: 200_000n, currency: "USD" },
    });
    expect(rightOf("kind: exclusivity, release: [refusal, inability]").release).toEqual({
      refusal: true,
      silence: false,
      inability: true,
    });
    expect(rightOf("kind: match, contingencies: { waiveBy: 3 business days }").contingencies).toEqual({
      allowed: true,
      waiveBy: { n: 3, unit: "business-days" },
    });
    expect(rightOf("kind: match, deMinimis: { count: 256, days: 30 }").deMinimis).toEqual({
      count: 256,
      aggregateDays: 30,
      by: "control-group",
    });
    expect(
      rightOf(
        "kind: match, carveOuts: [{ id: x, scope: { purposes: training }, ownBuild: delta, share: { tolerance: 10% } }]",
      ).carveOuts,
    ).toMatchObject([{ id: "x", ownBuild: ["delta"], share: { toleranceBp: 1000, period: "month" } }]);
  });

  test("[WIR5] a parameter of another kind of right is refused", () => {
    expect(
      wrong(
        "clauses: [{ id: r, kind: match, mode: match, release: refusal, silence: blocks, minimumShare: { share: 5% } }]",
      ),
    ).toEqual([
      "clauses[0].mode unknown_key",
      "clauses[0].release unknown_key",
      "clauses[0].silence unknown_value",
      "clauses[0].minimumShare unknown_key",
    ]);
    expect(wrong("clauses: [{ id: r, kind: option }]")).toEqual(["clauses[0].option missing_key"]);
  });

  test("[WIR4] clauses that stand twice and a term that ends before it begins are told together", () => {
    const head = HEAD.replace("2030-12-31", "2025-12-31");
    expect(wrong("clauses: [{ id: r, kind: match }, { id: r, kind: consent }]", head)).toEqual([
      "effective invalid_window",
      "clauses[1].id duplicate_id",
    ]);
  });
});

describe("commitments", () => {
  test("[WIR12] an amount alone runs over the term; a schedule says its periods", () => {
    expect(commitmentOf("amount: 1000 USD, drawn: 10 USD").schedule).toMatchObject([
      { amount: { micros: 1_000_000_000n }, drawn: { micros: 10_000_000n } },
    ]);
    expect(
      commitmentOf("type: volume, schedule: [{ from: 2026-01-01, to: 2026-12-31, amount: 10 accelerator-hours }]")
        .schedule,
    ).toMatchObject([{ acceleratorSeconds: 36_000n }]);
    expect(
      commitmentOf("type: minimum-share, share: 60%, projected: { total: 100 acc-h, beneficiary: 58 acc-h }"),
    ).toMatchObject({
      shareBp: 6000,
      projected: { total: 360_000n, beneficiary: 208_800n },
      schedule: [],
    });
  });

  test("[WIR12] units do not mix, milestones do not fall, an amount without an end has no period", () => {
    expect(wrong("clauses: [{ id: c, kind: commitment, amount: 1000 USD, drawn: 10 EUR }]")).toEqual([
      "clauses[0].drawn wrong_unit",
    ]);
    expect(
      wrong(
        "clauses: [{ id: c, kind: commitment, milestones: [{ by: 2027-01-01, cumulative: 5 USD }, { by: 2028-01-01, cumulative: 4 USD }] }]",
      ),
    ).toEqual(["clauses[0].milestones[1].cumulative out_of_range"]);
    expect(wrong("clauses: [{ id: c, kind: commitment }]")).toEqual(["clauses[0].amount missing_key"]);
    expect(
      wrong("clauses: [{ id: c, kind: commitment, amount: 5 USD }]", HEAD.replace(", to: 2030-12-31", "")),
    ).toEqual(["clauses[0].amount missing_key"]);
    expect(wrong("clauses: [{ id: c, kind: commitment, amount: 5 USD, share: 5% }]")).toEqual([
      "clauses[0].share unknown_key",
    ]);
  });
});

describe("scopes", () => {
  const scopeOf = (text: string): Scope => rightOf(`kind: match, scope: ${text}`).scope;
  const reaches = (text: string, facts: Record<string, string>): boolean =>
    matchesScope(compileScope(scopeOf(text)), declareFacts(facts), "burdened");

  test("[WIR9] all keys together; a family means all of its forms; a list is any of it", () => {
    const text = "{ accelerators: [H100, GB200], regions: us-*, purposes: { except: [academic-grant] } }";
    const facts = { x_AcceleratorClass: "h100-pcie-80gb", RegionId: "us-central", x_Purpose: "training" };
    expect(reaches(text, facts)).toBe(true);
    expect(reaches(text, { ...facts, x_AcceleratorClass: "gb200-nvl72" })).toBe(true);
    expect(reaches(text, { ...facts, x_AcceleratorClass: "h200-sxm-141gb" })).toBe(false);
    expect(reaches(text, { ...facts, RegionId: "eu-west" })).toBe(false);
    expect(reaches(text, { ...facts, x_Purpose: "academic-grant" })).toBe(false);
  });

  test("[WIR9] a name that is more exact than a family stands for itself", () => {
    expect(reaches("{ accelerators: H100 PCIe }", { x_AcceleratorClass: "h100-sxm-80gb" })).toBe(false);
    expect(reaches("{ accelerators: H100 PCIe }", { x_AcceleratorClass: "h100-pcie-80gb" })).toBe(true);
  });

  test("[WIR9] except takes out by all keys of an entry, and by any of the entries", () => {
    const text = "{ except: [{ purposes: [research, training], sourceClasses: own_build }, { channels: api }] }";
    expect(reaches(text, { x_Purpose: "training", x_SourceClass: "own_build", x_Channel: "chat" })).toBe(false);
    expect(reaches(text, { x_Purpose: "training", x_SourceClass: "market", x_Channel: "chat" })).toBe(true);
    expect(reaches(text, { x_Purpose: "training", x_SourceClass: "market", x_Channel: "api" })).toBe(false);
  });

  test("[WIR9] everything, and the long form", () => {
    expect(scopeOf("everything")).toEqual({ IsGlobalScope: true });
    const long = "{ Inclusions: [{ Dimension: RegionId, Operator: StartsWith, Values: [us-] }] }";
    expect(reaches(long, { RegionId: "us-east" })).toBe(true);
    expect(
      wrong(
        "clauses: [{ id: r, kind: match, scope: { Inclusions: [{ Dimension: RegionId, Operator: Like, Values: [x] }] } }]",
      ),
    ).toEqual(["clauses[0].scope.Inclusions[0].Operator scope_malformed"]);
  });

  test("[WIR5 WIR9] an unknown dimension, an unknown accelerator, an exception from nothing", () => {
    const parsed = parseAgreement({
      name: "a.yaml",
      text: `${HEAD}clauses: [{ id: r, kind: match, scope: { regoins: us-* } }, { id: s, kind: match, scope: { accelerators: [H1000], except: {} } }]`,
    });
    expect(parsed.ok ? [] : parsed.problems.map(({ path, code, didYouMean }) => [path, code, didYouMean?.[0]])).toEqual(
      [
        ["clauses[0].scope.regoins", "unknown_key", "regions"],
        ["clauses[1].scope.accelerators", "unknown_accelerator", "h100-sxm-80gb"],
        ["clauses[1].scope.except", "too_few", undefined],
      ],
    );
  });
});

describe("what becomes of an agreement at its end", () => {
  const readingOf = (keys: string, head = HEAD): AgreementReading => {
    const parsed = parseAgreement({ name: "a.yaml", text: head + keys });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, undefined, 1));
    return parsed.value;
  };

  test("[WIR33] an automatic renewal, with what nobody stated", () => {
    const { agreement, defaults } = readingOf(
      "renewal: { kind: automatic, term: 1 year, notice: 90 days, max: 3 }\nowner: R. Weiss\n",
    );
    expect(agreement.renewal).toEqual({
      kind: "automatic",
      term: { n: 12, unit: "months" },
      notice: { n: 90, unit: "days" },
      to: "term",
      noticeBy: "either",
      late: "next-end",
      max: 3,
    });
    expect(agreement.owner).toBe("R. Weiss");
    expect(defaults).toEqual(expect.arrayContaining(["renewal.to", "renewal.noticeBy", "renewal.late"]));
    expect(defaults).not.toContain("renewal");
  });

  test("[WIR33] evergreen, with a first term and without", () => {
    const evergreen = { kind: "evergreen", notice: { n: 3, unit: "months" }, to: "quarter", noticeBy: "buyer" };
    const keys = "renewal: { kind: evergreen, notice: P3M, to: quarter, noticeBy: buyer }\n";
    expect(readingOf(keys).agreement.renewal).toEqual(evergreen);
    expect(readingOf(keys, HEAD.replace(", to: 2030-12-31", "")).agreement.renewal).toEqual(evergreen);
  });

  test("[WIR33] silence means that it ends, and is told as a default; so does none, and is not", () => {
    expect(readingOf("").agreement.renewal).toBeUndefined();
    expect(readingOf("").defaults).toContain("renewal");
    expect(readingOf("renewal: none\n").defaults).not.toContain("renewal");
    expect(readingOf("", HEAD.replace(", to: 2030-12-31", "")).defaults).not.toContain("renewal");
  });

  test("[WIR33] an entitlement of an agreement that renews has no end of its own, unless it states one", () => {
    const call = "clauses: [{ id: c, kind: entitlement, accelerator: H100, count: 8, price: 2 USD/h }]\n";
    const renews = "renewal: { kind: automatic, term: 1 year, notice: 90 days }\n";
    expect(readingOf(call).agreement.clauses[0]).toHaveProperty("until");
    expect(readingOf(renews + call).agreement.clauses[0]).not.toHaveProperty("until");
  });

  test("[WIR33] the owner of a clause is kept", () => {
    expect(rightOf("kind: match, owner: network team").owner).toBe("network team");
  });

  test.each([
    ["{ kind: automatic, term: 30 business days, notice: 90 days }", ["renewal.term wrong_unit"]],
    ["{ kind: automatic, term: 1 year, notice: 90 days, max: 0 }", ["renewal.max out_of_range"]],
    ["{ kind: automatic, term: 1 year, notice: 90 }", ["renewal.notice wrong_unit"]],
    ["{ kind: automatic, term: 1 year, notice: 0 days }", ["renewal.notice out_of_range"]],
    ["{ kind: automatic, notice: 90 days }", ["renewal.term missing_key"]],
    ["{ kind: evergreen, notice: 90 days, term: 1 year }", ["renewal.term unknown_key"]],
  ])("[WIR5 WIR33] %s is refused", (renewal, problems) => {
    expect(wrong(`renewal: ${renewal}\n`)).toEqual(problems);
  });

  test("[WIR33] without an end there is nothing to renew", () => {
    const text = "renewal: { kind: automatic, term: 1 year, notice: 90 days }\n";
    expect(wrong(text, HEAD.replace(", to: 2030-12-31", ""))).toEqual(["renewal.kind conflicting_keys"]);
  });
});

describe("dates of the contract's own", () => {
  const dateOf = (keys: string): unknown => agreementOf(`clauses: [{ id: d, kind: date, ${keys} }]`).clauses[0];

  test("[WIR40] with all that may be stated, and with what may not", () => {
    const keys = "subject: price-review, by: 2027-03-31, every: 1 year, notice: 30 business days, actor: meridian";
    expect(dateOf(`${keys}, silence: The prices stay as they are.`)).toMatchObject({
      kind: "date",
      subject: "price-review",
      by: Date.UTC(2027, 3, 1),
      every: { n: 12, unit: "months" },
      notice: { n: 30, unit: "business-days" },
      actor: "meridian",
      silence: "The prices stay as they are.",
      defaults: [],
    });
    expect(dateOf("by: 2027-03-31")).toMatchObject({
      subject: "other",
      actor: "aurora-labs",
      defaults: ["subject", "actor"],
    });
  });

  test.each([
    ["by: 2027-03-31, every: 30 business days", ["clauses[0].every wrong_unit"]],
    ["by: 2027-03-31, actor: ember", ["clauses[0].actor out_of_range"]],
    ["subject: price-review", ["clauses[0].by missing_key"]],
    ["by: 2027-03-31, subject: birthday", ["clauses[0].subject unknown_value"]],
  ])("[WIR5 WIR40] %s is refused", (keys, problems) => {
    expect(wrong(`clauses: [{ id: d, kind: date, ${keys} }]`)).toEqual(problems);
  });
});
