import type { AcceleratorType } from "@offtake/core/kernel";
import { ACCELERATORS, normaliseAccelerator } from "../accelerators/index.ts";
import type { ReadingContext } from "../shape/context.ts";
import type { Path } from "../source/index.ts";

/** One accelerator by any usual name, or by the id under which the book declares it. Undefined once it is reported. */
export function acceleratorType(name: string, path: Path, context: ReadingContext): AcceleratorType | undefined {
  if (context.accelerators.has(name)) return name as AcceleratorType;
  const found = normaliseAccelerator(name);
  if ("type" in found) return found.type;
  const { detail, didYouMean } = found.problem;
  context.report.add(path, "unknown_accelerator", detail, {
    expected: "an accelerator of the table, or one that the book declares",
    didYouMean,
  });
  return undefined;
}

/**
 * What a contract means by the name: a family stands for all of its forms, so that "H100" reaches every H100. A name that is
 * more exact stands for itself.
 */
export function acceleratorTypes(name: string, path: Path, context: ReadingContext): AcceleratorType[] {
  if (context.accelerators.has(name)) return [name as AcceleratorType];
  const wanted = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const family = ACCELERATORS.filter((entry) => entry.family === wanted).map((entry) => entry.type);
  if (family.length > 0) return family;
  const type = acceleratorType(name, path, context);
  return type === undefined ? [] : [type];
}
