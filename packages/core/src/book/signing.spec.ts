import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { type Currency, money, type Money, type NoticeId, type PartyId, type RequestId } from "../kernel/index.ts";
import type { Signatory } from "../agreements/party.ts";
import type { Answer } from "../notices/notice.ts";
import type { CommandBody } from "./commands.ts";
import { at } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const BY_MONTH = { partial: { mode: "multiple", of: 8, byMonth: true } } as const;
/** 744, 720 and 696 hours: 8 accelerators at 3 USD an hour are 17,856, 17,280 and 16,704 USD. */
const SUMMER = { window: { from: at("2027-05-01T07:00:00Z"), to: at("2027-07-30T07:00:00Z") } };
const ASKED = "2026-09-14T17:00:00Z";
const ANSWERED = "2026-09-15T18:00:00Z";
const usd = (dollars: number): Money => money(BigInt(dollars) * 1_000_000n, "USD" as Currency);

const signedForBy = (...signatories: readonly Signatory[]): CommandBody => ({
  type: "recordParty",
  party: {
    id: "alfa" as PartyId,
    name: "ALFA",
    roles: [{ role: "provider" }],
    owners: [],
    competitors: [],
    notice: { channels: ["portal"] },
    signatories,
  },
});

/** Ada may sign up to so much, Cid up to 20,000 USD, Bea without limit. */
function asked(limit: Money, times = 1): F0 {
  const world = new F0({ r1: BY_MONTH, without: ["r2"] }).send(
    "2026-01-03T00:00:00Z",
    "lab",
    signedForBy({ name: "Ada", limit }, { name: "Bea" }, { name: "Cid", limit: usd(20_000) }),
  );
  for (let time = 0; time < times; time += 1) world.submit(ASKED, { id: `q${time + 1}` as RequestId }, SUMMER);
  return world;
}

const noticeAt = (world: F0, index: number): NoticeId => {
  const sent = world.of("noticeSent")[index];
  if (sent === undefined) throw new Error("There is no such notice");
  return sent.notice.id;
};

const answered = (world: F0, index: number, answer: Pick<Answer, "type" | "count" | "price" | "signer">): F0 =>
  world.send(ANSWERED, "alfa", {
    type: "answerNotice",
    notice: noticeAt(world, index),
    answer: { orLess: false, rootBlocks: [], ...answer },
  });

/** Eight of each notice from `first` on, one after the other. */
function accepted(world: F0, signer: string, first: number, count: number): readonly string[] {
  for (let index = first; index < first + count; index += 1)
    world.send(ANSWERED, "alfa", {
      type: "answerNotice",
      notice: noticeAt(world, index),
      answer: { type: "accept", count: 8, orLess: false, rootBlocks: [], signer },
    });
  return world
    .of("answerReceived")
    .slice(-count)
    .map(({ answer: { verdict, defects } }) => [verdict, ...defects].join(" "));
}

const ratified = (world: F0, index: number, signer: string): F0 =>
  world.send(ANSWERED, "alfa", { type: "ratifyAnswer", notice: noticeAt(world, index), signer });

describe("a limit of who signs", () => {
  test("[BOK212] is passed by the months of one ask together", () => {
    expect(accepted(asked(usd(36_000)), "Ada", 0, 3)).toEqual([
      "binding",
      "binding",
      "curable signer_limit:51840.00 USD in all with 2 other acceptances for the same request, and the limit is 36000.00 USD",
    ]);
    expect(accepted(asked(usd(51_840)), "Ada", 0, 3)).toEqual(["binding", "binding", "binding"]);
    expect(accepted(asked(usd(17_000)), "Ada", 0, 1)).toEqual([
      "curable signer_limit:17856.00 USD, and the limit is 17000.00 USD",
    ]);
  });

  test("[BOK212] is each person's own, and each request's", () => {
    const world = asked(usd(20_000));
    expect(accepted(world, "Ada", 0, 1)).toEqual(["binding"]);
    expect(accepted(world, "Cid", 1, 1)).toEqual(["binding"]);
    expect(accepted(world, "Ada", 2, 1)).toEqual([
      expect.stringContaining("34560.00 USD in all with 1 other acceptance "),
    ]);
    expect(accepted(world, "Bea", 2, 1)).toEqual(["binding"]);
    const two = asked(usd(20_000), 2);
    expect(accepted(two, "Ada", 0, 1)).toEqual(["binding"]);
    expect(accepted(two, "Ada", 3, 1)).toEqual(["binding"]);
  });

  test("[BOK212] counts what somebody ratified for that person, and for nobody else", () => {
    const world = asked(usd(18_000));
    expect(accepted(world, "Ada", 0, 3).map((told) => told.split(" ")[0])).toEqual(["binding", "curable", "curable"]);
    ratified(world, 1, "Ada");
    expect(world.rejected).toBe("not_authorised");
    ratified(world, 1, "Cid");
    expect(world.of("answerRatified").map(({ signer, verdict }) => [signer, verdict])).toEqual([["Cid", "binding"]]);
    ratified(world, 2, "Cid");
    expect(world.rejected).toBe("not_authorised");
    ratified(world, 2, "Bea");
    expect(world.of("answerRatified").map(({ signer }) => signer)).toEqual(["Cid", "Bea"]);
  });

  test("[BOK212] in another currency covers nothing, and a refusal counts for nothing", () => {
    expect(accepted(asked(money(10n ** 15n, "EUR" as Currency)), "Ada", 0, 1)).toEqual([
      "curable signer_not_authorised",
    ]);
    const world = asked(usd(18_000));
    const [first] = world.of("noticeSent");
    if (first === undefined) throw new Error("There is a first notice");
    const refusal = { type: "refuse", orLess: false, rootBlocks: [], signer: "Ada" } as const;
    world.send(ANSWERED, "alfa", { type: "answerNotice", notice: first.notice.id, answer: refusal });
    expect(accepted(world, "Ada", 1, 1)).toEqual(["binding"]);
  });
});

const PRICE = { microsPerHour: 3_100_000n, currency: "USD" as Currency };
/** Eight of each of so many notices, in one call. */
function together(world: F0, notices: readonly number[], changed: Partial<Answer> = {}): readonly string[] {
  const answers = notices.map((index) => ({
    notice: noticeAt(world, index),
    answer: { type: "accept", count: 8, orLess: false, rootBlocks: [], signer: "Ada", ...changed } as const,
  }));
  const [first, ...further] = answers;
  if (first === undefined) throw new Error("Something is answered");
  const before = world.of("answerReceived").length;
  world.send(ANSWERED, "alfa", { type: "answerNotice", ...first, further });
  return world
    .of("answerReceived")
    .slice(before)
    .map(({ answer: { verdict, defects } }) => [verdict, ...defects].join(" "));
}

describe("several answers in one call", () => {
  const PASSED =
    "curable signer_limit:51840.00 USD in all with 2 other acceptances for the same request, and the limit is 36000.00 USD";

  test("[BOK214] bind none of them where they pass the limit together, and all where they do not", () => {
    const world = asked(usd(36_000));
    expect(together(world, [0, 1, 2])).toEqual([PASSED, PASSED, PASSED]);
    expect(world.of("holdPlaced")).toEqual([]);
    ratified(world, 1, "Bea");
    expect(world.of("answerRatified").map(({ verdict }) => verdict)).toEqual(["binding"]);
    expect(together(asked(usd(51_840)), [0, 1, 2])).toEqual(["binding", "binding", "binding"]);
  });

  test("[BOK214] count with what was accepted before, and what would not bind anyway does not count", () => {
    const world = asked(usd(36_000));
    expect(accepted(world, "Ada", 0, 1)).toEqual(["binding"]);
    expect(together(world, [1, 2])).toEqual([PASSED, PASSED]);
    const faulty = asked(usd(36_000));
    expect(together(faulty, [0, 1, 2], { condition: "a permit" }).map((told) => told.split(":")[0])).toEqual(
      Array.from({ length: 3 }, () => "curable conditional"),
    );
  });

  test("[BOK214] are each request's own", () => {
    expect(together(asked(usd(20_000), 2), [0, 3])).toEqual(["binding", "binding"]);
  });

  test("[BOK214] are given together or not at all", () => {
    const world = asked(usd(51_840));
    const answer = { type: "accept", count: 8, orLess: false, rootBlocks: [], signer: "Ada" } as const;
    for (const [other, code] of [
      ["ntc_none" as NoticeId, "not_found"],
      [noticeAt(world, 0), "malformed"],
    ] as const) {
      const further = [{ notice: other, answer }];
      world.send(ANSWERED, "alfa", { type: "answerNotice", notice: noticeAt(world, 0), answer, further });
      expect([world.rejected, world.of("answerReceived")]).toEqual([code, []]);
    }
  });
});

/** ALFA names 3.10 USD for all eight of a month: 18,451.20 USD of the first, 17,856 of the second. */
const dearer = { type: "accept", count: 8, price: PRICE, signer: "Ada" } as const;
const taken = (world: F0, index: number, at = ANSWERED): F0 =>
  world.send(at, "lab", { type: "decideOffer", notice: noticeAt(world, index), take: true });
const said = (world: F0): readonly (readonly string[])[] =>
  world.of("answerReceived").map(({ answer: { verdict, defects } }) => [verdict, ...defects]);

describe("terms that a holder names", () => {
  test("[BOK213] by somebody without authority wait for somebody with it, and are then the buyer's to take", () => {
    const world = answered(asked(usd(18_000)), 0, dearer);
    expect(said(world)).toEqual([
      ["counter_offer", "price_above_notice", "signer_limit:18451.20 USD, and the limit is 18000.00 USD"],
    ]);
    taken(world, 0);
    expect([world.rejected, world.of("offerDecided")]).toEqual(["offer_not_signed", []]);
    ratified(world, 0, "Bea");
    expect(world.of("answerRatified").map(({ signer, verdict }) => [signer, verdict])).toEqual([
      ["Bea", "counter_offer"],
    ]);
    expect(taken(world, 0).rejected).toBeUndefined();
    expect(world.of("holdPlaced").map(({ holder, count }) => [holder, count])).toEqual([["alfa", 8]]);
  });

  test("[BOK213] are declined without it, and do not bind when nobody stood behind them in time", () => {
    const world = answered(asked(usd(18_000)), 0, dearer);
    world.send(ANSWERED, "lab", { type: "decideOffer", notice: noticeAt(world, 0), take: false });
    expect([world.rejected, world.of("offerDecided").map((event) => event.taken)]).toEqual([undefined, [false]]);
    const late = answered(asked(usd(18_000)), 0, dearer).wait("2026-09-22T00:00:00.001Z");
    expect(taken(late, 0, "2026-09-22T00:00:00.001Z").rejected).toBe("notice_not_open");
    expect(late.of("holdPlaced")).toEqual([]);
  });

  test("[BOK213] cannot be taken where their signer has bound its party to too much since", () => {
    const world = answered(asked(usd(20_000)), 0, dearer);
    expect(accepted(world, "Ada", 1, 1)).toEqual(["binding"]);
    expect(taken(world, 0).rejected).toBe("offer_not_signed");
    // Named anew by somebody who may, they can.
    answered(world, 0, { ...dearer, signer: "Bea" });
    expect(taken(world, 0).rejected).toBeUndefined();
    const enough = answered(asked(usd(40_000)), 0, dearer);
    accepted(enough, "Ada", 1, 1);
    expect(taken(enough, 0).rejected).toBeUndefined();
  });

  test("[BOK213] stay good when their signer leaves", () => {
    const leaves = signedForBy({ name: "Bea" });
    expect(taken(answered(asked(usd(20_000)), 0, dearer).send(ANSWERED, "lab", leaves), 0).rejected).toBeUndefined();
    const gone = answered(asked(usd(20_000)).send(ANSWERED, "lab", leaves), 0, dearer);
    expect(taken(gone, 0).rejected).toBe("offer_not_signed");
  });
});

test("[NTC35] who stands behind an answer cures that, and leaves what else is amiss with it", () => {
  const world = answered(asked(usd(18_000)), 0, { type: "accept", count: 4, signer: "Eve" });
  ratified(world, 0, "Bea");
  expect(world.of("answerRatified").map(({ verdict }) => verdict)).toEqual(["curable"]);
  const { answer } = world.state.notices.get(noticeAt(world, 0)) ?? {};
  expect(answer?.defects).toEqual(["not_a_multiple", "below_gang_minimum"]);
  // What comes in its place is not what Bea stood behind: it counts for who signed it.
  expect(accepted(world, "Ada", 0, 2)).toEqual(["binding", expect.stringContaining("in all with 1 other acceptance")]);
});
