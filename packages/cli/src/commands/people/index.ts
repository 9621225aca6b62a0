import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { DecideOptions, ListOptions } from "./approvals.ts";
import type { CreateOptions } from "./keys.ts";
import type { InviteOptions, RemoveOptions } from "./members.ts";

export const addMember: AddCommand = (program, session) => {
  const member = program
    .command("member")
    .summary("people of your party: list, invite, remove")
    .description("Who acts for your party at the broker, and in which roles.");
  for (const add of [addMembers, addInvite, addRemove]) add(member, session);
};

export const addKey: AddCommand = (program, session) => {
  const key = program
    .command("key")
    .summary("keys for machines: list, create, revoke")
    .description("API keys: each is of one person, for one party, and can do no more than its person.");
  for (const add of [addKeys, addCreate, addRevoke]) add(key, session);
};

export const addApproval: AddCommand = (program, session) => {
  const approval = program
    .command("approval")
    .summary("what waits for a second pair of eyes: list, give, deny")
    .description("What the rules of your party hold back until somebody else agrees.");
  for (const add of [addApprovals, addGive, addDeny]) add(approval, session);
};

function addMembers(member: Command, { io, finish }: Session): void {
  const list = member.command("list").description("Lists the people of your party.");
  brokerOptions(list, "print the list as JSON on stdout").action(async (options: BrokerOptions) => {
    const { listMembers } = await import("./members.ts");
    finish(await listMembers(io, options));
  });
  examples(list, [["offtake member list", "who acts for your party"]]);
}

function addInvite(member: Command, { io, finish }: Session): void {
  const invite = member
    .command("invite")
    .description(
      "Adds somebody. Without an identity provider they get a login that works once, shown here and never again.",
    )
    .argument("<name>", "how they are called")
    .requiredOption("--roles <roles>", "separated by commas, such as procurement,finance")
    .option("--email <address>", "where they are written to; with --provider, by which they are known there")
    .option("--provider <name>", "the identity provider by which they log in")
    .option("--signs-as <name>", "the name under which they are a signatory of the party");
  brokerOptions(invite, "print the member as JSON on stdout").action(async (name: string, options: InviteOptions) => {
    const { inviteMember } = await import("./members.ts");
    finish(await inviteMember(io, name, options));
  });
  examples(invite, [
    ["offtake member invite 'R. Weiss' --roles procurement", "and hand over the login that it prints"],
  ]);
}

function addRemove(member: Command, { io, finish }: Session): void {
  const remove = member
    .command("remove")
    .description(
      "Removes somebody: sessions and keys end at once, and what waits for their approval goes to the deputy.",
    )
    .argument("<person>", "the id, of offtake member list")
    .option("--deputy <person>", "who takes over what waits for them")
    .option("-y, --yes", "do not ask");
  brokerOptions(remove, "print what ended as JSON on stdout").action(async (id: string, options: RemoveOptions) => {
    const { removeMember } = await import("./members.ts");
    finish(await removeMember(io, id, options));
  });
  examples(remove, [["offtake member remove prs_7k --deputy prs_2m", "asks once"]]);
}

function addKeys(key: Command, { io, finish }: Session): void {
  const list = key
    .command("list")
    .description("Lists keys: whose, for what, until when, and when they were used last.");
  brokerOptions(list, "print the list as JSON on stdout").action(async (options: BrokerOptions) => {
    const { listKeys } = await import("./keys.ts");
    finish(await listKeys(io, options));
  });
  examples(list, [["offtake key list", "which machines can act for your party"]]);
}

function addCreate(key: Command, { io, finish }: Session): void {
  const create = key
    .command("create")
    .description("Makes a key. It is shown this once, on stdout alone, so that it can go straight to where it is kept.")
    .argument("<label>", "what it is for")
    .requiredOption("--roles <roles>", "separated by commas; of the roles that its person has")
    .option("--person <person>", "whose it is (default: yours)")
    .option("--days <count>", "good for so many days");
  brokerOptions(create, "print the key as JSON on stdout").action(async (label: string, options: CreateOptions) => {
    const { createKey } = await import("./keys.ts");
    finish(await createKey(io, label, options));
  });
  examples(create, [["offtake key create pipeline --roles engineer --days 90 > key.txt", "for a pipeline"]]);
}

function addRevoke(key: Command, { io, finish }: Session): void {
  const revoke = key
    .command("revoke")
    .description("Ends a key at once.")
    .argument("<key>", "its visible part, of offtake key list");
  brokerOptions(revoke, "print nothing on stdout").action(async (id: string, options: BrokerOptions) => {
    const { revokeKey } = await import("./keys.ts");
    finish(await revokeKey(io, id, options));
  });
  examples(revoke, [["offtake key revoke offk_7k2m", "it works no more"]]);
}

function addApprovals(approval: Command, { io, finish }: Session): void {
  const list = approval
    .command("list")
    .description("Lists what waits: what it is about, who proposed it, and how many have to agree.");
  list.option("--all", "also what is decided: by whom, and why");
  brokerOptions(list, "print the list as JSON on stdout").action(async (options: ListOptions) => {
    const { listApprovals } = await import("./approvals.ts");
    finish(await listApprovals(io, options));
  });
  examples(list, [
    ["offtake approval list", "what waits for you or others"],
    ["offtake approval list --all", "and what was decided, with the reasons"],
  ]);
}

function addDecision(approval: Command, { io, finish }: Session, word: "give" | "deny", description: string): Command {
  const decide = approval
    .command(word)
    .description(description)
    .argument("<approval>", "its id")
    .option("--note <text>", "why; it stays on record");
  return brokerOptions(decide, "print how it stands as JSON on stdout").action(
    async (id: string, options: DecideOptions) => {
      const { decideApproval } = await import("./approvals.ts");
      finish(await decideApproval(io, id, word, options));
    },
  );
}

function addGive(approval: Command, session: Session): void {
  const give = addDecision(approval, session, "give", "Agrees. Once enough have, it is done as it was proposed.");
  examples(give, [["offtake approval give apr_7k", "whoever proposed it cannot"]]);
}

function addDeny(approval: Command, session: Session): void {
  const deny = addDecision(approval, session, "deny", "Does not agree: it is not done.");
  examples(deny, [["offtake approval deny apr_7k --note 'over budget'", "with the reason"]]);
}
