// `npm run generate`: writes the files of the repository that are made from its sources. With --check it writes nothing and
// fails when one of them is not what would be written.
//
// Each module tools/generate/<name>.ts makes some of them: it exports `generate(): Promise<Map<string, string>>`, from paths
// relative to the root to whole texts, or bytes.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadSource } from "./load.mjs";
import { ROOT, setUpOrExit } from "./setup.mjs";

const GENERATORS = join(ROOT, "tools/generate");

/** @returns {Promise<Map<string, string | Uint8Array>>} */
async function generateAll() {
  /** @type {Map<string, string | Uint8Array>} */
  const all = new Map();
  for (const name of existsSync(GENERATORS) ? readdirSync(GENERATORS).sort() : []) {
    if (!name.endsWith(".ts") || name.endsWith(".spec.ts")) continue;
    const { generate } = await loadSource(join(GENERATORS, name));
    if (typeof generate !== "function") throw new Error(`tools/generate/${name} exports no function generate`);
    for (const [path, text] of await generate()) {
      if (all.has(path)) throw new Error(`${path} is generated twice, the second time by tools/generate/${name}`);
      all.set(path, text);
    }
  }
  return all;
}

await setUpOrExit();
const checking = process.argv.includes("--check");
const files = await generateAll();
/** @type {string[]} */
const stale = [];
for (const [path, text] of files) {
  const target = join(ROOT, path);
  if (existsSync(target) && readFileSync(target).equals(Buffer.from(text))) continue;
  stale.push(path);
  if (checking) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
for (const path of stale) process.stdout.write(`${checking ? "not in date" : "written"}: ${path}\n`);
process.stdout.write(`${files.size} generated files, ${stale.length} ${checking ? "not in date" : "written"}\n`);
if (checking && stale.length > 0) {
  process.stdout.write("run `npm run generate` and commit what it writes\n");
  process.exitCode = 1;
}
