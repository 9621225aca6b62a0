import { describe, expect, test } from "vitest";
import { type Amount, readAmount, readCurrency } from "./amounts.ts";
import type { Cell } from "./cells.ts";
import { orderOf, readDate } from "./dates.ts";
import { type CellForm, CELL_FORMS, formOutcome } from "./forms.ts";
import { readLength } from "./lengths.ts";
import { markOf, readNumber } from "./numbers.ts";
import type { Reading } from "./reading.ts";
import { readRenewal } from "./renewals.ts";
import { readAccelerators, readKinds, readPurposes, readRegions, readStatus, readYesNo } from "./words.ts";

const text = (value: string): Cell => ({ kind: "text", text: value });

/** The value, `empty`, `kept`, or the code; with `?` behind where a choice was told. */
function outcome<Value>(reading: Reading<Value>, show: (value: Value) => string = String): string {
  if (reading.kind === "read") return show(reading.value) + (reading.why === undefined ? "" : "?");
  return reading.kind === "refused" ? reading.code : reading.kind;
}

describe("dates", () => {
  const START = { edge: "start", order: undefined, decidedBy: "", from1904: false } as const;
  const END = { ...START, edge: "end" } as const;

  test.each([
    ["2027-12-31", "2027-12-31"],
    ["2027/12/31", "2027-12-31"],
    ["2027.1.5", "2027-01-05"],
    ["31/12/2027", "2027-12-31"],
    ["12/31/2027", "2027-12-31"],
    ["31.12.2027", "2027-12-31"],
    ["31-12-2027", "2027-12-31"],
    ["1.2.2027", "2027-02-01"],
    ["5/5/2027", "2027-05-05"],
    ["31.12.27", "2027-12-31?"],
    ["20271231", "2027-12-31?"],
    ["03/04/2027", "ambiguous_date"],
    ["31 December 2027", "2027-12-31"],
    ["31. Dezember 2027", "2027-12-31"],
    ["1er mars 2027", "2027-03-01"],
    ["March 3, 2027", "2027-03-03"],
    ["Dec 31st, 2027", "2027-12-31"],
    ["Mar 2027", "2027-03-01?"],
    ["2027-Q1", "2027-01-01?"],
    ["Q3 2027", "2027-07-01?"],
    ["H2 2027", "2027-07-01?"],
    ["2027", "2027-01-01?"],
    ["03/2027", "2027-03-01?"],
    ["46752", "2027-12-31?"],
    ["2027-12-31T00:00:00Z", "2027-12-31"],
    ["2027-12-31 00:00", "2027-12-31"],
    ["2027-12-31 17:00", "time_of_day"],
    ["31/02/2027", "bad_date"],
    ["30.02.2027", "bad_date"],
    ["2027-13-01", "bad_date"],
    ["00/00/2027", "bad_date"],
    ["Anfang 2027", "vague_date"],
    ["early 2027", "vague_date"],
    ["mid-2027", "vague_date"],
    ["FY27", "vague_date"],
    ["soon", "bad_date"],
    ["1.1.1066", "date_out_of_range"],
    ["12", "bad_date"],
    ["", "empty"],
  ])("[INT50] a start %s is %s", (written, expected) => {
    expect(outcome(readDate(text(written), START))).toBe(expected);
  });

  test.each([
    ["Ende 2027", "2027-12-31?"],
    ["end of March 2027", "2027-03-31?"],
    ["fin 2027", "2027-12-31?"],
    ["fin février 2028", "2028-02-29?"],
    ["EOY 2027", "2027-12-31?"],
    ["2027-Q1", "2027-03-31?"],
    ["2027", "2027-12-31?"],
    ["Dezember 2027", "2027-12-31?"],
  ])("[INT50] an end %s is %s", (written, expected) => {
    expect(outcome(readDate(text(written), END))).toBe(expected);
  });

  test("[INT50] a column decides by a date that can be read in one way only, and not where two of them disagree", () => {
    expect(orderOf([text("03/04/2027"), text("31/12/2027")])).toBe("day-first");
    expect(orderOf([text("03/04/2027"), text("12/31/2027")])).toBe("month-first");
    expect(orderOf([text("31/12/2027"), text("12/31/2027")])).toBe(undefined);
    expect(orderOf([text("31.12.2027"), text("03/04/2027")])).toBe(undefined);
    const decided = { ...START, order: "day-first", decidedBy: "the mapping" } as const;
    expect(outcome(readDate(text("03/04/2027"), decided))).toBe("2027-04-03?");
    expect(outcome(readDate(text("12/31/2027"), decided))).toBe("2027-12-31");
  });

  test("[INT50] typed days are what the sheet says; days with a time are refused; serials count from 1900 or 1904", () => {
    expect(outcome(readDate({ kind: "date", date: "2027-03-04", hasTime: false }, START))).toBe("2027-03-04");
    expect(outcome(readDate({ kind: "date", date: "2027-03-04", hasTime: true }, START))).toBe("time_of_day");
    expect(outcome(readDate({ kind: "number", value: 46_752 }, START))).toBe("2027-12-31?");
    expect(outcome(readDate({ kind: "number", value: 45_290 }, { ...START, from1904: true }))).toBe("2027-12-31?");
    expect(outcome(readDate({ kind: "number", value: 46_752.5 }, START))).toBe("time_of_day");
  });
});

describe("numbers", () => {
  test.each([
    ["4500000", "4500000"],
    ["4,500,000", "4500000"],
    ["4.500.000", "4500000"],
    ["4'500'000", "4500000"],
    ["4’500’000", "4500000"],
    ["4 500 000", "4500000"],
    ["4,500,000.25", "4500000.25"],
    ["4.500.000,25", "4500000.25"],
    ["4 500 000,25", "4500000.25"],
    ["4,5", "4.5"],
    ["4.5", "4.5"],
    ["0.125", "0.125"],
    ["0,125", "0.125"],
    ["2.50", "2.5"],
    ["1,234", "ambiguous"],
    ["1.234", "ambiguous"],
    ["1,2,3", "none"],
    ["12,34,567", "none"],
    ["1.2.3", "none"],
    ["1,234.567,8", "none"],
    [",5", "none"],
  ])("[INT51] %s is %s", (written, expected) => {
    const read = readNumber(written, undefined);
    expect(read.kind === "number" ? read.digits : read.kind).toBe(expected);
  });

  test("[INT51] a column decides what one mark before three digits is", () => {
    expect(markOf(["1,234", "4,5"])).toBe("comma");
    expect(markOf(["1,234", "4.5"])).toBe("point");
    expect(markOf(["1,234", "2.500.000"])).toBe("comma");
    expect(markOf(["4,5", "4.5"])).toBe(undefined);
    expect(readNumber("1,234", "comma")).toEqual({ kind: "number", digits: "1.234" });
    expect(readNumber("1,234", "point")).toEqual({ kind: "number", digits: "1234" });
  });
});

describe("amounts", () => {
  const show = ({ digits, currency, period, perHour }: Amount): string =>
    [digits, currency, period, perHour === true ? "/h" : undefined].filter((part) => part !== undefined).join(" ");
  const none = { mark: undefined, unit: undefined, signs: {} };

  test.each([
    ["EUR 4,5 Mio", "4500000 EUR"],
    ["4,5 Mio. EUR", "4500000 EUR"],
    ["4,5 Mio €", "4500000 EUR"],
    ["€4.5m", "4500000 EUR"],
    ["$250M", "250000000 USD?"],
    ["USD 250 million", "250000000 USD"],
    ["US$ 250m", "250000000 USD"],
    ["1.2bn", "1200000000"],
    ["USD 1.2bn", "1200000000 USD"],
    ["1,2 Mrd. €", "1200000000 EUR"],
    ["2,5 milliards d'euros", "2500000000 EUR"],
    ["CHF 1'200'000", "1200000 CHF"],
    ["4.500.000,00 €", "4500000 EUR"],
    ["£500k", "500000 GBP"],
    ["500 T€", "500000 EUR"],
    ["500 TEUR", "500000 EUR"],
    ["500 k€", "500000 EUR"],
    ["12 Tsd. EUR", "12000 EUR"],
    ["C$3m", "3000000 CAD"],
    ["3 Mio. EUR p.a.", "3000000 EUR year"],
    ["$3M per year", "3000000 USD year?"],
    ["EUR 100k / month", "100000 EUR month"],
    ["EUR 100k mtl.", "100000 EUR month"],
    ["EUR 9m in total", "9000000 EUR total"],
    ["730,000 accelerator-hours per month", "ambiguous_number"],
    ["730000 accelerator-hours per month", "730000 accelerator-hours month"],
    ["1.5M GPU-h", "1500000 accelerator-hours"],
    ["2,55 €/GPU-Std.", "2.55 EUR /h"],
    ["$2.55/h", "2.55 USD /h?"],
    ["USD 2.55 per GPU hour", "2.55 USD /h"],
    ["up to $500B", "kept"],
    ["bis zu 4 Mio. EUR", "kept"],
    [">$300B", "kept"],
    ["~ 4.5m EUR", "kept"],
    ["ca. 4,5 Mio. EUR", "kept"],
    ["(1,000) USD", "below_zero"],
    ["-5 EUR", "below_zero"],
    ["1,234 EUR", "ambiguous_number"],
    ["4-5 Mio EUR", "bad_amount"],
    ["ten EUR", "bad_amount"],
    ["5 XYZ", "unknown_currency"],
    ["5 ducats", "unknown_currency"],
    ["¥5m", "unknown_currency"],
    ["0.1234567 EUR", "bad_amount"],
    ["99999999999999999999 EUR", "bad_amount"],
    ["n/a", "empty"],
  ])("[INT52] %s is %s", (written, expected) => {
    expect(outcome(readAmount(text(written), none), show)).toBe(expected);
  });

  test("[INT52] what a header or the mapping states is for cells that say nothing else", () => {
    const column = { ...none, unit: "Mio EUR" };
    expect(outcome(readAmount(text("4,5"), column), show)).toBe("4500000 EUR");
    expect(outcome(readAmount({ kind: "number", value: 4.5 }, column), show)).toBe("4500000 EUR");
    expect(outcome(readAmount(text("250000 USD"), column), show)).toBe("250000 USD");
    expect(outcome(readAmount(text("$5m"), { ...none, signs: { $: "CAD" } }), show)).toBe("5000000 CAD");
    expect(outcome(readCurrency(text("Euro"), {}))).toBe("EUR");
    expect(outcome(readCurrency(text("$"), {}))).toBe("USD?");
    expect(outcome(readCurrency(text("EUR Mio"), {}))).toBe("unknown_currency");
  });
});

describe("lengths", () => {
  test.each([
    ["60 days", "60 days"],
    ["60d", "60 days"],
    ["5 BD", "5 business days"],
    ["5 business days", "5 business days"],
    ["five Business Days", "5 business days"],
    ["five (5) business days", "5 business days"],
    ["10 Arbeitstage", "10 business days"],
    ["10 Bankarbeitstage", "10 business days?"],
    ["5 jours ouvrés", "5 business days"],
    ["1 day", "1 day"],
    ["72h", "72 hours"],
    ["48 Stunden", "48 hours"],
    ["2 weeks", "14 days?"],
    ["P5D", "5 days"],
    ["PT72H", "72 hours"],
    ["5 Werktage", "ambiguous_unit"],
    ["5 jours ouvrables", "ambiguous_unit"],
    ["5", "wrong_unit"],
    ["3 months", "wrong_unit"],
    ["promptly", "bad_length"],
    ["0 days", "bad_length"],
    ["-", "empty"],
  ])("[INT53] a window %s is %s", (written, expected) => {
    expect(outcome(readLength(text(written), { unit: undefined, months: false }))).toBe(expected);
  });

  test("[INT53] a notice period has months and years, and no hours; a header may state the unit", () => {
    const notice = { unit: undefined, months: true };
    expect(outcome(readLength(text("3 Monate"), notice))).toBe("3 months");
    expect(outcome(readLength(text("1 an"), notice))).toBe("1 year");
    expect(outcome(readLength(text("90 Tage"), notice))).toBe("90 days");
    expect(outcome(readLength(text("72 hours"), notice))).toBe("wrong_unit");
    expect(outcome(readLength({ kind: "number", value: 5 }, { unit: "Arbeitstage", months: false }))).toBe(
      "5 business days",
    );
  });

  test.each([
    ["12 months", "12 months"],
    ["yes, 12 months", "12 months"],
    ["verlängert sich um 12 Monate", "12 months"],
    ["1 year each", "1 year"],
    ["yes", "kept"],
    ["automatisch", "kept"],
    ["none", "none"],
    ["nein", "none"],
    ["evergreen", "evergreen"],
    ["unbefristet", "evergreen"],
    ["maybe", "bad_length"],
  ])("[INT53] a renewal %s is %s", (written, expected) => {
    expect(outcome(readRenewal(text(written), undefined))).toBe(expected);
  });
});

describe("words", () => {
  const kinds = (written: string): string => outcome(readKinds(text(written)), (value) => value.kinds.join("+"));

  test.each([
    ["ROFR", "first-refusal"],
    ["Right of first refusal", "first-refusal"],
    ["Vorkaufsrecht", "first-refusal"],
    ["droit de premier refus", "first-refusal"],
    ["right to match", "match"],
    ["Exklusivität", "exclusivity"],
    ["Zustimmung", "consent"],
    ["option", "option"],
    ["take-or-pay", "take-or-pay"],
    ["Rahmenvertrag", "frame"],
    ["ROFR; commitment", "first-refusal+spend-commitment"],
    ["first refusal + spend commitment", "first-refusal+spend-commitment"],
    ["exclusive supply of the API", "exclusivity?"],
    ["not exclusive", "unknown_word"],
    ["??", "unknown_word"],
    ["barter", "unknown_word"],
  ])("[INT54] a right %s is %s", (written, expected) => {
    expect(kinds(written)).toBe(expected);
  });

  test.each([
    ["yes", "yes"],
    ["Ja", "yes"],
    ["oui", "yes"],
    ["x", "yes"],
    ["1", "yes"],
    ["nein", "no"],
    ["NON", "no"],
    ["0", "no"],
    ["-", "empty"],
    ["perhaps", "bad_yes_no"],
  ])("[INT54] %s is %s", (written, expected) => {
    expect(outcome(readYesNo(text(written)))).toBe(expected);
  });

  test("[INT54] accelerators, regions, purposes and states in the ways people write them", () => {
    const accelerators = (written: string): string =>
      outcome(readAccelerators(text(written)), ({ names, count }) => `${names.join("+")} ${count ?? ""}`.trim());
    expect(accelerators("H100, H200 und B200")).toBe("H100+H200+B200");
    expect(accelerators("1,024 x H100")).toBe("H100 1024?");
    expect(accelerators("NVIDIA H100 GPUs")).toBe("H100");
    expect(accelerators("alle")).toBe("");
    expect(accelerators("H1000")).toBe("unknown_accelerator");
    const regions = (written: string): string => outcome(readRegions(text(written)), (value) => value.join("+"));
    expect(regions("us-central; eu-*")).toBe("us-central+eu-*");
    expect(regions("USA")).toBe("us-*?");
    expect(regions("the moon!")).toBe("bad_region");
    const purposes = (written: string): string =>
      outcome(readPurposes(text(written)), ({ words, isExcept }) => (isExcept ? "-" : "") + words.join("+"));
    expect(purposes("Training, Inferenz")).toBe("training+inference?");
    expect(purposes("all except research")).toBe("-research");
    expect(purposes("außer Forschung")).toBe("-research?");
    expect(outcome(readStatus(text("Entwurf")))).toBe("draft?");
    expect(outcome(readStatus(text("gekündigt")))).toBe("ended?");
    expect(outcome(readStatus(text("so-so")))).toBe("unknown_word");
  });
});

describe("the forms of the reference", () => {
  const formOf = (field: string, written: string): CellForm => {
    const found = CELL_FORMS.find((form) => form.field === field && form.written.includes(written));
    if (found === undefined) throw new Error(`Broken belief: the reference shows ${written}`);
    return found;
  };

  test.each([
    ["start", "2027-Q1", { kind: "read", value: "2027-01-01", told: true }],
    ["end", "2027-Q1", { kind: "read", value: "2027-03-31", told: true }],
    ["end", "unbefristet", { kind: "nothing" }],
    ["start", "03/04/2027", { kind: "refused", code: "ambiguous_date" }],
    ["amount", "3 Mio. EUR p.a.", { kind: "read", value: "3000000 EUR year", told: false }],
    ["amount", "4,5", { kind: "read", value: "4500000 EUR", told: false }],
    ["amount", "up to $500B", { kind: "kept" }],
  ])("[INT71] %s: %s", async (field, written, expected) => {
    expect(await formOutcome(formOf(field, written), written)).toEqual(expected);
  });

  test("[INT71] each field that is shown can be read in some way, and none fails for another cell than its own", async () => {
    for (const form of CELL_FORMS) {
      const outcomes = await Promise.all(form.written.map((written) => formOutcome(form, written)));
      expect(outcomes.some(({ kind }) => kind === "read")).toBe(true);
      const codes = outcomes.map((outcome) => (outcome.kind === "refused" ? outcome.code : outcome.kind));
      expect(codes).not.toContain("no_header");
    }
  });
});
