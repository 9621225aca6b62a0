import { checkApplicability, checkJunction, checkKeys, checkRules } from "./check-rule.ts";
import type { Scope, ScopeRule } from "./model.ts";
import { isJsonObject, type JsonObject, type Path, type ScopeCheck, ScopeFindings } from "./problems.ts";

const SCOPE_KEYS: readonly string[] = [
  "IsGlobalScope",
  "IsComplexScope",
  "Applicability",
  "InclusionOperator",
  "Inclusions",
  "ExclusionOperator",
  "Exclusions",
];
const CUSTOM_KEY = /^x_[A-Z][a-zA-Z0-9]*$/;

/**
 * Reads a scope from a document: the JSON of FOCUS 1.4, and our groups. Finds every fault, not only the first.
 *
 * Refused: unknown keys and operators, a scope both global and complex, inclusions beside either, none without them, lists
 * without values, wildcards where they mean nothing, fractions outside 0 to 1, and what exceeds the bounds. Let through with
 * a warning: dimensions we declare no fact for (they stay unknown), custom `x_` keys, fractions on exclusions.
 */
export function checkScope(value: unknown): ScopeCheck {
  const found = new ScopeFindings();
  if (!isJsonObject(value)) {
    found.refuse("scope_not_object", []);
    return { ok: false, problems: found.problems };
  }
  checkTopKeys(value, found);
  const scope = readScope(value, found);
  return found.problems.length > 0
    ? { ok: false, problems: found.problems }
    : { ok: true, scope, warnings: found.warnings };
}

function checkTopKeys(value: JsonObject, found: ScopeFindings): void {
  const named: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (CUSTOM_KEY.test(key)) found.warn("custom_property_ignored", [key]);
    else named[key] = value[key];
  }
  checkKeys(named, SCOPE_KEYS, [], found);
}

function readFlag(value: JsonObject, key: string, found: ScopeFindings): boolean {
  const flag = value[key];
  if (flag !== undefined && typeof flag !== "boolean") found.refuse("bad_flag", [key], "true or false");
  return flag === true;
}

function readScope(value: JsonObject, found: ScopeFindings): Scope {
  const isGlobal = readFlag(value, "IsGlobalScope", found);
  const isComplex = readFlag(value, "IsComplexScope", found);
  if (isGlobal && isComplex) found.refuse("global_and_complex", ["IsComplexScope"]);
  const applicability = checkApplicability(value["Applicability"], ["Applicability"], found);
  const inclusions = readInclusions(value, isGlobal || isComplex, found);
  const exclusions = readExclusions(value, found);
  return {
    ...(isGlobal && { IsGlobalScope: true }),
    ...(isComplex && { IsComplexScope: true }),
    ...(applicability && { Applicability: applicability }),
    ...inclusions,
    ...exclusions,
  };
}

function readInclusions(
  value: JsonObject,
  isOpen: boolean,
  found: ScopeFindings,
): Pick<Scope, "InclusionOperator" | "Inclusions"> {
  const junction = checkJunction(value["InclusionOperator"], ["InclusionOperator"], found) ?? "And";
  const given = value["Inclusions"];
  if (isOpen) {
    const isEmpty = given === undefined || (Array.isArray(given) && given.length === 0);
    if (!isEmpty)
      found.refuse(
        "inclusions_with_open_scope",
        ["Inclusions"],
        "no Inclusions beside IsGlobalScope or IsComplexScope",
      );
    return {};
  }
  if (given === undefined) {
    found.refuse("inclusions_missing", ["Inclusions"], "Inclusions, or IsGlobalScope: true");
    return {};
  }
  const rules = checkRules(given, ["Inclusions"], 0, found) ?? [];
  if (junction === "And") checkOneFraction(rules, ["Inclusions"], found);
  return { InclusionOperator: junction, Inclusions: rules };
}

/** FOCUS says which fraction counts where rules are joined by Or, and nothing for And: so only one may speak. */
function checkOneFraction(rules: readonly ScopeRule[], path: Path, found: ScopeFindings): void {
  const own = rules.map((rule, index) => (rule.Applicability === undefined ? -1 : index)).filter((index) => index >= 0);
  if (own.length > 1)
    found.refuse("applicability_ambiguous", [...path, own[1] as number, "Applicability"], "one rule under And");
}

function readExclusions(value: JsonObject, found: ScopeFindings): Pick<Scope, "ExclusionOperator" | "Exclusions"> {
  const junction = checkJunction(value["ExclusionOperator"], ["ExclusionOperator"], found) ?? "Or";
  if (value["Exclusions"] === undefined) return {};
  const rules = checkRules(value["Exclusions"], ["Exclusions"], 0, found) ?? [];
  const plain = rules.map((rule, index) => {
    if (rule.Applicability === undefined) return rule;
    found.warn("applicability_ignored", ["Exclusions", index, "Applicability"]);
    const { Applicability: _ignored, ...rest } = rule;
    return rest;
  });
  return { ExclusionOperator: junction, Exclusions: plain };
}
