import { describe, expect, test } from "vitest";
import { r1 } from "../agreements/f0.ts";
import type { Clause, CommitmentClause, DateClause, EntitlementClause } from "../agreements/clause.ts";
import type { CalendarId, ClauseId, PartyId } from "../kernel/index.ts";
import { money } from "../kernel/index.ts";
import { USD, usd } from "../requests/f0.ts";
import { at, found, FROM, listed, stateOf, version, withClause, world, YEAR_END, YEARLY } from "./dates.fixture.ts";
import { datesOf } from "./index.ts";

const base = { lineageId: "c", defaults: [] };
const option = { ...r1({ kind: "option" }), option: { count: 512, blocks: [], until: at("2027-02-01T08:00:00Z") } };
const entitlement: EntitlementClause = {
  ...base,
  id: "call" as ClauseId,
  kind: "entitlement",
  act: "call-off",
  acceleratorType: "gb200" as EntitlementClause["acceleratorType"],
  count: 256,
  price: usd(2),
  blocks: [],
  until: at("2026-12-12T08:00:00Z"),
};
const commitment: CommitmentClause = {
  ...base,
  id: "spend" as ClauseId,
  kind: "commitment",
  type: "spend",
  obligor: "lab" as PartyId,
  beneficiary: "alfa" as PartyId,
  scope: { IsGlobalScope: true },
  status: "active",
  schedule: [
    { from: at("2026-01-01T08:00:00Z"), to: YEAR_END, amount: money(12_000_000n, USD), drawn: money(9_000_000n, USD) },
  ],
  shortfallBp: 5_000,
  stackPriority: 100,
};
const review: DateClause = {
  ...base,
  id: "review" as ClauseId,
  kind: "date",
  subject: "price-review",
  by: at("2026-12-16T08:00:00Z"),
  actor: "lab" as PartyId,
};
const one = (clause: Clause, changed: Parameters<typeof withClause>[1] = {}) =>
  world([stateOf([withClause(clause, { effectiveTo: at("2030-01-01T08:00:00Z"), ...changed })])]);

describe("the list", () => {
  test("[DAT1] what is over is not listed, nor what needs nothing before the window ends", () => {
    const three = world([stateOf([version()])]);
    expect(listed(three)).toEqual(["end 2027-01-01T08:00:00Z"]);
    expect(listed(three, "2027-01-01T08:00:00Z")).toEqual([]);
    expect(listed(three, "2027-05-01T08:00:00Z", at("2027-01-01T08:00:00.001Z"))).toEqual([]);
  });

  test("[DAT1] soonest first, across agreements; the id stays when the date moves", () => {
    const of = (until: string) =>
      world([stateOf([version()]), stateOf([withClause({ ...entitlement, until: at(until) }, { id: "b" as never })])]);
    expect(listed(of("2026-12-12T08:00:00Z"))).toEqual([
      "entitlement 2026-12-12T01:00:00Z",
      "end 2027-01-01T08:00:00Z",
      "end 2027-01-01T08:00:00Z",
    ]);
    const ids = ["2026-12-12T08:00:00Z", "2026-12-22T08:00:00Z"].map(
      (until) => found(of(until)).dates.find(({ what }) => what.kind === "entitlement")?.id,
    );
    expect(ids).toEqual(["b/call/entitlement/until", "b/call/entitlement/until"]);
  });

  test("[DAT2] a version that takes effect, and what it has overtaken", () => {
    const before = withClause(
      { ...entitlement, until: at("2027-01-20T08:00:00Z") },
      { effectiveTo: at("2028-01-01T08:00:00Z") },
    );
    const after = version({
      version: 2,
      effectiveFrom: at("2027-01-10T08:00:00Z"),
      effectiveTo: at("2028-01-01T08:00:00Z"),
    });
    expect(listed(world([stateOf([before])]))).toEqual(["entitlement 2027-01-20T01:00:00Z"]);
    expect(listed(world([stateOf([before, after])]))).toEqual(["start 2027-01-10T08:00:00Z"]);
  });

  test("[DAT2] a terminated agreement ends then, and a draft causes nothing", () => {
    const ending = { at: at("2026-12-05T08:00:00Z"), accruedRightsSurvive: true };
    const over = stateOf([withClause(entitlement)], { endings: [ending] });
    expect(found(world([over])).dates.map(({ what }) => what)).toEqual([{ kind: "end", why: "terminated" }]);
    expect(listed(world([stateOf([version()], { status: "draft" })]))).toEqual([]);
  });

  test("[DAT3] the owner of the clause, else of the agreement", () => {
    const owners = world([
      stateOf([version({ clauses: [entitlement, { ...review, owner: "Finance" }], owner: "R. Weiss" })]),
    ]);
    expect(found(owners).dates.map(({ what, owner }) => `${what.kind} ${owner}`)).toEqual([
      "entitlement R. Weiss",
      "date Finance",
      "end R. Weiss",
    ]);
  });
});

describe("what is listed", () => {
  test("[DAT7] each end of a term, and the last day to stop the renewal there", () => {
    const monthly = version({ renewal: { ...YEARLY, term: { n: 2, unit: "months" } } });
    expect(listed(world([stateOf([monthly])]), "2027-04-01T07:00:00Z")).toEqual(
      [
        "last-notice 2026-12-02T01:00:00Z",
        "renewal 2027-01-01T08:00:00Z",
        "last-notice 2027-01-30T01:00:00Z",
        "renewal 2027-03-01T08:00:00Z",
        "last-notice 2027-03-31T23:59:59.999Z",
      ].map((line) => line.replace("2027-03-31T23:59:59.999Z", "2027-04-01T00:00:00Z")),
    );
  });

  test("[DAT7] nothing of it once a notice stops it; then its end", () => {
    const notice = { by: "lab" as PartyId, deliveredAt: FROM, deemedReceivedAt: FROM, endsAt: YEAR_END, late: false };
    const stopped = stateOf([version({ renewal: YEARLY })], { renewal: { notices: [notice] } });
    expect(found(world([stopped])).dates.map(({ what }) => what)).toEqual([{ kind: "end", why: "notice" }]);
  });

  test("[DAT7] who may be left at every month's end after the first term has one last day, and its last renewal none", () => {
    const toMonth = version({ renewal: { ...YEARLY, term: { n: 1, unit: "months" }, to: "month" } });
    expect(listed(world([stateOf([toMonth])])).filter((line) => line.startsWith("last-notice"))).toHaveLength(1);
    const once = version({ renewal: { ...YEARLY, term: { n: 1, unit: "months" }, max: 1 } });
    expect(listed(world([stateOf([once])]))).toEqual([
      "last-notice 2026-12-02T01:00:00Z",
      "renewal 2027-01-01T08:00:00Z",
      "end 2027-02-01T08:00:00Z",
    ]);
  });

  test("[DAT7] the first term of what runs on until notice; and the side that may give it", () => {
    const evergreen = version({
      renewal: { kind: "evergreen", notice: { n: 30, unit: "days" }, to: "day", noticeBy: "provider" },
    });
    const { dates } = found(world([stateOf([evergreen])]));
    expect(dates.map(({ what, actor, recipient }) => [what.kind, actor, recipient])).toEqual([
      ["last-notice", "alfa", "lab"],
      ["renewal", undefined, undefined],
    ]);
    expect(dates[0]?.what).not.toHaveProperty("next");
  });

  test("[DAT8] options and entitlements, for what is left of them", () => {
    const left = (count: number) => ({ ...one(option), leftOf: () => count });
    expect(found(left(128)).dates.map(({ what, actor }) => [what, actor])).toEqual([
      [{ kind: "option", count: 128 }, "alfa"],
    ]);
    expect(found(left(0)).dates).toEqual([]);
    expect(found(one(entitlement)).dates.map(({ what, actor }) => [what.kind, actor])).toEqual([
      ["entitlement", "lab"],
    ]);
  });

  test("[DAT9] a period of a commitment, with what is missing at its price", () => {
    const [date] = found(one(commitment)).dates;
    expect(date).toMatchObject({
      at: YEAR_END,
      form: "ends",
      actor: "lab",
      what: { kind: "commitment", shortfall: { micros: 1_500_000n, currency: "USD" } },
    });
    expect(found(one({ ...commitment, status: "proposed" })).dates).toEqual([]);
  });

  test("[DAT9] months by which a carve-out's share, and years by which a minimum share is measured", () => {
    const carved = r1({ carveOuts: [{ id: "c", scope: {}, share: { toleranceBp: 1_000, period: "month" } }] });
    expect(listed(one(carved), "2027-02-15T08:00:00Z")).toEqual([
      "measurement 2026-12-01T08:00:00Z",
      "measurement 2027-01-01T08:00:00Z",
      "measurement 2027-02-01T08:00:00Z",
    ]);
    const share = r1({ kind: "minimum-share", minimumShare: { shareBp: 6_000, period: "year" } });
    expect(listed(one(share))).toEqual(["measurement 2027-01-01T08:00:00Z"]);
  });

  test("[DAT10] each time that a date comes back, while its version is in force", () => {
    const monthly = { ...review, every: { n: 1, unit: "months" } as const };
    expect(listed(one(monthly, { effectiveTo: at("2027-02-20T08:00:00Z") }))).toEqual([
      "date 2026-12-16T08:00:00Z",
      "date 2027-01-16T08:00:00Z",
      "date 2027-02-16T08:00:00Z",
      "end 2027-02-20T08:00:00Z",
    ]);
    expect(listed(one({ ...monthly, by: at("2020-01-16T08:00:00Z") }), "2027-01-01T08:00:00Z")).toEqual([
      "date 2026-12-16T08:00:00Z",
    ]);
  });

  test("[DAT10] with a notice period, its last day", () => {
    const { dates } = found(one({ ...review, notice: { n: 10, unit: "days" } }));
    expect(dates).toMatchObject([
      { form: "by", at: at("2026-12-06T07:59:59.999Z"), recipient: "alfa", what: { on: review.by, noticed: true } },
    ]);
  });

  test("[DAT11] open notices, tails, signatures and waivers of a right, by their instants", () => {
    const right = { agreement: "lab-alfa", clause: "r1", version: 1 } as never;
    const running = world([stateOf([withClause(r1(), { effectiveTo: at("2030-01-01T08:00:00Z") })])], {
      notices: [
        {
          id: "ntc_1",
          right,
          holder: "alfa",
          request: "q1",
          kind: "first-refusal",
          count: 64,
          respondBy: at("2026-12-01T01:00:00Z"),
        },
      ] as never,
      clearances: [{ id: "clr_1", right, request: "q1", count: 8, validUntil: at("2026-12-20T08:00:00Z") }] as never,
      signatures: [
        { right, request: "q2" as never, provider: "alfa" as PartyId, count: 8, signBy: at("2026-12-10T01:00:00Z") },
      ],
      waivers: [
        {
          id: "wvr_1",
          right,
          standing: true,
          from: FROM,
          to: at("2027-01-05T08:00:00Z"),
          limits: {},
          infoNotice: false,
        },
      ],
    });
    expect(listed(running)).toEqual([
      "answer 2026-12-01T01:00:00Z",
      "signing 2026-12-10T01:00:00Z",
      "tail 2026-12-20T08:00:00Z",
      "waiver 2027-01-05T08:00:00Z",
    ]);
  });
});

describe("what nobody knows", () => {
  const japanese = version({
    zone: "Asia/Tokyo" as never,
    calendars: ["japan" as CalendarId],
    effectiveTo: at("2028-01-31T15:00:00Z"),
    renewal: { ...YEARLY, notice: { n: 30, unit: "business-days" } },
  });

  test("[DAT6] a calendar that does not cover the year is the reason; no date is given", () => {
    const { dates, unknown } = found(world([stateOf([japanese])]), "2028-02-01T00:00:00Z");
    expect(dates.map(({ what }) => what.kind)).toEqual(["renewal"]);
    expect(unknown.map(({ agreement, about, problem }) => [agreement, about, problem.code])).toEqual([
      ["lab-alfa", "last-notice", "calendar_year_unknown"],
    ]);
  });

  test("[DAT6] it is told once, and not where it cannot lie in the window", () => {
    const monthly = {
      ...japanese,
      renewal: { ...YEARLY, term: { n: 1, unit: "months" }, notice: { n: 30, unit: "business-days" } },
    } as const;
    expect(found(world([stateOf([monthly])]), "2028-06-01T00:00:00Z").unknown).toHaveLength(1);
    expect(found(world([stateOf([japanese])])).unknown).toEqual([]);
  });

  test("[DAT6] a calendar that nobody has", () => {
    const mars = withClause(entitlement, { calendars: ["mars" as CalendarId] });
    const { unknown } = datesOf(world([stateOf([mars])]), { from: FROM, to: at("2027-05-01T07:00:00Z") });
    expect(unknown.map(({ clause, problem }) => [clause, problem.code])).toEqual([["call", "calendar_missing"]]);
  });
});
