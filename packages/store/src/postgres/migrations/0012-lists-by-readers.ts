import type { Migration } from "./migration.ts";

const SQL = `
-- Lists of deliveries, endpoints, chats and tasks are read as feeds and objects are: on connections that show the rows of one party.
alter table delivery_attempts enable row level security;
create policy own_rows on delivery_attempts for select using (
  exists (select 1 from deliveries d where d.id = delivery_attempts.delivery));

-- A task is its provider's and the keeper's.
alter table provider_tasks add column keeper text collate "C" not null default '';
update provider_tasks t set keeper = coalesce(
  (select l.actor from log l where l.book = t.book order by l.position limit 1), '');
drop policy own_rows on provider_tasks;
create policy own_rows on provider_tasks for select using (
  book = current_setting('offtake.book', true)
  and current_setting('offtake.party', true) <> '' and current_setting('offtake.party', true) in (party, keeper));
`;

export const listsByReaders: Migration = { version: 12, name: "lists by readers", sql: SQL };
