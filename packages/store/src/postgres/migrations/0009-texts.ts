import type { Migration } from "./migration.ts";

const SQL = `
-- Names and free words beside the log, which knows each by a salted reference. Erased, the reference tells nothing any more, and every chain
-- holds as before.
create table texts (
  book text collate "C" not null,
  reference text collate "C" not null,
  digest bytea check (length(digest) = 32),
  salt bytea,
  content text,
  kind text collate "C" not null check (kind in ('name', 'words')),
  -- Who wrote it, and the agreements that it is about.
  writers text[] not null,
  agreements text[] not null default '{}',
  added_at timestamptz not null default clock_timestamp(),
  erased_at timestamptz,
  erased_by text,
  primary key (book, reference),
  check ((erased_at is null) = (digest is not null and salt is not null and content is not null))
);
create unique index texts_by_digest on texts (book, digest, kind) where digest is not null;
alter table texts enable row level security;

-- How long what is about an agreement is kept, and what holds it: for one agreement, or ('') for all of a book.
create table keeping (
  book text collate "C" not null,
  agreement text collate "C" not null default '',
  keep_days integer check (keep_days >= 0),
  legal_hold text,
  set_by text,
  set_at timestamptz not null default clock_timestamp(),
  primary key (book, agreement)
);
alter table keeping enable row level security;

alter table files add column agreement text collate "C";
alter table files add column erased_by text;
`;

export const texts: Migration = { version: 9, name: "texts", sql: SQL };
