import { existsSync, readFileSync } from "node:fs";
import { BookState, changesSince, dump, run, STATE_FORM } from "@offtake/core/book";
import { expect, test } from "vitest";
import { randomMarket } from "./market.ts";
import { FIXED_SEEDS } from "./seeds.ts";

/** Of what states and changes were made when the number was given. Written anew by `npx vitest run -u` once the number was raised. */
const GOLDEN = `${import.meta.dirname}/state-form.golden.txt`;
const MARKETS = FIXED_SEEDS.filter((_, index) => index % 24 === 0);
const LOOK_EVERY = 7;

/** Every place of a value, with the kind of what stands there; places in a list are one. */
function shapeInto(shape: Set<string>, value: unknown, path: string): void {
  if (Array.isArray(value)) {
    // A pair, such as a key and its value, has two places.
    const isPair = value.length === 2 && typeof value[0] === "string";
    for (const [index, item] of value.entries()) shapeInto(shape, item, `${path}[${isPair ? index : ""}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) shapeInto(shape, item, `${path}.${key}`);
  } else shape.add(`${path} ${value === null ? "null" : typeof value}`);
}

function shapeNow(): string {
  const shape = new Set<string>();
  for (const [seed, size] of MARKETS) {
    const state = new BookState();
    for (const [index, command] of randomMarket(seed, size).book.commands.entries()) {
      const mark = state.checkpoint();
      run(state, command);
      const changes = changesSince(state, mark);
      state.commit();
      if (changes !== undefined) {
        // What stands in tables is what stands in those of a state.
        const { tables, fields, ...rest } = JSON.parse(changes) as Record<string, object>;
        shapeInto(shape, { ...rest, tables: typeof tables, fields: typeof fields }, "changes");
      }
      if (index % LOOK_EVERY !== 0) continue;
      const { canonical, beside } = dump(state);
      shapeInto(shape, JSON.parse(canonical), "state");
      shapeInto(shape, JSON.parse(beside), "beside");
    }
  }
  return [...shape].sort().join("\n");
}

test("a state that is made of something else has another number: raise STATE_FORM in core/book/dump.ts", async () => {
  const now = `form ${STATE_FORM}\n${shapeNow()}\n`;
  const kept = existsSync(GOLDEN) ? readFileSync(GOLDEN, "utf8") : "";
  const [numbered] = kept.split("\n");
  const isOld = kept !== now && numbered === `form ${STATE_FORM}`;
  expect(isOld ? `form ${STATE_FORM} is made of something else now` : "").toBe("");
  await expect(now).toMatchFileSnapshot(GOLDEN);
});
