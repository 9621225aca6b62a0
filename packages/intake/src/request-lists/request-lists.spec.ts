import { describe, expect, test } from "vitest";
import { isRequestList, readRequestTable } from "./index.ts";

const rowsOf = (name: string, text: string) => {
  const table = readRequestTable({ name, text });
  return table.ok
    ? {
        columns: table.value.columns,
        rows: table.value.rows.map(({ line, cells }) => [line, Object.fromEntries(cells)]),
      }
    : table.problem;
};

describe("a list of requests as a file", () => {
  test("[INT35] is told by its ending", () => {
    expect(["a.csv", "b/A.CSV", "c.ndjson", "d.jsonl", "e.yaml", "past"].map(isRequestList)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("[INT35] separated values keep their lines, blank cells are left out", () => {
    expect(rowsOf("past.csv", "id,request,purpose\r\nr1,H100:8,\r\n\r\nr2, H100:16 ,training\n")).toEqual({
      columns: ["id", "request", "purpose"],
      rows: [
        [2, { id: "r1", request: "H100:8" }],
        [4, { id: "r2", request: "H100:16", purpose: "training" }],
      ],
    });
  });

  test("[INT35] one object a line: numbers, lists and objects become what stands in a cell", () => {
    const text = `{"id":"r1","request":"H100:8","region":["us-east","us-west"],"answers":{"harbor":"refuse"},"cap":null}\n\n{"id":"r2","count":8}\n`;
    expect(rowsOf("past.ndjson", text)).toEqual({
      columns: ["id", "request", "region", "answers", "count"],
      rows: [
        [1, { id: "r1", request: "H100:8", region: "us-east us-west", answers: "harbor: refuse" }],
        [3, { id: "r2", count: "8" }],
      ],
    });
  });

  test.each([
    ["past.csv", "", "empty_file", undefined],
    ["past.csv", "a,b\n1,2,3\n", "malformed_csv", 2],
    ["past.csv", "a,a\n1,2\n", "duplicate_column", 1],
    ["past.ndjson", "{}\n[1]\n", "malformed_json", 2],
    ["past.ndjson", '{"a": {"b": {"c": 1}}}\n', "malformed_json", 1],
    ["past.ndjson", '{"a": true}\n', "malformed_json", 1],
    ["past.ndjson", "{'a': 1}\n", "malformed_json", 1],
    ["past.ndjson", `{"a": "${"x".repeat(40_000)}"}\n`, "record_too_long", 1],
    ["past.jsonl", "\0", "not_text", undefined],
  ])("[INT35] %s with %o is refused with %s", (name, text, code, line) => {
    expect(rowsOf(name, text)).toMatchObject({ code, file: name, ...(line === undefined ? {} : { line }) });
  });
});
