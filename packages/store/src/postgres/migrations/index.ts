import { log } from "./0001-log.ts";
import { feeds } from "./0002-feeds.ts";
import { people } from "./0003-people.ts";
import { outbox } from "./0004-outbox.ts";
import { telling } from "./0005-telling.ts";
import { snapshots } from "./0006-snapshots.ts";
import { changes } from "./0007-changes.ts";
import { readers } from "./0008-readers.ts";
import { texts } from "./0009-texts.ts";
import { ownTexts } from "./0010-own-texts.ts";
import { retriedProposals } from "./0011-retried-proposals.ts";
import { listsByReaders } from "./0012-lists-by-readers.ts";
import { packed } from "./0013-packed.ts";
import { approvalsByWhatIsAsked } from "./0014-approvals-by-what-is-asked.ts";
import { outgoingPause } from "./0015-outgoing-pause.ts";
import { withoutProposers } from "./0016-without-proposers.ts";
import type { Migration } from "./migration.ts";

export type { Migration } from "./migration.ts";

/**
 * All steps of the schema, in order: of the log, and of everything that a broker keeps beside it. One schema, one history. A step that
 * was released is never changed; it expands what is there, and what it replaces goes one release later.
 */
export const MIGRATIONS: readonly Migration[] = [
  log,
  feeds,
  people,
  outbox,
  telling,
  snapshots,
  changes,
  readers,
  texts,
  ownTexts,
  retriedProposals,
  listsByReaders,
  packed,
  approvalsByWhatIsAsked,
  outgoingPause,
  withoutProposers,
];
