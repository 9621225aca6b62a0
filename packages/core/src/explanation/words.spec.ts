import { parseZone, type ZoneId } from "../calendar/index.ts";
import { describe, expect, test } from "vitest";
import { formatMicros, money, parseMicros } from "../kernel/index.ts";
import { at, USD, usd } from "../requests/f0.ts";
import fc from "fast-check";
import { shareText } from "./amounts.ts";
import { FIRST_WORDS, glossaryMarkdown, moneyText, OTHER_WORDS, rateText, countText } from "./index.ts";
import { GLOSSARY } from "./glossary-words.ts";
import { NOT_APPLYING } from "./codes.ts";
import { ASKED, CLOSED, RIGHT_EFFECT } from "./phrases.ts";
import { ending, exactly, lastly, moment, span, spoken } from "./moments.ts";
import { FirstAppearances, wordsIn } from "./words.ts";

const names = (text: string): string[] => wordsIn(text).map(({ word }) => word);

describe("words", () => {
  test("[EXP12] are found in any form and case, in the order in which they stand", () => {
    expect(names("Bids were invited; the residual was cleared")).toEqual([
      "bid",
      "invitation",
      "residual",
      "clearance",
    ]);
    expect(names("by incremental effective cost")).toEqual(["incremental effective cost"]);
  });

  test("[EXP12] a longer word hides the shorter one in it, an id is no word", () => {
    expect(names("a soft hold")).toEqual(["soft hold"]);
    expect(names("a counter-offer, re-offered")).toEqual(["counter-offer"]);
    expect(names("bid_7x of tnd_1, forbidden, holder")).toEqual([]);
  });

  test("[EXP12] are given once, where they first appear", () => {
    const reading = new FirstAppearances();
    expect(reading.take("a bid").map(({ word }) => word)).toEqual(["bid"]);
    expect(reading.take("the bid in a tender").map(({ word }) => word)).toEqual(["tender"]);
    expect(reading.take("bids")).toEqual([]);
  });

  test("[EXP12] the seven words of the first hour are not explained", () => {
    expect(FIRST_WORDS.map(({ word }) => word)).toEqual([
      "agreement",
      "right",
      "request",
      "notice",
      "answer",
      "award",
      "evidence",
    ]);
    expect(FIRST_WORDS.flatMap(({ word, forms }) => names([word, ...forms].join(" ")))).toEqual([]);
  });

  test("[EXP12] every word is found by its own name", () => {
    expect(OTHER_WORDS.filter(({ word }) => !names(word).includes(word))).toEqual([]);
  });

  test("[EXP12] each kind of right is told by a word of the glossary", () => {
    expect(Object.values(RIGHT_EFFECT).filter((text) => names(text).length === 0)).toEqual([]);
    expect(
      [...Object.values(NOT_APPLYING), ...Object.values(ASKED), ...Object.values(CLOSED)].filter((text) => text === ""),
    ).toEqual([]);
  });

  test("[EXP19] every word stands once in the glossary, with one line", () => {
    const all = GLOSSARY.flatMap((section) => section.words);
    expect(new Set(all.map(({ word }) => word)).size).toBe(all.length);
    expect(all.filter(({ meaning }) => /[\n|]|\.$/.test(meaning))).toEqual([]);
    const page = glossaryMarkdown().split("\n");
    expect(all.filter(({ word }) => page.filter((line) => line.startsWith(`| ${word} | `)).length !== 1)).toEqual([]);
    expect(page).toContain("| tie | Two choices that cost the same. | `tied` | |");
  });

  test("[EXP19] a meaning is told in words that stand in the glossary themselves or are plain", () => {
    const avoided = new Set(GLOSSARY.flatMap(({ words }) => words.flatMap(({ avoid }) => avoid)));
    for (const plain of ["order", "offer", "release", "approval", "fail", "item", "fine", "proof"])
      avoided.delete(plain);
    const used = OTHER_WORDS.flatMap(({ meaning }) => meaning.split(/[^a-z-]+/)).filter((token) => avoided.has(token));
    expect(used).toEqual([]);
  });
});

describe("amounts", () => {
  test("[EXP13] counts have thousands separators and are never abbreviated", () => {
    expect([0, 999, 1_000, 1_024, 8_970_240].map(countText)).toEqual(["0", "999", "1,000", "1,024", "8,970,240"]);
    expect(countText(123_456_789_012n)).toBe("123,456,789,012");
  });

  test("[EXP13] money is exact, in its currency", () => {
    expect(moneyText(money(21_894_019_200_000n, USD))).toBe("$21,894,019.20");
    expect(moneyText(money(-1_500_000n, USD))).toBe("-$1.50");
    expect(moneyText(money(2_616_000n, "EUR" as never))).toBe("2.616 EUR");
    expect(rateText(usd(2.6))).toBe("$2.60 per accelerator-hour");
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (micros) => {
        const text = moneyText(money(micros, USD)).replaceAll(",", "").slice(1);
        expect(text).toBe(formatMicros(micros));
        expect(parseMicros(text)).toBe(micros);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("[EXP13] a window is told by its days, an instant without parts of a second, what decides to the millisecond", () => {
    const zone = parseZone("America/Los_Angeles") as ZoneId;
    const say = (text: string): string => spoken(text, zone).text;
    const from = at("2027-01-01T08:00:00Z");
    expect(say(span({ from, to: at("2028-01-01T08:00:00Z") }))).toBe("from Fri 1 Jan 2027 to Fri 31 Dec 2027");
    const universal = { from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") };
    expect(say(span(universal))).toBe("from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC)");
    expect(say(span({ from, to: at("2027-03-20T06:30:00Z") }))).toBe(
      "from Fri 1 Jan 2027 00:00 PST to Fri 19 Mar 2027 23:30 PDT",
    );
    const late = at("2026-09-22T00:00:00.001Z");
    expect([moment(late), exactly(late), ending(from), lastly(at("2027-01-01T07:59:59.999Z"))].map(say)).toEqual([
      "Mon 21 Sep 2026 17:00 PDT",
      "Mon 21 Sep 2026 17:00:00.001 PDT",
      "Thu 31 Dec 2026 24:00 PST",
      "Thu 31 Dec 2026 24:00 PST",
    ]);
    expect(say(moment(from, "Asia/Tokyo"))).toBe("Fri 1 Jan 2027 17:00 JST");
  });

  test("[EXP13] the instants of a text stand beside it in UTC, in its order", () => {
    const one = at("2027-01-01T08:00:00Z");
    const { utc } = spoken(`${moment(one)} and ${span({ from: one, to: at("2027-01-02T08:00:00Z") })}`, "Nowhere/Land");
    expect(utc).toEqual(["2027-01-01T08:00:00Z", "2027-01-01T08:00:00Z", "2027-01-02T08:00:00Z"]);
  });

  test("[EXP13] shares are exact", () => {
    expect([2_000, 3_000, 1, 10_000, 1_250].map(shareText)).toEqual(["20 %", "30 %", "0.01 %", "100 %", "12.5 %"]);
  });
});
