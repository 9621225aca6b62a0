import type { Migration } from "./migration.ts";

const SQL = `
-- Since when what is decided on is asked so: an approval of a request is one of what it asked then, and of nothing that it has asked since. Absent
-- where what waits is a command of its own. Who asks stands in the log by now: \`proposers\` is read by nobody, and goes with a later step.
alter table approvals add column asked_at bigint;
`;

export const approvalsByWhatIsAsked: Migration = { version: 14, name: "approvals by what is asked", sql: SQL };
