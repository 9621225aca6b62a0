import { expect, test } from "vitest";
import { ROUTES } from "../routes.ts";
import { fuzzSmallBook } from "./small-book.fixture.ts";

test("calls made of the document, right and wrong, are answered, and never with a fault of ours", async () => {
  const { statuses, failures, reached } = await fuzzSmallBook("fuzz 1", 3_000);
  expect(failures).toEqual([]);
  expect(statuses.get(422) ?? 0).toBeGreaterThan(100);
  expect(statuses.get(404) ?? 0).toBeGreaterThan(100);
  expect(reached.size).toBeGreaterThan(ROUTES.length / 3);
}, 60_000);
