import { z } from "zod";
import { freeText, idText, instantText, moneyText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { asItIs } from "./body.ts";

/**
 * What a person does for a party, in one book. A person may have several, and others for another party.
 *
 * - `operator` runs the server and sees no content; `auditor` reads what it was granted and nothing else; `admin` decides who may do what,
 *   and reads no content by that alone.
 * - `signatory` makes an answer binding, within its limit; `legal` confirms readings and approves agreements and notices.
 */
export const ROLES = [
  "procurement",
  "finance",
  "engineer",
  "provider-desk",
  "auditor",
  "operator",
  "admin",
  "legal",
  "signatory",
] as const;

/** What may need approval. */
export const APPROVAL_KINDS = ["request", "award", "agreement", "answer", "bid", "waiver"] as const;

const roles = z.array(z.enum(ROLES)).max(ROLES.length).describe("What the person does for the party.");
const person = idText.describe("A member, by its id.");
const persons = z.array(person).min(1).max(100);
const name = z.string().min(1).max(200);
const days = z.number().min(0).max(366);

export const loginBody = asItIs(
  strict({
    code: freeText.describe("A login that is good once."),
    kind: z
      .enum(["terminal", "browser"])
      .optional()
      .describe("terminal: a token to send as `Authorization: Bearer`. browser: a cookie. Default: terminal."),
  }).meta({ id: "LoginBody" }),
);

export const sessionPartyBody = asItIs(
  strict({
    book: freeText.describe("Name of the book."),
    party: idText.describe("For whom to act in it."),
  }).meta({ id: "SessionParty" }),
);

export const memberBody = asItIs(
  strict({
    name: name.describe("Kept beside the log, and erasable."),
    email: z
      .string()
      .max(254)
      .regex(/^[^\s@]+@[^\s@]+$/)
      .optional()
      .describe("With `provider`, the address that it must vouch for."),
    provider: idText.optional().describe("Where this person logs in. Without it by one-time logins only."),
    roles,
    signsAs: name.optional().describe("The name under which the party's document lists this person as a signatory."),
  }),
);

export const memberRolesBody = asItIs(strict({ roles, signsAs: name.optional() }));

export const memberRemovalBody = asItIs(
  strict({ deputy: person.optional().describe("Who stands in from now on; the person's own deputy when absent.") }),
);

export const keyBody = asItIs(
  strict({
    person: person.describe("Whose key: it ends with that membership, and does nothing that the person may not."),
    label: name.max(100).describe("What it is for. Two keys of one label may live at once."),
    roles,
    days: days.optional().describe("How long it lives. Default: 90."),
  }),
);

export const keyRotationBody = asItIs(
  strict({ overlapDays: days.optional().describe("How long both are good. Default: 7.") }),
);

export const groupBody = asItIs(strict({ provider: idText, group: name, roles }));
export const groupRemovalBody = asItIs(strict({ provider: idText, group: name }));

export const deputyBody = asItIs(
  strict({
    person: person.optional().describe("Who is away; the caller when absent. Of others only an admin says it."),
    deputy: person,
    from: instantText.describe("Inclusive."),
    to: instantText.describe("Exclusive; at most 366 days later."),
  }),
);
export const deputyEndBody = asItIs(strict({ person: person.optional(), deputy: person }));

export const approvalRuleBody = asItIs(
  strict({
    kinds: z.array(z.enum(APPROVAL_KINDS)).min(1),
    from: moneyText.optional().describe("From this amount on, inclusive; any amount when absent."),
    relatedParty: z.literal(true).optional().describe("Only acts with a related party."),
    roles: roles.optional().describe("Who approves: whoever has one of these ..."),
    persons: persons.optional().describe("... or, where people are named, those and nobody else."),
    people: z.int().min(1).max(20).optional().describe("How many different people. Default: 1."),
  }),
);

export const approvalDecisionBody = asItIs(
  strict({ note: z.string().max(2_000).optional().describe("Why; for the party itself, kept beside the log.") }),
);
export const approvalAssignmentBody = asItIs(strict({ person }));

export const grantBody = asItIs(
  strict({
    person: person.describe("A member who audits."),
    requests: z.array(idText).min(1).max(1_000),
    from: instantText.describe("Inclusive."),
    to: instantText.describe("Exclusive; at most 366 days later."),
    why: freeText,
  }),
);
