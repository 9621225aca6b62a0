const CONTENT = "procurement finance engineer provider-desk legal signatory";
const READ = `${CONTENT} auditor`;
const RECORDS = "procurement provider-desk legal";

/**
 * Whose roles may call what, of all that the console calls: as the broker goes by it, which decides. Where a role does not allow a call,
 * it is not made, and what would make it says whose it is. An auditor stands where the broker tells what hangs on a granted request. A test
 * holds this against the broker's own tables.
 */
export const BY_ROLES: readonly (readonly [roles: string, operations: string])[] = [
  [
    CONTENT,
    "partyList policyRead agreementList agreementRead agreementVersions agreementPlan dateList requestPlan queueRead invitationList invitationRead capacityRead positionRead blockList offerList feedRead feedStream approvalList approvalGive approvalDeny approvalWithdraw fileRead bidList",
  ],
  [READ, "requestList requestRead explanationRead noticeList noticeRead noticeLetter awardList awardRead"],
  [`${CONTENT} admin`, "approvalRuleList deputyList deputySet deputyEnd colleagueList"],
  [RECORDS, "evidenceExport fileAdd"],
  ["procurement engineer provider-desk", "requestSubmit"],
  ["procurement provider-desk signatory", "noticeAnswer"],
  ["provider-desk signatory", "bidPlace bidWithdraw"],
  ["procurement finance legal signatory", "awardApprove"],
  ["procurement finance legal", "awardScenarios"],
  ["procurement", "awardChoose policyRecord"],
  ["procurement legal", "agreementApply"],
  ["legal", "agreementConfirm"],
  [
    "admin",
    "approvalAssign approvalRuleSet approvalRuleRemove memberList memberInvite memberRolesSet memberRemove keyList keyCreate keyRotate keyRevoke webhookList webhookCreate webhookUpdate webhookRemove webhookSecretRotate webhookReplay deliveryList",
  ],
  ["operator", "serverStatusRead metricsRead supportBundleRead outgoingSet"],
];

const ROLES_OF = new Map(
  BY_ROLES.flatMap(([roles, operations]) => operations.split(" ").map((one) => [one, roles.split(" ")] as const)),
);

/** The roles that may call an operation, or one of its variants; undefined where everybody may who is logged in. */
export function rolesFor(operation: string): readonly string[] | undefined {
  // A variant is called like its operation, with a part behind: `evidenceExportOfRequest`.
  const name = [...ROLES_OF.keys()].find(
    (one) => operation === one || (operation.startsWith(one) && /^[A-Z]/.test(operation.slice(one.length))),
  );
  return name === undefined ? undefined : ROLES_OF.get(name);
}

export function mayCall(roles: readonly string[], operation: string): boolean {
  return rolesFor(operation)?.some((role) => roles.includes(role)) ?? true;
}

/** Why somebody may not call an operation; undefined where it may. */
export function whyNotCall(roles: readonly string[], operation: string): string | undefined {
  if (mayCall(roles, operation)) return undefined;
  const names = rolesFor(operation) ?? [];
  const last = names.at(-1) ?? "";
  return `This is for the role ${names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${last}` : last}`;
}
