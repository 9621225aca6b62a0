import { expect, test } from "vitest";
import { fuzzSmallBook } from "./small-book.fixture.ts";

test("calls made of the document, right and wrong, are answered, and never with a fault of ours", async () => {
  const { statuses, failures, reached } = await fuzzSmallBook("fuzz 1", 3_000);
  expect(failures).toEqual([]);
  expect(statuses.get(422) ?? 0).toBeGreaterThan(100);
  expect(statuses.get(404) ?? 0).toBeGreaterThan(100);
  // Half of those that this world serves: people, files and what reaches out of the broker need a database, and are not there.
  expect(reached.size).toBeGreaterThan(45);
}, 60_000);
