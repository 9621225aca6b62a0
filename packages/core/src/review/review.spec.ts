import { describe, expect, test } from "vitest";
import type { AgreementVersion, Clause, CommitmentClause, DateClause, RightClause } from "../agreements/index.ts";
import { agreement, party, r1, r2 } from "../agreements/f0.ts";
import { builtinCalendar, type ZoneId } from "../calendar/index.ts";
import type { CapacityBlock } from "../capacity/index.ts";
import type { AcceleratorType, BlockId, CalendarId, ClauseId, Currency, Instant, PartyId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import type { Scope } from "../scope/index.ts";
import { type Review, review, type Reviewed } from "./index.ts";

const NOW = at("2026-09-14T17:00:00Z");
const END = at("2031-01-01T00:00:00Z");
const read = { by: "counsel", at: "2026-01-01" };
const done = { text: "§ 1", reading: read };

const known = (id: string) => ({ ...party(id), name: id.toUpperCase(), notice: { channels: ["portal"] } });
const PARTIES = new Map(["lab", "alfa", "beta"].map((id) => [id as PartyId, known(id)]));

function reviewed(versions: readonly AgreementVersion[], changed: Partial<Reviewed> = {}): Review {
  return review({ versions, parties: PARTIES, calendar: (id) => builtinCalendar(id), blocks: [], at: NOW, ...changed });
}

const version = (id: string, clauses: readonly Clause[], changed: Partial<AgreementVersion> = {}): AgreementVersion =>
  agreement(id, {
    clauses,
    effectiveTo: END,
    calendars: ["us-federal" as CalendarId],
    otherParties: ["beta" as PartyId],
    ...changed,
  });

const alfa = (changed: Partial<RightClause> = {}) => r1({ ...done, ...changed });
const beta = (changed: Partial<RightClause> = {}) => r2({ ...done, ...changed });

const codes = ({ findings }: Review) =>
  findings.map((one) => `${one.code} ${one.agreement}${one.clause === undefined ? "" : `#${one.clause}`}`);

const everything: Scope = { IsGlobalScope: true };

function commitment(changed: Partial<CommitmentClause> = {}): CommitmentClause {
  return {
    ...done,
    id: "promise" as ClauseId,
    lineageId: "promise",
    defaults: [],
    kind: "commitment",
    type: "take-or-pay",
    obligor: "lab" as PartyId,
    beneficiary: "alfa" as PartyId,
    scope: everything,
    status: "active",
    schedule: [{ from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z"), acceleratorSeconds: 3_600_000n }],
    shortfallBp: 10_000,
    stackPriority: 100,
    ...changed,
  };
}

function block(changed: Partial<CapacityBlock> = {}): CapacityBlock {
  return {
    id: "b" as BlockId,
    rootId: "b" as BlockId,
    provider: "alfa" as PartyId,
    acceleratorType: "gb200" as AcceleratorType,
    region: "us-central",
    quantity: 8,
    window: { from: at("2026-01-01T00:00:00Z"), to: END },
    firmness: "firm",
    blockSize: 8,
    ...changed,
  };
}

test("[REV1] what is in order has no findings; what is over, and what a later version has replaced, is left alone", () => {
  expect(codes(reviewed([version("one", [alfa()])]))).toEqual([]);
  const bare = r1({ holder: "nobody" as PartyId });
  const over = version("old", [bare], { effectiveTo: NOW });
  const replaced = version("one", [bare]);
  expect(codes(reviewed([over, replaced, version("one", [alfa()], { version: 2, effectiveFrom: NOW })]))).toEqual([]);
  expect(
    codes(
      reviewed([
        version("later", [alfa({ holder: "x" as PartyId })], {
          effectiveFrom: END,
          effectiveTo: at("2032-01-01T00:00:00Z"),
          calendars: [],
        }),
      ]),
    ),
  ).toEqual(["unknown_party later#r1"]);
});

describe("conflicts", () => {
  const exclusive = (id: string, holder: string) =>
    alfa({ id: id as ClauseId, lineageId: id, kind: "exclusivity", holder: holder as PartyId, text: `only ${holder}` });

  test("[REV2] two exclusives are told once, with the words of both, at the later one", () => {
    const found = reviewed([version("one", [exclusive("x1", "alfa")]), version("two", [exclusive("x2", "beta")])]);
    expect(codes(found)).toEqual(["two_exclusives two#x2"]);
    expect(found.findings[0]).toMatchObject({ severity: "error", with: { agreement: "one", clause: "x1" } });
    expect(found.findings[0]?.message).toContain('"only beta" and "only alfa"');
  });

  test("[REV2] an option counts as exercised, and its collision is a warning", () => {
    const option = alfa({
      id: "opt" as ClauseId,
      lineageId: "opt",
      kind: "option",
      burdens: "capacity",
      holder: "lab" as PartyId,
      grantor: "beta" as PartyId,
      option: { count: 8, blocks: [], until: at("2027-01-01T00:00:00Z") },
    });
    const found = reviewed([version("one", [exclusive("x1", "alfa")]), version("two", [option])]);
    expect(found.findings.map(({ code, severity }) => [code, severity])).toEqual([["exclusive_and_option", "warning"]]);
  });

  test("[REV2] two rights of one rank without a rule for it, and a circle of encumbrances", () => {
    const second = alfa({ id: "r9" as ClauseId, lineageId: "r9", holder: "beta" as PartyId, sameRank: "undecided" });
    expect(codes(reviewed([version("one", [alfa()]), version("two", [second])]))).toEqual(["rank_tie two#r9"]);
    const circle = (id: string, grantor: string, holder: string) =>
      alfa({
        id: id as ClauseId,
        lineageId: id,
        burdens: "capacity",
        grantor: grantor as PartyId,
        holder: holder as PartyId,
      });
    const found = reviewed([
      version("one", [circle("a", "alfa", "beta")]),
      version("two", [circle("b", "beta", "alfa")]),
    ]);
    expect(codes(found)).toEqual(["cyclic_encumbrance two#b"]);
  });
});

describe("terms", () => {
  const from = at("2028-01-01T00:00:00Z");

  test("[REV3] a time without a version between two is told, also across a restated agreement; none where they meet", () => {
    const first = version("one", [alfa()], { effectiveTo: at("2027-12-01T00:00:00Z") });
    const second = (id: string, start: Instant) =>
      version(id, [alfa()], { version: 2, effectiveFrom: start, lineageId: first.lineageId });
    const gap = reviewed([first, second("one", from)]);
    expect(codes(gap)).toEqual(["gap_between_versions one"]);
    expect(gap.findings[0]?.message).toContain("from 2027-11-30 to 2027-12-31");
    expect(codes(reviewed([first, second("restated", from)]))).toEqual(["gap_between_versions restated"]);
    expect(codes(reviewed([first, second("one", at("2027-12-01T00:00:00Z"))]))).toEqual([]);
  });

  test("[REV3] a right that is left out and comes back is told at its return", () => {
    const versions = [[alfa()], [], [alfa()]].map((clauses, index) =>
      version("one", clauses, { version: index + 1, effectiveFrom: at(`${2027 + index}-01-01T00:00:00Z`) }),
    );
    expect(codes(reviewed(versions))).toEqual(["right_comes_and_goes one#r1"]);
    expect(codes(reviewed(versions.slice(0, 2)))).toEqual([]);
  });

  test("[REV4] no end and no renewal, and a renewal without a last time", () => {
    const { effectiveTo: _, ...open } = version("one", [alfa()]);
    expect(codes(reviewed([open]))).toEqual(["no_end one"]);
    const notice = { n: 90, unit: "days" as const };
    const evergreen = { kind: "evergreen" as const, notice, to: "day" as const, noticeBy: "either" as const };
    expect(codes(reviewed([{ ...open, renewal: evergreen }]))).toEqual([]);
    const automatic = {
      kind: "automatic" as const,
      term: { n: 12, unit: "months" as const },
      notice,
      to: "term" as const,
      noticeBy: "either" as const,
      late: "next-end" as const,
    };
    expect(codes(reviewed([version("one", [alfa()], { renewal: automatic })]))).toEqual(["renewal_without_end one"]);
    expect(codes(reviewed([version("one", [alfa()], { renewal: { ...automatic, max: 2 } })]))).toEqual([]);
  });

  test("[REV5] a period outside the term and periods that overlap are told; the very end is inside", () => {
    const period = (a: string, b: string) => ({
      from: at(`${a}T00:00:00Z`),
      to: at(`${b}T00:00:00Z`),
      acceleratorSeconds: 1n,
    });
    const with_ = (...schedule: CommitmentClause["schedule"]) =>
      codes(reviewed([version("one", [commitment({ schedule })])]));
    expect(with_(period("2030-01-01", "2031-01-01"))).toEqual([]);
    expect(with_(period("2030-01-01", "2031-01-02"))).toEqual(["outside_term one#promise"]);
    expect(with_(period("2027-01-01", "2028-01-01"), period("2027-12-31", "2029-01-01"))).toEqual([
      "period_overlap one#promise",
    ]);
    const option = alfa({
      kind: "option",
      burdens: "capacity",
      holder: "lab" as PartyId,
      grantor: "alfa" as PartyId,
      option: { count: 8, blocks: [], until: at("2031-01-02T00:00:00Z") },
    });
    expect(codes(reviewed([version("one", [option])]))).toEqual(["outside_term one#r1"]);
  });
});

describe("dates of the contract's own", () => {
  const review_ = (changed: Partial<DateClause> = {}): DateClause => ({
    ...done,
    id: "price-review" as ClauseId,
    lineageId: "price-review",
    defaults: [],
    kind: "date",
    subject: "price-review",
    by: at("2028-01-01T00:00:00Z"),
    actor: "lab" as PartyId,
    silence: "the prices stay",
    ...changed,
  });
  const told = (changed: Partial<DateClause>, more: Partial<AgreementVersion> = {}) =>
    codes(reviewed([version("one", [review_(changed)], more)]));

  test("[REV5] one before the term begins or after its end is told, the very end is inside; what renews has no end", () => {
    expect(told({})).toEqual([]);
    expect(told({ by: END })).toEqual([]);
    expect(told({ by: at("2031-01-02T00:00:00Z") })).toEqual(["outside_term one#price-review"]);
    expect(told({ by: at("2025-01-02T00:00:00Z") })).toEqual(["outside_term one#price-review"]);
    const renewal = {
      kind: "automatic",
      term: { n: 12, unit: "months" },
      notice: { n: 60, unit: "days" },
      to: "term",
      noticeBy: "either",
      late: "next-end",
      max: 2,
    } as const;
    expect(told({ by: at("2031-01-02T00:00:00Z") }, { renewal })).toEqual([]);
  });

  test("[REV15] a notice that the beginning of the agreement makes too late, to the day; silence of which nothing is said", () => {
    const begins = { effectiveFrom: at("2027-01-01T00:00:00Z"), zone: "UTC" as ZoneId };
    const by = at("2027-03-02T00:00:00Z");
    // Received on 1 January, the sixtieth day after it is 2 March: the period ends with that day.
    expect(told({ by: at("2027-03-03T00:00:00Z"), notice: { n: 60, unit: "days" } }, begins)).toEqual([]);
    expect(told({ by, notice: { n: 60, unit: "days" } }, begins)).toEqual(["notice_never_in_time one#price-review"]);
    expect(told({ by, notice: { n: 59, unit: "days" } }, begins)).toEqual([]);
    const { silence: _, ...silent } = review_();
    expect(codes(reviewed([version("one", [silent])]))).toEqual(["silence_not_stated one#price-review"]);
  });

  test("[REV8 REV9] its notice needs a calendar, and its actor a party", () => {
    const moon = { calendars: ["moon" as CalendarId] };
    expect(told({ notice: { n: 5, unit: "business-days" } }, moon)).toEqual(["calendar_missing one"]);
    expect(told({ notice: { n: 5, unit: "days" } }, moon)).toEqual([]);
    expect(told({ actor: "x" as PartyId })).toEqual(["unknown_party one#price-review"]);
  });
});

describe("reach", () => {
  test("[REV6] what a scope includes and takes out again is an error, of a right also by its carve-outs", () => {
    const gb200: Scope = { Inclusions: [{ Dimension: "x_AcceleratorClass", Operator: "In", Values: ["gb200"] }] };
    const never: Scope = {
      ...gb200,
      Exclusions: [{ Dimension: "x_AcceleratorClass", Operator: "In", Values: ["gb200"] }],
    };
    expect(codes(reviewed([version("one", [alfa({ scope: never })])]))).toEqual(["scope_never_matches one#r1"]);
    expect(codes(reviewed([version("one", [alfa({ scope: gb200, carveOuts: [{ id: "c", scope: gb200 }] })])]))).toEqual(
      ["scope_never_matches one#r1"],
    );
    expect(codes(reviewed([version("one", [commitment({ scope: never })])]))).toEqual([
      "scope_never_matches one#promise",
    ]);
  });

  const told = (clause: CommitmentClause, ...blocks: CapacityBlock[]) =>
    codes(reviewed([version("one", [clause])], { blocks }));

  test("[REV7] eight accelerators for a year are 70,080 hours: a thousand are in reach, 70,081 are not", () => {
    const hours = (n: bigint) =>
      commitment({
        schedule: [{ from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z"), acceleratorSeconds: n * 3600n }],
      });
    expect(told(hours(1_000n), block())).toEqual([]);
    expect(told(hours(70_080n), block())).toEqual([]);
    expect(told(hours(70_081n), block())).toEqual(["commitment_out_of_reach one#promise"]);
    expect(told(hours(70_081n), block(), block({ id: "c" as BlockId }))).toEqual([]);
  });

  test("[REV7] money counts at the committed price; without a price, and without recorded capacity, nothing is said", () => {
    const usd = (n: bigint) => ({ micros: n * 1_000_000n, currency: "USD" as Currency });
    const spend = (price?: bigint) =>
      commitment({
        type: "spend",
        schedule: [{ from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z"), amount: usd(140_162n) }],
        ...(price === undefined ? {} : { price: { microsPerHour: price, currency: "USD" as Currency } }),
      });
    expect(told(spend(2_000_000n), block())).toEqual(["commitment_out_of_reach one#promise"]);
    expect(told(spend(2_100_000n), block())).toEqual([]);
    expect(told(spend(), block())).toEqual([]);
    expect(told(spend(2_000_000n))).toEqual([]);
  });

  test("[REV7] none of the capacity counts: whatever is bought, it is missed; what is not known of a block counts for it", () => {
    const only = (Dimension: string, value: string) =>
      commitment({ scope: { Inclusions: [{ Dimension, Operator: "In", Values: [value] }] } });
    expect(told(only("RegionId", "eu"), block())).toEqual(["commitment_nobody_supplies one#promise"]);
    expect(told(only("x_Purpose", "training"), block())).toEqual([]);
  });
});

describe("asking", () => {
  test("[REV8] a calendar that nobody knows, or without the years of the term, is an error", () => {
    expect(codes(reviewed([version("one", [alfa()], { calendars: ["moon" as CalendarId] })]))).toEqual([
      "calendar_missing one",
    ]);
    const short = {
      id: "own" as CalendarId,
      name: "own",
      source: "us",
      years: { from: 2026, to: 2027 },
      weekend: [],
      holidays: [],
    };
    const found = reviewed([version("one", [alfa()], { calendars: ["own" as CalendarId] })], { calendar: () => short });
    expect(codes(found)).toEqual(["calendar_year_not_covered one"]);
    expect(found.findings[0]?.message).toContain("2028, 2029");
    const hours = { n: 48, unit: "hours" as const };
    const inHours = alfa({
      window: hours,
      objectionWindow: hours,
      reoffer: { ...alfa().reoffer, window: hours },
      confirmWindow: hours,
      stranded: { offer: true, window: hours },
      delivery: { rule: "sent", fallbackAfter: hours },
    });
    expect(codes(reviewed([version("one", [inHours], { calendars: ["moon" as CalendarId] })]))).toEqual([]);
  });

  test("[REV9] parties that the book does not have, and parties that have not signed", () => {
    expect(codes(reviewed([version("one", [alfa({ holder: "x" as PartyId })])]))).toEqual(["unknown_party one#r1"]);
    expect(codes(reviewed([version("one", [beta()], { otherParties: [] })]))).toEqual([
      "party_outside_agreement one#r2",
    ]);
    const { parties: _, ...alone } = {
      versions: [version("one", [alfa()])],
      calendar: builtinCalendar,
      blocks: [],
      at: NOW,
      parties: PARTIES,
    };
    expect(codes(review(alone))).toEqual([]);
  });

  test("[REV10] a holder without a channel for notices is told once an agreement", () => {
    const silent = new Map([...PARTIES, ["alfa" as PartyId, party("alfa")]]);
    const two = [
      alfa(),
      alfa({
        id: "r3" as ClauseId,
        lineageId: "r3",
        scope: { Inclusions: [{ Dimension: "RegionId", Operator: "In", Values: ["eu"] }] },
      }),
    ];
    expect(codes(reviewed([version("one", two)], { parties: silent }))).toEqual(["no_notice_address one#r1"]);
  });
});

describe("what rests on nobody's word", () => {
  test("[REV11] a clause without words, and one that nobody has compared with them", () => {
    const { text: _t, ...wordless } = alfa();
    const { reading: _r, ...unread } = beta();
    const found = reviewed([version("one", [wordless, unread])]);
    expect(found.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["text_missing", "note"],
      ["reading_unconfirmed", "note"],
    ]);
  });

  test("[REV12] every default in use is a question, those that change most first", () => {
    const { open } = reviewed([
      version("one", [alfa({ defaults: ["stranded", "refusalFinal", "window"] }), beta({ defaults: ["window"] })], {
        defaults: ["cutoff", "holidays"],
      }),
    ]);
    expect(open.map(({ clause, parameter, weight, taken }) => [clause, parameter, weight, taken])).toEqual([
      [undefined, "holidays", 1, "nobody's: weekends only"],
      ["r1", "window", 1, "5 business days"],
      ["r2", "window", 1, "2 business days"],
      [undefined, "cutoff", 2, "17:00"],
      ["r1", "refusalFinal", 2, "final"],
      ["r1", "stranded", 3, "yes, for 1 business day"],
    ]);
  });

  test("[REV13] what is stated makes other questions empty", () => {
    const names = (clause: RightClause, head: readonly string[] = []) =>
      reviewed([version("one", [clause], { defaults: head })]).open.map(({ parameter }) => parameter);
    const defaults = ["passThrough.consent", "matchBasis", "carveOuts"];
    expect(names(alfa({ defaults }))).toEqual(["carveOuts", "passThrough.consent"]);
    const none = { allowed: false, maxShareBp: 10_000, consent: false };
    const except: Scope = {
      IsGlobalScope: true,
      Exclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["grant"] }],
    };
    expect(names(beta({ defaults, passThrough: none, scope: except }))).toEqual(["matchBasis"]);
    expect(names(alfa({ window: { n: 48, unit: "hours" } }), ["join", "holidays", "zone"])).toEqual(["zone"]);
  });

  test("[REV14] errors, warnings, notes; the same input gives the same review", () => {
    const { text: _, ...wordless } = alfa({ holder: "x" as PartyId });
    const { effectiveTo: __, ...open } = version("one", [wordless]);
    const once = reviewed([open]);
    expect(once.findings.map(({ severity }) => severity)).toEqual(["error", "warning", "note"]);
    expect(reviewed([open])).toEqual(once);
  });
});
