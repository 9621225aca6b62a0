import type { BookName } from "@offtake/store/log";
import type { PartyId } from "@offtake/core/kernel";
import type { Database } from "@offtake/store/postgres";
import type { PoolClient } from "pg";
import { Access } from "./access.ts";
import { ApprovalRules } from "./approval-rules.ts";
import { Approvals } from "./approvals.ts";
import { DatabaseAuthenticator } from "./authenticate.ts";
import { type PeopleContext, rowsOf } from "./database.ts";
import { Deputies } from "./deputies.ts";
import { Grants } from "./grants.ts";
import { Groups } from "./groups.ts";
import { Identities, type IdentityProvider } from "./identity.ts";
import { ApiKeys } from "./keys.ts";
import { addLocalLogin, Logins, type OneTimeLogin, oneTimeLogin } from "./logins.ts";
import { addMember, Members } from "./members.ts";
import type { Authenticator, CredentialHeaders, Principal } from "./principal.ts";
import { PEOPLE_CHANNEL, Remembered } from "./remembered.ts";
import type { Role } from "./roles.ts";
import { Sessions, type SessionView } from "./sessions.ts";

export interface PeopleOptions {
  /** Whoever opened it closes it. */
  readonly database: Pick<Database, "pool" | "transaction">;
  /** Milliseconds since 1970; the machine's when absent. */
  readonly now?: () => number;
  /** Milliseconds that never go back, by which what was looked up is remembered for a moment; the process's when absent. */
  readonly elapsed?: () => number;
  /** Where people log in; none when absent. */
  readonly providers?: readonly IdentityProvider[];
}

/** Whom a server lets in first. */
export interface FirstMember {
  readonly book: BookName;
  readonly party: PartyId;
  readonly roles: readonly Role[];
}

/** Everything about people and machines that call: who they are, what they may do, who approves what. */
export class People implements Authenticator {
  readonly sessions: Sessions;
  readonly logins: Logins;
  readonly identities: Identities;
  readonly members: Members;
  readonly groups: Groups;
  readonly keys: ApiKeys;
  readonly deputies: Deputies;
  readonly rules: ApprovalRules;
  readonly approvals: Approvals;
  readonly grants: Grants;
  readonly access: Access;
  readonly context: PeopleContext;
  private readonly authenticator: DatabaseAuthenticator;

  constructor({ database, now = Date.now, elapsed, providers = [] }: PeopleOptions) {
    const remembered = new Remembered(database.pool, elapsed);
    const together: PeopleContext["atOnce"] = (work) => database.transaction(work);
    const context: PeopleContext = {
      pool: database.pool,
      atOnce: (work) => remembered.changing(() => together(work)),
      remembered,
      now,
    };
    this.context = context;
    this.sessions = new Sessions(context);
    this.logins = new Logins(context, this.sessions);
    this.identities = new Identities(context, this, providers);
    this.members = new Members(context);
    this.groups = new Groups(context);
    this.keys = new ApiKeys(context);
    this.deputies = new Deputies(context);
    this.rules = new ApprovalRules(context);
    // What is approved changes nothing of who may do what.
    this.approvals = new Approvals({ ...context, atOnce: together }, this.rules);
    this.grants = new Grants(context);
    this.access = new Access(context, this.grants);
    this.authenticator = new DatabaseAuthenticator(context, this.sessions);
  }

  /** From now on what other nodes change about people counts here at once. Returns the way to stop. */
  hear(listen: Database["listen"]): Promise<() => Promise<void>> {
    return listen(PEOPLE_CHANNEL, () => this.context.remembered.forget());
  }

  authenticate(headers: CredentialHeaders): Promise<Principal | undefined> {
    return this.authenticator.authenticate(headers);
  }

  /** A live session, also one that has not chosen for whom it acts. */
  session(headers: CredentialHeaders): Promise<SessionView | undefined> {
    return this.authenticator.session(headers);
  }

  /**
   * A one-time login for whoever starts the server, as a member of the parties named. Asked again it is the same person, with a new login:
   * roles that were changed since stay as they are, and who was removed stays so, unless the party has no administrator any more.
   *
   * @returns undefined where that person is a member nowhere any more
   */
  async bootstrap(name: string, parties: readonly FirstMember[]): Promise<OneTimeLogin | undefined> {
    const now = this.context.now();
    const made = await this.context.atOnce(async (client) => {
      const login = await firstLogin(client, now);
      for (const party of parties) {
        if (!(await isWanted(client, party, login))) continue;
        await addMember(client, party, login, { name, roles: party.roles }, now, undefined);
      }
      return { login, oneTime: await oneTimeLogin(client, login, "bootstrap", now) };
    });
    return (await this.logins.isMember(made.login)) ? made.oneTime : undefined;
  }

  /** Takes away sessions, one-time logins and counts that have ended. */
  async sweep(): Promise<void> {
    await this.sessions.sweep();
    await this.logins.sweep();
  }
}

async function firstLogin(client: PoolClient, now: number): Promise<string> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('offtake bootstrap', 0))");
  const [first] = await rowsOf<{ login: string }>(client, "select login from logins where is_first", []);
  return first?.login ?? addLocalLogin(client, now, { isFirst: true });
}

async function isWanted(client: PoolClient, { book, party }: FirstMember, login: string): Promise<boolean> {
  const kept = await rowsOf(
    client,
    `select 1 from members where book = $1 and party = $2 and removed_at is null
     and (login = $3 or 'admin' = any (roles || group_roles)) limit 1`,
    [book, party, login],
  );
  return kept.length === 0;
}
