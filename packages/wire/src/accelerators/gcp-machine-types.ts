import type { InstanceShape } from "./instance-shape.ts";
import { noShapes, wholeShapes } from "./instance-shape.ts";

/**
 * Accelerators of Google Cloud's accelerator-optimised machine types, which neither its price list nor its list of types states.
 *
 * @source cloud.google.com/compute/docs/accelerator-optimized-machines (A4X Max, A4X, A4, A3, A2, G4, G2) and
 * cloud.google.com/tpu/docs (ct3 to ct6e). The last part of a name gives the count for A and ct types; for G types the page does.
 */
export const GCP_MACHINE_TYPES: ReadonlyMap<string, InstanceShape> = new Map([
  ...wholeShapes("gb300-nvl72", 4, "documented", ["a4x-maxgpu-4g-metal"]),
  ...wholeShapes("gb200-nvl72", 4, "documented", ["a4x-highgpu-4g"]),
  ...wholeShapes("b200-sxm-180gb", 8, "documented", ["a4-highgpu-8g"]),
  ...wholeShapes("h200-sxm-141gb", 8, "documented", ["a3-ultragpu-8g", "a3-ultragpu-8g-nolssd"]),
  ...wholeShapes("h100-sxm-80gb", 8, "documented", [
    "a3-megagpu-8g",
    "a3-highgpu-8g",
    "a3-edgegpu-8g",
    "a3-edgegpu-8g-nolssd",
  ]),
  ...wholeShapes("h100-sxm-80gb", 4, "documented", ["a3-highgpu-4g"]),
  ...wholeShapes("h100-sxm-80gb", 2, "documented", ["a3-highgpu-2g"]),
  ...wholeShapes("h100-sxm-80gb", 1, "documented", ["a3-highgpu-1g"]),
  ...wholeShapes("a100-sxm-80gb", 1, "documented", ["a2-ultragpu-1g"]),
  ...wholeShapes("a100-sxm-80gb", 2, "documented", ["a2-ultragpu-2g"]),
  ...wholeShapes("a100-sxm-80gb", 4, "documented", ["a2-ultragpu-4g"]),
  ...wholeShapes("a100-sxm-80gb", 8, "documented", ["a2-ultragpu-8g"]),
  ...wholeShapes("a100-sxm-40gb", 1, "documented", ["a2-highgpu-1g"]),
  ...wholeShapes("a100-sxm-40gb", 2, "documented", ["a2-highgpu-2g"]),
  ...wholeShapes("a100-sxm-40gb", 4, "documented", ["a2-highgpu-4g"]),
  ...wholeShapes("a100-sxm-40gb", 8, "documented", ["a2-highgpu-8g"]),
  ...wholeShapes("a100-sxm-40gb", 16, "documented", ["a2-megagpu-16g"]),
  ...wholeShapes(
    "l4-24gb",
    1,
    "documented",
    [4, 8, 12, 16, 32].map((vcpus) => `g2-standard-${vcpus}`),
  ),
  ...wholeShapes("l4-24gb", 2, "documented", ["g2-standard-24"]),
  ...wholeShapes("l4-24gb", 4, "documented", ["g2-standard-48"]),
  ...wholeShapes("l4-24gb", 8, "documented", ["g2-standard-96"]),
  ...wholeShapes("rtx-pro-6000-96gb", 1, "documented", ["g4-standard-48"]),
  ...wholeShapes("rtx-pro-6000-96gb", 2, "documented", ["g4-standard-96"]),
  ...wholeShapes("rtx-pro-6000-96gb", 4, "documented", ["g4-standard-192"]),
  ...wholeShapes("rtx-pro-6000-96gb", 8, "documented", ["g4-standard-384"]),
  ...noShapes("fractional_accelerator", "1/8, 1/4 and 1/2 of an RTX PRO 6000 cannot be counted in whole accelerators", [
    "g4-standard-6",
    "g4-standard-12",
    "g4-standard-24",
  ]),
  ...wholeShapes("tpu-v6e", 1, "documented", ["ct6e-standard-1t"]),
  ...wholeShapes("tpu-v6e", 4, "documented", ["ct6e-standard-4t"]),
  ...wholeShapes("tpu-v6e", 8, "documented", ["ct6e-standard-8t"]),
  ...wholeShapes("tpu-v5p", 4, "documented", ["ct5p-hightpu-4t"]),
  ...wholeShapes("tpu-v5e", 1, "documented", ["ct5lp-hightpu-1t", "ct5l-hightpu-1t"]),
  ...wholeShapes("tpu-v5e", 4, "documented", ["ct5lp-hightpu-4t", "ct5l-hightpu-4t"]),
  ...wholeShapes("tpu-v5e", 8, "documented", ["ct5lp-hightpu-8t", "ct5l-hightpu-8t"]),
  ...wholeShapes("tpu-v3", 4, "documented", ["ct3-hightpu-4t", "ct3p-hightpu-4t"]),
]);

/** What a Google Cloud machine type holds; undefined for a type that the table does not have. */
export function gcpMachineType(name: string): InstanceShape | undefined {
  return GCP_MACHINE_TYPES.get(name.trim().toLowerCase());
}
