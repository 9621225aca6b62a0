import { dirname, normalize } from "node:path/posix";
import type { Source } from "../sources.ts";
import { importsOf } from "./imports.ts";

/** Everything that a module runs: modules of this repository, and packages from outside. Types are gone once it runs. */
export function reachedFrom(
  start: string,
  sources: readonly Source[],
): { readonly paths: readonly string[]; readonly outside: ReadonlySet<string> } {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const paths = new Set([start]);
  const outside = new Set<string>();
  for (const path of paths) {
    const source = byPath.get(path);
    if (source === undefined) throw new Error(`${path} is not among the sources`);
    for (const { specifier = "", typeOnly } of importsOf(source)) {
      if (typeOnly) continue;
      const own = /^@offtake\/([^/]+)(?:\/(.+))?$/.exec(specifier);
      if (specifier.startsWith(".")) paths.add(normalize(`${dirname(path)}/${specifier}`));
      else if (own !== null) paths.add(`packages/${own[1]}/src/${own[2] === undefined ? "" : `${own[2]}/`}index.ts`);
      else outside.add(nameOf(specifier));
    }
  }
  return { paths: [...paths], outside };
}

const nameOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
