import type { Schemas } from "@offtake/client";
import { describe, expect, test } from "vitest";
import { answersOf, asMuchAsIsFree, monthRows, monthsAsked, monthSums, priceProblem } from "./months.ts";
import { monthsSheet, pastedMonths, readMonthsSheet } from "./months-sheet.ts";

type Notice = Schemas["Notice"];

const ZONE = "America/Los_Angeles";
const MAY = { from: "2027-05-01T07:00:00Z", to: "2027-06-01T07:00:00Z" };
const JUNE = { from: "2027-06-01T07:00:00Z", to: "2027-07-01T07:00:00Z" };
const JULY = { from: "2027-07-01T07:00:00Z", to: "2027-07-31T07:00:00Z" };

function notice(id: string, window: typeof MAY, more: { status?: string; request?: string } = {}): Notice {
  const { status = "open", request = "req" } = more;
  const price = { amount: "2.60", currency: "USD", per: "accelerator-hour" };
  const terms = { acceleratorType: "h100-sxm-80gb", blockSize: 8, regions: ["us-*"], window, price };
  const view = {
    as: "party",
    notice: { request, kind: "first_refusal", count: 1_024, terms },
    clock: { zone: ZONE },
    answers: [],
  };
  return { id, status, view } as unknown as Notice;
}

const MONTHS = monthsAsked([notice("ntc_c", JULY), notice("ntc_a", MAY), notice("ntc_b", JUNE)], "req");
const CAPACITY = {
  blocks: [
    {
      block: "south",
      provider: "meridian",
      accelerator: "h100-sxm-80gb",
      region: "us-south",
      quantity: 1_200,
      blockSize: 8,
      from: MAY.from,
      to: JULY.to,
      firmness: "firm" as const,
      lineage: [],
      lowestFree: 500,
      calendar: [
        { from: MAY.from, to: JUNE.to, free: 1_200 },
        { from: JULY.from, to: JULY.to, free: 500 },
      ],
    },
  ],
};
const rowsWith = (counts: Record<string, number>, price = "") => monthRows(MONTHS, { counts, price }, CAPACITY);

describe("months that are asked about", () => {
  test("are those of the request that wait, in order of time, named by where their middle lies", () => {
    const others = [notice("ntc_d", MAY, { status: "refused" }), notice("ntc_e", MAY, { request: "other" })];
    const second = notice("ntc_f", MAY);
    expect(
      monthsAsked([...others, notice("ntc_b", JUNE), notice("ntc_a", MAY), second], "req").map(
        ({ name, notice: { id } }) => [name, id],
      ),
    ).toEqual([
      ["2027-05", "ntc_a"],
      ["2027-05.2", "ntc_f"],
      ["2027-06", "ntc_b"],
    ]);
  });

  test("say what is free in each before and after, what each is worth, and what is not answered", () => {
    const rows = rowsWith({ ntc_a: 1_024, ntc_c: 512 });
    expect(rows.map(({ free, left }) => [free, left])).toEqual([
      [1_200, 176],
      [1_200, 1_200],
      [500, -12],
    ]);
    // 1,024 during 744 hours at 2.60.
    expect(rows[0]?.value).toEqual({ amount: "1980825.60", currency: "USD" });
    const sums = monthSums(rows);
    expect(sums.open.map(({ name }) => name)).toEqual(["2027-06"]);
    expect(sums.asked).toBe(1_024n * (744n + 720n + 720n) * 3_600n);
    expect(sums.given).toBe((1_024n * 744n + 512n * 720n) * 3_600n);
    expect(sums.value).toEqual({ amount: "2939289.60", currency: "USD" });
  });

  test("two notices about the same machines at the same time are reckoned together", () => {
    const both = monthsAsked([notice("ntc_a", MAY), notice("ntc_x", MAY)], "req");
    const rows = monthRows(both, { counts: { ntc_a: 800, ntc_x: 800 }, price: "" }, CAPACITY);
    expect(rows.map(({ left }) => left)).toEqual([-400, -400]);
  });

  test("tell what the broker would reject, with numbers that would do, and what is a counter-offer", () => {
    const rows = rowsWith({ ntc_a: 1_001, ntc_b: 2_000, ntc_c: 8 }, "2.70");
    expect(rows.map(({ problem, instead }) => [problem, instead])).toEqual([
      ["Not a multiple of 8.", [1_000, 1_008]],
      ["No more than 1,024 are asked for.", [1_024]],
      [undefined, []],
    ]);
    expect(rows[2]?.warning).toBe("Above what is asked, 2.60: a counter-offer.");
    expect(priceProblem(rows, "2.7x")).toBe("A price like 2.55.");
    expect([priceProblem(rows, ""), priceProblem(rows, "2.70")]).toEqual([undefined, undefined]);
  });

  test("are sent as one answer each: 0 refuses, what is empty is not sent", () => {
    const rows = rowsWith({ ntc_a: 1_000, ntc_b: 0 });
    expect(answersOf(rows, { price: "2.55", reason: "no capacity" })).toEqual([
      { notice: "ntc_a", type: "accept", count: 1_000, price: "2.55 USD/h" },
      { notice: "ntc_b", type: "refuse", reason: "no capacity" },
    ]);
    expect(answersOf(rows, { price: "", reason: "" })).toEqual([
      { notice: "ntc_a", type: "accept", count: 1_000 },
      { notice: "ntc_b", type: "refuse" },
    ]);
  });

  test("as much as is free is in whole blocks, and no more than is asked for", () => {
    expect(asMuchAsIsFree(rowsWith({}))).toEqual({ ntc_a: 1_024, ntc_b: 1_024, ntc_c: 496 });
    expect(asMuchAsIsFree(monthRows(MONTHS, { counts: {}, price: "" }, undefined))).toEqual({});
  });
});

describe("months and spreadsheets", () => {
  const counts = { ntc_a: 1_000, ntc_c: 0 };

  test("what goes out comes back the same", () => {
    const sheet = monthsSheet(MONTHS, counts);
    expect(sheet.split("\r\n").slice(0, 3)).toEqual([
      "month,notice,from,to,asked,count",
      `2027-05,ntc_a,${MAY.from},${MAY.to},1024,1000`,
      `2027-06,ntc_b,${JUNE.from},${JUNE.to},1024,`,
    ]);
    expect(readMonthsSheet(sheet, MONTHS)).toEqual({ ok: true, counts });
  });

  test("a sheet is taken over whole or not at all, with the line of each mistake", () => {
    expect(readMonthsSheet("notice,count\nntc_a,8\nntc_z,8\nntc_a,x\n", MONTHS)).toEqual({
      ok: false,
      problems: [
        { line: 3, text: "ntc_z does not wait for an answer." },
        { line: 4, text: "x is no whole number, such as 512." },
      ],
    });
    expect(readMonthsSheet("a,b\n1,2\n", MONTHS).ok).toBe(false);
  });

  test("a copied column fills downwards from where it was pasted; several columns say which month", () => {
    expect(pastedMonths("1,024\r\n512\r\n", MONTHS, 1)).toEqual({ ok: true, counts: { ntc_b: 1_024, ntc_c: 512 } });
    expect(pastedMonths("8\n\n16", MONTHS, 0)).toEqual({ ok: true, counts: { ntc_a: 8, ntc_c: 16 } });
    expect(pastedMonths("month\tgive\n2027-07\t496\n2027-05\t8", MONTHS, 0)).toEqual({
      ok: true,
      counts: { ntc_c: 496, ntc_a: 8 },
    });
    expect(pastedMonths("8\n8\n8", MONTHS, 1)).toEqual({
      ok: false,
      problems: [{ line: 3, text: "3 rows for 2 months from here on." }],
    });
    expect(pastedMonths("2027-08\t8\n2027-05\t8", MONTHS, 0)).toMatchObject({ ok: false, problems: [{ line: 1 }] });
  });
});
