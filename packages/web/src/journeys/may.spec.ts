import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { operationIdOf, ROUTES } from "@offtake/server/http";
import { PERMISSIONS } from "@offtake/server/people";
import { expect, test } from "vitest";
import { BY_ROLES, mayCall, rolesFor, whyNotCall } from "../app/may.ts";

const CONSOLE = fileURLToPath(new URL("../", import.meta.url));
/** Every operation of the broker, with the roles that it serves; undefined where that is everybody who is logged in. */
const SERVED = new Map(
  ROUTES.map(({ operation }) => {
    const allowed = PERMISSIONS[operation.id];
    const roles = typeof allowed === "string" ? undefined : allowed;
    // Where a route does not ask what was granted, an auditor finds nothing.
    return [operationIdOf(operation), roles?.filter((role) => role !== "auditor" || operation.granted === true)];
  }),
);

const CALLS = /useReading\(|useList\(|reading\(|\.call\(|\.send\(|operation="|mayCall\(/;

/** Every operation that a page calls or leads to, by its name in the source. */
function called(): readonly string[] {
  const files = readdirSync(CONSOLE, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.spec|\.fixture|^journeys|^gallery|^app.may\.ts$/.test(name))
    .map((name) => readFileSync(join(CONSOLE, name), "utf8"));
  const words = files
    .filter((text) => CALLS.test(text))
    .flatMap((text) => text.match(/(?<=")[a-z]+[A-Z]\w+(?=")/g) ?? []);
  return [...new Set(words.filter((word) => SERVED.has(word)))];
}

test("what a role may call is what the broker says, for all that a page calls", () => {
  const operations = called();
  expect(operations.length).toBeGreaterThan(50);
  for (const operation of operations)
    expect([operation, rolesFor(operation)?.toSorted()]).toEqual([operation, SERVED.get(operation)?.toSorted()]);
});

test("nothing stands in the table that no page calls", () => {
  const operations = called();
  const listed = BY_ROLES.flatMap(([, names]) => names.split(" "));
  expect(listed.filter((name) => !operations.some((one) => one.startsWith(name)))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test("who may not is told whose it is", () => {
  expect(mayCall(["finance"], "requestSubmit")).toBe(false);
  expect(whyNotCall(["finance"], "requestSubmit")).toBe("This is for the role procurement, engineer or provider-desk");
  expect(whyNotCall(["legal", "finance"], "agreementConfirm")).toBe(undefined);
  expect(whyNotCall(["legal"], "evidenceExportOfRequest")).toBe(undefined);
  expect(whyNotCall(["auditor"], "evidenceExportOfRequest")).toMatch(/procurement, provider-desk or legal$/);
  expect(whyNotCall([], "bookList")).toBe(undefined);
});
