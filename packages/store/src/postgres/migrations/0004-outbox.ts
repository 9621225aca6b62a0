import type { Migration } from "./migration.ts";

const SQL = `
-- Files beside the log. The log knows a file by a salted reference; without the salt nobody can tell what it was of.
create table file_contents (
  book text collate "C" not null,
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null,
  primary key (book, sha256)
);
create table files (
  book text collate "C" not null,
  reference text collate "C" not null,
  sha256 bytea,
  salt bytea,
  owner text collate "C" not null,
  readers text[] not null default '{}',
  name text,
  media_type text not null,
  size bigint not null,
  added_by text,
  added_at timestamptz not null default clock_timestamp(),
  privileged boolean not null default false,
  legal_hold text,
  keep_until timestamptz,
  erased_at timestamptz,
  primary key (book, reference),
  foreign key (book, sha256) references file_contents,
  check ((erased_at is null) = (sha256 is not null and salt is not null))
);
create index files_by_content on files (book, sha256) where sha256 is not null;

-- What the notice clause asks of a notice to a party, for one agreement or ('') for all: names and addresses.
create table notice_forms (
  book text collate "C" not null,
  party text collate "C" not null,
  agreement text collate "C" not null default '',
  form text not null,
  set_at timestamptz not null default clock_timestamp(),
  primary key (book, party, agreement)
);

-- What is to be sent. The effect of a delivery is named by its key: made twice, it is one.
create table deliveries (
  id text collate "C" primary key,
  book text collate "C" not null,
  party text collate "C" not null,
  kind text collate "C" not null,
  endpoint text collate "C" not null,
  key text collate "C" not null,
  body text not null,
  status text collate "C" not null default 'waiting' check (status in ('waiting', 'sent', 'dead', 'cancelled')),
  attempts integer not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  claimed_until timestamptz,
  last_error text,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  unique (book, key)
);
create index deliveries_waiting on deliveries (endpoint, due_at, id) where status = 'waiting';
create index deliveries_of_party on deliveries (book, party, created_at, id);
create table delivery_attempts (
  delivery text collate "C" not null references deliveries (id) on delete cascade,
  number integer not null,
  at timestamptz not null default clock_timestamp(),
  outcome text collate "C" not null,
  detail text not null,
  primary key (delivery, number)
);

-- How far what follows from a party's feed has been queued.
create table feed_followers (
  book text collate "C" not null,
  party text collate "C" not null,
  told_to bigint not null default 0,
  primary key (book, party)
);

-- Secrets of the broker itself, drawn at random once.
create table broker_secrets (
  name text collate "C" primary key,
  secret bytea not null check (length(secret) = 32)
);

-- Links under which one notice can be answered without an account.
create table notice_links (
  book text collate "C" not null,
  id text collate "C" not null,
  notice text collate "C" not null,
  party text collate "C" not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (book, id)
);
`;

export const outbox: Migration = { version: 4, name: "outbox", sql: SQL };
