import { describe, expect, test } from "vitest";
import { ApiProblem, Client, followFeed } from "./index.ts";

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** A broker that answers what it is told to, in turn. */
function broker(...answers: readonly (Response | Error)[]) {
  const asked: Asked[] = [];
  const waited: number[] = [];
  const client = new Client({
    address: "https://broker.example/",
    token: () => "secret",
    party: "small/lab",
    fetch: async (url, init) => {
      const body = typeof init?.body === "string" ? init.body : undefined;
      if (typeof url !== "string") throw new TypeError("an address is expected");
      asked.push({ url, method: init?.method ?? "", headers: new Headers(init?.headers), body });
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      if (answer instanceof Error || answer === undefined) throw answer ?? new Error("nothing to answer");
      return answer.clone();
    },
    wait: async (ms) => void waited.push(ms),
  });
  return { client, asked, waited };
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json", ...headers } });
const params = { book: "small" };

describe("a call", () => {
  test("is the method, the address and the body of its operation", async () => {
    const { client, asked } = broker(json(201, { data: null, receipt: {} }, { etag: '"7"' }));
    const answer = await client.call("requestSubmit", { params, body: { accelerators: "H100" }, key: "k" });
    expect(answer).toMatchObject({ status: 201, etag: '"7"' });
    const [one] = asked;
    expect(one).toMatchObject({ method: "POST", url: "https://broker.example/v1/books/small/requests" });
    expect(one?.body).toBe('{"accelerators":"H100"}');
    expect(Object.fromEntries(one?.headers ?? [])).toMatchObject({
      authorization: "Bearer secret",
      "idempotency-key": "k",
      "offtake-party": "small/lab",
    });
  });

  test("puts into the address what needs escaping, and leaves out what is not given", async () => {
    const { client, asked } = broker(json(200, { data: [], nextCursor: null }));
    await client.call("noticeList", { params: { book: "a/b" }, query: { status: "open,closed", limit: 5 } });
    expect(asked[0]?.url).toBe("https://broker.example/v1/books/a%2Fb/notices?status=open%2Cclosed&limit=5");
  });

  test("that nobody answered is sent again under the same key, and later each time", async () => {
    const { client, asked, waited } = broker(new Error("cut"), json(503, {}), json(201, { data: null, receipt: {} }));
    await client.call("requestSubmit", { params, body: {} });
    expect(new Set(asked.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(1);
    expect(waited).toEqual([200, 400]);
  });

  test("waits as long as it is asked to", async () => {
    const { client, waited } = broker(json(429, {}, { "retry-after": "3" }), json(200, { data: [], nextCursor: null }));
    await client.call("requestList", { params });
    expect(waited).toEqual([3_000]);
  });

  test("that is refused is a problem with its code, and is not tried again", async () => {
    const refusal = {
      type: "/problems/notice_not_open",
      title: "Closed",
      status: 409,
      detail: "",
      code: "notice_not_open",
    };
    const { client, asked } = broker(json(409, refusal));
    const refused = client.call("noticeAnswer", { params: { ...params, notice: "ntc_1" }, body: { type: "refuse" } });
    await expect(refused).rejects.toThrow(ApiProblem);
    await expect(refused).rejects.toMatchObject({ code: "notice_not_open", status: 409 });
    expect(asked).toHaveLength(1);
  });

  test("that never gets through says why in the end", async () => {
    const { client, asked } = broker(new Error("cut"));
    await expect(client.call("bookList", {})).rejects.toThrow("cut");
    expect(asked).toHaveLength(5);
  });
});

test("a feed is followed behind the last entry that came, over a line that breaks", async () => {
  const entry = (position: number) => `id: ${position}\nevent: x\ndata: ${JSON.stringify({ position })}\n\n`;
  const streams = [`: hello\n\n${entry(3)}${entry(4)}`, `${entry(5)}id: 6\nda`];
  const { client, asked } = broker(
    ...streams.map((text) => new Response(text, { headers: { "content-type": "text/event-stream" } })),
  );
  const ended = new AbortController();
  const seen: number[] = [];
  for await (const { position } of followFeed(client, "small", 3, ended.signal)) {
    seen.push(position);
    if (position === 5) ended.abort();
  }
  expect(seen).toEqual([3, 4, 5]);
  expect(asked.map(({ url }) => url.split("?")[1])).toEqual(["from=3", "from=5"]);
});
