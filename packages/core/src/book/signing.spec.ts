import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { type Currency, money, type Money, type PartyId } from "../kernel/index.ts";
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

/** Ada may sign up to so much, Cid up to 20,000 USD, Bea without limit. */
function asked(limit: Money, times = 1): F0 {
  const world = new F0({ r1: BY_MONTH, without: ["r2"] }).send("2026-01-03T00:00:00Z", "lab", {
    type: "recordParty",
    party: {
      id: "alfa" as PartyId,
      name: "ALFA",
      roles: [{ role: "provider" }],
      owners: [],
      competitors: [],
      notice: { channels: ["portal"] },
      signatories: [{ name: "Ada", limit }, { name: "Bea" }, { name: "Cid", limit: usd(20_000) }],
    },
  });
  for (let time = 0; time < times; time += 1) world.submit(ASKED, {}, SUMMER);
  return world;
}

/** Eight of each notice from `first` on, one after the other. */
function accepted(world: F0, signer: string, first: number, count: number): readonly string[] {
  const notices = world.of("noticeSent").slice(first, first + count);
  for (const { notice } of notices)
    world.send(ANSWERED, "alfa", {
      type: "answerNotice",
      notice: notice.id,
      answer: { type: "accept", count: 8, orLess: false, rootBlocks: [], signer },
    });
  return world
    .of("answerReceived")
    .slice(-count)
    .map(({ answer: { verdict, defects } }) => [verdict, ...defects].join(" "));
}

const ratified = (world: F0, index: number, signer: string): F0 => {
  const notice = world.of("noticeSent")[index]?.notice.id;
  if (notice === undefined) throw new Error("There is no such notice");
  return world.send(ANSWERED, "alfa", { type: "ratifyAnswer", notice, signer });
};

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
