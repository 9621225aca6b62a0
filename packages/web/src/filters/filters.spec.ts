import fc from "fast-check";
import { expect, test } from "vitest";
import { filtersOfSearch, filtersToSearch, passes, toggled } from "./filters.ts";

test("filters come back from the address as they were", () => {
  const values = fc.uniqueArray(
    fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom("a", "b", ",", "\\", " ") }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("status", "agreement", "region"), values), (filters) => {
      expect(filtersOfSearch(filtersToSearch(filters), ["status", "agreement", "region"])).toEqual({ ...filters });
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("what the list does not have, and what is no text, is left out", () => {
  expect(filtersOfSearch({ status: "open,held", other: "x", agreement: { a: 1 } }, ["status", "agreement"])).toEqual({
    status: ["open", "held"],
  });
  expect(filtersOfSearch({ version: 2 }, ["version"])).toEqual({ version: ["2"] });
  expect(filtersToSearch({ status: [] })).toEqual({});
});

test("a value is taken up and let go", () => {
  const once = toggled({}, "status", "open");
  expect(once).toEqual({ status: ["open"] });
  expect(toggled(toggled(once, "status", "held"), "status", "open")).toEqual({ status: ["held"] });
  expect(toggled(once, "status", "open")).toEqual({});
});

test("each field must have one of its values", () => {
  const row: Readonly<Record<string, string | readonly string[]>> = { status: "open", regions: ["us", "eu"] };
  const valueOf = (field: string) => row[field];
  expect(passes({}, valueOf)).toBe(true);
  expect(passes({ status: ["open", "held"], regions: ["eu"] }, valueOf)).toBe(true);
  expect(passes({ status: ["open"], regions: ["ap"] }, valueOf)).toBe(false);
  expect(passes({ owner: ["me"] }, valueOf)).toBe(false);
});
