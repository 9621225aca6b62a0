import { type CompiledScope, compileScope, type Scope, type ScopeRule, type Verdict } from "../scope/index.ts";
import type { RightClause } from "./clause.ts";

/** Whether one thing can be in two scopes. */
export type ScopesOverlap = (a: CompiledScope, b: CompiledScope) => { readonly overlap: Verdict };

/**
 * Whether one thing can be in what two rights reach, carve-outs taken out. A carve-out that has exclusions of its own, and
 * one for what listed parties build, is not taken out: whether it holds is found only at a request. `unknown` must be
 * treated as yes and flagged.
 */
export function rightsOverlap(a: RightClause, b: RightClause, scopesOverlap: ScopesOverlap): Verdict {
  return scopesOverlap(compileScope(reachOf(a)), compileScope(reachOf(b))).overlap;
}

function reachOf({ scope, carveOuts }: RightClause): Scope {
  const carved = carveOuts.filter((item) => item.ownBuild === undefined).flatMap((item) => asRule(item.scope) ?? []);
  if (carved.length === 0) return scope;
  const own = scope.Exclusions ?? [];
  const kept: readonly ScopeRule[] =
    scope.ExclusionOperator === "And" && own.length > 1 ? [{ GroupOperator: "And", Rules: own }] : own;
  return { ...scope, ExclusionOperator: "Or", Exclusions: [...kept, ...carved] };
}

function asRule(scope: Scope): ScopeRule | undefined {
  if (scope.Exclusions !== undefined || scope.Inclusions === undefined || scope.IsComplexScope === true)
    return undefined;
  return { GroupOperator: scope.InclusionOperator ?? "And", Rules: scope.Inclusions };
}
