import { describe, expect, test } from "vitest";
import { believe, unreachable } from "./brand.ts";
import { failure, type Result, success } from "./result.ts";

describe("beliefs", () => {
  test("[KER27] a belief that holds says nothing; a broken one throws and names itself", () => {
    expect(() => believe(true, "held is never above capacity")).not.toThrow();
    expect(() => believe(false, "held is never above capacity")).toThrow(
      /^Broken belief: held is never above capacity$/,
    );
  });

  test.each([
    [{ type: "noticeEaten" }, "noticeEaten"],
    ["sideways", "sideways"],
    [7, "7"],
    [{}, "an object without a type"],
    [null, "an object without a type"],
    [undefined, "undefined"],
  ])("[KER27] the case %o that no branch handles is named", (value, name) => {
    expect(() => unreachable(value as never)).toThrow(`Unhandled case: ${name}`);
  });

  test("[KER28] success and failure are told apart by ok", () => {
    const read = (text: string): Result<number, "not_a_count"> =>
      /^\d+$/.test(text) ? success(Number(text)) : failure("not_a_count", `"${text}" is no count.`);
    expect(read("12")).toEqual({ ok: true, value: 12 });
    expect(read("x")).toEqual({ ok: false, problem: { code: "not_a_count", detail: '"x" is no count.' } });
  });
});
