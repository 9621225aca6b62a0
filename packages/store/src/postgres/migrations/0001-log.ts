import type { Migration } from "./migration.ts";

const SQL = `
create table books (
  book text primary key check (book ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$'),
  created_at timestamptz not null default clock_timestamp()
);

-- One row for each command that left something. The primary key is what makes a double award impossible: a place is given once.
create table log (
  book text not null,
  position bigint not null check (position >= 0),
  at bigint not null,
  received_at bigint,
  key text not null,
  fingerprint text not null,
  actor text not null,
  type text not null,
  took boolean not null,
  body text not null,
  hash bytea not null check (length(hash) = 32),
  primary key (book, position)
);
create index log_by_key on log (book, key, position);

create function log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger log_is_append_only before update or delete on log for each row execute function log_is_append_only();
create trigger log_is_not_emptied before truncate on log for each statement execute function log_is_append_only();

-- The clock and the end of the log in one round trip, with the queue of the book taken first where that is asked for. Volatile, so that
-- the log is read with what was committed while the queue was waited for. A book that is not there gives no row; each record comes with
-- the head beside it, and an empty tail is one row without a record.
create function take_turn(book_ text, from_ bigint, queued boolean)
returns table (
  now bigint, head bigint, head_hash bytea, head_at bigint,
  "position" bigint, at bigint, received_at bigint, key text, fingerprint text, actor text, type text, took boolean, body text, hash bytea
) language plpgsql volatile as $$
begin
  if queued then
    perform pg_advisory_xact_lock(hashtextextended('offtake book ' || book_, 0));
  end if;
  return query
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint,
           coalesce(h.position + 1, 0), h.hash, h.at,
           r.position, r.at, r.received_at, r.key, r.fingerprint, r.actor, r.type, r.took, r.body, r.hash
    from books b
    left join lateral (
      select l.position, l.hash, l.at from log l where l.book = b.book order by l.position desc limit 1
    ) h on true
    left join lateral (
      select l.* from log l
      where l.book = b.book and l.position >= from_ and l.position <= h.position
      order by l.position
    ) r on true
    where b.book = book_;
end $$;
`;

export const log: Migration = { version: 1, name: "log", sql: SQL };
