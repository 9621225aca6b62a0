import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { goldenSamples, recordSamples } from "../../packages/wire/src/codecs/index.ts";
import { ROOT } from "../sources.ts";

/**
 * Samples of every type that the log stores, one file for each version that there has been, and of records as they are packed. A file that is there is never
 * rewritten: what has once been stored must stay readable. A type that changes gets a new version, an upcaster and a new file.
 */
export function generate(): Promise<Map<string, string>> {
  const files = [...goldenSamples(), recordSamples()].map(({ name, samples }) => {
    const path = `packages/wire/golden/${name}.json`;
    const target = join(ROOT, path);
    const text = `[\n${samples.map((sample) => `  ${JSON.stringify(sample)}`).join(",\n")}\n]\n`;
    return [path, existsSync(target) ? readFileSync(target, "utf8") : text] as const;
  });
  return Promise.resolve(new Map(files));
}
