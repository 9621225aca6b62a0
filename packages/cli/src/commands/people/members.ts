import type { Schemas } from "@offtake/client";
import { agreedTo } from "../../broker/confirm.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import { rolesOf } from "./roles.ts";

export interface InviteOptions extends BrokerOptions {
  readonly roles: string;
  readonly email?: string;
  readonly provider?: string;
  readonly signsAs?: string;
}

export interface RemoveOptions extends BrokerOptions {
  readonly deputy?: string;
  readonly yes?: true;
}

export function listMembers(io: Io, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("memberList", { params: { book } })).value,
    ({ data }) => tableText(COLUMNS, data.map(row)),
  );
}

const COLUMNS = [
  { title: "PERSON" },
  { title: "NAME" },
  { title: "ROLES" },
  { title: "SIGNS AS" },
  { title: "STANDS" },
] as const;

function row({ person, name, roles, groupRoles, signsAs, invitedAt, removedAt }: Schemas["Member"]): readonly string[] {
  const stands = removedAt === null ? `since ${whenText(invitedAt)}` : `removed ${whenText(removedAt)}`;
  return [person, name ?? "(erased)", [...new Set([...roles, ...groupRoles])].join(", "), signsAs ?? "", stands];
}

export function inviteMember(io: Io, name: string, options: InviteOptions): Promise<ExitCode> {
  const { email, provider, signsAs } = options;
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const body = {
        name,
        roles: rolesOf(options.roles),
        ...(email === undefined ? {} : { email }),
        ...(provider === undefined ? {} : { provider }),
        ...(signsAs === undefined ? {} : { signsAs }),
      };
      return (await client.call("memberInvite", { params: { book }, body })).value;
    },
    ({ data: { person, login } }) =>
      `Added ${name} as ${person}\n${login === undefined ? "" : `One-time login, good until ${whenText(login.expiresAt)}: ${login.code}\n`}`,
  );
}

export async function removeMember(io: Io, person: string, options: RemoveOptions): Promise<ExitCode> {
  const stop = await agreedTo(io, options, `Remove ${person}? Sessions and keys end at once.`);
  if (stop !== undefined) return stop;
  const { deputy } = options;
  return atBroker(
    io,
    options,
    async ({ client, book }) =>
      (await client.call("memberRemove", { params: { book, person }, body: deputy === undefined ? {} : { deputy } }))
        .value,
    ({ data: { keys, sessions, orphaned } }) =>
      `Removed ${person}: ${sessions} sessions and ${keys} keys have ended\n${orphaned.map((id) => `Nobody can decide ${id} now: offtake approval list\n`).join("")}`,
  );
}
