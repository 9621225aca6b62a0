import { expect, test } from "vitest";
import { NO_WISH, requestOf, wishProblems } from "./wish.ts";

const wish = { ...NO_WISH, count: 4_096, block: 4, from: "2026-05-01", cap: "2.60" };

test("what is filled in is the request that a file would say", () => {
  expect(wishProblems(wish).size).toBe(0);
  expect(requestOf({ ...wish, regions: "us-*, eu-west-1" }, "USD")).toEqual({
    schema: "offtake/request@1",
    accelerators: "h100-sxm-80gb",
    count: 4_096,
    block: 4,
    regions: ["us-*", "eu-west-1"],
    window: { from: "2026-05-01", for: "90 days" },
    purpose: "training",
    cap: "2.60 USD/h",
  });
  expect(requestOf({ ...wish, id: "spring", regions: "", purpose: "", cap: "" }, "USD")).not.toHaveProperty("cap");
});

test("what cannot be sent is told at its field, with what would do", () => {
  const wrong = wishProblems({ ...wish, count: 2_500, block: 8, from: "May", days: 0, cap: "cheap", id: "a b" });
  expect(wrong.get("count")).toBe("A multiple of 8: 2496 or 2504.");
  expect([...wrong.keys()].toSorted()).toEqual(["cap", "count", "days", "from", "id"]);
});
