import { formatInstant, formatMicros, type Instant } from "@offtake/core/kernel";
import type { Schema } from "@offtake/wire/codecs";
import type { AnswerSpec } from "./operation.ts";
import type { AccessEntry, ApiKey, ApprovalRule, Deputy, Grant, Member, ShownApproval } from "../people/index.ts";

export const time = (at: number): string => formatInstant(at as Instant);
const maybeTime = (at: number | null): string | null => (at === null ? null : time(at));

export const memberValue = ({ invitedAt, removedAt, erasedAt, ...member }: Member) => ({
  ...member,
  invitedAt: time(invitedAt),
  removedAt: maybeTime(removedAt),
  erasedAt: maybeTime(erasedAt),
});

export const keyValue = ({ madeAt, expiresAt, lastUsedAt, revokedAt, ...key }: ApiKey) => ({
  ...key,
  madeAt: time(madeAt),
  expiresAt: time(expiresAt),
  lastUsedAt: maybeTime(lastUsedAt),
  revokedAt: maybeTime(revokedAt),
});

export const deputyValue = ({ from, to, ...deputy }: Deputy) => ({
  ...deputy,
  from: time(from),
  ...(to === undefined ? {} : { to: time(to) }),
});

export const ruleValue = ({ from, ...rule }: ApprovalRule) => ({
  ...rule,
  ...(from === undefined ? {} : { from: `${formatMicros(from.micros)} ${from.currency}` }),
});

export const approvalValue = ({
  approval,
  kind,
  subject,
  rule,
  proposer,
  proposedAt,
  act,
  standing,
  settledAt,
  outcome,
  decisions,
  approvers,
}: ShownApproval) => ({
  approval,
  kind,
  subject,
  rule: ruleValue(rule),
  proposer: proposer === "" ? null : proposer,
  proposedAt: time(proposedAt),
  act,
  standing,
  settledAt: maybeTime(settledAt),
  outcome,
  decisions: decisions.map((decision) => ({ ...decision, at: time(decision.at) })),
  approvers,
});

export const grantValue = ({ from, to, givenAt, revokedAt, ...grant }: Grant) => ({
  ...grant,
  from: time(from),
  to: time(to),
  givenAt: time(givenAt),
  revokedAt: maybeTime(revokedAt),
});

export const accessValue = ({ at, ...entry }: AccessEntry) => ({ ...entry, at: time(at) });

/** An answer whose `data` is a part of the document, or a list of them. */
export function told(description: string, component: string): AnswerSpec {
  return { description, schema: dataSchema({ $ref: `#/components/schemas/${component}` }) };
}

export function toldAll(description: string, component: string): AnswerSpec {
  return {
    description,
    schema: dataSchema({ type: "array", items: { $ref: `#/components/schemas/${component}` } }),
  };
}

export const DONE: AnswerSpec = { description: "Done." };

function dataSchema(data: Schema) {
  return {
    inline: { type: "object", properties: { data }, required: ["data"], additionalProperties: false },
  } as const;
}

export const done = (): Response => new Response(null, { status: 204 });
