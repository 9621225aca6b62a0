/** What of people needs no database: it also runs in a page, behind a broker that is there for one person alone. */
export { isOwnPage } from "./csrf.ts";
export { OPERATIONS } from "./operations.ts";
export { reachOf } from "./permissions.ts";
export { PeopleProblem } from "./problems.ts";
export { ROLES } from "./roles.ts";
export { signerOf } from "./signing.ts";
