export { OPERATION_IDS, OPERATIONS, type OperationId } from "./operations.ts";
export { type Allowed, PERMISSIONS, type Reach, reachOf } from "./permissions.ts";
export type { Authenticator, CredentialHeaders, KeyId, PersonId, Principal } from "./principal.ts";
export { isRole, type Role, ROLES } from "./roles.ts";
