import { ROLES } from "@offtake/wire/api";

export { ROLES } from "@offtake/wire/api";

export type Role = (typeof ROLES)[number];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** The roles that were given, and those that groups of the identity provider brought. */
export function rolesOf(given: readonly Role[], ofGroups: readonly Role[]): readonly Role[] {
  return [...new Set([...given, ...ofGroups])];
}
