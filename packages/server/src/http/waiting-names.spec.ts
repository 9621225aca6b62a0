import { afterAll, beforeAll, expect, test } from "vitest";
import { openKept } from "./kept.fixture.ts";
import { servedBook } from "./world.fixture.ts";

let kept: Awaited<ReturnType<typeof openKept>>;
let served: Awaited<ReturnType<typeof servedBook>>;
beforeAll(async () => {
  kept = await openKept("small");
  served = await servedBook({}, { database: kept.database });
});
afterAll(async () => {
  await served.close();
  await kept.close();
});

const WHY = "Grace Lin of the desk asked for it";
const body = { status: "suspended", why: WHY };

test("what waits for an approval is kept without its names and words, and these are erased with the others", async () => {
  const { call } = served;
  await served.send("PUT", "/approval-rules/four-eyes", { body: { kinds: ["agreement"], roles: ["legal"] } });
  const seen = await call("GET", "/agreements/lab-meridian");
  const suspends = { body, key: "held", headers: { "if-match": seen.headers.get("etag") ?? "" } };
  const held = await call("POST", "/agreements/lab-meridian/status", suspends);
  expect(held.status).toBe(202);
  const { rows } = await kept.database.pool.query<{ act: string; on_given: string }>(
    "select act::text, on_given from approvals",
  );
  expect(rows).toHaveLength(1);
  const [{ act, on_given } = { act: "", on_given: "" }] = rows;
  const [reference = ""] = /txt_[0-9a-f]{40}/.exec(on_given) ?? [];
  expect(reference).not.toBe("");
  expect(act).toContain(reference);
  expect(act + on_given).not.toContain("Grace");
  const told = async () => JSON.stringify((await call("GET", "/approvals")).body);
  expect(await told()).toContain(WHY);
  expect((await call("POST", "/agreements/lab-meridian/status", suspends)).body).toEqual(held.body);
  const erased = await served.send("DELETE", `/texts/${reference}`);
  expect(erased.status).toBe(204);
  expect(await told()).not.toContain("Grace");
  expect(await told()).toContain("[erased]");
});
