import { complain, type Reading, type ScalarValue, shown, written } from "./written.ts";

/** A length of a contract's own calendar: civil days or months, or business days. Weeks are days, quarters and years are months. */
export interface Period {
  readonly n: number;
  readonly unit: "days" | "months" | "business-days";
}

/** Longest that a contract may state: 100 years of months, 10 years of days. */
const PERIOD_MAX: Readonly<Record<Period["unit"], number>> = { days: 3_660, months: 1_200, "business-days": 2_600 };

const UNITS: Readonly<Record<string, Period>> = {
  "business day": { n: 1, unit: "business-days" },
  day: { n: 1, unit: "days" },
  week: { n: 7, unit: "days" },
  month: { n: 1, unit: "months" },
  quarter: { n: 3, unit: "months" },
  year: { n: 12, unit: "months" },
};

const ISO_UNITS: Readonly<Record<string, keyof typeof UNITS>> = { D: "day", W: "week", M: "month", Y: "year" };

function readPeriod(value: ScalarValue): Reading<Period> {
  const text = String(value).trim();
  const iso = /^P(\d{1,6})([DWMY])$/.exec(text);
  const words = /^(\d{1,6}) +(business day|day|week|month|quarter|year)s?$/.exec(text);
  const unit = UNITS[iso === null ? (words?.[2] ?? "") : (ISO_UNITS[iso[2] ?? ""] ?? "")];
  if (unit === undefined) {
    const isNumber = /^\d+$/.test(text);
    return complain(
      "wrong_unit",
      `${shown(text)} has no unit of a calendar`,
      isNumber ? { didYouMean: [`${text} days`, `${text} months`, `${text} business days`] } : {},
    );
  }
  const n = Number(iso?.[1] ?? words?.[1]) * unit.n;
  if (n < 1 || n > PERIOD_MAX[unit.unit])
    return complain("out_of_range", `${shown(text)} is not between one day and what a contract runs`);
  return { value: { n, unit: unit.unit } };
}

/** `12 months` */
export const periodText = written<Period>({
  id: "Period",
  description: "A length by the calendar: days, weeks, months, quarters, years, or business days.",
  expected: "a length by the calendar, such as 90 days, 12 months, 1 year, 30 business days or P3M",
  examples: ["90 days", "12 months", "1 year", "30 business days", "P3M"],
  pattern: "^(\\d+ +(business days?|days?|weeks?|months?|quarters?|years?)|P\\d+[DWMY])$",
  read: readPeriod,
});
