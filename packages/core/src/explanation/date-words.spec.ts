import { expect, test } from "vitest";
import type { ContractDate, Happening } from "../dates/index.ts";
import { money, parseInstant, type Instant } from "../kernel/index.ts";
import { USD, usd } from "../requests/f0.ts";
import { dateAtText, dateTitle, silenceText } from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const date = (
  what: Happening,
  form: ContractDate["form"] = "by",
  changed: Partial<ContractDate> = {},
): ContractDate => ({
  id: "lab-alfa/x",
  what,
  agreement: "lab-alfa" as ContractDate["agreement"],
  version: 1,
  actor: "alfa" as never,
  form,
  at: form === "by" ? at("2026-12-02T07:59:59.999Z") : at("2026-12-02T08:00:00Z"),
  zone: "America/Los_Angeles" as ContractDate["zone"],
  unconfirmedReading: false,
  defaults: [],
  ...changed,
});
const told = (one: ContractDate): string => {
  const name = (party: string): string => party.toUpperCase();
  return `${dateTitle(one, name)} | ${dateAtText(one)} | ${silenceText(one, name) ?? "-"}`;
};
const DAY = "Tue 1 Dec 2026 24:00 PST";
const NEXT = at("2028-01-01T08:00:00Z");
const period = { from: at("2026-01-01T08:00:00Z"), to: at("2026-12-02T08:00:00Z") };

test.each<[Happening, ContractDate["form"], string]>([
  [{ kind: "start", number: 1 }, "begins", "takes effect | Wed 2 Dec 2026 00:00 PST | -"],
  [{ kind: "start", number: 3 }, "begins", "version 3 takes effect | Wed 2 Dec 2026 00:00 PST | -"],
  [{ kind: "end", why: "notice" }, "ends", `ends by notice | ${DAY} | -`],
  [{ kind: "renewal", number: 2, to: NEXT }, "ends", `term ends, and renewal 2 begins | ${DAY} | -`],
  [
    { kind: "last-notice", number: 1, ends: NEXT, next: NEXT },
    "by",
    `last day to stop the renewal | ${DAY} | No notice by ${DAY} = renews to Fri 31 Dec 2027 24:00 PST.`,
  ],
  [
    { kind: "last-notice", number: 1, ends: NEXT },
    "by",
    `last day to stop the renewal | ${DAY} | No notice by ${DAY} = it runs on until somebody gives notice.`,
  ],
  [
    { kind: "option", count: 1024, price: usd(2.4) },
    "by",
    `last day for ALFA to take up 1,024 at $2.40 per accelerator-hour | ${DAY} | Not taken up by ${DAY} = the option is over, and the capacity is free for others.`,
  ],
  [
    { kind: "entitlement", act: "renewal", count: 8, price: usd(2) },
    "by",
    `last day to renew 8 at $2.00 per accelerator-hour | ${DAY} | Not renewed by ${DAY} = it is no longer to be had at this price.`,
  ],
  [
    { kind: "commitment", type: "spend", period, shortfall: money(2_900_000_000_000n, USD) },
    "ends",
    `spend commitment: a period ends | ${DAY} | Not used by ${DAY} = $2,900,000.00 falls due, by what is drawn and expected.`,
  ],
  [
    { kind: "commitment", type: "prepaid", period, shortfall: money(5_000_000n, USD) },
    "ends",
    `prepaid balance: a period ends | ${DAY} | Not used by ${DAY} = $5.00 is forfeited, by what is drawn and expected.`,
  ],
  [
    { kind: "commitment", type: "take-or-pay", period, shortfall: money(0n, USD) },
    "ends",
    `take-or-pay: a period ends | ${DAY} | By what is drawn and expected, nothing is missing by ${DAY}.`,
  ],
  [{ kind: "waiver", waiver: "w" }, "ends", `waiver of ALFA ends | ${DAY} | From ${DAY} on ALFA is asked again.`],
  [
    { kind: "answer", request: "q1" as never, notice: "consent", count: 8, silence: "blocks" },
    "by",
    `answer of ALFA about 8 for request q1 | ${DAY} | No answer by ${DAY} = not allowed.`,
  ],
  [
    { kind: "date", subject: "price-review", on: NEXT, noticed: true, silence: "The prices stay." },
    "by",
    `last day for notice before the price review of Fri 31 Dec 2027 24:00 PST | ${DAY} | The prices stay.`,
  ],
  [
    { kind: "date", subject: "milestone", on: NEXT, noticed: false },
    "ends",
    `milestone | ${DAY} | What silence means is not stated in the clause: ask whoever reads the contract.`,
  ],
])("[EXP21] date %#", (what, form, expected) => {
  expect(told(date(what, form))).toBe(expected);
});
