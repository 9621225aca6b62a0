export { type AccessEntry, type Admission } from "./access.ts";
export { cookieOf, parsePartyHeader, SESSION_COOKIE, sessionTokenOf } from "./authenticate.ts";
export type { Approval, ApprovalStanding } from "./ballots.ts";
export type { AskedFor, Decided, Effect, Proposal, Retry, ShownApproval } from "./approvals.ts";
export { type CrossSiteFacts, isOwnPage } from "./csrf.ts";
export type { Grant } from "./grants.ts";
export type { GroupRoles } from "./groups.ts";
export { type Arrival, type Departure, type IdentityProvider, ownPath } from "./identity.ts";
export { type ApiKey, KEY_TIMES, type KeyWish, type MadeKey } from "./keys.ts";
export type { OneTimeLogin } from "./logins.ts";
export type { Invitation, Invited, Member, Removed } from "./members.ts";
export { OPERATION_IDS, OPERATIONS, type OperationId } from "./operations.ts";
export { type FirstMember, People, type PeopleOptions } from "./people.ts";
export { type Allowed, PERMISSIONS, type Reach, reachOf } from "./permissions.ts";
export type { Authenticator, CredentialHeaders, KeyId, PersonId, Principal, Seat } from "./principal.ts";
export { type PeopleCode, PeopleProblem } from "./problems.ts";
export { isRole, type Role, ROLES } from "./roles.ts";
export {
  type Act,
  APPROVAL_KINDS,
  type ApprovalKind,
  type ApprovalRule,
  type Deputy,
} from "./rules.ts";
export {
  csrfOf,
  type Membership,
  type OpenedSession,
  type SessionKind,
  type SessionView,
  SESSION_TIMES,
} from "./sessions.ts";
export { signerOf } from "./signing.ts";
export { ruleFrom, type StoredRule, storedRule } from "./stored-rule.ts";
