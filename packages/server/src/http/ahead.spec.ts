import { planFile } from "@offtake/wire/plans";
import { afterAll, describe, expect, test } from "vitest";
import { type Answered, servedBook } from "./world.fixture.ts";

const served = await servedBook({ wallClock: () => Date.UTC(2036, 0, 2, 12) });
afterAll(() => served.close());
const { call } = served;

const WISH = {
  id: "r1",
  accelerators: "H100",
  count: 96,
  regions: "us",
  window: { from: "2036-02-04", for: "7 days" },
  purpose: "inference",
  cap: "3 USD/h",
  unfilled: "close",
};
const YEAR = "from=2036-01-01T00:00:00Z&to=2037-01-01T00:00:00Z";

interface Block {
  readonly block: string;
  readonly lowestFree: number;
  readonly calendar: readonly { readonly from: string; readonly to: string; readonly free: number }[];
}
interface Dated {
  readonly kind: string;
  readonly own: boolean;
  readonly agreement: string;
}

const codeOf = ({ status, body }: Answered): string => `${status} ${String(body["code"])}`;
const data = <Value>({ status, body }: Answered): Value => {
  expect([status, body["code"]]).toEqual([200, undefined]);
  return body["data"] as Value;
};
const blocks = async (as: string) =>
  data<{ readonly blocks: readonly Block[]; readonly free: readonly Record<string, unknown>[] }>(
    await call("GET", `/capacity?${YEAR}`, { as }),
  );

describe("a plan", () => {
  test("tells the keeper who is asked first, when, and what would be awarded, and leaves nothing behind", async () => {
    const before = await call("GET", "/feed?limit=1000");
    const plan = data<{ readonly requests: readonly Record<string, unknown>[] }>(
      await call("POST", "/requests/plan?leadDays=3", { body: WISH }),
    );
    expect(planFile.safeParse(plan)).toMatchObject({ success: true });
    expect(plan).toMatchObject({ schema: "offtake/plan@1", changes: true, at: "2036-01-02T12:00:00Z" });
    const [only] = plan.requests;
    expect(only).toMatchObject({
      request: "r1",
      wanted: 96,
      asked: [{ holder: "meridian", count: 96, clause: "first" }],
      times: { leadDays: 3, slackDays: expect.any(Number) as number },
    });
    expect(only?.["sources"]).toEqual(expect.arrayContaining([expect.objectContaining({ provider: "northlight" })]));
    expect((await call("GET", "/feed?limit=1000")).body).toEqual(before.body);
    expect((await call("GET", "/requests/r1")).status).toBe(404);
  });

  test("does not rest on what a holder has answered in advance: the keeper is not told of it", async () => {
    // In the book Meridian takes what it can by a standing answer, and the rest is awarded at once.
    const plan = data<{
      readonly requests: readonly { readonly awarded: number; readonly asked: readonly unknown[] }[];
    }>(
      await call("POST", "/requests/plan?alternatives=false", { text: "H100:96@us 2036-03-04+7d", type: "text/plain" }),
    );
    expect(plan.requests[0]?.asked).toMatchObject([{ holder: "meridian", answeredInAdvance: false }]);
  });

  test("takes a wish without a time, and says what it took for it", async () => {
    const plan = data<{ readonly requests: readonly Record<string, unknown>[] }>(
      await call("POST", "/requests/plan", { text: "H100:96@us", type: "text/plain" }),
    );
    expect(plan.requests[0]?.["assumed"]).toContain("90 days, beginning 30 days from now");
  });

  test("is refused as a document is, and to everybody but the keeper", async () => {
    expect(codeOf(await call("POST", "/requests/plan", { body: { ...WISH, count: 0 } }))).toContain("422 ");
    expect(codeOf(await call("POST", "/requests/plan", { as: "meridian", body: WISH }))).toBe("403 keepers_alone");
  });
});

describe("dates", () => {
  const dates = async (as: string, more = "") =>
    data<{ readonly dates: readonly Dated[] }>(await call("GET", `/dates?${YEAR}${more}`, { as })).dates;

  test("are those of one's own agreements, with what silence means and who looks after them", async () => {
    const file = {
      name: "a.yaml",
      text: `schema: offtake/agreement@1
name: lab-northlight
title: Frame
parties: { buyer: lab, provider: northlight }
owner: R. Weiss
effective: { from: 2036-01-01, to: 2036-06-30 }
renewal: { kind: automatic, term: 12 months, notice: 60 days }
clauses: []
`,
    };
    const planned = await call("POST", "/agreements/plan", { body: { files: [file] } });
    const applied = await call("POST", "/agreements/apply", {
      body: { files: [file] },
      headers: { "if-match": planned.headers.get("etag") ?? "" },
    });
    expect(codeOf(applied)).toBe("200 undefined");
    const mine = await dates("lab");
    expect(mine).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          agreement: "lab-northlight",
          kind: "last-notice",
          owner: "R. Weiss",
          silence: expect.any(String) as string,
        }),
      ]),
    );
    const theirs = await dates("northlight");
    expect(theirs.map(({ kind }) => kind)).toEqual(
      mine.filter((one) => one.agreement === "lab-northlight").map(({ kind }) => kind),
    );
    expect(JSON.stringify(theirs)).not.toContain("Weiss");
    expect(await dates("meridian")).toEqual([]);
    expect((await dates("lab", "&owner=r.%20weiss")).length).toBe(theirs.length);
    expect(await dates("lab", "&owner=-")).toEqual(mine.filter((one) => one.agreement !== "lab-northlight"));
  });

  test("are asked for a time that has a length", async () => {
    const wrong = "/dates?from=2036-01-01T00:00:00Z&to=2036-01-01T00:00:00Z";
    expect(codeOf(await call("GET", wrong))).toBe("400 parameter_malformed");
  });
});

describe("capacity", () => {
  test("is what is free of every block over time, for the keeper; of their own for others", async () => {
    const before = await blocks("lab");
    expect(before.blocks.map(({ block, lowestFree }) => [block, lowestFree])).toEqual([
      ["m1", 64],
      ["n1", 256],
    ]);
    expect(before.free).toMatchObject([
      { region: "us", calendar: [{ from: "2036-01-01T00:00:00Z", to: "2037-01-01T00:00:00Z", free: 320 }] },
    ]);
    expect((await call("POST", "/requests", { body: WISH })).status).toBe(201);
    const after = await blocks("lab");
    expect(after.blocks.map(({ block, lowestFree }) => [block, lowestFree])).toEqual([
      ["m1", 0],
      ["n1", 224],
    ]);
    expect(after.blocks[0]?.calendar.map(({ free }) => free)).toEqual([64, 0, 64]);
    for (const [party, block] of [
      ["meridian", after.blocks[0]],
      ["northlight", after.blocks[1]],
    ] as const)
      expect((await blocks(party)).blocks).toEqual([block]);
    const none = await call("GET", `/capacity?${YEAR}&accelerator=b200`);
    expect(data(none)).toMatchObject({ blocks: [], free: [] });
  });
});

describe("a plan of agreements", () => {
  const carved = (version: number, more = "") => ({
    name: "a.yaml",
    text: `schema: offtake/agreement@1
name: lab-meridian
version: ${version}
title: Meridian is asked first
parties: { buyer: lab, provider: meridian }
effective: { from: 2036-01-01, to: 2040-12-31 }
holidays: us-federal
${more}clauses:
  - { id: first, kind: first-refusal, scope: { accelerators: [B200] }, window: 5 business days, partial: { allowed: true, block: 8 } }
`,
  });
  const plan = async (file: unknown, as = "lab") =>
    data<Record<string, unknown>>(await call("POST", "/agreements/plan", { as, body: { files: [file] } }));

  test("tells what becomes of what is open, and leaves it as it is", async () => {
    await call("DELETE", "/standing-answers/takes-what-it-can", { as: "meridian" });
    const open = { ...WISH, id: "r-open", window: { from: "2036-05-04", for: "7 days" }, unfilled: "keep" };
    expect((await call("POST", "/requests", { body: open })).status).toBe(201);
    const both = "appliesToOpenNotices: { signedBy: [lab, meridian] }\n";
    expect(await plan(carved(2, both))).toMatchObject({
      change: 1,
      consequences: {
        summary: "1 open request changes resolution; 1 notice that is out ends otherwise",
        open: 1,
        complete: true,
        changed: [{ request: "r-open", lastDeadline: { before: expect.any(String) as string } }],
        notices: [{ holder: "meridian", before: "lapsed", after: "withdrawn" }],
      },
    });
    expect(data(await call("GET", "/requests/r-open"))).toMatchObject({ status: "open" });
    expect(await plan(carved(2))).toMatchObject({
      consequences: { summary: "none of 1 open request changes resolution", changed: [] },
    });
  });

  test("tells what the book would not take, and others nothing of what is open", async () => {
    const planned = await call("POST", "/agreements/plan", { body: { files: [carved(1)] } });
    expect(planned).toMatchObject({ status: 409, body: { code: "duplicate_id", type: "/problems/duplicate_id" } });
    expect(planned.headers.get("content-type")).toBe("application/problem+json");
    expect(planned.headers.get("etag")).toBeNull();
    expect(Object.keys(await plan(carved(2), "meridian")).sort()).toEqual(["add", "agreements", "change", "parties"]);
  });
});
