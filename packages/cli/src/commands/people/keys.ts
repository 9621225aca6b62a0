import type { Schemas } from "@offtake/client";
import type { BrokerOptions, Line } from "../../broker/connect.ts";
import { countOf } from "../../broker/counts.ts";
import { atBroker } from "../../broker/run.ts";
import { whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import { rolesOf } from "./roles.ts";

export interface CreateOptions extends BrokerOptions {
  readonly roles: string;
  readonly person?: string;
  readonly days?: string;
}

export function listKeys(io: Io, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("keyList", { params: { book } })).value,
    ({ data }) => {
      if (data.length > 0) return tableText(COLUMNS, data.map(row));
      io.err("There are none. Next: offtake key create LABEL --roles ROLES\n");
      return "";
    },
  );
}

const COLUMNS = [
  { title: "KEY" },
  { title: "LABEL" },
  { title: "PERSON" },
  { title: "ROLES" },
  { title: "GOOD UNTIL" },
  { title: "USED LAST" },
] as const;

function row(key: Schemas["ApiKey"]): readonly string[] {
  const ended = key.revokedAt === null ? whenText(key.expiresAt) : `ended ${whenText(key.revokedAt)}`;
  return [key.key, key.label, key.person, key.roles.join(", "), ended, whenText(key.lastUsedAt ?? undefined)];
}

export async function createKey(io: Io, label: string, options: CreateOptions): Promise<ExitCode> {
  const days = countOf("--days", options.days);
  if (!days.ok) return tellFailure(io, days.failure, options.json === true);
  return atBroker(
    io,
    options,
    async (line) => {
      const person = options.person ?? (await ownPerson(line));
      const roles = rolesOf(options.roles);
      const body = { person, label, roles, ...(days.value === undefined ? {} : { days: days.value }) };
      return (await line.client.call("keyCreate", { params: { book: line.book }, body })).value;
    },
    ({ data }) => {
      io.err("This key is shown only now. Keep it where secrets are kept.\n");
      return `${data.shown}\n`;
    },
  );
}

/** Whoever is logged in, as the person that acts for this party. */
async function ownPerson({ client, book, party }: Line): Promise<string> {
  const { memberships } = (await client.call("sessionRead", {})).value.data;
  return memberships.find((one) => one.book === book && one.party === party)?.person ?? "";
}

export function revokeKey(io: Io, key: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("keyRevoke", { params: { book, key } })).status,
    () => `Ended ${key}\n`,
  );
}
