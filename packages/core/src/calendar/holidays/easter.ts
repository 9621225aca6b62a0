import { civilToEpochDay } from "../../kernel/index.ts";

/**
 * Easter Sunday of the Gregorian calendar, as a day since 1970-01-01. For years from 1583.
 *
 * @source The anonymous algorithm of 1876, as given by J. Meeus, Astronomical Algorithms, chapter 8
 */
export function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const dayOfMarch = h + l - 7 * m + 22;
  return civilToEpochDay(year, 3, 1) + dayOfMarch - 1;
}
