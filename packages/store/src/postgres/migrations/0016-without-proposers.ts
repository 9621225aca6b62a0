import type { Migration } from "./migration.ts";

const SQL = `
-- Read by nobody since step 14: who asks stands in the log.
drop table proposers;
`;

export const withoutProposers: Migration = { version: 16, name: "without proposers", sql: SQL };
