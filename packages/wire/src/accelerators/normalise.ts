import type { AcceleratorType } from "@offtake/core/kernel";
import { azureSize } from "./azure-sizes.ts";
import { gcpMachineType } from "./gcp-machine-types.ts";
import type { Accelerator, AcceleratorForm } from "./types.ts";
import { ACCELERATORS } from "./types.ts";

export type AcceleratorProblemCode =
  | "accelerator_missing"
  | "accelerator_name_too_long"
  | "unknown_accelerator"
  | "no_such_variant"
  | "several_accelerators"
  | "fractional_accelerator"
  | "unknown_accelerator_count"
  | "not_an_accelerator";

export interface AcceleratorProblem {
  readonly code: AcceleratorProblemCode;
  readonly detail: string;
  /** Canonical ids that were near, nearest first, at most three. */
  readonly didYouMean: readonly AcceleratorType[];
}

export type NormalisedAccelerator =
  /** `note` says what was assumed; it is absent where the text left nothing open. */
  { readonly type: AcceleratorType; readonly note?: string } | { readonly problem: AcceleratorProblem };

export interface AcceleratorHint {
  /** Memory of one accelerator in GiB, as stated beside the name: decides between the forms of a family. */
  readonly memoryGib?: number;
}

const NAME_CHARS_MAX = 128;

/** Stated memory differs from the marketed figure by what error correction and the host keep back. */
const MEMORY_TOLERANCE = 0.1;

/** Words that say who makes it or what it is, and nothing about which one. */
const NOISE: ReadonlySet<string> = new Set(
  "nvidia amd aws google intel tesla instinct gpu gpus accelerator tensor core infiniband".split(" "),
);

/** What people write beside a family to name its form. */
const FORM_WORDS: ReadonlyMap<string, AcceleratorForm> = new Map([
  ...["sxm", "sxm2", "sxm3", "sxm4", "sxm5", "sxm6", "hgx"].map((word) => [word, "sxm"] as const),
  ["pcie", "pcie"],
  ["nvl", "nvl"],
  ["nvl72", "rack"],
  ["oam", "oam"],
]);

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[®™]/g, "")
    .replace(/(\d) +(gb|gib)\b/g, "$1$2")
    .replace(/\b([a-z]{1,2}\d{2,3})(sxm\d?|pcie|nvl)\b/g, "$1 $2")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && !NOISE.has(word))
    .map((word) => word.replace(/^(\d+)gib$/, "$1gb"));
}

/** The same for every order and spacing of the same words. */
const keyOf = (words: readonly string[]): string => [...new Set(words)].sort().join(" ");

const BY_NAME: ReadonlyMap<string, Accelerator> = new Map(
  ACCELERATORS.flatMap((entry) =>
    [entry.type as string, ...entry.aliases].map((name) => [keyOf(wordsOf(name)), entry] as const),
  ),
);

const problem = (
  code: AcceleratorProblemCode,
  detail: string,
  didYouMean: readonly AcceleratorType[] = [],
): NormalisedAccelerator => ({ problem: { code, detail, didYouMean } });

/**
 * The one place where a name of an accelerator, as lists and people write it, becomes a canonical type.
 *
 * Takes canonical ids, marketing names, short names (`H100`), names of Azure sizes and of Google Cloud machine types. A short
 * name that several types share becomes its family's default, the form that nodes of eight carry, with a note that says so; a
 * stated memory decides first. Nothing near is ever taken instead: an unknown name is a problem with suggestions.
 */
export function normaliseAccelerator(text: string, hint: AcceleratorHint = {}): NormalisedAccelerator {
  const name = text.trim();
  if (name === "") return problem("accelerator_missing", "no accelerator is named");
  if (name.length > NAME_CHARS_MAX) {
    return problem("accelerator_name_too_long", `a name of an accelerator has at most ${NAME_CHARS_MAX} characters`);
  }
  const shape = azureSize(name) ?? gcpMachineType(name);
  if (shape !== undefined) {
    if (shape.kind === "none") return problem(shape.code, `${name}: ${shape.detail}`);
    return { type: shape.type, note: `${name} is a node with ${shape.count} of ${shape.type}` };
  }
  if (/[|;]/.test(name)) return problem("several_accelerators", `${name} names several accelerators: write one`);
  const words = wordsOf(name);
  const exact = BY_NAME.get(keyOf(words));
  if (exact !== undefined) return withinMemory(name, [exact], hint);
  return byFamily(name, words, hint);
}

function byFamily(name: string, words: readonly string[], hint: AcceleratorHint): NormalisedAccelerator {
  const families = [...new Set(ACCELERATORS.map((entry) => entry.family).filter((family) => words.includes(family)))];
  const [family] = families;
  if (family === undefined) return problem("unknown_accelerator", `no accelerator is called ${name}`, nearest(words));
  if (families.length > 1) return problem("several_accelerators", `${name} names several accelerators: write one`);
  const members = ACCELERATORS.filter((entry) => entry.family === family);
  let fitting = members;
  for (const word of words) {
    if (word === family) continue;
    const form = FORM_WORDS.get(word);
    const memory = /^(\d{1,4})gb$/.exec(word)?.[1];
    if (form !== undefined) fitting = fitting.filter((entry) => entry.form === form);
    else if (memory !== undefined) fitting = fitting.filter((entry) => entry.memoryGb === Number(memory));
    else return problem("unknown_accelerator", `${name}: "${word}" says nothing about ${family}`, typesOf(members));
  }
  if (fitting.length === 0) return problem("no_such_variant", `there is no ${name}`, typesOf(members));
  return withinMemory(name, fitting, hint);
}

/** Of the candidates, those whose memory is as stated; then the default of what is left. */
function withinMemory(name: string, candidates: readonly Accelerator[], hint: AcceleratorHint): NormalisedAccelerator {
  const stated = hint.memoryGib;
  const fitting = candidates.filter(
    (entry) =>
      stated === undefined ||
      entry.memoryGb === 0 ||
      Math.abs(stated - entry.memoryGb) <= entry.memoryGb * MEMORY_TOLERANCE,
  );
  const chosen = fitting.find((entry) => entry.isDefault) ?? fitting[0];
  if (chosen === undefined) {
    return problem("no_such_variant", `there is no ${name} with ${stated} GiB`, typesOf(candidates));
  }
  const others = typesOf(fitting.filter((entry) => entry !== chosen));
  if (others.length === 0) return { type: chosen.type };
  return { type: chosen.type, note: `${name} is read as ${chosen.type}; it could also be ${others.join(", ")}` };
}

function typesOf(entries: readonly Accelerator[]): AcceleratorType[] {
  return entries.slice(0, 3).map((entry) => entry.type);
}

/** Defaults of the families that differ from some word by two keystrokes (one for the shortest), nearest first. */
function nearest(words: readonly string[]): AcceleratorType[] {
  const scored = ACCELERATORS.filter((entry) => entry.isDefault).map((entry) => ({
    type: entry.type,
    distance: Math.min(...words.slice(0, 8).map((word) => editDistance(word.slice(0, 16), entry.family))),
    distanceMax: entry.family.length <= 3 ? 1 : 2,
  }));
  return scored
    .filter(({ distance, distanceMax }) => distance <= distanceMax)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ type }) => type);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
