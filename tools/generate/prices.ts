import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printedBy } from "../stories/printed.ts";

/** Pictures of list prices that pages show, from the lists that ship. */
const PICTURES = [
  ["docs/how-to/pictures/h100-list-prices.svg", ["prices", "H100", "--terms", "all"]],
  ["docs/how-to/pictures/h200-list-prices.svg", ["prices", "H200", "--terms", "all"]],
] as const;

export async function generate(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "offtake-pictures-"));
  const files = new Map<string, string>();
  try {
    for (const [path, args] of PICTURES) {
      const file = join(folder, "picture.svg");
      await printedBy([...args, "--svg", file]);
      files.set(path, readFileSync(file, "utf8"));
    }
    return files;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
