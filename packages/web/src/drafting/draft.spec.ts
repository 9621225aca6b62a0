import { parseAgreement } from "@offtake/wire/agreements";
import { describe, expect, test } from "vitest";
import { type Draft, draftOf } from "./draft.ts";
import { TEMPLATES } from "./index.ts";

const HEAD = { agreement: "lab-meridian", buyer: "lab", provider: "meridian", from: "2026-01-01", to: "2030-12-31" };
/** The least that each template must be told, from its own examples. */
const least = (name: string): Record<string, string> =>
  Object.fromEntries(
    (TEMPLATES.find((one) => one.name === name)?.questions ?? [])
      .filter(({ id, required, when }) => (required || id === "amount") && when === undefined)
      .map(({ id, examples, choices }) => [id, examples[0] ?? choices?.[0]?.value ?? ""]),
  );

const draft = (clauses: Draft["clauses"], head: Draft["head"] = HEAD): Draft => ({ head, clauses });

describe("an agreement from a form", () => {
  test.each(TEMPLATES.map(({ name }) => name))("with a clause of the template %s is a file that is valid", (name) => {
    const { text, wrong } = draftOf(draft([{ template: name, answers: least(name) }]));
    expect(wrong).toEqual([]);
    const parsed = parseAgreement({ name: "a.yaml", text: text ?? "" }, { zone: "UTC" as never });
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });

  test("says who compared a clause with the contract, and only of that clause", () => {
    const reading = { by: "A. Counsel", at: "2026-02-03" };
    const { text = "" } = draftOf(
      draft([
        { template: "ask-first", answers: { ...least("ask-first"), id: "one" }, reading },
        { template: "exclusive", answers: { ...least("exclusive"), id: "two" } },
      ]),
    );
    const parsed = parseAgreement({ name: "a.yaml", text }, { zone: "UTC" as never });
    expect(
      parsed.ok
        ? parsed.value.agreement.clauses.map((clause) => ("reading" in clause ? clause.reading : undefined))
        : parsed.problems,
    ).toEqual([reading, undefined]);
  });

  test("tells what is missing or cannot be read, at its question", () => {
    const { wrong, text } = draftOf(
      draft([{ template: "ask-first", answers: { ...least("ask-first"), window: "soon" } }], { ...HEAD, buyer: "" }),
    );
    expect(text).toBeUndefined();
    expect(wrong.map(({ clause, question }) => [clause, question])).toEqual([
      [undefined, "buyer"],
      [0, "window"],
    ]);
  });

  test("forgets what is not asked any more", () => {
    const head = { ...HEAD, renewal: "none", "renewal-notice": "90 days" };
    expect(draftOf(draft([{ template: "ask-first", answers: least("ask-first") }], head)).wrong).toEqual([]);
  });
});
