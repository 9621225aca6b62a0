import { expect, test } from "vitest";
import { receiptsOf } from "./receipts.ts";

const HASH = "9f".repeat(32);

test("receipts are read as they are pasted, and a line that is none is told", () => {
  expect(receiptsOf("")).toEqual([]);
  expect(receiptsOf(` 12:${HASH}\n3:${HASH.toUpperCase()}, `)).toEqual([
    { position: 12, hash: HASH },
    { position: 3, hash: HASH },
  ]);
  for (const wrong of ["12", `12:${HASH}0`, `-1:${HASH}`, `12:${HASH}\nfoo`]) expect(receiptsOf(wrong)).toBeUndefined();
});
