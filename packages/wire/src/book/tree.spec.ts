import { expect, test } from "vitest";
import type { SourceDocument, SourceFile } from "../source/index.ts";
import { joinBook } from "./tree.ts";

/** A file that counts how often its text is asked for from the beginning. */
function counted(name: string, text: string): SourceFile & { readonly reads: () => number } {
  let reads = 0;
  const file = { name, reads: () => reads };
  Object.defineProperty(file, "text", {
    get: () => {
      reads += 1;
      return text;
    },
  });
  return file as unknown as SourceFile & { readonly reads: () => number };
}

test("[WIR16] a file that two books share is read once, with its problems told of both", () => {
  const known = new WeakMap<SourceFile, SourceDocument>();
  const shared = counted("shared.yaml", "schema: offtake/book@1\nkeeper: lab\nkeeper: other\n");
  const first = joinBook([shared], { known });
  const reads = shared.reads();
  const second = joinBook([shared, { name: "more.yaml", text: "schema: offtake/book@1\nzone: UTC\n" }], { known });
  expect(shared.reads()).toBe(reads);
  expect(first.problems.length).toBeGreaterThan(0);
  expect(second.problems).toEqual(first.problems);
});
