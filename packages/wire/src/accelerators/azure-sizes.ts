import type { InstanceShape } from "./instance-shape.ts";
import { noShapes, wholeShapes } from "./instance-shape.ts";

/** `NC24ads_A100_v4` for `Standard_NC24ads_A100_v4`: the table leaves the word out. */
const bare = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^standard_/, "");

const PART_OF_ONE = "a size that holds a part of one accelerator cannot be counted in whole accelerators";

/**
 * Accelerators of Azure's N sizes, which no price list states.
 *
 * @source Azure's pages on GPU accelerated sizes (learn.microsoft.com/azure/virtual-machines/sizes/gpu-accelerated, sources in
 * GitHub MicrosoftDocs/azure-compute-docs, `articles/virtual-machines/sizes/gpu-accelerated`), table "Accelerators" of each series:
 * nd-gb200-v6, nd-h200-v5, ndh100v5, ndmi300xv5, ndma100v4, ndasra100v4, ndv2, ncadsh100v5, nccadsh100v5, nca100v4, ncv3, ncast4v3,
 * nvadsa10v5, nvadsv710-v5, ngadsv620, nvv3, nvv4, nv, nc-rtxpro6000-bse-v6 (the 144 and 288 sizes: its overview, which maps the
 * preview's 128 and 256 to them). ND40s_v2: the preview's page, eight V100 with 16 GB. Naming rules: vm-naming-conventions (i isolated,
 * r RDMA, s premium storage, f flat ratio; flex and noIB say the same of the network).
 */
export const AZURE_SIZES: ReadonlyMap<string, InstanceShape> = new Map([
  ...wholeShapes("gb200-nvl72", 4, "documented", ["ND128isr_NDR_GB200_v6"]),
  ...wholeShapes("gb200-nvl72", 4, "naming", ["ND128isrf_NDR_GB200_v6"]),
  ...wholeShapes("gb300-nvl72", 4, "documented", ["ND128isr_GB300_v6"]),
  ...wholeShapes("h200-sxm-141gb", 8, "documented", ["ND96isr_H200_v5"]),
  ...wholeShapes("h200-sxm-141gb", 8, "naming", ["ND96is_H200_v5", "ND96isrf_H200_v5"]),
  ...wholeShapes("h100-sxm-80gb", 8, "documented", ["ND96isr_H100_v5"]),
  ...wholeShapes("h100-sxm-80gb", 8, "naming", [
    "ND96is_H100_v5",
    "ND96is_flex_H100_v5",
    "ND96is_noIB_H100_v5",
    "ND96isf_H100_v5",
    "ND96isrf_H100_v5",
  ]),
  ...wholeShapes("h100-nvl-94gb", 1, "documented", ["NC40ads_H100_v5", "NCC40ads_H100_v5"]),
  ...wholeShapes("h100-nvl-94gb", 2, "documented", ["NC80adis_H100_v5"]),
  ...wholeShapes("a100-sxm-80gb", 8, "documented", ["ND96amsr_A100_v4"]),
  ...wholeShapes("a100-sxm-80gb", 8, "naming", ["ND96ams_A100_v4"]),
  ...wholeShapes("a100-sxm-40gb", 8, "documented", ["ND96asr_v4"]),
  ...wholeShapes("a100-sxm-40gb", 8, "naming", ["ND96asr_A100_v4"]),
  ...wholeShapes("a100-pcie-80gb", 1, "documented", ["NC24ads_A100_v4"]),
  ...wholeShapes("a100-pcie-80gb", 2, "documented", ["NC48ads_A100_v4"]),
  ...wholeShapes("a100-pcie-80gb", 4, "documented", ["NC96ads_A100_v4"]),
  ...wholeShapes("mi300x-192gb", 8, "documented", ["ND96isr_MI300X_v5"]),
  ...wholeShapes("mi300x-192gb", 8, "naming", ["ND96is_MI300X_v5"]),
  ...wholeShapes("v100-sxm-32gb", 8, "documented", ["ND40rs_v2"]),
  ...wholeShapes("v100-sxm-16gb", 8, "documented", ["ND40s_v2"]),
  ...wholeShapes("v100-pcie-16gb", 1, "documented", ["NC6s_v3"]),
  ...wholeShapes("v100-pcie-16gb", 2, "documented", ["NC12s_v3"]),
  ...wholeShapes("v100-pcie-16gb", 4, "documented", ["NC24s_v3", "NC24rs_v3"]),
  ...wholeShapes("t4-16gb", 1, "documented", ["NC4as_T4_v3", "NC8as_T4_v3", "NC16as_T4_v3"]),
  ...wholeShapes("t4-16gb", 4, "documented", ["NC64as_T4_v3"]),
  ...wholeShapes("a10-24gb", 1, "documented", ["NV36ads_A10_v5", "NV36adms_A10_v5"]),
  ...wholeShapes("a10-24gb", 2, "documented", ["NV72ads_A10_v5"]),
  ...noShapes("fractional_accelerator", `${PART_OF_ONE}: 1/6, 1/3 and 1/2 of an A10`, [
    "NV6ads_A10_v5",
    "NV12ads_A10_v5",
    "NV18ads_A10_v5",
  ]),
  ...noShapes("unknown_accelerator_count", "no page of Azure about this size was found", [
    "NC8ads_A10_v4",
    "NC16ads_A10_v4",
    "NC32ads_A10_v4",
  ]),
  ...wholeShapes("rtx-pro-6000-96gb", 1, "documented", rtxPro(["128ds", "128lds", "144ds", "144lds"])),
  ...wholeShapes(
    "rtx-pro-6000-96gb",
    2,
    "documented",
    rtxPro(["256ds", "256lds", "288ds", "288lds", "320ds", "320lds"]),
  ),
  ...noShapes(
    "unknown_accelerator_count",
    "Azure's page gives a count for the sizes of 128, 144, 256, 288 and 320 vCPUs only",
    rtxPro(
      "8lds 16lds 24lds 32ds 32lds 36ds 36lds 64ds 64lds 72ds 72lds 132ds 132lds 264ds 264lds 324ds 324lds".split(" "),
    ),
  ),
  ...wholeShapes("radeon-pro-v710-24gb", 1, "documented", ["NV24ads_V710_v5", "NV28adms_V710_v5"]),
  ...noShapes("fractional_accelerator", `${PART_OF_ONE}: 1/6, 1/3 and 1/2 of a V710`, [
    "NV4ads_V710_v5",
    "NV8ads_V710_v5",
    "NV12ads_V710_v5",
  ]),
  ...wholeShapes("radeon-pro-v620-32gb", 1, "documented", ["NG32ads_V620_v1", "NG32adms_V620_v1"]),
  ...wholeShapes("radeon-pro-v620-32gb", 1, "naming", ["NG32adms_V620"]),
  ...noShapes("fractional_accelerator", `${PART_OF_ONE}: 1/4 and 1/2 of a V620`, ["NG8ads_V620_v1", "NG16ads_V620_v1"]),
  ...wholeShapes("mi25-16gb", 1, "documented", ["NV32as_v4"]),
  ...noShapes("fractional_accelerator", `${PART_OF_ONE}: 1/8, 1/4 and 1/2 of an MI25`, [
    "NV4as_v4",
    "NV8as_v4",
    "NV16as_v4",
  ]),
  ...wholeShapes("m60-8gb", 1, "documented", ["NV6", "NV6_Promo", "NV6s_v2", "NV12s_v3"]),
  ...wholeShapes("m60-8gb", 2, "documented", ["NV12", "NV12_Promo", "NV12s_v2", "NV24s_v3"]),
  ...wholeShapes("m60-8gb", 4, "documented", ["NV24", "NV24_Promo", "NV24s_v2", "NV48s_v3"]),
  ...wholeShapes("k80-12gb", 1, "documented", ["NC6", "NC6_Promo"]),
  ...wholeShapes("k80-12gb", 2, "documented", ["NC12", "NC12_Promo"]),
  ...wholeShapes("k80-12gb", 4, "documented", ["NC24", "NC24_Promo", "NC24r", "NC24r_Promo"]),
  ...noShapes("not_an_accelerator", "an FPGA size", ["NP10s", "NP20s", "NP40s"]),
  ...noShapes("not_an_accelerator", "a media encoding size", ["NM16ads_MA35D"]),
]);

function rtxPro(sizes: readonly string[]): string[] {
  return sizes.map((size) => `NC${size}_xl_RTXPRO6000BSE_v6`);
}

/** What an Azure VM size holds, with or without `Standard_`, in any case; undefined for a size that the table does not have. */
export function azureSize(name: string): InstanceShape | undefined {
  return AZURE_SIZES.get(bare(name));
}
