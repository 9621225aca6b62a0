import type { Migration } from "./migration.ts";

/**
 * The third layer: below what is disclosed, and below the predicates of statements. Whoever owns the tables is not held by it; a reader is,
 * and sees what belongs to the party that its connection is set to. Without one it sees nothing.
 */
const SQL = `
do $$
declare
  table_ text;
begin
  foreach table_ in array array[
    'feeds', 'feed_objects', 'members', 'group_roles', 'api_keys', 'deputies', 'approval_rules', 'proposers', 'approvals',
    'approval_decisions', 'grants', 'access_log', 'notice_forms', 'deliveries', 'feed_followers', 'notice_links', 'webhooks',
    'chat_channels', 'calendar_feeds', 'calendar_entries', 'provider_tasks'
  ] loop
    execute format('alter table %I enable row level security', table_);
    execute format($policy$create policy own_rows on %I for select using (
      book = current_setting('offtake.book', true) and party = current_setting('offtake.party', true))$policy$, table_);
  end loop;
end $$;

-- What was told quotes records of the log: those, and no others.
alter table log enable row level security;
create policy quoted_rows on log for select using (
  book = current_setting('offtake.book', true) and exists (
    select 1 from feeds f
    where f.book = log.book and f.party = current_setting('offtake.party', true) and f.record = log.position and f.quotes));

alter table files enable row level security;
create policy readable_rows on files for select using (
  book = current_setting('offtake.book', true) and (
    owner = current_setting('offtake.party', true)
    or (not privileged and current_setting('offtake.party', true) = any (readers))));
alter table file_contents enable row level security;
create policy readable_rows on file_contents for select using (
  book = current_setting('offtake.book', true) and exists (
    select 1 from files f where f.book = file_contents.book and f.sha256 = file_contents.sha256));

-- Nobody reads these but the broker itself.
alter table book_secrets enable row level security;
alter table broker_secrets enable row level security;
alter table snapshots enable row level security;
alter table feed_states enable row level security;
alter table log_changes enable row level security;
alter table logins enable row level security;
alter table login_links enable row level security;
alter table login_journeys enable row level security;
alter table sessions enable row level security;
`;

export const readers: Migration = { version: 8, name: "readers", sql: SQL };
