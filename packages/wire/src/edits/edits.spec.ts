import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAgreement } from "../agreements/index.ts";
import { formatProblem } from "../problems/index.ts";
import { clauseFromAnswers, type Drafted } from "../templates/index.ts";
import { addClause, confirmReading } from "./index.ts";

const FRAME = `schema: offtake/agreement@1
name: frame # the name
parties: { buyer: lab, provider: alfa }
effective: { from: 2026-01-01, to: 2027-12-31 }
`;

function drafted(id = "added"): Drafted {
  const made = clauseFromAnswers("ask-first", { id, window: "5 business days" });
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.value;
}

function clausesOf(text: string) {
  const parsed = parseAgreement({ name: "a.yaml", text });
  if (!parsed.ok) throw new Error(`${parsed.problems.map(formatProblem).join("\n")}\n${text}`);
  return parsed.value.agreement.clauses;
}

function added(text: string): string {
  const edited = addClause({ name: "a.yaml", text }, drafted());
  if (!edited.ok) throw new Error(edited.message);
  return edited.text;
}

const confirmed = (text: string, clause: string) => {
  const edited = confirmReading({ name: "a.yaml", text }, clause, { by: "R. Weiss: counsel", at: "2026-11-23" });
  return edited.ok ? edited.text : edited.code;
};

/** Every line of the one text stands in the other, in order. */
function keeps(before: string, after: string): boolean {
  const lines = after.split("\n");
  let from = 0;
  return before.split("\n").every((line) => {
    const at = lines.indexOf(line, from);
    from = at + 1;
    return line === "" || at >= 0;
  });
}

const SHAPES: readonly (readonly [what: string, text: string, clauses: readonly string[]])[] = [
  ["no clauses", FRAME, ["added"]],
  ["no clauses and no line break at the end", FRAME.trimEnd(), ["added"]],
  ["an empty list", `${FRAME}clauses: [] # none yet\n`, ["added"]],
  ["nothing after the key", `${FRAME}clauses:\n`, ["added"]],
  ["nothing after the key, and a comment", `${FRAME}clauses: # to come\n`, ["added"]],
  ["keys after an empty list", `${FRAME}clauses: []\ntitle: Frame\n`, ["added"]],
  ["one entry", `${FRAME}clauses:\n  - id: r1 # one\n    kind: match\n`, ["r1", "added"]],
  [
    "a list that is not indented",
    `${FRAME}clauses:\n- id: r1\n  kind: match\n  # of the entry\n# of the file\n`,
    ["r1", "added"],
  ],
  ["keys after the list", `${FRAME}clauses:\n  - id: r1\n    kind: match # last\n\ntitle: Frame\n`, ["r1", "added"]],
  [
    "an entry that ends with a text of several lines",
    `${FRAME}clauses:\n  - id: r1\n    kind: match\n    text: |\n      4.2 One\n      Two\ntitle: Frame\n`,
    ["r1", "added"],
  ],
  [
    "entries in braces",
    `${FRAME}clauses:\n  - { id: r1, kind: match }\n  - { id: r2, kind: consent } # two\n`,
    ["r1", "r2", "added"],
  ],
  [
    "all in brackets",
    `${FRAME}clauses: [{ id: r1, kind: match }, { id: r2, kind: consent }]\ntitle: Frame\n`,
    ["r1", "r2", "added"],
  ],
];

describe("adding a clause", () => {
  test.each(SHAPES)("[EDT1] %s", (_what, text, ids) => {
    const after = added(text);
    expect(clausesOf(after).map(({ id }) => id)).toEqual(ids);
    for (const comment of text.match(/#[^\n]*/g) ?? []) expect(after).toContain(comment);
  });

  test("[EDT1] all lines that were there are there, in order", () => {
    const kept = SHAPES.filter(([, text]) => !text.includes("clauses: [") && !keeps(text, added(text)));
    expect(kept.map(([what]) => what)).toEqual([]);
  });

  test("[EDT1] lines end as those of the file do", () => {
    const text = added(`${FRAME}clauses:\n  - { id: r1, kind: match }\n`.replaceAll("\n", "\r\n"));
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(clausesOf(text)).toHaveLength(2);
  });

  test("[EDT2] an id that is there, an agreement in braces, a book without such an agreement are refused", () => {
    const refused = (text: string, name?: string) => {
      const edited = addClause({ name: "a.yaml", text }, drafted(), name);
      return edited.ok ? "" : edited.code;
    };
    expect(refused(`${FRAME}clauses: [{ id: added, kind: match }]\n`)).toBe("duplicate_id");
    expect(refused("{ schema: offtake/agreement@1, name: x }")).toBe("not_supported");
    const book =
      "schema: offtake/book@1\nagreements:\n  - { file: x.yaml }\n  - name: one\n    clauses: []\n  - name: two\n";
    expect(refused(book)).toBe("ambiguous_reference");
    expect(refused(book, "three")).toBe("unknown_agreement");
    expect(refused(book, "two")).toBe("");
  });

  test("[EDT1] an agreement that stands in a book gets it", () => {
    const book =
      "agreements:\n  - name: one\n    clauses:\n      - id: r1\n        kind: match\n  - name: two # second\n";
    const edited = addClause({ name: "b.yaml", text: book }, drafted(), "one");
    expect(edited.ok && edited.text.replace(/ {6}- id: added[\s\S]*?\n(?= {2}- name)/, "").replace("\n\n", "\n")).toBe(
      book,
    );
  });
});

describe("confirming a reading", () => {
  test.each(SHAPES.filter(([, , ids]) => ids.includes("r1")))("[EDT3] %s", (_what, text) => {
    const once = confirmed(text, "r1");
    expect(clausesOf(once).find(({ id }) => id === "r1")?.reading).toEqual({
      by: "R. Weiss: counsel",
      at: "2026-11-23",
    });
    expect(once.length - text.length).toBeLessThan(80);
    expect(confirmed(once, "r1")).toBe(once);
  });

  test("[EDT3] a reading that is there is replaced, however it is written", () => {
    for (const there of [
      "reading: { by: A, at: 2026-01-01 } # first",
      "reading:\n      by: A\n      at: 2026-01-01\n    rank: 7",
    ]) {
      const text = `${FRAME}clauses:\n  - id: r1\n    kind: match\n    ${there}\ntitle: Frame\n`;
      const after = confirmed(text, "r1");
      expect(clausesOf(after)[0]?.reading?.by).toBe("R. Weiss: counsel");
      expect(after).toContain(there.includes("#") ? "# first" : "rank: 7");
    }
  });

  test("[EDT2] a clause that is not there is refused", () => {
    expect(confirmed(`${FRAME}clauses: [{ id: r1, kind: match }]\n`, "r2")).toBe("unknown_clause");
  });

  test("[EDT3] any name is written so that it is read as it was", () => {
    const text = `${FRAME}clauses:\n  - id: r1\n    kind: match\n`;
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 30, unit: "grapheme-ascii" }).filter((by) => by.trim() !== ""),
        (by) => {
          const edited = confirmReading({ name: "a.yaml", text }, "r1", { by, at: "2026-11-23" });
          expect(edited.ok && clausesOf(edited.text)[0]?.reading?.by).toBe(by);
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });
});
