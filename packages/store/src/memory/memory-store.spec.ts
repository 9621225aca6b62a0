import type { Instant } from "@offtake/core/kernel";
import { expect, test } from "vitest";
import { behavesAsLogStore, newBook, record } from "../log/suite.fixture.ts";
import { hash } from "../postgres/hash.ts";
import { MemoryStore } from "./memory-store.ts";
import { sha256 } from "./sha256.ts";

behavesAsLogStore("in memory", () => Promise.resolve({ store: new MemoryStore({ clock: () => Date.now() }) }));

test("a batch that slept longer than the bound is refused, and decides again", async () => {
  let now = 1_000_000;
  const store = new MemoryStore({ clock: () => now });
  const book = await newBook(store);
  const turn = await store.takeTurn(book, 0);
  now += 5_001;
  expect(await turn.append([record(turn, "late")])).toEqual({ outcome: "too_late" });
  const again = await store.takeTurn(book, 0);
  now += 5_000;
  expect((await again.append([record(again, "in time")])).outcome).toBe("appended");
});

test("a clock that goes back does not take the stamps along", async () => {
  let now = 1_000_000;
  const store = new MemoryStore({ clock: () => now });
  const book = await newBook(store);
  const turn = await store.takeTurn(book, 0);
  await turn.append([record(turn, "a")]);
  now -= 10_000;
  expect((await store.takeTurn(book, 0)).tail.stamp).toBe(1_000_000 as Instant);
});

test("the hash of the browser is that of the server", () => {
  for (const text of ["", "a", "é漢😀", "x".repeat(10_000), "\ud800"]) expect(sha256(text)).toBe(hash(text));
});
