import { request } from "node:http";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { listen } from "./listen.ts";

test("a line that is kept open after the stream on it has ended holds nothing up", async () => {
  const stopping = new AbortController();
  const app = new Hono();
  app.get("/stream", () => {
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode("data: first\n\n"));
        // As streams end a moment after the broker is told to go down.
        stopping.signal.addEventListener("abort", () => setTimeout(() => stream.close(), 100));
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  const server = await listen(app, "127.0.0.1", 0);
  let text = "";
  const ended = new Promise<void>((resolve, reject) => {
    const asked = request({
      host: server.host,
      port: server.port,
      path: "/stream",
      headers: { connection: "keep-alive" },
    });
    asked.on("response", (response) => {
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", resolve);
    });
    asked.on("error", reject);
    asked.end();
  });
  await expect.poll(() => text).toBe("data: first\n\n");
  const began = performance.now();
  stopping.abort();
  await server.drain();
  await ended;
  expect(performance.now() - began).toBeLessThan(5_000);
});
