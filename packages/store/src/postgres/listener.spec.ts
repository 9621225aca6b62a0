import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Listener } from "./listener.ts";

test("one attempt follows another while the database is away, and never two", async () => {
  let attempts = 0;
  const server = createServer((socket: Socket) => {
    attempts += 1;
    socket.on("error", () => {});
    socket.destroy();
  });
  await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
  const { port } = server.address() as AddressInfo;
  const listener = new Listener(`postgresql://nobody@127.0.0.1:${port}/none`);
  await expect(listener.listen("growth", () => {})).rejects.toThrow(/terminated|closed|ECONN/);
  await sleep(3_500);
  await listener.close();
  const heard = attempts;
  await sleep(1_500);
  server.close();
  expect(heard).toBeGreaterThan(1);
  expect(heard).toBeLessThanOrEqual(4);
  expect(attempts).toBe(heard);
});
