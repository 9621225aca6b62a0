import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Broker, type BrokerOptions, newLog, startBroker } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "offtake-broker-"));
const running: Broker[] = [];
afterAll(async () => {
  for (const broker of running) await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(more: Partial<BrokerOptions> = {}): Promise<Broker> {
  const broker = await startBroker({
    data: { folder },
    listen: { host: "127.0.0.1", port: 0 },
    log: newLog("silent"),
    ...more,
  });
  running.push(broker);
  return broker;
}

describe("a broker on a database of its own", () => {
  test("serves, tells others where it is, and can be started again where it was", async () => {
    const broker = await start();
    expect((await fetch(`${broker.address}/readyz`)).status).toBe(200);
    await expect(start()).rejects.toMatchObject({
      code: "embedded_in_use",
      message: expect.stringContaining(broker.address),
    });
    const port = Number(new URL(broker.address).port);
    const other = mkdtempSync(join(tmpdir(), "offtake-broker-"));
    await expect(start({ data: { folder: other }, listen: { host: "127.0.0.1", port } })).rejects.toMatchObject({
      code: "port_taken",
    });
    rmSync(other, { recursive: true, force: true });
    await broker.close();
    await expect(fetch(`${broker.address}/healthz`)).rejects.toThrow("fetch failed");
    expect((await fetch(`${(await start()).address}/healthz`)).status).toBe(200);
  }, 60_000);
});

test("a database that is away is told with its place and without its password", async () => {
  const url = "postgres://somebody:hidden@127.0.0.1:1/offtake";
  const started = start({ data: { url } });
  await expect(started).rejects.toMatchObject({ code: "database_unreachable" });
  await expect(started).rejects.toThrow("127.0.0.1:1/offtake");
  await expect(started).rejects.not.toThrow("hidden");
});
