import { type Dimension, isGroup, type Scope, type ScopeRule } from "./model.ts";

/** Whether a scope says anything of a dimension. */
export function namesDimension({ Inclusions = [], Exclusions = [] }: Scope, dimension: Dimension): boolean {
  return someTest(Inclusions, dimension) || someTest(Exclusions, dimension);
}

function someTest(rules: readonly ScopeRule[], dimension: Dimension): boolean {
  return rules.some((rule) => (isGroup(rule) ? someTest(rule.Rules, dimension) : rule.Dimension === dimension));
}
