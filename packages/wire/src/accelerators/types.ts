import type { AcceleratorType } from "@offtake/core/kernel";

/** How the chip is built in. `none` where there is only one form, so that nobody writes it. */
export type AcceleratorForm = "sxm" | "pcie" | "nvl" | "rack" | "oam" | "none";

/** One kind of chip, as the whole product names it. */
export interface Accelerator {
  /** The canonical id, such as `h100-sxm-80gb`. */
  readonly type: AcceleratorType;
  readonly maker: "NVIDIA" | "AMD" | "AWS" | "Google" | "Intel";
  /** What people say for short: `h100`. Several types may share it. */
  readonly family: string;
  readonly form: AcceleratorForm;
  /** Memory of one accelerator as its maker markets it, whole gigabytes. 0 where the maker states none per chip. */
  readonly memoryGb: number;
  /** Further spellings that mean exactly this type. */
  readonly aliases: readonly string[];
  /** Set on the type that a short name means when nothing else is said. One per family. */
  readonly isDefault: boolean;
}

type Row = readonly [
  type: string,
  family: string,
  form: AcceleratorForm,
  memoryGb: number,
  aliases?: readonly string[],
];

/** The first row of a family is its default. */
const NVIDIA: readonly Row[] = [
  ["gb300-nvl72", "gb300", "rack", 288],
  ["gb200-nvl72", "gb200", "rack", 186],
  ["b300-sxm-288gb", "b300", "sxm", 288, ["HGX B300"]],
  ["b200-sxm-180gb", "b200", "sxm", 180, ["HGX B200", "B200-192GB"]],
  ["gh200-96gb", "gh200", "none", 96],
  ["gh200-144gb", "gh200", "none", 144],
  ["h200-sxm-141gb", "h200", "sxm", 141, ["HGX H200", "H200 141GB HBM3e"]],
  ["h200-nvl-141gb", "h200", "nvl", 141],
  ["h100-sxm-80gb", "h100", "sxm", 80, ["HGX H100", "H100 80GB HBM3", "H100-MEGA-80GB"]],
  ["h100-pcie-80gb", "h100", "pcie", 80, ["H100 PCIe"]],
  ["h100-nvl-94gb", "h100", "nvl", 94],
  ["h20-sxm-96gb", "h20", "sxm", 96],
  ["a100-sxm-80gb", "a100", "sxm", 80, ["HGX A100"]],
  ["a100-sxm-40gb", "a100", "sxm", 40],
  ["a100-pcie-80gb", "a100", "pcie", 80],
  ["a100-pcie-40gb", "a100", "pcie", 40],
  ["l40s-48gb", "l40s", "none", 48],
  ["l40-48gb", "l40", "none", 48],
  ["l4-24gb", "l4", "none", 24],
  ["a10-24gb", "a10", "none", 24],
  ["a10g-24gb", "a10g", "none", 24],
  ["a40-48gb", "a40", "none", 48],
  ["t4-16gb", "t4", "none", 16],
  ["t4g-16gb", "t4g", "none", 16],
  ["v100-sxm-16gb", "v100", "sxm", 16],
  ["v100-sxm-32gb", "v100", "sxm", 32],
  ["v100-pcie-16gb", "v100", "pcie", 16],
  ["v100-pcie-32gb", "v100", "pcie", 32],
  ["p100-16gb", "p100", "none", 16],
  ["p40-24gb", "p40", "none", 24],
  ["m60-8gb", "m60", "none", 8],
  ["k80-12gb", "k80", "none", 12],
  [
    "rtx-pro-6000-96gb",
    "rtxpro6000",
    "none",
    96,
    [
      "RTX PRO 6000",
      "RTX PRO 6000 Blackwell",
      "RTX PRO 6000 Blackwell Server Edition",
      "RTX PRO Server 6000",
      "RTXPRO6000BSE",
    ],
  ],
  ["rtx-pro-4500-32gb", "rtxpro4500", "none", 32, ["RTX PRO 4500"]],
];

const AMD: readonly Row[] = [
  ["mi355x-288gb", "mi355x", "oam", 288],
  ["mi350x-288gb", "mi350x", "oam", 288],
  ["mi325x-256gb", "mi325x", "oam", 256],
  ["mi300x-192gb", "mi300x", "oam", 192],
  ["mi250x-128gb", "mi250x", "oam", 128],
  ["mi25-16gb", "mi25", "none", 16],
  ["radeon-pro-v520-8gb", "v520", "none", 8, ["Radeon Pro V520"]],
  ["radeon-pro-v620-32gb", "v620", "none", 32, ["Radeon Pro V620"]],
  ["radeon-pro-v710-24gb", "v710", "none", 24, ["Radeon Pro V710"]],
];

/** Chips of the makers that sell them only as a service: memory per chip is not part of the name. */
const AWS: readonly Row[] = [
  ["trainium3", "trainium3", "none", 0, ["Trn3"]],
  ["trainium2", "trainium2", "none", 0, ["Trn2"]],
  ["trainium1", "trainium", "none", 0, ["Trn1"]],
  ["inferentia2", "inferentia2", "none", 0, ["Inf2"]],
  ["inferentia1", "inferentia", "none", 0, ["Inf1"]],
];

const GOOGLE: readonly Row[] = [
  ["tpu-v7", "ironwood", "none", 0, ["TPU7x", "Ironwood TPU"]],
  ["tpu-v6e", "trillium", "none", 0, ["TPU v6e", "Trillium TPU"]],
  ["tpu-v5p", "tpuv5p", "none", 0, ["TPU v5p"]],
  ["tpu-v5e", "tpuv5e", "none", 0, ["TPU v5e", "TPU v5 lite", "TPU v5litepod"]],
  ["tpu-v4", "tpuv4", "none", 0, ["TPU v4"]],
  ["tpu-v3", "tpuv3", "none", 0, ["TPU v3"]],
];

const INTEL: readonly Row[] = [
  ["gaudi3-128gb", "gaudi3", "oam", 128],
  ["gaudi2-96gb", "gaudi2", "oam", 96],
  ["gaudi1-32gb", "gaudi", "oam", 32],
];

function rowsOf(maker: Accelerator["maker"], rows: readonly Row[]): Accelerator[] {
  const seen = new Set<string>();
  return rows.map(([type, family, form, memoryGb, aliases = []]) => {
    const isDefault = !seen.has(family);
    seen.add(family);
    return { type: type as AcceleratorType, maker, family, form, memoryGb, aliases, isDefault };
  });
}

/**
 * Every accelerator the product knows, newest first within its maker.
 *
 * The count of an M60 or a K80 is of chips: a card carries two.
 */
export const ACCELERATORS: readonly Accelerator[] = [
  ...rowsOf("NVIDIA", NVIDIA),
  ...rowsOf("AMD", AMD),
  ...rowsOf("AWS", AWS),
  ...rowsOf("Google", GOOGLE),
  ...rowsOf("Intel", INTEL),
];

const BY_TYPE: ReadonlyMap<string, Accelerator> = new Map(ACCELERATORS.map((entry) => [entry.type as string, entry]));

/** The table's entry for a canonical id; undefined for anything else, aliases included. */
export function acceleratorOf(type: string): Accelerator | undefined {
  return BY_TYPE.get(type);
}
