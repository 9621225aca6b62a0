import type { CommandBody } from "@offtake/core/book";
import type { Instant, PartyId, RequestId } from "@offtake/core/kernel";
import { decodeCommand, encodeCommand } from "@offtake/wire/codecs";
import type { Approval } from "./ballots.ts";
import type { PersonId } from "./principal.ts";

/** A command that waits for its approval, as text. Time, key and dice are given when it is sent. */
export function storedBody(body: CommandBody, actor: PartyId): string {
  return JSON.stringify(encodeCommand({ ...body, at: 0 as Instant, actor, key: "", nonce: "" }));
}

export function bodyFrom(text: string): CommandBody {
  const restored = decodeCommand(JSON.parse(text));
  if (!restored.ok) throw new Error(`A stored approval cannot be read: ${restored.problem.message}`);
  const { at: _at, receivedAt: _receivedAt, actor: _actor, key: _key, nonce: _nonce, ...body } = restored.value;
  return body;
}

/** What the core is told when somebody decides about an approval that it keeps itself. Persons are named by their random id only. */
export function requestApproval(
  { subject, rule, askedAt }: Pick<Approval, "subject" | "rule" | "askedAt">,
  approves: boolean,
  by: PersonId,
): CommandBody {
  return {
    type: approves ? "giveApproval" : "denyApproval",
    request: subject as RequestId,
    approval: rule.id,
    by,
    // What was revised meanwhile is not what was decided on.
    ...(askedAt === null ? {} : { askedAt: askedAt as Instant }),
  };
}
