import type { Migration } from "./migration.ts";

const SQL = `
-- What was proposed by which call, so that the same call again is told the same: its key for sending again, a hash of what it said, and the
-- place of each approval in its answer.
alter table approvals add column retry_key text;
alter table approvals add column retry_hash bytea check (length(retry_hash) = 32);
alter table approvals add column place integer not null default 0;
create index approvals_by_key on approvals (book, party, retry_key) where retry_key is not null;
`;

export const retriedProposals: Migration = { version: 11, name: "retried proposals", sql: SQL };
