import { expect, test } from "vitest";
import { servedBook } from "../http/world.fixture.ts";
import { believing, isNetwork } from "./proxies.ts";

const clientOf = believing(["10.0.0.0/8", "127.0.0.1", "fd00::/8"]);

test.each([
  ["203.0.113.9", "198.51.100.7", "203.0.113.9", "nobody is believed who is no proxy"],
  ["10.1.2.3", undefined, "10.1.2.3", "a proxy that says nothing"],
  ["10.1.2.3", "198.51.100.7", "198.51.100.7", "whom the proxy was called by"],
  ["10.1.2.3", "6.6.6.6, 198.51.100.7", "198.51.100.7", "what the caller itself put in front is not read"],
  ["10.1.2.3", "198.51.100.7, 10.9.9.9", "198.51.100.7", "through two proxies"],
  ["10.1.2.3", "10.8.8.8, 10.9.9.9", "10.8.8.8", "a caller inside the house"],
  ["10.1.2.3", "198.51.100.7, rubbish", "10.1.2.3", "what is no address ends it"],
  ["::ffff:127.0.0.1", " 198.51.100.7:4711 ", "198.51.100.7", "IPv4 in an IPv6 socket, with a port"],
  ["fd12::1", "[2001:db8::5]:443", "2001:db8::5", "IPv6"],
  ["unknown", "198.51.100.7", "unknown", "a connection of which nothing is known"],
])("%s says %s: %s, %s", (connection, forwarded, client, _why) => {
  expect(clientOf(connection, forwarded)).toBe(client);
});

test("without networks nobody is believed", () => {
  expect(believing([])("127.0.0.1", "198.51.100.7")).toBe("127.0.0.1");
});

test.each([
  ["10.0.0.0/8", true],
  ["127.0.0.1", true],
  ["fd00::/8", true],
  ["10.0.0.0/33", false],
  ["10.0.0.0/", false],
  ["proxy.example", false],
  ["", false],
  ["10.0.0.0/8/8", false],
])("%s is a network: %s", (text, is) => {
  expect(isNetwork(text)).toBe(is);
});

test("calls without an account are counted where they come from, behind a proxy that is believed", async () => {
  const clientOf = (_: string, forwarded: string | undefined): string =>
    believing(["127.0.0.1"])("127.0.0.1", forwarded);
  const served = await servedBook({ clientOf, callsPerSecond: 1 });
  const status = async (from: string): Promise<number> =>
    (await served.app.request("/v1/login", { method: "POST", headers: { "x-forwarded-for": from } })).status;
  const tries = [];
  for (let n = 0; n < 6; n += 1) tries.push(await status("198.51.100.7"));
  expect(tries.slice(4)).toEqual([429, 429]);
  expect(tries.slice(0, 4)).not.toContain(429);
  expect(await status("6.6.6.6, 198.51.100.7")).toBe(429);
  expect(await status("198.51.100.8")).not.toBe(429);
  await served.close();
});
