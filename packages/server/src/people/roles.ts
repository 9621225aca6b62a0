/**
 * What a person does for a party, in one book. A person may have several, and others for another party.
 *
 * - `operator` runs the server and sees no content; `auditor` reads what it was granted and nothing else; `admin` decides who may do what,
 *   and reads no content by that alone.
 * - `signatory` makes an answer binding, within its limit; `legal` confirms readings and approves agreements and notices.
 */
export const ROLES = [
  "procurement",
  "finance",
  "engineer",
  "provider-desk",
  "auditor",
  "operator",
  "admin",
  "legal",
  "signatory",
] as const;

export type Role = (typeof ROLES)[number];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** The roles that were given, and those that groups of the identity provider brought. */
export function rolesOf(given: readonly Role[], ofGroups: readonly Role[]): readonly Role[] {
  return [...new Set([...given, ...ofGroups])];
}
