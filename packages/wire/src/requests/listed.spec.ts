import { formatInstant } from "@offtake/core/kernel";
import type { ZoneId } from "@offtake/core/calendar";
import { describe, expect, test } from "vitest";
import { checkRequestColumns, parseRequestRows, type RequestRow } from "./listed.ts";

const options = {
  buyer: "lab",
  zone: "America/New_York" as ZoneId,
  names: { party: new Set(["lab", "harbor", "ridge"]) },
};

const row = (cells: Record<string, string>, line = 2): RequestRow => ({ line, cells: new Map(Object.entries(cells)) });
const WISH = { request: "H100:512/8", from: "2026-03-01", for: "90d", region: "us-east us-west", purpose: "training" };

const read = (...rows: RequestRow[]) => parseRequestRows("past.csv", rows, options);
const problemsOf = (...rows: RequestRow[]) => {
  const result = read(...rows);
  return result.ok ? [] : result.problems.map(({ line, path, code }) => `${line} ${path} ${code}`);
};

describe("a list of requests", () => {
  test("[WIR50] reads a line with its own time and what was answered", () => {
    const result = read(row({ ...WISH, id: "r1", at: "2026-01-12", answers: "harbor: refuse; ridge: accept 256" }));
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const [one] = result.value;
    expect(one?.request).toMatchObject({
      id: "r1",
      buyer: "lab",
      lines: [{ count: 512, blockSize: 8, regions: ["us-east", "us-west"] }],
    });
    expect(formatInstant(one?.request.lines[0]?.window.from ?? (0 as never))).toBe("2026-03-01T05:00:00Z");
    expect(formatInstant(one?.at ?? (0 as never))).toBe("2026-01-12T05:00:00Z");
    expect([...(one?.answers ?? [])].map(([party, { type, count }]) => [party, type, count])).toEqual([
      ["harbor", "refuse", undefined],
      ["ridge", "accept", 256],
    ]);
  });

  test("[WIR50] takes an accelerator and a count in place of the one-line form, and names a line without an id after its number", () => {
    const result = read(
      row({ accelerators: "H100", count: "64", from: "2026-03-01", to: "2026-03-31", cap: "2.60 USD/h" }, 7),
    );
    expect(result).toMatchObject({ ok: true, value: [{ request: { id: "line-7", lines: [{ count: 64 }] } }] });
    expect(result.ok && "at" in (result.value[0] ?? {})).toBe(false);
  });

  test("[WIR50] silence is an answer that says nothing", () => {
    const result = read(row({ ...WISH, answers: "harbor: silent" }));
    expect(result.ok && result.value[0]?.answers.size).toBe(0);
  });

  test.each([
    [{ ...WISH, request: "H100" }, "2 request malformed"],
    [{ request: "H100:512" }, "2 from missing_key"],
    [{ ...WISH, from: "1.3.2026" }, "2 from bad_time"],
    [{ ...WISH, answers: "harbor maybe" }, "2 answers malformed"],
    [{ ...WISH, answers: "harbour: refuse" }, "2 answers unknown_party"],
    [{ ...WISH, buyer: "nobody" }, "2 buyer unknown_party"],
    [{ ...WISH, at: "yesterday" }, "2 at bad_time"],
    [{ ...WISH, cap: "$3" }, "2 cap wrong_unit"],
    [{ ...WISH, to: "2026-05-01" }, "2 for conflicting_keys"],
  ])("[WIR51] tells what is wrong with %o", (cells, problem) => {
    expect(problemsOf(row(cells))).toContain(problem);
  });

  test("[WIR51] two lines of one id are told with both places; nothing is taken of a list with a mistake", () => {
    expect(problemsOf(row({ ...WISH, id: "r1" }), row({ ...WISH, id: "r1" }, 3))).toEqual(["3 id duplicate_id"]);
    expect(read(row(WISH), row({ ...WISH, from: "soon" }, 3)).ok).toBe(false);
  });

  test("[WIR51] tells fifty problems at most", () => {
    expect(
      problemsOf(...Array.from({ length: 500 }, (_, index) => row({ request: "nothing" }, index + 2))),
    ).toHaveLength(50);
  });

  test("[WIR51] columns that mean nothing are refused, with the one that was meant", () => {
    expect(checkRequestColumns("past.csv", ["request", "reigon"])).toMatchObject([
      { code: "unknown_key", line: 1, didYouMean: ["region"] },
    ]);
    expect(checkRequestColumns("past.csv", ["from", "for"])).toMatchObject([{ code: "missing_key", path: "request" }]);
    expect(checkRequestColumns("past.csv", ["request", "at"])).toEqual([]);
  });
});
