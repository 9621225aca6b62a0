import { describe, expect, test } from "vitest";
import { codesText, codeText, statusText } from "./codes.ts";

describe("words of codes", () => {
  test("[EXP22] a status is a word beside a thing, a reason a phrase, and what follows a colon is said after it", () => {
    expect(["awarded_part", "part_accepted", "expired"].map(statusText)).toEqual([
      "awarded in part",
      "accepted in part",
      "expired",
    ]);
    expect(codeText("expired")).toBe("it has ended");
    expect(codeText("not_a_match:start_date")).toBe("it does not equal the offer: start date");
    expect(codesText(["late", "not_a_multiple"])).toBe("late, not a multiple of what may be taken");
  });

  test("[EXP18] a code that has no phrase is told by its own words", () => {
    expect([codeText("of_a_newer_broker"), statusText("of_a_newer_broker")]).toEqual([
      "of a newer broker",
      "of a newer broker",
    ]);
  });
});
