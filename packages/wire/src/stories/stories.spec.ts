import { describe, expect, test } from "vitest";
import type { Resolver } from "../source/index.ts";
import { parseStory } from "./index.ts";

const WORLD = `
schema: offtake/book@1
keeper: lab
parties:
  - { id: lab, roles: buyer }
  - { id: alfa, roles: provider }
`;

const AGREEMENT = `
schema: offtake/agreement@1
name: lab-alfa
parties: { buyer: lab, provider: alfa }
effective: { from: 2026-01-01 }
clauses:
  - { id: r1, kind: first-refusal, window: 5 business days, assumed: window }
  - { id: licence, kind: record, about: a licence, evidence: { grade: company, source: a release } }
`;

const STORY = `
schema: offtake/story@1
id: small
title: A small story
about: One agreement.
world: world.yaml
script:
  - { do: sign, at: 2026-01-01T00:00:00Z, note: signed, evidence: { grade: assumed, source: ours }, agreement: { file: lab-alfa.yaml } }
records:
  - { id: pledge, about: up to a million, amount: 1000000 USD, standing: ceiling, evidence: { grade: company, source: a release, date: 2026-01-02 } }
elements:
  - { quote: they agreed, object: the agreement, shown: [{ agreement: { name: lab-alfa, status: active } }] }
  - { quote: up to a million, object: a ceiling, recorded: [pledge, lab-alfa/licence] }
  - { quote: and more, object: nothing yet }
`;

function read(story: string, agreement = AGREEMENT) {
  const files: Record<string, string> = { "world.yaml": WORLD, "lab-alfa.yaml": agreement };
  const resolve: Resolver = (name) => (files[name] === undefined ? undefined : [{ name, text: files[name] }]);
  return parseStory({ name: "story.yaml", text: story }, { resolve });
}

function problemsOf(story: string, agreement?: string) {
  const reading = read(story, agreement);
  return reading.ok ? [] : reading.problems.map(({ code, file, line }) => `${code} ${file}:${line}`);
}

const without = (text: string, by = ""): string => STORY.replace(text, by);

describe("a story", () => {
  test("[STO1 STO4] is read with its script, records and elements", () => {
    const reading = read(STORY);
    expect(reading).toMatchObject({
      ok: true,
      value: {
        id: "small",
        script: [{ number: 1, verb: "sign", note: "signed", evidence: { grade: "assumed", source: "ours" } }],
        records: [
          {
            id: "pledge",
            amount: { micros: 1_000_000_000_000n },
            standing: "ceiling",
            evidence: { date: "2026-01-02" },
          },
        ],
        elements: [
          { shown: [{ kind: "agreement" }], recorded: [] },
          { recorded: [{ record: "pledge" }, { agreement: "lab-alfa", clause: "licence" }] },
          { shown: [], recorded: [] },
        ],
      },
    });
  });

  test("[STO2] signs what an agreement file says, and tells its problems there", () => {
    const reading = read(STORY);
    const action = reading.ok ? reading.value.script[0]?.action : undefined;
    expect(action).toMatchObject({
      kind: "command",
      command: { type: "recordAgreement", agreement: { id: "lab-alfa" } },
    });
    expect(problemsOf(STORY, AGREEMENT.replace("first-refusal", "first-refuzal"))).toEqual([
      "unknown_value lab-alfa.yaml:7",
    ]);
    expect(problemsOf(without("file: lab-alfa.yaml", "file: other.yaml"))).toEqual(["file_not_found story.yaml:8"]);
  });

  test.each([
    [
      "a record without evidence",
      without(", evidence: { grade: company, source: a release, date: 2026-01-02 }"),
      ["missing_key story.yaml:10"],
    ],
    ["a standing without an amount", without(" amount: 1000000 USD,"), ["conflicting_keys story.yaml:10"]],
    [
      "two records of one name",
      without("elements:", "  - { id: pledge, about: again, evidence: { grade: assumed, source: ours } }\nelements:"),
      ["duplicate_id story.yaml:11"],
    ],
    [
      "a party that nobody knows",
      without("about: up to a million,", "about: up to a million, parties: beta,"),
      ["unknown_party story.yaml:10"],
    ],
  ])("[STO3] %s is a problem", (_name, story, problems) => {
    expect(problemsOf(story)).toEqual(problems);
  });

  test.each([
    ["a record that is not there", without("[pledge,", "[pledges,"), ["unknown_record story.yaml:13"]],
    ["a clause that is not there", without("lab-alfa/licence", "lab-alfa/license"), ["unknown_clause story.yaml:13"]],
    [
      "a state written down",
      without("object: nothing yet", "object: nothing yet, status: runs"),
      ["unknown_key story.yaml:14"],
    ],
  ])("[STO4] %s is a problem", (_name, story, problems) => {
    expect(problemsOf(story)).toEqual(problems);
  });

  test("[STO5] what is assumed stands in the clause", () => {
    const reading = read(STORY);
    const action = reading.ok ? reading.value.script[0]?.action : undefined;
    const command =
      action?.kind === "command" && action.command.type === "recordAgreement" ? action.command : undefined;
    expect(command?.agreement.clauses[0]).toMatchObject({ id: "r1", assumed: ["window"] });
    expect(problemsOf(STORY, AGREEMENT.replace("assumed: window", "assumed: windows"))).toEqual([
      "unknown_key lab-alfa.yaml:7",
    ]);
  });
});
