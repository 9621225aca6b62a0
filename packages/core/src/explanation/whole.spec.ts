import { describe, expect, test } from "vitest";
import { F0 } from "../book/f0.ts";
import { type DisclosedEvent, feedsOf } from "../disclosure/index.ts";
import {
  explain,
  explainAll,
  explainOne,
  ExplanationContext,
  FirstAppearances,
  OTHER_WORDS,
  renderText,
  type Step,
} from "./index.ts";
import { feed, wholeWay } from "./stories.fixture.ts";
import { wordsIn } from "./words.ts";

const everything = [...feedsOf(wholeWay().events).values()].flatMap(explainAll);

describe("every explanation", () => {
  test("[EXP1] is made of its feed: the same bytes give the same, another's secrets change nothing", () => {
    const dearer = new F0()
      .submit()
      .answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600, host: "delta" as never, hostCount: 200 })
      .bid("2026-09-17T18:00:00Z", "gamma", 2.6)
      .bid("2026-09-17T19:00:00Z", "delta", 2.9)
      .wait("2026-09-19T17:00:00Z")
      .answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });
    for (const party of ["alfa", "beta", "gamma"]) {
      expect(explainAll(feed(dearer, party))).toEqual(explainAll(feed(wholeWay(), party)));
    }
    expect(explainAll(feed(dearer, "lab"))).not.toEqual(explainAll(feed(wholeWay(), "lab")));
  });

  test("[EXP1] there is one for everything that its reader has to do with", () => {
    const subjects = (party: string) => explainAll(feed(wholeWay(), party)).map((one) => one.audience);
    expect(subjects("lab")).toEqual(["keeper"]);
    expect(subjects("alfa")).toEqual(["holder", "bidder"]);
    expect(subjects("beta")).toEqual(["bidder", "holder"]);
    expect(subjects("gamma")).toEqual(["bidder"]);
    expect(subjects("delta")).toEqual(["host", "bidder"]);
    expect(subjects("zeta")).toEqual([]);
  });

  test("[EXP1] asked for alone it is the same as among all, and nothing where the feed tells of no such thing", () => {
    for (const told of feedsOf(wholeWay().events).values()) {
      for (const one of explainAll(told)) expect(explainOne(told, one.subject)).toEqual(one);
      expect(explainOne(told, "no-such-subject")).toBe(undefined);
    }
  });

  test("[EXP2] numbers its steps by their places", () => {
    const check = (steps: readonly Step[], prefix: string): void => {
      expect(steps.map((step) => step.id)).toEqual(steps.map((_, index) => `${prefix}${index + 1}`));
      for (const step of steps) check(step.children, `${step.id}.`);
    };
    expect(everything).toHaveLength(8);
    for (const one of everything) check(one.steps, "");
  });

  test("[EXP12] explains each word once, under the line where it first stands, and lists them in that order", () => {
    for (const one of everything) {
      const lines = renderText(one).split("\n");
      const explained = lines.flatMap((line) =>
        OTHER_WORDS.filter((word) => line.trim() === `(${word.word}: ${word.meaning})`),
      );
      expect(explained.map(({ word }) => word)).toEqual(one.words.map(({ word }) => word));
      expect(new Set(explained).size).toBe(explained.length);
      const told = lines.filter((line) => !/^ *\(/.test(line));
      expect([...new Set(told.flatMap((line) => wordsIn(line)))]).toEqual(explained);
    }
  });

  test("[EXP11 EXP12] several read one after the other explain a word once, and may leave their caveats to the foot of them all", () => {
    const words = new FirstAppearances();
    const [first = "", again = ""] = [0, 1].map(() => everything.map((one) => renderText(one, { words })).join("\n"));
    expect(first).toContain("(clearance:");
    expect(first.split("(clearance:")).toHaveLength(2);
    expect(again).not.toContain("(clearance:");
    const withCaveats = everything.find((one) => one.caveats.length > 0);
    if (withCaveats === undefined) throw new Error("one of them has caveats");
    const [caveat] = withCaveats.caveats;
    expect(renderText(withCaveats)).toContain(`! ${caveat?.text}`);
    expect(renderText(withCaveats, { caveats: false })).not.toContain("! ");
  });

  test("[EXP12] begins with a line in the words of the first hour", () => {
    const firsts = everything.filter((one) => one.audience !== "bidder").map((one) => wordsIn(one.title));
    expect(firsts).toEqual(firsts.map(() => []));
  });

  test("[EXP20] is the same from the events of its subject and a kept context", () => {
    const whole = feed(wholeWay(), "lab");
    const context = new ExplanationContext();
    const own: DisclosedEvent[] = [];
    for (const event of whole) {
      context.note(event);
      if (
        JSON.stringify(event, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value)).includes('"q1"')
      )
        own.push(event);
    }
    expect(own.length).toBeLessThan(whole.length);
    expect(explain(own, "q1", "keeper", context)).toEqual(explain(whole, "q1", "keeper"));
  });
});
