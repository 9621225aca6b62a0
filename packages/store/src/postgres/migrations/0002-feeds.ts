import type { Migration } from "./migration.ts";

const SQL = `
-- How many records of a book's log have been told: whoever moves it on writes what follows in the same step.
create table feed_progress (
  book text collate "C" primary key,
  told_to bigint not null check (told_to >= 0)
);

-- What the handles of a book are made with. Beside the log, never in it.
create table book_secrets (
  book text collate "C" primary key,
  secret bytea not null check (length(secret) = 32)
);

-- What a party was told of one record. In "told" a number stands for that event of the record, an object for what was told in its place.
create table feeds (
  book text collate "C" not null,
  party text collate "C" not null,
  position bigint not null check (position >= 0),
  count integer not null check (count > 0),
  record bigint not null,
  disclosed_by integer not null,
  quotes boolean not null,
  told text not null,
  hash bytea not null check (length(hash) = 32),
  primary key (book, party, position)
);
create unique index feeds_by_record on feeds (book, party, record);

create function feeds_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'what was told is not changed: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger feeds_are_append_only before update or delete on feeds for each row execute function feeds_are_append_only();
create trigger feeds_are_not_emptied before truncate on feeds for each statement execute function feeds_are_append_only();

-- The objects of each party's view, folded from its feed alone: they can be folded again at any time.
create table feed_objects (
  book text collate "C" not null,
  party text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  status text collate "C" not null,
  deadline bigint,
  parent text collate "C",
  agreement text collate "C",
  created bigint not null,
  version bigint not null,
  updated_at bigint not null,
  body text not null,
  primary key (book, party, kind, id)
);
create index feed_objects_by_status on feed_objects (book, party, kind, status, version, id);
create index feed_objects_by_deadline on feed_objects (book, party, kind, deadline, id) where deadline is not null;
create index feed_objects_by_parent on feed_objects (book, party, kind, parent, version, id) where parent is not null;
create index feed_objects_by_agreement on feed_objects (book, party, kind, agreement, version, id) where agreement is not null;

-- States of the projector, to start from the newest instead of the first record.
create table feed_states (
  book text collate "C" not null,
  version integer not null,
  length bigint not null,
  body text not null,
  primary key (book, version)
);
`;

export const feeds: Migration = { version: 2, name: "feeds", sql: SQL };
