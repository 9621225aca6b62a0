import { parseStory } from "@offtake/wire/stories";
import { describe, expect, test } from "vitest";
import { resolutionsOf } from "./resolution.ts";
import { runStory } from "./run-story.ts";

const STORY = `schema: offtake/story@1
id: small
title: A small story
about: LAB buys, ALFA is asked first, GAMMA bids.
world:
  keeper: lab
  policy: { tenderWindow: 24 hours, tie: none, awardConfirmation: at-once }
  parties:
    - { id: lab, name: LAB, roles: buyer }
    - { id: alfa, name: ALFA Cloud, roles: [provider, holder] }
    - { id: gamma, name: GAMMA, roles: provider }
  agreements:
    - name: lab-alfa
      parties: { buyer: lab, provider: alfa }
      effective: { from: 2026-01-01, to: 2030-12-31 }
      holidays: us-federal
      clauses:
        - { id: r1, kind: first-refusal, scope: { accelerators: [GB200] }, window: 5 business days, partial: any multiple of 8, tail: 60 days }
        - { id: licence, kind: record, about: a licence, evidence: { grade: company, source: a filing } }
        - { id: rumour, kind: record, about: a rumour }
  requests:
    - { id: q1, accelerators: GB200, count: 1024, block: 8, regions: us-central, window: { from: 2027-01-01, to: 2027-12-31 }, purpose: inference, cap: 3.00 USD/h }
script:
  - { at: 2026-09-14T17:00:00Z, do: submit, request: q1, note: LAB asks., evidence: { grade: assumed, source: ours } }
  - { at: 2026-09-16T18:00:00Z, by: alfa, do: accept, count: 600, price: 2.90 USD/h }
  - { at: 2026-09-16T19:00:00Z, by: gamma, do: bid, price: 2.60 USD/h, multiple: 8 }
  - { at: 2026-09-30T00:00:00Z, do: wait }
records:
  - { id: demand, about: demand grows, evidence: { grade: reported, source: the press } }
elements:
  - { quote: one, object: an award, shown: [{ awarded: { to: alfa, count: 600 } }, { awarded: { to: gamma } }] }
  - { quote: two, object: a licence, recorded: lab-alfa/licence }
  - { quote: three, object: a wrong award, shown: [{ awarded: { to: gamma, count: 7 } }], recorded: demand }
  - { quote: four, object: a rumour, recorded: lab-alfa/rumour }
  - { quote: five, object: nothing }
`;

function played(text = STORY) {
  const parsed = parseStory({ name: "story.yaml", text });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return runStory(parsed.value);
}

describe("a story", () => {
  test("tells of each element what the run shows: it runs, it is recorded with evidence, or not yet", () => {
    const { elements, failures } = played();
    expect(failures).toEqual([]);
    expect(elements.map(({ quote, state }) => `${quote}: ${state}`)).toEqual([
      "one: runs",
      "two: recorded",
      "three: recorded",
      "four: not yet",
      "five: not yet",
    ]);
    expect(elements[2]?.missing[0]).toContain("count is 424, not 7");
    expect(elements[1]?.evidence).toEqual([{ grade: "company", source: "a filing" }]);
  });

  test("keeps its steps with their notes, evidence and what followed", () => {
    const { steps } = played();
    expect(steps[0]).toMatchObject({ number: 1, verb: "submit", note: "LAB asks.", evidence: { grade: "assumed" } });
    expect(steps[1]?.events.map(({ type }) => type)).toContain("answerReceived");
    expect(steps[3]?.events.map(({ type }) => type)).toContain("bidsOpened");
  });

  test("fails where something that it expects did not hold, and plays to its end all the same", () => {
    const { failures, steps } = played(`${STORY}expect:\n  - request: { id: q1, status: unfilled }\n`);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      file: "story.yaml",
      happened: expect.stringContaining("status is awarded_full"),
    });
    expect(steps).toHaveLength(4);
  });
});

describe("how a request was resolved", () => {
  test("names who was asked, in which order and by when, what they answered and who was awarded what", () => {
    const [resolution, ...others] = resolutionsOf(played().chronicle);
    expect(others).toEqual([]);
    expect(resolution).toMatchObject({
      request: "q1",
      buyer: "LAB",
      outcome: "awarded_full",
      askedCount: 1024,
      awardedCount: 1024,
    });
    expect(resolution?.asked).toMatchObject([
      {
        holder: "alfa",
        holderName: "ALFA Cloud",
        kind: "first-refusal",
        count: 1024,
        status: "part_accepted",
        taken: 600,
        answers: [{ type: "accept", count: 600, verdict: "binding", price: { microsPerHour: 2_900_000n } }],
      },
    ]);
    expect(resolution?.markets).toMatchObject([
      { count: 424, invited: 2, bids: [{ bidder: "gamma", verdict: "sealed" }] },
    ]);
    expect(resolution?.awards.map(({ provider, count, basis }) => [provider, count, basis])).toEqual([
      ["alfa", 600, "acceptance"],
      ["gamma", 424, "bid"],
    ]);
  });
});
