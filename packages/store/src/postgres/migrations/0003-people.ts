import type { Migration } from "./migration.ts";

/**
 * People, and what they may do. Names and addresses stand here and nowhere in the log, which knows a person by a random id only: they can
 * be erased without breaking a chain. Times are milliseconds since 1970; secrets are there as SHA-256 only.
 *
 * `logins` and what hangs on it belong to the server, since one person may be a member in many books; everything else begins with the book.
 */
const PEOPLE = `
-- Somebody who can log in: at an identity provider by its subject, known until the first login by the address that was invited.
create table logins (
  login text primary key,
  provider text,
  subject text,
  email text,
  -- As the provider told at the last login.
  groups text[] not null default '{}',
  made_at bigint not null,
  is_first boolean not null default false,
  check (provider is not null or (subject is null and email is null)),
  unique (provider, subject)
);
create unique index logins_by_email on logins (provider, lower(email));
-- Whoever starts the server.
create unique index first_login on logins (is_first) where is_first;

-- The same human has another id in each party: what one party shows of its people says nothing about another's.
create table members (
  book text not null references books,
  party text not null,
  person text not null,
  login text not null references logins,
  name text,
  email text,
  roles text[] not null,
  group_roles text[] not null default '{}',
  signs_as text,
  invited_at bigint not null,
  invited_by text,
  removed_at bigint,
  erased_at bigint,
  primary key (book, party, person)
);
create unique index members_by_login on members (login, book, party) where removed_at is null;

create table group_roles (
  book text not null references books,
  party text not null,
  provider text not null,
  group_name text not null,
  roles text[] not null,
  primary key (book, party, provider, group_name)
);

create table login_links (
  hash bytea primary key check (length(hash) = 32),
  login text not null references logins,
  purpose text not null check (purpose in ('bootstrap', 'invitation')),
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index login_links_by_login on login_links (login);

-- On the way to an identity provider and back.
create table login_journeys (
  state_hash bytea primary key check (length(state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  provider text not null,
  verifier text not null,
  nonce text not null,
  return_to text not null,
  expires_at bigint not null
);

create table login_attempts (
  bucket text primary key,
  started_at bigint not null,
  failures integer not null
);

create table sessions (
  hash bytea primary key check (length(hash) = 32),
  login text not null references logins,
  via text not null check (via in ('session', 'bootstrap')),
  kind text not null check (kind in ('browser', 'terminal')),
  book text,
  party text,
  made_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  check ((book is null) = (party is null))
);
create index sessions_by_login on sessions (login);

create table api_keys (
  key text primary key,
  book text not null,
  party text not null,
  person text not null,
  label text not null,
  hash bytea not null check (length(hash) = 32),
  roles text[] not null,
  made_at bigint not null,
  made_by text not null,
  expires_at bigint not null,
  last_used_at bigint,
  revoked_at bigint,
  foreign key (book, party, person) references members
);
create index api_keys_by_member on api_keys (book, party, person, label);

create table deputies (
  book text not null,
  party text not null,
  person text not null,
  deputy text not null,
  from_at bigint not null,
  to_at bigint check (to_at > from_at),
  named_by text not null,
  primary key (book, party, person, deputy, from_at),
  foreign key (book, party, person) references members,
  foreign key (book, party, deputy) references members,
  check (person <> deputy)
);

create table approval_rules (
  book text not null references books,
  party text not null,
  rule text not null,
  body jsonb not null,
  set_at bigint not null,
  set_by text not null,
  primary key (book, party, rule)
);

-- Who did what needs, or may come to need, a second person.
create table proposers (
  book text not null references books,
  party text not null,
  kind text not null,
  subject text not null,
  person text not null,
  at bigint not null,
  primary key (book, party, kind, subject)
);

-- What waits, with the rule as it stood when it was proposed, and the command that follows when it is given or denied. Those of one proposal
-- that go together are followed by the command of the last one.
create table approvals (
  book text not null references books,
  party text not null,
  approval text not null,
  kind text not null,
  subject text not null,
  proposal text not null,
  together boolean not null,
  rule text not null,
  rule_body jsonb not null,
  proposer text,
  proposed_at bigint not null,
  act jsonb not null,
  on_given text,
  on_denied text,
  effect text,
  standing text not null check (standing in ('waits', 'given', 'denied', 'withdrawn')),
  settled_at bigint,
  done_at bigint,
  outcome text,
  primary key (book, party, approval)
);
create index approvals_waiting on approvals (book, party, proposed_at) where standing = 'waits';
create index approvals_undone on approvals (book, settled_at) where done_at is null and effect is not null;
create index approvals_by_proposal on approvals (book, party, proposal);
create unique index approvals_by_subject on approvals (book, party, kind, subject, rule) where standing = 'waits';

create table approval_decisions (
  book text not null,
  party text not null,
  approval text not null,
  person text not null,
  seat text not null,
  approves boolean not null,
  at bigint not null,
  note text,
  primary key (book, party, approval, person),
  unique (book, party, approval, seat),
  foreign key (book, party, approval) references approvals
);

create table grants (
  book text not null,
  party text not null,
  granted text not null,
  person text not null,
  requests text[] not null,
  from_at bigint not null,
  to_at bigint not null check (to_at > from_at),
  given_at bigint not null,
  given_by text not null,
  why text not null,
  revoked_at bigint,
  primary key (book, party, granted),
  foreign key (book, party, person) references members
);
create index grants_by_person on grants (book, party, person);

-- Who read what under a grant, and who was refused. Only ever added to.
create table access_log (
  book text not null,
  party text not null,
  entry bigint generated always as identity,
  at bigint not null,
  person text not null,
  via text not null,
  key text,
  operation text not null,
  object text,
  outcome text not null check (outcome in ('read', 'refused')),
  granted text,
  primary key (book, party, entry)
);
create index access_log_by_person on access_log (book, party, person, entry);
create function access_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the access log is append-only: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger access_log_is_append_only before update or delete on access_log
  for each row execute function access_log_is_append_only();
create trigger access_log_is_not_emptied before truncate on access_log
  for each statement execute function access_log_is_append_only();
`;

export const people: Migration = { version: 3, name: "people", sql: PEOPLE };
