import { describe, expect, test } from "vitest";
import { F0 } from "../book/f0.ts";
import { explain } from "./index.ts";
import { feed, keeperText, stable, wholeWay } from "./stories.fixture.ts";

describe("what the keeper reads", () => {
  test("[EXP2 EXP3 EXP4 EXP5 EXP6 EXP7 EXP8 EXP9 EXP10 EXP11 EXP12 EXP13] the whole way", () => {
    expect(keeperText(wholeWay())).toMatchInlineSnapshot(`
      "request q1: 1,024 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC), inference, us-central, at most $3.00 per accelerator-hour
      * 2 rights were looked at, 2 apply
        - ALFA is asked before others (first refusal) by clause r1 of agreement lab-alfa: accelerator gb200, region us-central
          (first refusal: the right to be asked before others, on stated terms)
        - BETA may equal the best offer of others (match) by clause r2 of agreement lab-beta: accelerator gb200, region us-central
          (match: the right to equal the best offer of others and to supply in its place)
      * ALFA was asked first, by notice ntc_1: 1,024 at $3.00 per accelerator-hour; answer by Mon 21 Sep 2026 17:00 PDT, 2 weekend days not counted
        - received Mon 14 Sep 2026 10:00 PDT
        - Wed 16 Sep 2026 11:00 PDT: accepted 600, 200 of them run by DELTA (pass-through); it binds
          (pass-through: to sell what somebody else runs)
        - taken in part: 600
        - clearance for 424: the holder refused, at most at $3.00 per accelerator-hour, until Sun 15 Nov 2026 24:00 PST (tail)
          (clearance: the proof that a right does not stand in the way of an award, with what it covers and until when)
          (tail: the time after a refusal during which others may be awarded on terms no better for them)
      * 424 were opened to others (tender): ALFA, BETA, DELTA and GAMMA invited; bids by Fri 18 Sep 2026 11:00 PDT
        (tender: the opening of what is left to all who may supply it, with one common close)
        (invitation: what a provider who may bid sees of a tender)
        (bid: a provider's sealed answer to an invitation: how many at which price)
        - 2 bids were opened, Sat 19 Sep 2026 10:00 PDT
          · GAMMA: 8 to 424 at $2.60 per accelerator-hour
          · DELTA: 8 to 424 at $2.70 per accelerator-hour
      * bids were compared by incremental effective cost: the best choice comes to $9,657,024.00
        (incremental effective cost: what a choice costs more than not making it: the price, less what it saves of a commitment's shortfall, plus what changing provider costs)
        - GAMMA: 424 for $9,657,024.00
        - DELTA: not chosen, others cost less; by itself it comes to $10,028,448.00
        - runner-up: 424 from DELTA instead make it $10,028,448.00, $371,424.00 more
          (runner-up: the best choice that does without the first part of the one taken)
      * BETA was asked whether it equals the best offer of others, by notice ntc_2: 424 at $2.60 per accelerator-hour; answer by Wed 23 Sep 2026 17:00 PDT, 2 weekend days not counted
        - delivered Sat 19 Sep 2026 10:00 PDT, counts as received Mon 21 Sep 2026 00:00 PDT
        - Mon 21 Sep 2026 11:00 PDT: refused
        - clearance for 424: the holder refused, at most at $2.60 per accelerator-hour, until Fri 20 Nov 2026 24:00 PST (tail)
      * award awd_1: 1,024 for $25,425,024.00
        - ALFA: 400 at $3.00 per accelerator-hour, $10,512,000.00; it accepted the notice
        - ALFA: 200 at $3.00 per accelerator-hour, $5,256,000.00, run by DELTA (pass-through); it accepted the notice
        - GAMMA: 424 at $2.60 per accelerator-hour, $9,657,024.00; its bid was the best choice
      * all was awarded, 1,024 of 1,024
      what this rests on and nobody has confirmed
      ! nobody has confirmed that the fields of clause r1 of agreement lab-alfa say what its text says
      ! nobody has confirmed that the fields of clause r2 of agreement lab-beta say what its text says
      "
    `);
  });

  test("[EXP4 EXP10] a lapse across a holiday, and nobody who bids", () => {
    const world = new F0({ without: ["r2"] })
      .submit("2026-11-20T23:30:00Z")
      .wait("2026-12-01T02:00:00Z")
      .wait("2026-12-05T02:00:00Z");
    expect(keeperText(world)).toMatchInlineSnapshot(`
      "request q1: 1,024 gb200 from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC), inference, us-central, at most $3.00 per accelerator-hour
      * 1 right was looked at, and it applies
        - ALFA is asked before others (first refusal) by clause r1 of agreement lab-alfa: accelerator gb200, region us-central
          (first refusal: the right to be asked before others, on stated terms)
      * ALFA was asked first, by notice ntc_1: 1,024 at $3.00 per accelerator-hour; answer by Mon 30 Nov 2026 17:00 PST, 4 weekend days and Thu 26 Nov 2026 Thanksgiving Day not counted
        - received Fri 20 Nov 2026 15:30 PST
        - lapsed: no answer that counts came in time
        - clearance for 1,024: the holder did not answer in time, at most at $3.00 per accelerator-hour, until Fri 29 Jan 2027 24:00 PST (tail)
          (clearance: the proof that a right does not stand in the way of an award, with what it covers and until when)
          (tail: the time after a refusal during which others may be awarded on terms no better for them)
      * 1,024 were opened to others (tender): ALFA, BETA, DELTA and GAMMA invited; bids by Wed 2 Dec 2026 18:00 PST
        (tender: the opening of what is left to all who may supply it, with one common close)
        (invitation: what a provider who may bid sees of a tender)
        (bid: a provider's sealed answer to an invitation: how many at which price)
        - no bid came, Fri 4 Dec 2026 18:00 PST
      * nothing was awarded, 0 of 1,024: nobody bid; what is left stays open until Fri 29 Jan 2027 24:00 PST
      what this rests on and nobody has confirmed
      ! nobody has confirmed that the fields of clause r1 of agreement lab-alfa say what its text says
      "
    `);
  });

  test("[EXP2] is plain data with places, codes, rules, clauses and verdicts", () => {
    const told = explain(feed(wholeWay(), "lab"), "q1", "keeper");
    expect(JSON.parse(stable(JSON.stringify(told?.steps[1])))).toMatchInlineSnapshot(`
      {
        "children": [
          {
            "children": [],
            "code": "notice_received",
            "facts": [],
            "id": "2.1",
            "rules": [
              "domain rule G1",
              "domain rule G2",
            ],
            "text": "received Mon 14 Sep 2026 10:00 PDT",
            "utc": [
              "2026-09-14T17:00:00Z",
            ],
          },
          {
            "children": [],
            "code": "answer",
            "facts": [],
            "id": "2.2",
            "rules": [
              "domain step 10",
              "domain rule G6",
            ],
            "text": "Wed 16 Sep 2026 11:00 PDT: accepted 600, 200 of them run by DELTA (pass-through); it binds",
            "utc": [
              "2026-09-16T18:00:00Z",
            ],
            "verdict": "binding",
          },
          {
            "children": [],
            "code": "notice_closed",
            "facts": [],
            "id": "2.3",
            "rules": [
              "domain step 11",
            ],
            "text": "taken in part: 600",
            "utc": [],
            "verdict": "part_accepted",
          },
          {
            "children": [],
            "clause": {
              "agreement": "lab-alfa",
              "clause": "r1",
              "version": 1,
            },
            "code": "cleared",
            "facts": [],
            "id": "2.4",
            "rules": [
              "domain step 11",
              "domain rule G4",
            ],
            "text": "clearance for 424: the holder refused, at most at $3.00 per accelerator-hour, until Sun 15 Nov 2026 24:00 PST (tail)",
            "utc": [
              "2026-11-16T08:00:00Z",
            ],
            "verdict": "refused",
          },
        ],
        "clause": {
          "agreement": "lab-alfa",
          "clause": "r1",
          "version": 1,
        },
        "code": "asked",
        "deadline": {
          "at": 1790035200000,
          "label": "answer by",
          "skipped": [
            "Sat 19 Sep 2026 weekend",
            "Sun 20 Sep 2026 weekend",
          ],
          "utc": "2026-09-22T00:00:00Z",
          "zone": "America/Los_Angeles",
        },
        "facts": [],
        "id": "2",
        "rules": [
          "domain step 9",
        ],
        "text": "ALFA was asked first, by notice ntc_1: 1,024 at $3.00 per accelerator-hour",
        "utc": [],
        "verdict": "part_accepted",
      }
    `);
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    expect(told?.steps.map((step) => `${step.id} ${step.code}`)).toMatchInlineSnapshot(`
      [
        "1 rights_looked_at",
        "2 asked",
        "3 tender_opened",
        "4 bids_compared",
        "5 asked",
        "6 awarded",
        "7 outcome",
      ]
    `);
  });

  test("[EXP2] of a request that is not in the feed there is nothing to tell", () => {
    expect(explain(feed(wholeWay(), "lab"), "q9", "keeper")).toBeUndefined();
    expect(explain([], "q1", "keeper")).toBeUndefined();
  });
});
