import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import type { Source } from "../sources.ts";
import { ROOT } from "../sources.ts";
import type { Import } from "./imports.ts";
import { importsOf } from "./imports.ts";

/** What each package may import: packages of this repository, packages from outside, and Node itself. */
interface PackageArrows {
  readonly packages: readonly string[];
  /** Undefined: whatever its own package.json lists. */
  readonly external?: readonly string[];
  readonly node: boolean;
  /** Areas that run in a browser as well, in a package that otherwise knows Node. */
  readonly nodeFree?: readonly string[];
  /** Built into files that ship: what it takes from outside are its devDependencies. */
  readonly isBuilt?: boolean;
  /** Packages that only its specs import. */
  readonly ofSpecs?: readonly string[];
  /** What one area alone imports beside: areas of other packages, as `package/area`. */
  readonly ofArea?: Readonly<Record<string, readonly string[]>>;
}

const TABLE: Readonly<Record<string, PackageArrows>> = {
  core: { packages: [], external: ["temporal-polyfill"], node: false },
  wire: { packages: ["core"], node: false },
  intake: { packages: ["core", "wire"], node: true, nodeFree: ["agreements"] },
  sim: { packages: ["core", "wire"], node: false },
  server: { packages: ["core", "wire", "store", "sim"], node: true },
  store: { packages: ["core", "wire"], node: true, nodeFree: ["log", "feeds", "memory"] },
  client: { packages: ["wire"], node: false },
  web: {
    packages: ["core", "wire", "client"],
    node: false,
    isBuilt: true,
    ofSpecs: ["server", "store", "sim"],
    ofArea: {
      // A story that runs in the page without a server: the broker itself, on stores in memory.
      demo: ["server/page", "store/log", "store/memory"],
      // It is never served, and plays a story.
      gallery: ["sim/stories"],
      // A list of agreements is read in the page, before anything is sent, by what reads it at the command line.
      importing: ["intake/agreements"],
      // An exported feed, and evidence of a notice, are checked in the page, by what checks it everywhere else.
      pages: ["store/feeds", "store/memory", "server/evidence"],
    },
  },
  cli: { packages: ["core", "wire", "intake", "sim", "store", "server", "client"], node: true },
};

/** The only area of the core that may import a package from outside. */
const CORE_EXTERNAL_AREA = "calendar";

/** The areas of the core from the bottom up: each may import those on lower rungs. */
const LADDER: readonly (readonly string[])[] = [
  ["kernel"],
  ["calendar", "scope", "capacity"],
  ["agreements", "requests"],
  ["rights", "prices", "commitments"],
  ["notices"],
  ["dates"],
  ["tenders"],
  ["awards"],
  ["book"],
  ["disclosure"],
  ["explanation"],
  ["planning"],
  ["review"],
];

/** The arrows between two areas of one rung. */
const SIDEWAYS: ReadonlySet<string> = new Set(["rights -> prices", "rights -> commitments"]);

/** What a spec or a fixture of specs may import beside what its package may: test tools, and Node where sources may not. */
const SPEC_EXTERNAL: readonly string[] = ["vitest", "fast-check", "ajv", "ical.js", "oidc-provider", "smtp-server"];

/** Every import of `source` that points where it may not, as one readable line each. */
export function wrongArrows(source: Source): string[] {
  return importsOf(source).flatMap((one) => {
    const reason = whyWrong(source.path, one);
    return reason === undefined ? [] : [`${source.path}:${one.line} imports ${one.specifier ?? "?"}: ${reason}`];
  });
}

function whyWrong(path: string, one: Import): string | undefined {
  const from = /^packages\/([^/]+)\//.exec(path)?.[1] ?? "";
  const arrows = TABLE[from];
  if (arrows === undefined) return `the package ${from} is not in the table`;
  if (one.specifier === undefined) return "the name of the module is computed";
  if (one.specifier.startsWith(".")) return whyWrongInside(path, from, one.specifier, one.typeOnly);
  const own = /^@offtake\/([^/]+)/.exec(one.specifier)?.[1];
  if (own !== undefined) return whyWrongPackage(path, from, one.specifier, arrows);
  return whyWrongExternal(path, from, one.specifier, arrows);
}

function whyWrongInside(path: string, from: string, specifier: string, typeOnly: boolean): string | undefined {
  const target = normalize(`${dirname(path)}/${specifier}`);
  if (!target.startsWith(`packages/${from}/`)) return "a relative import stays inside its package";
  return from === "core" ? whyWrongArea(path, target, typeOnly) : undefined;
}

/** A spec, or a fixture of specs. */
const isSpec = (path: string): boolean => /\.(?:spec|fixture)\.tsx?$/.test(path);

function whyWrongPackage(path: string, from: string, specifier: string, arrows: PackageArrows): string | undefined {
  const [to = ""] = specifier.slice("@offtake/".length).split("/");
  if (from === to) return "inside a package the import is relative";
  if (isSpec(path) && arrows.ofSpecs?.includes(to) === true) return undefined;
  if (arrows.ofArea?.[areaOf(path)]?.includes(specifier.slice("@offtake/".length)) === true) return undefined;
  return arrows.packages.includes(to) ? undefined : `${from} may not import ${to}`;
}

function whyWrongExternal(path: string, from: string, specifier: string, arrows: PackageArrows): string | undefined {
  const ofSpec = isSpec(path);
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (ofSpec && SPEC_EXTERNAL.includes(name)) return undefined;
  if (specifier.startsWith("node:")) {
    if (arrows.nodeFree?.includes(areaOf(path)) === true && !ofSpec) return `${areaOf(path)} runs in a browser as well`;
    return arrows.node || (ofSpec && from !== "core") ? undefined : `${from} does not know Node`;
  }
  if (!(arrows.external ?? dependenciesOf(from, arrows.isBuilt === true)).includes(name))
    return `${from} may not import the package ${name}`;
  return from === "core" && areaOf(path) !== CORE_EXTERNAL_AREA
    ? `only ${CORE_EXTERNAL_AREA} imports ${name}`
    : undefined;
}

function dependenciesOf(name: string, isBuilt: boolean): readonly string[] {
  const text = readFileSync(join(ROOT, "packages", name, "package.json"), "utf8");
  const manifest = JSON.parse(text) as Readonly<
    Record<"dependencies" | "devDependencies", Record<string, string> | undefined>
  >;
  return Object.keys((isBuilt ? manifest.devDependencies : manifest.dependencies) ?? {});
}

/** The area of a path in the sources of a package; empty outside every area. */
function areaOf(path: string): string {
  return /^packages\/[^/]+\/src\/([^/]+)\//.exec(path)?.[1] ?? "";
}

function whyWrongArea(path: string, target: string, typeOnly: boolean): string | undefined {
  const from = areaOf(path);
  const to = areaOf(target);
  if (from === to) return undefined;
  if (from === "audit") return whyWrongAudit(to, typeOnly);
  const low = rungOf(from);
  if (low === undefined) return `the area ${from} is not on the ladder`;
  if (to === "audit") {
    const judgesHistories = path.endsWith(".spec.ts") && low >= (rungOf("book") ?? 0);
    return judgesHistories ? undefined : "audit stands apart; only specs that make histories import it";
  }
  const high = rungOf(to);
  if (high === undefined) return `the area ${to} is not on the ladder`;
  if (high < low || SIDEWAYS.has(`${from} -> ${to}`)) return undefined;
  return high === low ? `${from} and ${to} stand on the same rung` : `${from} looks up to ${to}`;
}

/** The audit shares no code with what it audits: the kernel, and of the book only its types. */
function whyWrongAudit(to: string, typeOnly: boolean): string | undefined {
  if (to === "kernel" || (to === "book" && typeOnly)) return undefined;
  return "audit stands on the kernel and the types of the book only";
}

function rungOf(area: string): number | undefined {
  const rung = LADDER.findIndex((areas) => areas.includes(area));
  return rung === -1 ? undefined : rung;
}
