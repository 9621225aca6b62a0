import type { Migration } from "./migration.ts";

const SQL = `
-- While its one row is there no node begins to send anything: what is to go out by mail, webhook and chat waits in \`deliveries\`.
create table outgoing_pause (
  the_one boolean primary key default true check (the_one),
  since timestamptz not null default clock_timestamp()
);
`;

export const outgoingPause: Migration = { version: 15, name: "outgoing pause", sql: SQL };
