import type { AddCommand } from "../command.ts";
import { addAgreement } from "./agreement/index.ts";
import { addApi } from "./api/index.ts";
import { addApply } from "./apply/index.ts";
import { addCapacity, addPosition } from "./capacity/index.ts";
import { addCompletion } from "./completion/index.ts";
import { addDoctor } from "./doctor/index.ts";
import { addStatus } from "./status/index.ts";
import { addWebhook } from "./webhook/index.ts";
import { addWaive, addWaiver } from "./waive/index.ts";
import { addAward } from "./award/index.ts";
import { addBackup } from "./backup/index.ts";
import { addBid } from "./bid/index.ts";
import { addDates } from "./dates/index.ts";
import { addDemo } from "./demo/index.ts";
import { addDocs } from "./docs/index.ts";
import { addEvidence } from "./evidence/index.ts";
import { addExplain } from "./explain/index.ts";
import { addExport } from "./export/index.ts";
import { addFeed, addWait, addWatch } from "./feed/index.ts";
import { addImport } from "./import/index.ts";
import { addInit } from "./init/index.ts";
import { addErase, addHold, addRetention, addText } from "./keeping/index.ts";
import { addLogin, addLogout } from "./login/index.ts";
import { addNotice, addNotices } from "./notice/index.ts";
import { addOutgoing } from "./outgoing/index.ts";
import { addParty } from "./party/index.ts";
import { addApproval, addKey, addMember } from "./people/index.ts";
import { addPlan } from "./plan/index.ts";
import { addPrices } from "./prices/index.ts";
import { addQueue } from "./queue/index.ts";
import { addRebuild } from "./rebuild/index.ts";
import { addReplay } from "./replay/index.ts";
import { addRequest } from "./request/index.ts";
import { addRestore } from "./restore/index.ts";
import { addRun } from "./run/index.ts";
import { addSchema } from "./schema/index.ts";
import { addServe } from "./serve/index.ts";
import { addSupport } from "./support/index.ts";
import { addTest } from "./test/index.ts";
import { addValidate } from "./validate/index.ts";
import { addVerify } from "./verify/index.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [
  addDemo,
  addInit,
  addImport,
  addExport,
  addRun,
  addPlan,
  addPrices,
  addExplain,
  addTest,
  addValidate,
  addReplay,
  addAgreement,
  addDates,
  addServe,
  addVerify,
  addRebuild,
  addBackup,
  addRestore,
  addLogin,
  addLogout,
  addParty,
  addStatus,
  addQueue,
  addApply,
  addRequest,
  addNotices,
  addNotice,
  addWaive,
  addWaiver,
  addCapacity,
  addPosition,
  addBid,
  addAward,
  addWatch,
  addWait,
  addFeed,
  addApproval,
  addMember,
  addKey,
  addWebhook,
  addOutgoing,
  addSupport,
  addEvidence,
  addText,
  addErase,
  addRetention,
  addHold,
  addApi,
  addSchema,
  addDocs,
  addDoctor,
  addCompletion,
];
