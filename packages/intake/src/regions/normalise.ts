import type { RegionGroup } from "./group.ts";
import { ANY_REGION, COMMERCIAL_GROUPS, NORTH_AMERICA } from "./group.ts";
import { REGION_RULES } from "./rules.ts";

/** A place that a price or a capacity is stated for. */
export interface Place {
  /** `<group>-<region of the provider>`, lower case, the group not said twice: `us-eastus`, `us-east-1`, `eu-europe-west4`. */
  readonly regionId: string;
  /** One for a region; several for an area; every commercial one for a price that names no region. */
  readonly regionGroups: readonly RegionGroup[];
}

export interface RegionProblem {
  readonly code: "unknown_provider" | "unknown_region";
  readonly detail: string;
}

export const ANYWHERE: Place = { regionId: ANY_REGION, regionGroups: COMMERCIAL_GROUPS };
export const IN_NORTH_AMERICA: Place = { regionId: NORTH_AMERICA, regionGroups: ["us", "ca"] };

/**
 * One spelling for the regions of all providers, so that a scope such as `us-*` can be asked of every list.
 *
 * The government regions of the United States are a group of their own and are not matched by `us-*`.
 */
export function normaliseRegion(provider: string, region: string): Place | { readonly problem: RegionProblem } {
  const groupOf = REGION_RULES.get(provider);
  if (groupOf === undefined) {
    return { problem: { code: "unknown_provider", detail: `no rules for the regions of "${provider.slice(0, 64)}"` } };
  }
  const name = region.trim().toLowerCase();
  const group = /^[a-z][a-z0-9-]{1,63}$/.test(name) ? groupOf(name) : undefined;
  if (group === undefined) {
    return {
      problem: { code: "unknown_region", detail: `${provider} has no region "${region.slice(0, 64)}" that we know` },
    };
  }
  return { regionId: name.startsWith(`${group}-`) ? name : `${group}-${name}`, regionGroups: [group] };
}

/**
 * Whether a price stated for `place` is one for `pattern`: a region id, a group (`us` or `us-*`), the start of ids (`us-east*`)
 * or `*`. A price without a region serves every region of its groups.
 */
export function servesRegion(place: Place, pattern: string): boolean {
  if (pattern === "*") return true;
  const wild = pattern.endsWith("*");
  const start = wild ? pattern.slice(0, -1) : pattern;
  const group = start.split("-")[0] ?? "";
  if (!(place.regionGroups as readonly string[]).includes(group)) return false;
  if (start === group || start === `${group}-` || place.regionGroups.length > 1) return true;
  return wild ? place.regionId.startsWith(start) : place.regionId === start;
}
