import type { Schemas } from "@offtake/client";
import { useQuery } from "@tanstack/react-query";
import { type Seat, useBroker } from "./broker.ts";
import { mayCall } from "./may.ts";
import { reading } from "./queries.ts";

export type Approval = Schemas["Approval"];

/** Approvals of acts are kept beside the book, and no feed tells of them: they are asked for again after so long. */
const AGAIN_MS = 60_000;
/** For who looks at them. */
export const WATCHED_MS = 3_000;

/** Whether somebody's work is about content: only those are told what waits for approval. */
export const readsApprovals = ({ roles }: Pick<Seat, "roles">): boolean => mayCall(roles, "approvalList");

/** What waits for approval at the party, for those who may know. */
export function useWaiting(isWanted: boolean, againMs: number = AGAIN_MS) {
  const broker = useBroker();
  const { seat } = broker;
  return useQuery({
    ...reading(broker, "approvalList", { query: { standing: "waits" } }),
    enabled: isWanted && seat !== undefined && readsApprovals(seat),
    refetchInterval: againMs,
  });
}

/** Of what waits, that which this person can decide. */
export const forPerson = (approvals: readonly Approval[], person: string): readonly Approval[] =>
  approvals.filter(({ approvers }) => approvers.includes(person));

/** The ids of approvals, where a change was answered with 202: held back until others agree. */
export function waitingIn(value: { readonly data?: unknown }): readonly string[] {
  const data = value.data as { readonly approvals?: unknown } | null | undefined;
  return Array.isArray(data?.approvals) ? (data.approvals as readonly string[]) : [];
}
