import type { Migration } from "./migration.ts";

const SQL = `
-- What a log folds into at some place. Made anew from the log when it is lost.
create table snapshots (
  book text collate "C" not null,
  position bigint not null check (position > 0),
  head_hash bytea not null check (length(head_hash) = 32),
  form integer not null,
  canonical text not null,
  beside text not null,
  hash text not null,
  primary key (book, position)
);

-- Records are packed already: compressing them again takes longer than writing them (decision 0016).
alter table log alter column body set storage external;
`;

export const snapshots: Migration = { version: 6, name: "snapshots", sql: SQL };
