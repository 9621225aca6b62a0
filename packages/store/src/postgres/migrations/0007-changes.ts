import type { Migration } from "./migration.ts";

const SQL = `
-- What each append changed in the state of its book, in short: so that other nodes and the next start need not read the records. Made by
-- whoever decided; can be thrown away at any time.
create table log_changes (
  book text collate "C" not null,
  position bigint not null check (position >= 0),
  length integer not null check (length > 0),
  head_hash bytea not null check (length(head_hash) = 32),
  form integer not null,
  body text not null,
  hash bytea not null check (length(hash) = 32),
  primary key (book, position)
);
alter table log_changes alter column body set storage external;

-- As take_turn, with changes of a form in the place of records where they lead to the head without a gap.
create function take_turn_by(book_ text, from_ bigint, queued boolean, form_ integer)
returns table (
  now bigint, head bigint, head_hash bytea, head_at bigint,
  "position" bigint, at bigint, received_at bigint, key text, fingerprint text, actor text, type text, took boolean, body text, hash bytea,
  changes_from bigint, changes_length integer, changes_head bytea, changes_form integer, changes_body text, changes_hash bytea
) language plpgsql volatile as $$
#variable_conflict use_column
declare
  end_ bigint;
  end_hash_ bytea;
  end_at_ bigint;
begin
  if queued then
    perform pg_advisory_xact_lock(hashtextextended('offtake book ' || book_, 0));
  end if;
  select l.position + 1, l.hash, l.at into end_, end_hash_, end_at_
    from log l where l.book = book_ order by l.position desc limit 1;
  end_ := coalesce(end_, 0);
  if form_ is not null and from_ < end_ and end_ - from_ = (
    select sum(c.length) from log_changes c
    where c.book = book_ and c.position >= from_ and c.position < end_ and c.form = form_
  ) then
    return query
      select floor(extract(epoch from clock_timestamp()) * 1000)::bigint, end_, end_hash_, end_at_,
             null::bigint, null::bigint, null::bigint, null::text, null::text, null::text, null::text, null::boolean, null::text, null::bytea,
             c.position, c.length, c.head_hash, c.form, c.body, c.hash
      from log_changes c
      where c.book = book_ and c.position >= from_ and c.position < end_
      order by c.position;
  else
    return query
      select floor(extract(epoch from clock_timestamp()) * 1000)::bigint, end_, end_hash_, end_at_,
             r.position, r.at, r.received_at, r.key, r.fingerprint, r.actor, r.type, r.took, r.body, r.hash,
             null::bigint, null::integer, null::bytea, null::integer, null::text, null::bytea
      from books b
      left join lateral (
        select l.* from log l where l.book = b.book and l.position >= from_ and l.position < end_ order by l.position
      ) r on true
      where b.book = book_;
  end if;
end $$;
`;

export const changes: Migration = { version: 7, name: "changes", sql: SQL };
