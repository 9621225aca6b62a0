import { describe, expect, test } from "vitest";
import { runCase } from "./run-case.ts";
import { ACCEPT_600, BID, SHARED, SUBMIT, smallCase, WAIT } from "./small.fixture.ts";

const failuresOf = (steps: readonly string[], expected: readonly string[] = []) =>
  runCase(smallCase(steps, expected)).failures;
const happened = (steps: readonly string[], ...expected: readonly string[]): string[] =>
  failuresOf(steps, expected).map((failure) => failure.happened);

describe("a case", () => {
  test("passes when everything in it held, and says how much that was", () => {
    const result = runCase(
      smallCase(SHARED, [
        "awarded: { to: alfa, count: 600, basis: acceptance }",
        "awarded: { to: gamma, count: 424, price: 2.60 USD/h }",
        "request: { id: q1, status: awarded_full }",
      ]),
    );
    expect(result).toMatchObject({
      id: "C1",
      file: "c1.yaml",
      status: "passed",
      steps: 4,
      expectations: 3,
      failures: [],
    });
  });

  test("says what it rests on that nobody has confirmed or stated", () => {
    const { restsOn } = runCase(smallCase([SUBMIT]));
    const clauses = Object.keys(restsOn.defaults);
    expect(restsOn.unconfirmed.length).toBeGreaterThan(0);
    expect(restsOn.unconfirmed.every((clause) => /^[a-z-]+\/[a-z0-9-]+$/.test(clause))).toBe(true);
    expect(clauses.flatMap((clause) => restsOn.defaults[clause] ?? [])).toContain("silence");
  });

  test("lets time pass by itself before each step, one command at each instant that falls due", () => {
    const steps = [SUBMIT, "  - { at: 2026-09-25T00:00:00Z, do: wait }"];
    const lapse = "event: { name: noticeClosed, with: { status: lapsed, at: '2026-09-22T00:00:00.001Z' } }";
    expect(happened(steps, "notice: { to: alfa, status: lapsed, accepted: 0 }", lapse)).toEqual([]);
  });

  test("records an outage before what fell due in it", () => {
    const outage = "  - { at: 2026-09-22T00:30:00Z, do: outage, from: 2026-09-21T23:00:00Z, to: 2026-09-22T00:30:00Z }";
    expect(
      happened(
        [SUBMIT, outage],
        "deadline-extended: { to: alfa, until: 2026-09-22T01:30:00Z, why: outage }",
        "notice: { to: alfa, status: open }",
      ),
    ).toEqual([]);
  });

  test("holds what a step expects just after it, not at the end", () => {
    const accept = `${ACCEPT_600.slice(0, -2)}, expect: [ { hold: { by: alfa, count: 600 } }, { no-hold: { by: gamma } }, { not-awarded: { request: q1 } } ] }`;
    expect(happened([SUBMIT, accept, BID, WAIT], "awarded: { to: alfa, count: 600 }")).toEqual([]);
  });

  test("fails at a step that is rejected where no rejection is expected", () => {
    const [failure] = failuresOf([SUBMIT, "  - { at: 2026-09-14T18:00:00Z, by: gamma, do: bid, price: 2.60 USD/h }"]);
    expect(failure).toMatchObject({ expected: "bid is accepted", when: "step 2 (bid)", file: "c1.yaml" });
    expect(failure?.happened).toContain("rejected with not_found");
  });

  test("passes where the expected rejection came, and fails where another did or none", () => {
    const bid = (code: string): string =>
      `  - { at: 2026-09-14T18:00:00Z, by: gamma, do: bid, price: 2.60 USD/h, expect: { rejected: ${code} } }`;
    expect(happened([SUBMIT, bid("not_found")])).toEqual([]);
    expect(happened([SUBMIT, bid("tender_closed")])[0]).toContain("rejected with not_found");
    const accept = `${ACCEPT_600.slice(0, -2)}, expect: { rejected: not_found } }`;
    expect(happened([SUBMIT, accept])).toEqual(["the step was accepted"]);
  });

  test("takes two steps with the same key for one command", () => {
    const accept = `${ACCEPT_600.slice(0, -2)}, key: once }`;
    const again = accept.replace("2026-09-16T18", "2026-09-16T19");
    expect(happened([SUBMIT, accept, again], "answer: { by: alfa, times: 1 }")).toEqual([]);
  });

  test("fails by itself where the broker breaks down, and others go on", () => {
    const document = smallCase([SUBMIT, ACCEPT_600]);
    const [first, second] = document.script;
    const broken = { ...document, script: [first, { ...second, action: { kind: "no such kind" } }] } as typeof document;
    const { status, failures } = runCase(broken);
    expect(status).toBe("failed");
    expect(failures[0]?.happened).toContain("the broker broke down: Unhandled case");
    expect(runCase(document).status).toBe("passed");
  });

  test("fails where the world does not fit together", () => {
    const document = smallCase([SUBMIT]);
    const world = { ...document.world, parties: document.world.parties.slice(0, 1) };
    const [failure] = runCase({ ...document, world }).failures;
    expect(failure).toMatchObject({ expected: "a world that fits together", file: "c1.yaml" });
    expect(failure?.happened).toContain("recordBlock was rejected with unknown_party");
  });
});

describe("an expectation about something that does not exist", () => {
  const nothing = [
    "notice: { to: gamma }",
    "notice: { to: alfa, round: 3 }",
    "asked: { request: q1, order: [gamma] }",
    "answer: { by: gamma }",
    "deadline-extended: { to: alfa }",
    "clearance: { right: r1, reason: waived }",
    "hold: { by: gamma }",
    "awarded: { to: kappa }",
    "blocked: { request: q1 }",
    "lot: { lot: 7 }",
    "assessment: { right: r1, verdict: carved_out }",
    "warning: { request: q1 }",
    "held: { request: q1 }",
    "tender: { round: 4 }",
    "bid: { by: kappa }",
    "evaluation: { order: [kappa] }",
    "agreement: { name: lab-alfa, version: 2 }",
    "conflict: { between: [r1, r1] }",
    "retro-review: { agreement: lab-alfa }",
    "share-breach: { request: q1 }",
    "capacity: { block: g1, at: 2027-06-01T00:00:00Z, free: 7 }",
    "supply: { root: g1, from: 2027-01-01T00:00:00Z, to: 2027-02-01T00:00:00Z, claims: { alfa: 2048 } }",
    "sees: { party: gamma, text: Microsoft }",
    "explains: { to: kappa, contains: anything }",
    "event: { name: waiverGranted }",
    "event: { name: noSuchEvent, times: 0 }",
  ];

  test.each(nothing)("fails: %s", (expectation) => {
    expect(happened(SHARED, expectation)).toHaveLength(1);
  });

  const denials: readonly (readonly [string, string])[] = [
    ["no-notice: { request: q2 }", "request q2 was never submitted"],
    ["no-notice: { lot: 9 }", "there is no lot 9"],
    ["no-tender: { request: q2 }", "request q2 was never submitted"],
    ["notice: { lot: 9, times: 0 }", "there is no lot 9"],
    [
      "never-sees: { party: gamma, text: Microsoft }",
      '"Microsoft" stands nowhere in the log, so nobody could have been told',
    ],
    ["never-sees: { party: gamma, event: noSuchEvent }", "there is no type of event noSuchEvent"],
    ["not: { notice: { to: gamma, count: 5 } }", "there is nothing of that name"],
    ["not: { notice: { to: alfa } }", "nothing is stated that could be otherwise"],
  ];

  test.each(denials)("denies nothing: %s", (expectation, because) => {
    const [text] = happened(SHARED, expectation);
    expect(text).toContain(because);
  });
});

describe("what is expected", () => {
  test("may be denied of things that exist", () => {
    const expected = [
      "no-notice: { to: gamma }",
      "not: { awarded: { to: gamma, count: 1024 } }",
      "not: { request: { id: q1, status: unfilled } }",
      "never-sees: { party: gamma, text: alfa }",
      "never-sees: { party: alfa, text: '2.60' }",
    ];
    expect(happened(SHARED, ...expected)).toEqual([]);
    expect(happened(SHARED, "no-notice: { to: alfa }")[0]).toContain("the first-refusal notice to alfa");
    expect(happened(SHARED, "not: { awarded: { to: gamma, count: 424 } }")[0]).toContain("the award of 424 to gamma");
    expect(happened(SHARED, "never-sees: { party: gamma, text: '2.6' }")[0]).toContain('gamma is told "2.6"');
  });

  test("is a count of things where `times` says so", () => {
    expect(happened(SHARED, "notice: { to: alfa, times: 1 }", "answer: { by: alfa, times: 1 }")).toEqual([]);
    expect(happened(SHARED, "notice: { to: alfa, times: 2 }")[0]).toContain("1 fit");
  });

  test("is the sum of all award lines that fit", () => {
    const hosted = "  - { at: 2026-09-16T18:00:00Z, by: alfa, do: accept, count: 600, host: gamma, hostCount: 200 }";
    const steps = [SUBMIT, hosted, BID, WAIT];
    expect(
      happened(
        steps,
        "awarded: { to: alfa, count: 600 }",
        "awarded: { to: alfa, host: gamma, count: 200 }",
        "awarded: { to: alfa, host: none, count: 400 }",
      ),
    ).toEqual([]);
    expect(happened(steps, "awarded: { to: alfa, count: 400 }")[0]).toContain("count is 600, not 400");
  });

  test("may be what is free on a block, and what a root block supplies", () => {
    const whole = "from: 2027-01-01T00:00:00Z, to: 2028-01-01T00:00:00Z";
    const expected = [
      "capacity: { block: g1, at: 2027-06-01T00:00:00Z, free: 1624 }",
      `supply: { root: g1, ${whole}, count: 2048, free: 1624, firmness: firm, claims: { gamma: 2048 } }`,
    ];
    expect(happened(SHARED, ...expected)).toEqual([]);
    expect(happened(SHARED, `supply: { root: g1, ${whole}, count: 4096 }`)[0]).toContain("count is 2048, not 4096");
  });

  test("is read from the reader's own feed and explanation", () => {
    const expected = [
      "sees: { party: gamma, event: invited }",
      "sees: { party: alfa, text: ['1024', '3.00 USD/h'] }",
      "explains: { to: auditor, request: q1, contains: [ALFA, 'GAMMA: 424'] }",
      "explains: { to: gamma, request: q1, contains: 'selected: 424' }",
      "not: { explains: { to: gamma, contains: ALFA } }",
    ];
    expect(happened(SHARED, ...expected)).toEqual([]);
  });
});

describe("a failure", () => {
  test("names the nearest thing and each field that differs, at the line of the expectation", () => {
    const [failure] = failuresOf(SHARED, [
      "awarded: { to: alfa, count: 600 }",
      "notice: { to: alfa, count: 1016, price: 3.10 USD/h, respondBy: 2026-09-21T00:00:00Z }",
    ]);
    expect(failure).toMatchObject({ file: "c1.yaml", line: 33, when: "the end" });
    expect(failure?.expected).toBe(
      "notice: {to: alfa, count: 1016, price: 3.10 USD/h, respondBy: 2026-09-21T00:00:00Z}",
    );
    expect(failure?.happened).toBe(
      "nearest is the first-refusal notice to alfa (lab-alfa/r1, request q1, lot 1, round 0): count is 1024, not 1016; price is 3.00 USD/h, not 3.10 USD/h; respondBy is 2026-09-22T00:00:00Z, not 2026-09-21T00:00:00Z",
    );
  });

  test("explains the request at the end, and tells the events of a step", () => {
    const [atEnd] = failuresOf(SHARED, ["request: { id: q1, status: unfilled }"]);
    expect(atEnd?.explanation[0]).toContain("request q1: 1,024");
    expect(atEnd?.explanation.join("\n")).toContain("ALFA was asked first");
    const accept = `${ACCEPT_600.slice(0, -2)}, expect: { hold: { by: alfa, count: 608 } } }`;
    const [atStep] = failuresOf([SUBMIT, accept]);
    expect(atStep).toMatchObject({
      when: "step 2 (accept)",
      happened: expect.stringContaining("count is 600, not 608"),
    });
    expect(atStep?.explanation.join("\n")).toContain("answerReceived");
    expect(atStep?.explanation.join("\n")).not.toContain("bookOpened");
  });
});
