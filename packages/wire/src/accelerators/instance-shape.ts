import type { AcceleratorType } from "@offtake/core/kernel";

/**
 * What a node of a provider holds.
 *
 * `basis`: where the count comes from. `documented`: a page of the provider about that very size. `naming`: no such page; the
 * size differs from a documented one only in letters that, by the provider's naming rules, say nothing about the count.
 */
export type InstanceShape =
  | {
      readonly kind: "whole";
      readonly type: AcceleratorType;
      readonly count: number;
      readonly basis: "documented" | "naming";
    }
  | {
      readonly kind: "none";
      readonly code: "fractional_accelerator" | "not_an_accelerator" | "unknown_accelerator_count";
      readonly detail: string;
    };

export function wholeShapes(
  type: string,
  count: number,
  basis: "documented" | "naming",
  names: readonly string[],
): readonly (readonly [string, InstanceShape])[] {
  return names.map(
    (name) => [name.toLowerCase(), { kind: "whole", type: type as AcceleratorType, count, basis }] as const,
  );
}

export function noShapes(
  code: Extract<InstanceShape, { kind: "none" }>["code"],
  detail: string,
  names: readonly string[],
): readonly (readonly [string, InstanceShape])[] {
  return names.map((name) => [name.toLowerCase(), { kind: "none", code, detail }] as const);
}
