export type { RegionGroup } from "./group.ts";
export { ANY_REGION, NORTH_AMERICA } from "./group.ts";
export type { Place, RegionProblem } from "./normalise.ts";
export { ANYWHERE, IN_NORTH_AMERICA, normaliseRegion, servesRegion } from "./normalise.ts";
