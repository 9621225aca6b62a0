import { describe, expect, test } from "vitest";
import { explain, explainAll } from "./index.ts";
import { feed, partyTexts, wholeWay } from "./stories.fixture.ts";

const world = wholeWay();

describe("what others read, each from its own feed", () => {
  test("[EXP14] the holder that was asked first", () => {
    expect(partyTexts(world, "alfa")[0]).toMatchInlineSnapshot(`
      "request req_1 of LAB: 1,024 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC), inference, us-central, at $3.00 per accelerator-hour
      * your right by clause r1 of agreement lab-alfa: you were asked first, by notice ntc_1: 1,024 at $3.00 per accelerator-hour; answer by Mon 21 Sep 2026 17:00 PDT, 2 weekend days not counted
        - any multiple of 8 may be taken; no answer in time counts as a refusal; a refusal is final
        - received Mon 14 Sep 2026 10:00 PDT
        - Wed 16 Sep 2026 11:00 PDT: accepted 600, 200 of them run by delta (pass-through); it binds
          (pass-through: to sell what somebody else runs)
        - taken in part: 600
        - 400 are on hold for you
          (hold: capacity set aside for what a holder has accepted, until it is awarded)
        - 200 are on hold for you
      * award awd_1, Mon 21 Sep 2026 11:00 PDT
        - you supply 400 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC) at $3.00 per accelerator-hour, $10,512,000.00; by your acceptance
        - you supply 200 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC) at $3.00 per accelerator-hour, $5,256,000.00, run by delta (pass-through); by your acceptance
      "
    `);
  });

  test("[EXP14] the holder of the match right, without the name of the third party", () => {
    const text = partyTexts(world, "beta").find((one) => one.startsWith("request")) ?? "";
    expect(text).toMatchInlineSnapshot(`
      "request req_1 of LAB: 424 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC), inference, us-central, at $2.60 per accelerator-hour
      * your right by clause r2 of agreement lab-beta: you were asked whether it equals the best offer of others, by notice ntc_1: 424 at $2.60 per accelerator-hour; answer by Wed 23 Sep 2026 17:00 PDT, 2 weekend days not counted
        - all of it or nothing may be taken; no answer in time counts as a refusal; a refusal is final
        - a third party offers 424, at least 8; every term of it must be equalled
        - delivered Sat 19 Sep 2026 10:00 PDT, counts as received Mon 21 Sep 2026 00:00 PDT
        - Mon 21 Sep 2026 11:00 PDT: refused
      "
    `);
    expect(text).not.toContain("GAMMA");
  });

  test("[EXP15] the bidder that was selected", () => {
    expect(partyTexts(world, "gamma")).toMatchInlineSnapshot(`
      [
        "invitation inv_1 of LAB
      (invitation: what a provider who may bid sees of a tender)
      * you may bid, sealed until the close; bids by Fri 18 Sep 2026 11:00 PDT
        (bid: a provider's sealed answer to an invitation: how many at which price)
        - up to 424 gb200 in multiples of 8 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC), inference, us-central
        - the choice with the least incremental effective cost is taken; a tie is broken by one more sealed bid each, then shared
          (incremental effective cost: what a choice costs more than not making it: the price, less what it saves of a commitment's shortfall, plus what changing provider costs)
          (tie: two choices that cost the same)
        - if somebody has a right to equal your bid, its terms are told, your name only if you agree
      * your bid bid_1, Thu 17 Sep 2026 11:00 PDT: 8 to 424 at $2.60 per accelerator-hour; sealed
      * award awd_1, Mon 21 Sep 2026 11:00 PDT
        - you supply 424 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC) at $2.60 per accelerator-hour, $9,657,024.00; by your bid
      * selected: 424
      ",
      ]
    `);
  });

  test("[EXP15] all who were not selected read the same", () => {
    const invitation = (party: string) => partyTexts(world, party).find((one) => one.startsWith("invitation")) ?? "";
    expect(invitation("alfa")).toBe(invitation("beta"));
    const own = /^\* your bid.*\n/m;
    expect(invitation("delta")).toMatch(own);
    expect(invitation("delta").replace(own, "")).toBe(invitation("alfa"));
    expect(invitation("alfa")).toContain("* not selected");
  });

  test("[EXP16] the host, without a price", () => {
    const text = partyTexts(world, "delta").find((one) => one.startsWith("part")) ?? "";
    expect(text).toMatchInlineSnapshot(`
      "part hst_1, sold by alfa
      * Wed 16 Sep 2026 11:00 PDT: named as the host of 200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC)
        (host: who runs the machines, where that is not who sells them)
      * award awd_1, Mon 21 Sep 2026 11:00 PDT: you run 200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC)
      "
    `);
    expect(text).not.toMatch(/\$|600|1,024/);
  });

  test("[EXP15] a subject of somebody else's is nothing to tell", () => {
    const mine = explainAll(feed(world, "gamma"))[0]?.subject ?? "";
    expect(mine).toMatch(/^inv_/);
    expect(explain(feed(world, "delta"), mine, "bidder")).toBeUndefined();
    expect(explain(feed(world, "gamma"), "q1", "keeper")).toBeUndefined();
  });
});
