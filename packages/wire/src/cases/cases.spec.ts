import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatInstant } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import { formatProblem, type Parsed } from "../problems/index.ts";
import type { Resolver } from "../source/index.ts";
import { type CaseDocument, parseCase } from "./index.ts";

/** Files of the repository, found from the file that names them. */
const fromDisk: Resolver = (reference, from) => {
  const path = join(dirname(from), reference);
  try {
    return [{ name: path, text: readFileSync(path, "utf8") }];
  } catch {
    return undefined;
  }
};

const F0 = "worlds/f0.yaml";
const HEAD = `schema: offtake/case@1\nid: X\ntitle: a title\nwhy: a reason\nworld: ${F0}\n`;
const SUBMIT = "script:\n  - { at: 2026-09-14T17:00:00Z, do: submit, request: q1 }\n";

const parse = (text: string): Parsed<CaseDocument> =>
  parseCase({ name: "conformance/case.yaml", text }, { resolve: fromDisk });

function caseOf(text: string): CaseDocument {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  return parsed.value;
}

/** What is wrong, by line and path. */
function wrong(text: string): string[] {
  const parsed = parse(text);
  return parsed.ok
    ? []
    : parsed.problems.map(({ file, line, path, code }) => `${file.split("/").at(-1)}:${line} ${path} ${code}`);
}

const step = (text: string): string => `${SUBMIT}  - { at: 2026-09-15T17:00:00Z, ${text} }\n`;

describe("the cases of the repository", () => {
  const folders = ["conformance", "docs/reference/examples"];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml") && name !== "world.yaml")
      .map((name) => join(folder, name)),
  );

  test.each(files)("[WIR22] %s", (name) => {
    const parsed = parseCase({ name, text: readFileSync(name, "utf8") }, { resolve: fromDisk });
    expect(parsed.ok ? "" : parsed.problems.map(formatProblem).join("\n")).toBe("");
  });
});

describe("changes", () => {
  const change = (text: string): string => `${HEAD}change:\n  - ${text}\n${SUBMIT}`;

  test("[WIR18] set, remove and add, by the names of entries", () => {
    const { world } = caseOf(
      change(`{ set: agreements.lab-alfa.clauses.r1.window, to: 10 business days }
  - { set: parties.alfa.notice.cutoff, to: "12:00" }
  - { remove: agreements.lab-beta }
  - { add: standingAnswers, entry: { id: s, party: beta, answer: refuse } }
  - { set: requests.q1.gangMin, to: 1024 }`),
    );
    expect(world.agreements).toHaveLength(1);
    expect(world.agreements[0]?.agreement.clauses[0]).toMatchObject({ window: { n: 10, unit: "business-days" } });
    expect(world.parties.find(({ party }) => party.id === "alfa")?.party.notice?.cutoffMs).toBe(43_200_000);
    expect(world.standingAnswers).toHaveLength(1);
    expect(world.requests.get("q1")?.lines[0]?.gangMin).toBe(1024);
  });

  test.each([
    ["{ set: agreements.lab-alfa.clauses.r9.window, to: none }", "case.yaml:7 change[0].set nothing_there"],
    ["{ remove: parties.epsilon }", "case.yaml:7 change[0].remove nothing_there"],
    ["{ remove: policy.nothing }", "case.yaml:7 change[0].remove nothing_there"],
    ["{ add: parties, entry: { id: lab, roles: buyer } }", "case.yaml:7 change[0].add already_there"],
    ["{ add: policy, entry: { id: lab } }", "case.yaml:7 change[0].add wrong_type"],
    ["{ set: agreements.lab-alfa.clauses.r1.window, to: soon }", "case.yaml:7 change[0].to wrong_unit"],
    ["{ set: agreements.lab-alfa.clauses.r1.windw, to: 5 business days }", "case.yaml:7 change[0].to unknown_key"],
    ["{ set: agreements.lab-alfa.parties.buyer, to: lba }", "case.yaml:7 change[0].to unknown_party"],
    ["{ add: capacity, entry: { id: b } }", "case.yaml:7 change[0].entry.provider missing_key"],
    ["{ set: keeper }", "case.yaml:7 change[0].to missing_key"],
    ["{ sett: keeper, to: lab }", "case.yaml:7 change[0].sett unknown_key"],
  ])("[WIR3 WIR18] %s is told at its line", (text, expected) => {
    expect(wrong(change(text))).toContain(expected);
  });

  test("[WIR18] a world in place is changed as well", () => {
    const text = HEAD.replace(
      `world: ${F0}`,
      "world:\n  keeper: lab\n  parties: [{ id: lab, roles: buyer }]\n  requests: [{ id: q1, shorthand: H100:8 2027-01-01+90d }]\nchange:\n  - { set: zone, to: Asia/Tokyo }",
    );
    const { world } = caseOf(text + SUBMIT);
    expect(world.header).toMatchObject({ keeper: "lab", zone: "Asia/Tokyo" });
  });

  test("[WIR15 WIR18] a world that is not there, and one that is wrong", () => {
    expect(wrong(HEAD.replace(F0, "worlds/f9.yaml") + SUBMIT)).toEqual(["case.yaml:5 world file_not_found"]);
    expect(wrong(HEAD.replace(`world: ${F0}`, "world: { parties: [{ id: lab, roles: byer }] }") + SUBMIT)).toEqual([
      "case.yaml:5 world.keeper missing_key",
      "case.yaml:5 world.parties[0].roles unknown_value",
      "case.yaml:7 script[0].request unknown_request",
    ]);
  });
});

describe("steps", () => {
  const commandOf = (text: string): unknown => {
    const action = caseOf(HEAD + step(text)).script[1]?.action;
    return action?.kind === "command" ? action.command : action;
  };

  test.each([
    ["do: withdraw", { type: "withdrawRequest", request: "q1" }],
    ["do: close", { type: "closeRequest", request: "q1" }],
    ["do: revise, with: { count: 512 }", { type: "reviseRequest", request: { id: "q1", version: 2 } }],
    [
      "do: approve, approval: budget, person: CFO",
      { type: "giveApproval", request: "q1", approval: "budget", by: "CFO" },
    ],
    ["do: disapprove, approval: budget", { type: "denyApproval", by: "lab" }],
    ["do: call, request: q1, with: { id: c }, under: r1", { type: "submitRequest", request: { id: "c" } }],
    ["do: renew, request: q1, with: { id: c }, under: r1, negotiated: true", { type: "submitRequest" }],
    [
      "do: report-use, month: 2027-03, uses: { training: 1 acc-h }, newRequest: more",
      { type: "recordPurposeUse", uses: [{ purpose: "training", acceleratorSeconds: 3600n }], newRequest: "more" },
    ],
    [
      "do: accept, by: alfa, right: r1, count: 600",
      {
        kind: "answer",
        notice: { right: { agreement: "lab-alfa", clause: "r1" } },
        answer: { type: "accept", count: 600 },
      },
    ],
    [
      "do: refuse, by: alfa, reason: no capacity",
      { kind: "answer", answer: { type: "refuse", reason: "no capacity" } },
    ],
    ["do: object, by: alfa", { kind: "answer", answer: { type: "object" } }],
    ["do: ratify, by: alfa, signer: An Officer", { kind: "ratify", signer: "An Officer" }],
    ["do: waive-lateness, right: r1", { kind: "waive-lateness" }],
    ["do: take-offer, right: r1", { kind: "decide-offer", take: true }],
    ["do: decline-offer, right: r1", { kind: "decide-offer", take: false }],
    ["do: deliver, right: r1", { kind: "delivery", event: "delivered" }],
    ["do: acknowledge, right: r1", { kind: "delivery", event: "acknowledged" }],
    [
      "do: bounce, right: r1, round: 1, kind: re-offer, lot: 1",
      { kind: "delivery", event: "bounced", notice: { round: 1, kind: "re-offer", lot: "1" } },
    ],
    [
      "do: bid, by: gamma, price: 2.60 USD/h, multiple: 8",
      { kind: "bid", bid: { lines: [{ countMin: 8, multiple: 8, tierMode: "all-units" }] } },
    ],
    ["do: withdraw-bid, by: gamma", { kind: "withdraw-bid", bid: { bidder: "gamma" } }],
    ["do: extend-bid, by: gamma, until: 2026-10-05", { kind: "extend-bid", bid: { bidder: "gamma" } }],
    ["do: open-tender, lots: [1, 2]", { kind: "open-tender", request: "q1", lots: ["1", "2"] }],
    [
      "do: propose, to: gamma, count: 8, price: 2.60 USD/h",
      { kind: "propose", lines: [{ provider: "gamma", count: 8 }] },
    ],
    [
      "do: decide-award, to: alfa, confirm: true",
      { kind: "decide-award", award: { provider: "alfa" }, confirm: true, person: "lab" },
    ],
    ["do: report-default, provider: alfa, why: no capacity", { kind: "report-default", provider: "alfa" }],
    [
      "do: sign, agreement: { name: n, parties: { buyer: lab, provider: gamma }, effective: { from: 2026-09-15 } }",
      { type: "recordAgreement", activate: true, agreement: { id: "n" } },
    ],
    ["do: activate, agreement: lab-alfa", { type: "changeAgreementStatus", status: "active" }],
    [
      "do: suspend, agreement: lab-alfa, why: dispute",
      { type: "changeAgreementStatus", status: "suspended", why: "dispute" },
    ],
    [
      "do: amend, agreement: lab-alfa, change: [{ set: clauses.r1.rank, to: 5 }]",
      { type: "recordAgreement", agreement: { id: "lab-alfa", version: 2 } },
    ],
    [
      "do: stop-renewal, agreement: lab-alfa, by: alfa, delivered: 2026-09-14T09:00:00Z",
      { type: "giveRenewalNotice", agreement: "lab-alfa", by: "alfa", deliveredAt: 1789376400000 },
    ],
    [
      "do: terminate, agreement: lab-alfa, clauses: r1, accruedRightsSurvive: false",
      { type: "terminateAgreement", clauses: ["r1"], accruedRightsSurvive: false },
    ],
    [
      "do: assign, agreement: lab-alfa, from: alfa, to: beta, consented: true",
      { type: "assignAgreement", from: "alfa", to: "beta" },
    ],
    ["do: control-change, party: alfa", { type: "recordControlChange", party: "alfa" }],
    [
      "do: decide-conflict, clause: r1, other: r2, prevails: lab-alfa, reason: older",
      { type: "decideConflict", withClause: "r2", by: "lab" },
    ],
    [
      "do: waive, by: alfa, right: r1, limits: { price: 2.70 USD/h }",
      { type: "grantWaiver", waiver: { id: "waiver-2", standing: false } },
    ],
    ["do: default, party: alfa, agreement: lab-alfa", { type: "recordDefault", cured: false }],
    ["do: cure, party: alfa, agreement: lab-alfa", { type: "recordDefault", cured: true }],
    [
      "do: eligibility, party: alfa, eligible: false, reason: sanctions",
      { type: "recordEligibility", eligibility: { eligible: false } },
    ],
    ["do: outage, from: 2026-09-15T16:00:00Z, to: 2026-09-15T17:00:00Z", { type: "recordOutage" }],
    [
      "do: record-rate, from: EUR, to: USD, rate: 1.09, source: ECB",
      { type: "recordExchangeRate", rate: { rate: { num: 109n, den: 100n } } },
    ],
    [
      "do: record-index-value, index: h100-rental, date: 2026-09-01, value: 98.5, source: weekly report",
      { type: "recordIndexValue", value: { date: "2026-09-01", value: { num: 197n, den: 2n } } },
    ],
    [
      "do: record-block, block: { id: b, provider: alfa, accelerator: GB200, region: us-central, count: 8, window: { from: 2027-01-01, for: 9 days } }",
      { type: "recordBlock", block: { id: "b", rootId: "b" } },
    ],
    [
      "do: list-offer, offer: { id: o, provider: beta, accelerator: GB200, region: us-central, price: 2.50 USD/h }",
      { type: "listOffer" },
    ],
    ["do: withdraw-offer, offer: gamma-standing", { type: "withdrawOffer" }],
    [
      "do: record-calendar, calendar: { id: us-federal, source: a new law, years: { from: 2026, to: 2026 }, holidays: [2026-09-18] }",
      { type: "recordCalendar", calendar: { id: "us-federal" } },
    ],
    ["do: record-party, party: { id: epsilon, roles: provider }", { type: "recordParty" }],
    ["do: set-policy, policy: { tie: none }", { type: "recordPolicy", policy: { tie: "none" } }],
    ["do: standing-answer, by: alfa, answer: { id: s, party: alfa, answer: accept }", { type: "giveStandingAnswer" }],
    ["do: consent-resale, by: lab, host: gamma, to: alfa", { type: "consentResale", host: "gamma", to: "alfa" }],
    ["do: wait", { type: "passTime" }],
  ])("[WIR19] %s", (text, expected) => {
    expect(commandOf(text)).toMatchObject(expected);
  });

  test("[WIR19] steps refer to what earlier steps brought", () => {
    const { script } =
      caseOf(`${HEAD}${step("do: waive, by: alfa, right: r1, id: w")}  - { at: 2026-09-16T00:00:00Z, by: alfa, do: revoke-waiver, waiver: w }
  - { at: 2026-09-16T00:00:00Z, do: record-block, block: { id: b, provider: alfa, accelerator: GB200, region: us, count: 8, window: { from: 2027-01-01, for: 9 days } } }
  - { at: 2026-09-16T00:00:00Z, do: withdraw-block, block: b }
  - { at: 2026-09-16T00:00:00Z, by: alfa, do: standing-answer, answer: { id: s, party: alfa, answer: accept } }
  - { at: 2026-09-16T00:00:00Z, by: alfa, do: revoke-standing-answer, answer: s }
`);
    expect(script.slice(2).map(({ verb }) => verb)).toEqual([
      "revoke-waiver",
      "record-block",
      "withdraw-block",
      "standing-answer",
      "revoke-standing-answer",
    ]);
  });

  test("[WIR21] an amendment is the next version of the newest text", () => {
    const { script } =
      caseOf(`${HEAD}${step("do: amend, agreement: lab-alfa, change: [{ set: clauses.r1.window, to: 10 business days }], effective: 2026-09-16")}  - at: 2026-09-17T00:00:00Z
    do: amend
    agreement: lab-alfa
    change: [{ set: clauses.r1.rank, to: 5 }]
    appliesToOpenNotices: { signedBy: [lab, alfa] }
`);
    const versions = script
      .slice(1)
      .flatMap(({ action }) =>
        action.kind === "command" && action.command.type === "recordAgreement" ? [action.command.agreement] : [],
      );
    expect(versions.map(({ version }) => version)).toEqual([2, 3]);
    expect(formatInstant(versions[0]?.effectiveFrom as never)).toBe("2026-09-16T07:00:00Z");
    expect(versions[0]?.signedAt).toBe(script[1]?.at);
    expect(versions[1]?.clauses[0]).toMatchObject({ rank: 5, window: { n: 10 } });
    expect(versions[1]?.appliesToOpenNotices).toEqual({ signedBy: ["lab", "alfa"] });
    expect(versions[0]?.appliesToOpenNotices).toBeUndefined();
  });

  test("[WIR18 WIR21] what is wrong with an amendment is told at its change", () => {
    expect(
      wrong(HEAD + step("do: amend, agreement: lab-alfa, change: [{ set: clauses.r1.window, to: soon }]")),
    ).toEqual(["case.yaml:8 script[1].change[0].to wrong_unit"]);
    expect(wrong(HEAD + step("do: amend, agreement: lab-alfa, change: [{ remove: clauses.r7 }]"))).toEqual([
      "case.yaml:8 script[1].change[0].remove nothing_there",
    ]);
  });

  test.each([
    ["do: accpt, by: alfa", "script[1].do unknown_value"],
    ["by: alfa", "script[1].do missing_key"],
    ["do: accept", "script[1].by missing_key"],
    ["do: accept, by: alpha", "script[1].by unknown_party"],
    ["do: accept, by: alfa, right: r7", "script[1].right unknown_clause"],
    ["do: accept, by: alfa, qty: 5", "script[1].qty unknown_key"],
    ["do: accept, by: alfa, count: -5", "script[1].count out_of_range"],
    ["do: accept, by: alfa, blocks: [g-17]", "script[1].blocks unknown_block"],
    ["do: accept, by: alfa, hostCount: 5", "script[1].hostCount conflicting_keys"],
    ["do: submit, request: q7", "script[1].request unknown_request"],
    ["do: submit, request: q1, with: { count: 1001 }", "script[1].with.count invalid_count"],
    ["do: bid, by: gamma", "script[1].price missing_key"],
    ["do: bid, by: gamma, price: 2.60 USD/h, count: 8, min: 16", "script[1].min invalid_count"],
    ["do: bid, by: gamma, price: 2.60 USD/h, lines: [{ price: 2.60 USD/h }]", "script[1].price conflicting_keys"],
    ["do: propose, to: gamma, count: 8", "script[1].price missing_key"],
    ["do: outage, from: 2026-09-15T17:00:00Z, to: 2026-09-15T16:00:00Z", "script[1].to invalid_window"],
    ["do: wait, expect: { rejected: notice_not_opn }", "script[1].expect.rejected unknown_value"],
  ])("[WIR3 WIR15 WIR19] %s is wrong", (text, expected) => {
    expect(wrong(HEAD + step(text))).toContain(`case.yaml:8 ${expected}`);
  });

  test("[WIR3] times that run backwards", () => {
    expect(wrong(`${HEAD}${SUBMIT}  - { at: 2026-09-13T17:00:00Z, do: wait }\n`)).toEqual([
      "case.yaml:8 script[1].at time_runs_backwards",
    ]);
  });

  test("[WIR15] which of several requests is said", () => {
    const second = "  - { at: 2026-09-14T18:00:00Z, do: submit, request: q1, with: { id: q2 } }\n";
    expect(wrong(`${HEAD}${SUBMIT}${second}  - { at: 2026-09-15T17:00:00Z, do: withdraw }\n`)).toEqual([
      "case.yaml:9 script[2].request missing_key",
    ]);
    expect(wrong(`${HEAD}${SUBMIT}${second}  - { at: 2026-09-15T17:00:00Z, do: withdraw, request: q2 }\n`)).toEqual([]);
  });
});

describe("expectations", () => {
  const expects = (text: string): string => `${HEAD}${SUBMIT}expect:\n  - ${text}\n`;

  test("[WIR20] keep their kind, their fields and their place; clauses are found", () => {
    const [expectation] = caseOf(
      expects("notice: { to: alfa, right: r1, count: 1024, respondBy: 2026-09-22T00:00:00Z }"),
    ).expect;
    expect(expectation).toMatchObject({
      kind: "notice",
      negated: false,
      fields: { to: "alfa", right: { agreement: "lab-alfa", clause: "r1" }, count: 1024, respondBy: 1_790_035_200_000 },
      origin: { file: "conformance/case.yaml", line: 9, path: "expect[0].notice" },
    });
  });

  test("[WIR20] one at a step, or a list; a rejection is short or long", () => {
    const at = (text: string) => caseOf(HEAD + step(`do: wait, expect: ${text}`)).script[1]?.expect;
    expect(at("{ no-notice: { to: beta } }")).toHaveLength(1);
    expect(at("[{ no-notice: { to: beta } }, { rejected: not_found }]")?.[1]).toMatchObject({
      kind: "rejected",
      fields: { code: "not_found" },
    });
    expect(at("{ rejected: { code: not_found } }")).toMatchObject([{ fields: { code: "not_found" } }]);
  });

  test("[WIR20] not", () => {
    expect(caseOf(expects("not: { awarded: { to: gamma, count: 1024 } }")).expect[0]).toMatchObject({
      kind: "awarded",
      negated: true,
    });
  });

  test.each([
    ["{ notice: { to: alfa }, no-notice: { to: beta } }", "expect[0] malformed"],
    ["{}", "expect[0] malformed"],
    ["notice: {}", "expect[0].notice too_few"],
    ["notice: { to: alpha }", "expect[0].notice.to unknown_party"],
    ["no-notice: { to: alpha }", "expect[0].no-notice.to unknown_party"],
    ["never-sees: { party: gama, text: x }", "expect[0].never-sees.party unknown_party"],
    ["never-sees: { party: gamma }", "expect[0].never-sees missing_key"],
    ["clearance: { right: r3, reason: refused }", "expect[0].clearance.right unknown_clause"],
    ["clearance: { right: r1, reason: refsed }", "expect[0].clearance.reason unknown_value"],
    ["awarded: { to: alfa, price: 3.00 }", "expect[0].awarded.price wrong_unit"],
    ["awardd: { to: alfa }", "expect[0].awardd unknown_key"],
    ["request: { id: q9, status: unfilled }", "expect[0].request.id unknown_request"],
    ["evaluation: { incremental: { alpha: 5 USD } }", "expect[0].evaluation.incremental.alpha unknown_party"],
    ["hold: { by: alfa, blocks: { g-17: 8 } }", "expect[0].hold.blocks.g-17 unknown_block"],
    ["conflict: { between: [r1, r9] }", "expect[0].conflict.between[1] unknown_clause"],
    ["rejected: not_found", "expect[0].rejected not_supported"],
    ["not: { no-notice: { to: beta } }", "expect[0].not.no-notice not_supported"],
    ["not: { notice: { to: beta }, hold: { by: alfa } }", "expect[0].not malformed"],
  ])("[WIR20] %s is wrong", (text, expected) => {
    expect(wrong(expects(text))).toContain(`case.yaml:9 ${expected}`);
  });
});
