export { azureSize } from "./azure-sizes.ts";
export { gcpMachineType } from "./gcp-machine-types.ts";
export type { InstanceShape } from "./instance-shape.ts";
export type {
  AcceleratorHint,
  AcceleratorProblem,
  AcceleratorProblemCode,
  NormalisedAccelerator,
} from "./normalise.ts";
export { normaliseAccelerator } from "./normalise.ts";
export type { Accelerator, AcceleratorForm } from "./types.ts";
export { ACCELERATORS, acceleratorOf } from "./types.ts";
