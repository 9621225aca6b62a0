import type { CommitmentClause, PriceBookClause, PriceEntry } from "@offtake/core/agreements";
import { UTC } from "@offtake/core/calendar";
import { parseInstant, rational } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import { parseBook } from "../book/index.ts";
import { parseAgreement } from "./index.ts";

const HEAD = `schema: offtake/agreement@1
name: lab-alfa
parties: { buyer: lab, provider: alfa }
effective: { from: 2026-01-01, to: 2030-12-31 }
`;

const file = (text: string, name = "a.yaml") => ({ name, text });

function parsed(clause: string) {
  return parseAgreement(file(`${HEAD}clauses: [${clause}]`));
}

const book = (entries: string): string => `{ id: prices, kind: price-book, entries: [${entries}] }`;

function entriesOf(entries: string): readonly PriceEntry[] {
  const found = parsed(book(entries));
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return (found.value.agreement.clauses[0] as PriceBookClause).entries;
}

function wrong(clause: string): string[] {
  const found = parsed(clause);
  return found.ok ? [] : found.problems.map(({ path, code }) => `${path.replace("clauses[0].", "")} ${code}`);
}

const USD = "USD";
const rate = (micros: bigint) => ({ microsPerHour: micros, currency: USD });
const at = (text: string) => parseInstant(text);

describe("a price book", () => {
  test("[WIR41] every form is read, and what is left out is a default", () => {
    const [fixed, list, index] = entriesOf(
      `{ id: a, price: 2.40 USD/h, order: 1, from: 2026-01-01, to: 2026-12-31, term: { atLeast: 180 days, below: 365 days } },
       { id: b, discount: 25%, list: { kind: spot, asOf: 2026-06-01 } },
       { id: c, index: { name: h100-rental, base: 2 USD/h, baseValue: 100, share: 60%, floor: 1.5 USD/h, cap: 3 USD/h } }`,
    );
    expect(fixed).toEqual({
      id: "a",
      order: 1,
      scope: { IsGlobalScope: true },
      from: at("2026-01-01T00:00:00Z"),
      to: at("2027-01-01T00:00:00Z"),
      termDaysMin: 180,
      termDaysBelow: 365,
      price: { form: "fixed", rate: rate(2_400_000n) },
    });
    expect(list?.price).toEqual({
      form: "list",
      provider: "alfa",
      kind: "spot",
      discountBp: 2_500,
      asOf: "2026-06-01",
    });
    expect(index?.price).toEqual({
      form: "index",
      index: "h100-rental",
      base: rate(2_000_000n),
      baseValue: rational(100n),
      share: rational(3n, 5n),
      floor: rate(1_500_000n),
      cap: rate(3_000_000n),
      reset: "quarter",
      zone: UTC,
    });
  });

  test("[WIR41] steps and tiers of volume", () => {
    const [steps, volume] = entriesOf(
      `{ id: a, steps: [{ from: 2026-01-01, price: 3 USD/h }, { from: 2027-01-01, discount: 10% }] },
       { id: b, volume: { mode: retroactive, per: term, tiers: [{ from: 0 accelerator-hours, price: 3 USD/h },
         { from: 1000 accelerator-hours, price: 2.5 USD/h }],
         taken: [{ from: 2026-01-01, to: 2026-01-31, volume: 10 accelerator-hours }] } }`,
    );
    expect(steps?.price).toMatchObject({
      form: "steps",
      steps: [{ price: { form: "fixed" } }, { price: { form: "list" } }],
    });
    expect(volume?.price).toEqual({
      form: "volume",
      mode: "retroactive",
      measure: "accelerator-hours",
      period: { unit: "span", from: at("2026-01-01T00:00:00Z"), to: at("2031-01-01T00:00:00Z") },
      tiers: [
        { from: 0n, price: { form: "fixed", rate: rate(3_000_000n) } },
        { from: 3_600_000n, price: { form: "fixed", rate: rate(2_500_000n) } },
      ],
      taken: [{ from: at("2026-01-01T00:00:00Z"), to: at("2026-02-01T00:00:00Z"), volume: 36_000n }],
    });
  });

  test.each([
    ["{ id: a }", "price missing_key"],
    ["{ id: a, price: 2 USD/h, discount: 10% }", "discount conflicting_keys"],
    ["{ id: a, price: 2 USD/h, list: { kind: spot } }", "list conflicting_keys"],
    ["{ id: a, price: 2 USD }", "price wrong_unit"],
    ["{ id: a, price: 2 USD/h, from: 2027-01-01, to: 2026-01-01 }", " invalid_window"],
    ["{ id: a, price: 2 USD/h, term: { atLeast: 5 business days } }", "term.atLeast wrong_unit"],
    ["{ id: a, index: { name: i, base: 2 USD/h, baseValue: 0 } }", "index.baseValue out_of_range"],
    ["{ id: a, index: { name: i, base: 2 USD/h, baseValue: 1, cap: 2 EUR/h } }", "index.cap wrong_unit"],
    [
      "{ id: a, index: { name: i, base: 2 USD/h, baseValue: 1, floor: 3 USD/h, cap: 2 USD/h } }",
      "index.floor out_of_range",
    ],
    ["{ id: a, index: { name: i, base: 2 USD/h, baseValue: 1, share: 0 } }", "index.share out_of_range"],
    [
      "{ id: a, steps: [{ from: 2027-01-01, price: 2 USD/h }, { from: 2026-01-01, price: 1 USD/h }] }",
      "steps[1].from out_of_range",
    ],
    [
      "{ id: a, volume: { mode: marginal, tiers: [{ from: 5 USD, price: 2 USD/h }] } }",
      "volume.tiers[0].from out_of_range",
    ],
    [
      "{ id: a, volume: { mode: marginal, tiers: [{ from: 0 USD, price: 2 USD/h }, { from: 9 EUR, price: 1 USD/h }] } }",
      "volume.tiers[1].from wrong_unit",
    ],
    [
      "{ id: a, volume: { mode: marginal, tiers: [{ from: 0 USD, price: 2 USD/h }, { from: 9 USD, price: 1 EUR/h }] } }",
      "volume.tiers[1] wrong_unit",
    ],
    [
      "{ id: a, volume: { mode: marginal, tiers: [{ from: 0 USD, price: 2 USD/h }, { from: 0 USD, price: 1 USD/h }] } }",
      "volume.tiers[1].from out_of_range",
    ],
  ])("[WIR41] %s is refused at its place", (entry, problem) => {
    expect(wrong(book(entry))).toEqual([`entries[0]${problem.startsWith(" ") ? "" : "."}${problem}`]);
  });

  test("[WIR41] two entries of one name, and a seller that nobody knows", () => {
    expect(wrong(book("{ id: a, price: 2 USD/h }, { id: a, price: 3 USD/h }"))).toEqual(["entries[1].id duplicate_id"]);
  });
});

describe("offers and answers by agreement", () => {
  const problems = (section: string) => {
    const text = `schema: offtake/book@1
keeper: lab
parties: [{ id: lab, roles: buyer }, { id: alfa, roles: provider }]
agreements: [{ name: lab-alfa, parties: { buyer: lab, provider: alfa }, effective: { from: 2026-01-01 } }]
${section}
`;
    const found = parseBook(file(text, "book.yaml"));
    return found.ok ? found.value : found.problems.map(({ path, code }) => `${path} ${code}`);
  };
  const offer = (keys: string) =>
    problems(`offers: [{ id: o, provider: alfa, accelerator: GB200, region: us-central, ${keys} }]`);

  test("[WIR41] an offer refers to an agreement that is there, or states its price, as a list price of a date if it is one", () => {
    expect(offer("price: by agreement lab-alfa")).toMatchObject({ offers: [{ priceBy: "lab-alfa", tiers: [] }] });
    expect(offer("price: 3 USD/h, asOf: 2026-06-30, terms: spot")).toMatchObject({
      offers: [{ tiers: [{ from: 1, rate: rate(3_000_000n) }], asOf: "2026-06-30", terms: "spot" }],
    });
    expect(offer("price: by agreement lab-alpha")).toEqual(["offers[0].price unknown_agreement"]);
    expect(offer("price: by agreement lab-alfa, tiers: [{ from: 1, price: 3 USD/h }]")).toEqual([
      "offers[0].tiers conflicting_keys",
    ]);
    expect(offer("block: 8")).toEqual(["offers[0].price missing_key"]);
  });

  test("[WIR41] so does a standing answer", () => {
    const answer = (price: string) =>
      problems(`standingAnswers: [{ id: s, party: alfa, answer: accept, priceMin: ${price} }]`);
    expect(answer("by agreement lab-alfa")).toMatchObject({ standingAnswers: [{ priceMinBy: "lab-alfa" }] });
    expect(answer("2.50 USD/h")).toMatchObject({ standingAnswers: [{ priceMin: rate(2_500_000n) }] });
    expect(answer("by agreement nobody")).toEqual(["standingAnswers[0].priceMin unknown_agreement"]);
  });

  test("[WIR41] values of an index are facts of the book", () => {
    expect(
      problems("indexValues: [{ index: h100-rental, date: 2026-09-01, value: 98.5, source: weekly report }]"),
    ).toMatchObject({
      indexValues: [{ index: "h100-rental", date: "2026-09-01", value: rational(197n, 2n), source: "weekly report" }],
    });
    expect(problems("indexValues: [{ index: h100-rental, date: 2026-09-31, value: 0, source: x }]")).toEqual([
      "indexValues[0].date bad_time",
      "indexValues[0].value out_of_range",
    ]);
  });
});

const commitment = (keys: string): string => `{ id: c, kind: commitment, ${keys} }`;

function scheduleOf(keys: string): CommitmentClause["schedule"] {
  const found = parsed(commitment(keys));
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return (found.value.agreement.clauses[0] as CommitmentClause).schedule;
}

const usd = (amount: bigint) => ({ micros: amount * 1_000_000n, currency: USD });

describe("what is drawn and expected", () => {
  const year = "schedule: [{ from: 2027-01-01, to: 2027-12-31, amount: 100 USD }]";

  test("[WIR42] a baseline by month is expected besides, from the day to which draws are known", () => {
    const months = "baseline: { months: [{ month: 2027-01, amount: 31 USD }, { month: 2027-02, amount: 28 USD }] }";
    expect(scheduleOf(`${year}, ${months}`)[0]?.expectedOther).toEqual(usd(59n));
    expect(scheduleOf(`${year}, ${months}, drawnAsOf: 2027-01-10`)[0]?.expectedOther).toEqual(usd(49n));
  });

  test("[WIR42] what is drawn to date fills the earliest milestone first", () => {
    const milestones = "milestones: [{ by: 2026-12-31, cumulative: 30 USD }, { by: 2027-12-31, cumulative: 100 USD }]";
    expect(scheduleOf(`${milestones}, drawn: 40 USD`).map(({ drawn }) => drawn)).toEqual([usd(30n), usd(10n)]);
    expect(wrong(commitment(`${milestones}, expectedOther: 5 USD`))).toEqual(["expectedOther conflicting_keys"]);
    expect(wrong(commitment(`${milestones}, drawn: 5 EUR`))).toEqual(["drawn wrong_unit"]);
  });

  test.each([
    ["{}", "baseline.months missing_key"],
    ["{ months: [{ month: 2027-13, amount: 1 USD }] }", "baseline.months[0].month bad_time"],
    ["{ months: [{ month: 2027-01, amount: 1 EUR }] }", "baseline.months[0].amount wrong_unit"],
    [
      "{ months: [{ month: 2027-01, amount: 1 USD }, { month: 2027-01, amount: 1 USD }] }",
      "baseline.months[1].month duplicate_id",
    ],
    ["{ months: [], file: a.csv }", "baseline.file conflicting_keys"],
  ])("[WIR42] the baseline %s is refused", (baseline, problem) => {
    expect(wrong(commitment(`${year}, baseline: ${baseline}`))).toEqual([problem]);
  });

  const BOOK = `schema: offtake/book@1
keeper: lab
parties: [{ id: lab, roles: buyer }, { id: alfa, roles: provider }]
agreements: [{ file: a.yaml }]
`;

  function withTable(table: string | undefined) {
    const agreement = `${HEAD}clauses: [${commitment(`${year}, baseline: { file: spend.csv }`)}]`;
    const files: Record<string, string | undefined> = { "a.yaml": agreement, "spend.csv": table };
    return parseBook(file(BOOK, "book.yaml"), {
      resolve: (name) => (files[name] === undefined ? [] : [file(files[name], name)]),
    });
  }

  test.each([
    "month,amount\n2027-01,31 USD\n2027-02,28 USD\n",
    '\uFEFFAmount;Month\r\n31 USD;2027-01\r\n\r\n"28 USD";2027-02\r\n',
  ])("[WIR42] a baseline from a table", (table) => {
    const found = withTable(table);
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    const clause = found.value.agreements[0]?.agreement.clauses[0] as CommitmentClause;
    expect(clause.schedule[0]?.expectedOther).toEqual(usd(59n));
  });

  test.each([
    ["month,amount\n2027-01,31 USD\n2027-02,28 EUR\n", "spend.csv:3:9 wrong_unit"],
    ["month,amount\n2027-1,31 USD\n", "spend.csv:2:1 bad_time"],
    ["month,amount\n2027-01,31\n", "spend.csv:2:9 wrong_unit"],
    ["month,amount\n2027-01\n", "spend.csv:2:1 malformed"],
    ["month,spend\n2027-01,1 USD\n", "spend.csv:1:1 missing_key"],
    ["", "spend.csv:1:1 missing_key"],
    [undefined, "a.yaml:5:78 file_not_found"],
  ])("[WIR42] what is wrong in a table is told at its line and column", (table, place) => {
    const found = withTable(table);
    const told = found.ok ? [] : found.problems.map((one) => `${one.file}:${one.line}:${one.column} ${one.code}`);
    expect(told.map((one) => one.replace(/^a\.yaml:5:\d+/, "a.yaml:5:78"))).toEqual([place]);
  });
});
