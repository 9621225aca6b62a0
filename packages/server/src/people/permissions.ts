import type { OperationId } from "./operations.ts";
import type { Principal } from "./principal.ts";
import type { Role } from "./roles.ts";

/** `public`: without logging in. `member`: every member, also a member without roles. Otherwise whoever has one of the roles. */
export type Allowed = "public" | "member" | readonly Role[];

/** Whose work is about content. */
const CONTENT = ["procurement", "finance", "engineer", "provider-desk", "legal", "signatory"] as const;
/** Also within what an auditor was granted: see `reachOf`. */
const READ = [...CONTENT, "auditor"] as const;
const BUYING = ["procurement"] as const;
const PAPER = ["procurement", "legal"] as const;
const DESK = ["provider-desk"] as const;
const SUPPLY = ["provider-desk", "procurement"] as const;
/** Both sides of a notice: a right may weigh on a buyer's demand or on a provider's capacity. */
const ANSWERS = ["provider-desk", "procurement", "signatory"] as const;
const RECORDS = ["procurement", "provider-desk", "legal"] as const;
/** What the law on data asks for. */
const LAW = ["legal"] as const;
const ADMIN = ["admin"] as const;
const RUNS = ["operator"] as const;

/** Who may call what. What has no line here nobody may call. */
export const PERMISSIONS: Readonly<Record<OperationId, Allowed>> = {
  healthRead: "public",
  readinessRead: "public",
  apiDocumentRead: "public",
  metricsRead: RUNS,
  serverStatusRead: RUNS,
  supportBundleRead: RUNS,
  outgoingSet: RUNS,
  backupCreate: RUNS,
  projectionRebuild: RUNS,

  loginPage: "public",
  loginExchange: "public",
  loginIdentityStart: "public",
  loginIdentityReturn: "public",
  // Their routes ask for the session themselves: it may not have chosen a party yet, and then is no principal.
  sessionRead: "public",
  sessionParty: "public",
  sessionEnd: "public",

  bookList: "member",
  bookRead: CONTENT,
  bookCreate: ADMIN,
  bookExport: PAPER,
  bookImport: ADMIN,
  partyList: CONTENT,
  partyRead: CONTENT,
  partyRecord: PAPER,
  partyEligibilityRecord: PAPER,
  partyDefaultRecord: PAPER,
  partyControlChange: PAPER,
  policyRead: CONTENT,
  policyRecord: BUYING,
  calendarList: CONTENT,
  calendarRecord: PAPER,
  exchangeRateRecord: ["procurement", "finance"],
  indexValueRecord: ["procurement", "finance"],

  agreementList: CONTENT,
  agreementRead: CONTENT,
  agreementVersions: CONTENT,
  agreementPlan: CONTENT,
  agreementApply: PAPER,
  agreementConfirm: ["legal"],
  agreementStatusChange: PAPER,
  agreementTerminate: PAPER,
  agreementAssign: PAPER,
  agreementRenewalStop: RECORDS,
  conflictDecide: ["legal"],
  dateList: CONTENT,

  requestPlan: CONTENT,
  requestSubmit: ["procurement", "engineer", "provider-desk"],
  requestList: READ,
  requestRead: READ,
  requestRevise: ["procurement", "engineer", "provider-desk"],
  requestWithdraw: ["procurement", "engineer", "provider-desk"],
  requestClose: BUYING,
  purposeUseRecord: ["procurement", "engineer"],
  lotList: READ,
  lotRead: READ,
  queueRead: CONTENT,
  explanationRead: READ,

  noticeList: READ,
  noticeRead: READ,
  noticeAnswer: ANSWERS,
  answerRatify: ["signatory"],
  answerRecord: RECORDS,
  noticeLetter: READ,
  noticeLinkCreate: RECORDS,
  noticeFormRead: RECORDS,
  noticeFormSet: RECORDS,
  deliveryRecord: RECORDS,
  latenessWaive: PAPER,
  namedTermsDecide: BUYING,
  waiverList: CONTENT,
  waiverGrant: [...RECORDS, "signatory"],
  waiverRevoke: [...RECORDS, "signatory"],
  standingAnswerList: CONTENT,
  standingAnswerGive: ANSWERS,
  standingAnswerRevoke: ANSWERS,

  tenderOpen: BUYING,
  invitationList: CONTENT,
  invitationRead: CONTENT,
  bidList: READ,
  bidRead: READ,
  bidPlace: ["provider-desk", "signatory"],
  bidWithdraw: ["provider-desk", "signatory"],
  bidExtend: ["provider-desk", "signatory"],
  quoteRecord: RECORDS,
  awardScenarios: ["procurement", "finance", "legal"],
  awardChoose: BUYING,
  awardList: READ,
  awardRead: READ,
  awardApprove: ["procurement", "finance", "legal", "signatory"],
  awardDefaultReport: ["procurement", "engineer"],
  taskList: ["provider-desk", "procurement", "engineer"],
  taskComplete: ["provider-desk", "procurement", "engineer"],

  capacityRead: CONTENT,
  positionRead: CONTENT,
  blockList: CONTENT,
  blockRecord: SUPPLY,
  blockWithdraw: SUPPLY,
  offerList: CONTENT,
  offerRecord: SUPPLY,
  offerWithdraw: SUPPLY,
  resaleConsent: DESK,
  commitmentList: CONTENT,
  commitmentRead: CONTENT,

  feedRead: CONTENT,
  feedStream: CONTENT,
  receiptRead: READ,
  receiptList: CONTENT,
  evidenceExport: ["procurement", "legal", "provider-desk", "auditor"],
  fileAdd: RECORDS,
  fileRead: READ,
  fileErase: LAW,
  textList: LAW,
  textErase: LAW,
  keepingList: LAW,
  keepingSet: LAW,
  calendarFeedCreate: CONTENT,
  calendarFeedRead: "public",

  webhookList: ADMIN,
  webhookRead: ADMIN,
  webhookCreate: ADMIN,
  webhookUpdate: ADMIN,
  webhookRemove: ADMIN,
  webhookSecretRotate: ADMIN,
  webhookReplay: ADMIN,
  deliveryList: ADMIN,
  channelList: ADMIN,
  channelSet: ADMIN,
  channelRemove: ADMIN,

  approvalList: CONTENT,
  approvalRead: CONTENT,
  approvalGive: CONTENT,
  approvalDeny: CONTENT,
  approvalAssign: ADMIN,
  approvalWithdraw: CONTENT,
  approvalRuleList: [...CONTENT, "admin"],
  approvalRuleSet: ADMIN,
  approvalRuleRemove: ADMIN,
  deputyList: [...CONTENT, "admin"],
  deputySet: [...CONTENT, "admin"],
  deputyEnd: [...CONTENT, "admin"],

  memberList: ADMIN,
  colleagueList: [...CONTENT, "admin"],
  memberRead: ADMIN,
  memberInvite: ADMIN,
  memberRolesSet: ADMIN,
  memberRemove: ADMIN,
  memberErase: ADMIN,
  groupList: ADMIN,
  groupSet: ADMIN,
  groupRemove: ADMIN,
  keyList: ADMIN,
  keyCreate: ADMIN,
  keyRotate: ADMIN,
  keyRevoke: ADMIN,
  grantList: ["admin", "legal"],
  grantGive: ["admin", "legal"],
  grantRevoke: ["admin", "legal"],
  accessLogRead: ["admin", "legal"],
};

/**
 * How far a caller may go with an operation: not at all, in all of its party's feed, or only in what is about requests that were granted to
 * it. The last is the auditor's, and only of somebody who has no other role that allows the operation.
 */
export type Reach = "none" | "granted" | "all";

export function reachOf(caller: Pick<Principal, "roles"> | undefined, operation: OperationId): Reach {
  const allowed: Allowed | undefined = Object.hasOwn(PERMISSIONS, operation) ? PERMISSIONS[operation] : undefined;
  if (allowed === undefined) return "none";
  if (allowed === "public") return "all";
  if (caller === undefined) return "none";
  if (allowed === "member") return "all";
  const having = caller.roles.filter((role) => allowed.includes(role));
  if (having.some((role) => role !== "auditor")) return "all";
  return having.length > 0 ? "granted" : "none";
}
