import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answered, servedBook } from "./world.fixture.ts";

const served = await servedBook();
afterAll(() => served.close());
const { call } = served;

const rows = ({ body }: Answered) => body["data"] as Record<string, unknown>[];
const desk = { as: "meridian" } as const;

/** Two requests, as two months of one would be: a notice each. */
let notices: readonly string[] = [];
beforeAll(async () => {
  await call("DELETE", "/standing-answers/takes-what-it-can", desk);
  await call("DELETE", "/offers/list");
  for (const [id, from] of [
    ["may", "2036-05-01"],
    ["june", "2036-06-01"],
  ]) {
    const body = {
      id,
      accelerators: "H100",
      count: 96,
      regions: "us",
      window: { from, for: "30 days" },
      purpose: "inference",
      cap: "3 USD/h",
      unfilled: "keep",
    };
    await call("POST", "/requests", { body });
  }
  const open = rows(await call("GET", "/notices?status=open", desk)) as unknown as readonly {
    readonly id: string;
    readonly view: { readonly notice: { readonly terms: { readonly window: { readonly from: string } } } };
  }[];
  const startOf = ({ view }: (typeof open)[number]): string => view.notice.terms.window.from;
  notices = open.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1)).map(({ id }) => id);
});

const verdicts = async (): Promise<string[][]> =>
  Promise.all(
    notices.map(async (id) => {
      const { data } = (await call("GET", `/notices/${id}`, desk)).body as unknown as {
        readonly data: { readonly view: { readonly answers: readonly { readonly verdict: string }[] } };
      };
      return data.view.answers.map(({ verdict }) => verdict);
    }),
  );

const answer = (answers: readonly object[], key: string) =>
  call("POST", "/notices/answers", { ...desk, body: { answers }, key });

test("where one of several answers is wrong, none is given, and its place is named", async () => {
  const [may, june] = notices;
  const unknown = await answer(
    [
      { notice: may, type: "accept", count: 64 },
      { notice: "ntc_none", type: "refuse" },
    ],
    "a",
  );
  expect([unknown.status, unknown.body["code"]]).toEqual([404, "not_found"]);
  const twice = await answer(
    [
      { notice: may, type: "refuse" },
      { notice: may, type: "refuse" },
    ],
    "b",
  );
  expect(twice.body).toMatchObject({ code: "duplicate_id", errors: [{ pointer: "/answers/1/notice" }] });
  const odd = await answer(
    [
      { notice: may, type: "accept", count: 64 },
      { notice: june, type: "refuse", count: 8 },
    ],
    "c",
  );
  expect(odd.body).toMatchObject({ code: "conflicting_keys", errors: [{ pointer: "/answers/1/count" }] });
  expect(
    (await call("POST", "/notices/answers", { as: "northlight", body: { answers: [{ notice: may, type: "refuse" }] } }))
      .status,
  ).toBe(404);
  expect(notices).toHaveLength(2);
  expect(await verdicts()).toEqual([[], []]);
});

test("several notices are answered in one call, each by itself; sent again it is answered alike", async () => {
  const [may, june] = notices;
  const both = [
    { notice: may, type: "accept", count: 64, blocks: ["m1"] },
    { notice: june, type: "refuse", reason: "full" },
  ];
  const given = await answer(both, "both");
  expect(given.body).toMatchObject({
    data: [
      {
        data: { id: may, view: { answers: [{ verdict: "binding", answer: { count: 64 } }] } },
        receipt: { party: "meridian" },
      },
      { data: { id: june, view: { answers: [{ verdict: "refusal" }] } } },
    ],
  });
  expect((await answer(both, "both")).body).toEqual(given.body);
  expect(await verdicts()).toEqual([["binding"], ["refusal"]]);
});

test("one that changes nothing says so beside its receipt, and the others count", async () => {
  const late = await answer([{ notice: notices[0], type: "accept", count: 96, blocks: ["m1"] }], "late");
  expect(late.status).toBe(200);
  expect(late.body).toMatchObject({
    data: [{ problem: { code: "answer_already_binding" }, receipt: { party: "meridian" } }],
  });
  expect(await verdicts()).toEqual([["binding", "ignored"], ["refusal"]]);
});
