import { afterAll, beforeAll, expect, test } from "vitest";
import { openKept } from "./kept.fixture.ts";
import { type Answered, servedBook } from "./world.fixture.ts";

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

const desk = { as: "meridian" } as const;
const data = <Data>({ body }: Answered) => body["data"] as Data;

const known = new Set<string>();

/** A request of as many lines of 8 for ten days, and the open notices of its holder: 8 x 240 hours at 3 USD are 5,760 USD each. */
async function asked(id: string, ...days: readonly string[]): Promise<readonly string[]> {
  const line = { accelerators: "H100", count: 8, regions: "us", purpose: "inference", cap: "3 USD/h" };
  const lines = days.map((from) => ({ ...line, window: { from, for: "10 days" } }));
  const made = await served.call("POST", "/requests", { body: { id, lines, unfilled: "keep" } });
  expect([made.status, made.body["errors"]]).toEqual([201, undefined]);
  const open = data<{ id: string }[]>(await served.call("GET", "/notices?status=open", desk)).map((one) => one.id);
  const its = open.filter((notice) => !known.has(notice));
  for (const notice of its) known.add(notice);
  return its;
}

const accepted = (notices: readonly string[], key: string) =>
  served.call("POST", "/notices/answers", {
    ...desk,
    key,
    body: { answers: notices.map((notice) => ({ notice, type: "accept", count: 8 })) },
  });

test("notices of one request are one approval, of the sum of them, and those of another request another", async () => {
  await served.call("DELETE", "/standing-answers/takes-what-it-can", desk);
  await served.call("DELETE", "/offers/list");
  const rule = { kinds: ["answer"], roles: ["legal"], from: "11520 USD" };
  const made = await served.send("PUT", "/approval-rules/large", { ...desk, body: rule });
  expect(made.status).toBeLessThan(300);
  const may = await asked("may", "2036-05-01", "2036-06-01");
  const july = await asked("july", "2036-07-01");
  expect([may.length, july.length]).toEqual([2, 1]);
  const held = await accepted([...may, ...july], "all");
  expect(held.status).toBe(202);
  const waits = data<{ subject: string; act: Record<string, unknown> }[]>(await served.call("GET", "/approvals", desk));
  expect(waits.map(({ act }) => [act["amount"], act["notices"], act["acceptances"]])).toEqual(
    expect.arrayContaining([
      ["11520.00 USD", 2, 2],
      ["5760.00 USD", undefined, undefined],
    ]),
  );
  expect(waits).toHaveLength(2);
  const [first, second] = may;
  expect(waits.map(({ act }) => act["answers"])).toContain(`accept 8 (${first}), accept 8 (${second})`);
  const { rows } = await kept.database.pool.query<{ on_given: string }>("select on_given from approvals");
  expect(
    rows.map(({ on_given }) => may.filter((notice) => on_given.includes(notice)).length).toSorted((a, b) => a - b),
  ).toEqual([0, 2]);
});

test("given at once they are one decision with one receipt", async () => {
  const autumn = await asked("autumn", "2036-09-01", "2036-10-01");
  await served.send("DELETE", "/approval-rules/large", desk);
  const given = await accepted(autumn, "autumn");
  expect(given.status).toBe(200);
  const done = data<{ receipt: object; data: { view: { answers: { verdict: string }[] } } }[]>(given);
  expect(done.map((one) => one.data.view.answers.map(({ verdict }) => verdict))).toEqual([["binding"], ["binding"]]);
  expect(done[0]?.receipt).toEqual(done[1]?.receipt);
});
