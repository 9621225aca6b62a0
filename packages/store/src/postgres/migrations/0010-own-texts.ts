import type { Migration } from "./migration.ts";

const SQL = `
-- Free words are their writer's alone; a name is one whoever wrote it ('').
alter table texts add column owner text collate "C" not null default '';
-- Who has taken back what others have written as well: it is shown to everybody but these.
alter table texts add column erased_for text[] not null default '{}';
drop index texts_by_digest;
create unique index texts_by_digest on texts (book, digest, kind, owner) where digest is not null;
`;

export const ownTexts: Migration = { version: 10, name: "own texts", sql: SQL };
