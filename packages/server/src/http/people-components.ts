import { APPROVAL_KINDS, ROLES } from "@offtake/wire/api";
import type { Schema } from "@offtake/wire/codecs";

const text = { type: "string" } as const;
const maybeText = { type: ["string", "null"] } as const;
const instant = { type: "string", format: "date-time" } as const;
const maybeInstant = { type: ["string", "null"], format: "date-time" } as const;
const texts = { type: "array", items: text } as const;
const roles = { type: "array", items: { type: "string", enum: [...ROLES] } } as const;
const truth = { type: "boolean" } as const;

function strict(
  description: string,
  properties: Readonly<Record<string, unknown>>,
  optional: readonly string[] = [],
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", description, properties, required, additionalProperties: false } as Schema;
}

const RULE = strict(
  "Which acts need whose approval.",
  {
    id: text,
    kinds: { type: "array", items: { type: "string", enum: [...APPROVAL_KINDS] } },
    from: text,
    relatedParty: truth,
    roles,
    persons: texts,
    also: texts,
    people: { type: "integer", minimum: 1 },
  },
  ["from", "relatedParty", "persons", "also"],
);

/** What the API tells about people, as parts of its document. */
export const PEOPLE_COMPONENTS: Readonly<Record<string, Schema>> = {
  Member: strict("A person of the party. Name and address are null once erased.", {
    person: text,
    name: maybeText,
    email: maybeText,
    roles,
    groupRoles: roles,
    signsAs: maybeText,
    provider: maybeText,
    invitedAt: instant,
    removedAt: maybeInstant,
    erasedAt: maybeInstant,
  }),
  Colleague: strict("A person of the party, as those who work with it see it. The name is null once erased.", {
    person: text,
    name: maybeText,
    roles,
    isMember: truth,
  }),
  OneTimeLogin: strict("Shown this once; to be handed to the person.", { code: text, expiresAt: instant }),
  MemberInvited: strict(
    "Whoever has no identity provider gets a one-time login.",
    { person: text, login: { $ref: "#/definitions/OneTimeLogin" } },
    ["login"],
  ),
  MemberRemoved: strict(
    "What ended, and what is left to look after.",
    {
      keys: { type: "integer" },
      sessions: { type: "integer" },
      deputy: text,
      orphaned: { ...texts, description: "Approvals that nobody can give any more: ask somebody else." },
    },
    ["deputy"],
  ),
  ApiKey: strict("A key, without its secret.", {
    key: { type: "string", description: "The part that may be seen." },
    person: text,
    label: text,
    roles,
    madeAt: instant,
    expiresAt: instant,
    lastUsedAt: maybeInstant,
    revokedAt: maybeInstant,
  }),
  ApiKeyMade: strict("The whole key, shown this once.", { key: text, shown: text, expiresAt: instant }),
  GroupRoles: strict("Members whom the provider counts to the group have these roles as well.", {
    provider: text,
    group: text,
    roles,
  }),
  Deputy: strict("Who stands in for whom.", { person: text, deputy: text, from: instant, to: instant }, ["to"]),
  ApprovalRule: RULE,
  Approval: strict("Something that waits, or waited, for approval.", {
    approval: text,
    kind: { type: "string", enum: [...APPROVAL_KINDS] },
    subject: { type: "string", description: "The id of what it is about." },
    rule: { $ref: "#/definitions/ApprovalRule" },
    proposer: maybeText,
    proposedAt: instant,
    act: { type: "object", description: "What is asked for, as it was proposed." },
    standing: { type: "string", enum: ["waits", "given", "denied", "withdrawn"] },
    settledAt: maybeInstant,
    outcome: { ...maybeText, description: "`accepted`, or the code of the rejection, once the command was sent." },
    decisions: {
      type: "array",
      items: strict("What somebody said, in whose place, when and why.", {
        person: text,
        seat: text,
        approves: truth,
        at: instant,
        note: maybeText,
      }),
    },
    approvers: { ...texts, description: "Who could decide now." },
  }),
  ApprovalDecided: strict(
    "Where it stands now.",
    {
      standing: { type: "string", enum: ["waits", "given", "denied"] },
      receipt: { $ref: "#/definitions/Receipt" },
    },
    ["receipt"],
  ),
  ApprovalsWaiting: strict("Nothing is decided yet: others have to agree.", { approvals: texts }),
  Grant: strict("What an auditor may read.", {
    granted: text,
    person: text,
    requests: texts,
    from: instant,
    to: instant,
    givenAt: instant,
    givenBy: text,
    why: text,
    revokedAt: maybeInstant,
  }),
  AccessEntry: strict("Who read what, or was refused.", {
    entry: { type: "integer" },
    at: instant,
    person: text,
    via: text,
    key: maybeText,
    operation: text,
    object: maybeText,
    outcome: { type: "string", enum: ["read", "refused"] },
    granted: maybeText,
  }),
};
