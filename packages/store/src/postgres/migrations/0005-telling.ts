import type { Migration } from "./migration.ts";

const SQL = `
-- Endpoints that a party has told of what concerns it.
create table webhooks (
  book text collate "C" not null,
  id text collate "C" not null,
  party text collate "C" not null,
  url text not null,
  types text[] not null default '{}',
  status text collate "C" not null default 'on' check (status in ('on', 'off')),
  why_off text,
  keys text not null,
  created_at timestamptz not null default clock_timestamp(),
  rotated_at timestamptz,
  primary key (book, id)
);
create index webhooks_of_party on webhooks (book, party, created_at);

-- Chats that a party has told, without prices and without rivals.
create table chat_channels (
  book text collate "C" not null,
  id text collate "C" not null,
  party text collate "C" not null,
  kind text collate "C" not null check (kind in ('slack', 'teams')),
  url text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (book, id)
);

-- Secret addresses for calendar programs, and what was shown under them: a change of an entry counts its sequence up.
create table calendar_feeds (
  token_hash bytea primary key check (length(token_hash) = 32),
  book text collate "C" not null,
  party text collate "C" not null,
  created_by text,
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);
create table calendar_entries (
  book text collate "C" not null,
  party text collate "C" not null,
  uid text collate "C" not null,
  sequence integer not null default 0,
  digest text collate "C" not null,
  entry text not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (book, party, uid)
);

-- What a provider has to set up by hand.
create table provider_tasks (
  book text collate "C" not null,
  id text collate "C" not null,
  party text collate "C" not null,
  award text collate "C" not null,
  line integer not null,
  body text not null,
  status text collate "C" not null default 'open' check (status in ('open', 'done', 'void')),
  reservation text,
  fields text,
  done_by text,
  created_at timestamptz not null default clock_timestamp(),
  done_at timestamptz,
  primary key (book, id),
  unique (book, party, award, line),
  check ((status = 'done') = (reservation is not null))
);
create index provider_tasks_of_party on provider_tasks (book, party, status, created_at);
`;

export const telling: Migration = { version: 5, name: "telling", sql: SQL };
