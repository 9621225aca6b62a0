import { expect, test } from "vitest";
import { fileRoutes } from "../resources/files.ts";
import { postRoutes } from "../resources/post.ts";
import { taskRoutes } from "../resources/tasks.ts";
import { tellingRoutes } from "../resources/telling.ts";
import { ROUTES } from "../routes.ts";
import { fuzzSmallBook, fuzzWholeBook } from "./small-book.fixture.ts";

test("calls made of the document, right and wrong, are answered, and never with a fault of ours", async () => {
  const { statuses, failures, reached } = await fuzzSmallBook("fuzz 1", 3_000);
  expect(failures).toEqual([]);
  expect(statuses.get(422) ?? 0).toBeGreaterThan(100);
  expect(statuses.get(404) ?? 0).toBeGreaterThan(100);
  // What reaches out of the broker needs a database, which this world has not: there it is all as if it were not there.
  const outward = [...postRoutes, ...fileRoutes, ...tellingRoutes, ...taskRoutes].length;
  expect(reached.size).toBeGreaterThan((ROUTES.length - outward) / 2);
});

test("the same with all that a database keeps and that reaches out of the broker", async () => {
  const { statuses, failures, reached } = await fuzzWholeBook("fuzz whole", 2_000);
  expect(failures).toEqual([]);
  expect(statuses.get(204) ?? 0).toBeGreaterThan(3);
  expect(reached.size).toBeGreaterThan(ROUTES.length * 0.65);
  const outward = [...postRoutes, ...fileRoutes, ...tellingRoutes, ...taskRoutes];
  expect(outward.filter(({ operation }) => reached.has(operation.id)).length).toBeGreaterThan(outward.length / 3);
}, 120_000);
