import { formatInstant } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  askedText,
  clockText,
  dateText,
  decimalText,
  hoursText,
  idText,
  instantText,
  lengthText,
  moneyText,
  periodText,
  monthText,
  percentText,
  rateText,
  shareText,
  toleranceText,
  whenText,
  zoneText,
} from "./index.ts";

interface Params {
  readonly code: string;
  readonly didYouMean?: readonly string[];
}

/** The value, or the code of what is wrong with it and the nearest right spelling. */
function read(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const params = (issue?.code === "custom" ? issue.params : undefined) as Params | undefined;
  return params?.didYouMean === undefined ? params?.code : [params.code, params.didYouMean[0]];
}

describe("money", () => {
  test.each([
    ["3.00 USD", { micros: 3_000_000n, currency: "USD" }],
    ["250000000 USD", { micros: 250_000_000_000_000n, currency: "USD" }],
    ["0.000001 EUR", { micros: 1n, currency: "EUR" }],
    ["$2.60", ["wrong_unit", "2.60 USD"]],
    ["€ 1,000.50", ["wrong_unit", "1000.50 EUR"]],
    ["3.00", ["wrong_unit", "3.00 USD"]],
    [3, ["wrong_unit", "3 USD"]],
    ["3 usd", ["wrong_unit", "USD"]],
    ["1,000 USD", ["malformed", "1000 USD"]],
    ["1_000 USD", ["malformed", "1000 USD"]],
    ["3.00 USD/h", "wrong_unit"],
    ["-3 USD", "out_of_range"],
    ["1000000000000000 USD", "out_of_range"],
    ["0.0000001 USD", "malformed"],
    ["1e9 USD", "wrong_unit"],
    ["NaN USD", "malformed"],
    ["", "malformed"],
    [undefined, "missing_key"],
    [["3 USD"], "wrong_type"],
  ])("[WIR6] %j", (text, expected) => {
    expect(read(moneyText, text)).toEqual(expected);
  });

  test.each([
    ["2.60 USD/h", { microsPerHour: 2_600_000n, currency: "USD" }],
    ["$2.60", ["wrong_unit", "2.60 USD/h"]],
    ["2.60 USD", ["wrong_unit", "2.60 USD/h"]],
    ["2.60 USD/GPU-h", ["wrong_unit", "2.60 USD/h"]],
    ["2.60", ["wrong_unit", "2.60 USD/h"]],
  ])("[WIR6] a price %j", (text, expected) => {
    expect(read(rateText, text)).toEqual(expected);
  });

  test.each([
    ["2.60 USD/h", { kind: "rate", rate: { microsPerHour: 2_600_000n, currency: "USD" } }],
    ["by agreement lab-alfa", { kind: "agreement", agreement: "lab-alfa" }],
    ["by agreement", "malformed"],
    ["by agreement LAB ALFA", "malformed"],
    ["2.60 USD", ["wrong_unit", "2.60 USD/h"]],
  ])("[WIR6] a price that is asked %j", (text, expected) => {
    expect(read(askedText, text)).toEqual(expected);
  });
});

describe("percentages, use, decimals", () => {
  test.each([
    ["40%", 4000],
    ["0.5 %", 50],
    [0, 0],
    ["100%", 10_000],
    ["101%", "out_of_range"],
    [40, ["wrong_unit", "40%"]],
    ["0.4", ["wrong_unit", "0.4%"]],
    ["0.005%", "malformed"],
    ["-1%", "out_of_range"],
  ])("[WIR6] a share %j", (text, expected) => {
    expect(read(shareText, text)).toEqual(expected);
  });

  test("[WIR6] a tolerance may be more than the whole, a percentage is exact", () => {
    expect(read(toleranceText, "150%")).toBe(15_000);
    expect(read(percentText, "0.75%")).toEqual({ num: 3n, den: 400n });
  });

  test.each([
    ["730000 accelerator-hours", 2_628_000_000n],
    ["533299.2 accelerator-hours", 1_919_877_120n],
    ["1 acc-h", 3600n],
    ["730000", "wrong_unit"],
    ["730000 hours", "wrong_unit"],
    ["0.0001 accelerator-hours", "malformed"],
  ])("[WIR6] use of %j", (text, expected) => {
    expect(read(hoursText, text)).toEqual(expected);
  });

  test("[WIR6] a decimal is read exactly, and is above zero", () => {
    expect(read(decimalText, 1.09)).toEqual({ num: 109n, den: 100n });
    expect(read(decimalText, "0")).toBe("out_of_range");
    expect(read(decimalText, 1e-7)).toBe("malformed");
  });
});

describe("times", () => {
  test("[WIR7] an instant says its offset, and loses parts of a millisecond", () => {
    expect(formatInstant(read(instantText, "2026-09-14T10:00:00.0009-07:00") as never)).toBe("2026-09-14T17:00:00Z");
    expect(read(instantText, "2026-09-14T17:00:00")).toEqual(["bad_time", "2026-09-14T17:00:00Z"]);
    expect(read(instantText, "2026-09-14")).toBe("bad_time");
    expect(read(instantText, "2026-02-30T00:00:00Z")).toBe("bad_time");
    expect(read(instantText, "yesterday")).toBe("bad_time");
  });

  test("[WIR7] a date and an instant are told apart", () => {
    expect(read(whenText, "1970-01-02")).toEqual({ kind: "date", epochDay: 1 });
    expect(read(whenText, "1970-01-01T00:00:01Z")).toEqual({ kind: "instant", at: 1000 });
    expect(read(whenText, "1970-13-01")).toBe("bad_time");
    expect(read(dateText, "2026-02-29")).toBe("bad_time");
    expect(read(monthText, "2027-03")).toBe("2027-03");
    expect(read(monthText, "2027-13")).toBe("bad_time");
  });

  test("[WIR7] a time of the day, a zone", () => {
    expect(read(clockText, "17:00")).toBe(61_200_000);
    expect(read(clockText, "25:00")).toBe("bad_time");
    expect(read(zoneText, "america/los_angeles")).toBe("America/Los_Angeles");
    expect(read(zoneText, "America/Los_Angelos")).toEqual(["unknown_zone", "America/Los_Angeles"]);
    expect(read(zoneText, "+02:00")).toBe("unknown_zone");
  });

  test.each([
    ["5 business days", { n: 5, unit: "business-days" }],
    ["1 business day", { n: 1, unit: "business-days" }],
    ["72 hours", { n: 72, unit: "hours" }],
    ["60 days", { n: 60, unit: "days" }],
    ["P5D", { n: 5, unit: "days" }],
    ["PT72H", { n: 72, unit: "hours" }],
    [5, ["wrong_unit", "5 business days"]],
    ["2 weeks", "wrong_unit"],
    ["30 minutes", "wrong_unit"],
    ["1.5 days", "malformed"],
    ["-5 days", "malformed"],
    ["40000 days", "out_of_range"],
    ["9999999 business days", "out_of_range"],
  ])("[WIR8] a length %j", (text, expected) => {
    expect(read(lengthText, text)).toEqual(expected);
  });

  test.each([
    ["12 months", { n: 12, unit: "months" }],
    ["1 year", { n: 12, unit: "months" }],
    ["2 quarters", { n: 6, unit: "months" }],
    ["6 weeks", { n: 42, unit: "days" }],
    ["P90D", { n: 90, unit: "days" }],
    ["P2Y", { n: 24, unit: "months" }],
    ["30 business days", { n: 30, unit: "business-days" }],
    [90, ["wrong_unit", "90 days"]],
    ["72 hours", "wrong_unit"],
    ["1.5 years", "wrong_unit"],
    ["0 days", "out_of_range"],
    ["101 years", "out_of_range"],
    ["4000 days", "out_of_range"],
  ])("[WIR8] a length by the calendar %j", (text, expected) => {
    expect(read(periodText, text)).toEqual(expected);
  });

  test("[WIR6] a name is a text", () => {
    expect(read(idText, "right-of-first-refusal")).toBe("right-of-first-refusal");
    expect(read(idText, 16)).toBe("wrong_type");
    expect(read(idText, "16")).toBe("malformed");
    expect(read(idText, "a".repeat(65))).toBe("malformed");
  });
});
