import { ApiProblem, type Schemas } from "@offtake/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "./acting.ts";
import { waitingIn } from "./approvals.ts";
import { seatName, useSeat } from "./broker.ts";

interface Sent {
  readonly receipt: Schemas["Receipt"];
  readonly data: { readonly updatedAt: string } | null;
}

export interface Sending<Answer extends Sent> {
  readonly isSending: boolean;
  /** What the broker said no to, in its words; nothing of what was filled in is lost by it. */
  readonly failure: string | undefined;
  /** It was recorded and changes nothing: the proof that it came. */
  readonly recorded: Schemas["Receipt"] | undefined;
  /** What came of it, where it was recorded. */
  readonly sent: Answer | undefined;
  /** It is held back until others of one's own party agree: the ids of what waits. */
  readonly approvals: readonly string[];
  /** When what one did oneself happened, in milliseconds since 1970: what came later somebody else did. */
  readonly ownAt: number | undefined;
  readonly send: (work: () => Promise<{ readonly value: Answer }>) => Promise<Answer | undefined>;
  /** Something was changed since it failed. */
  readonly clear: () => void;
}

/** Sends what somebody filled in: one at a time, and whatever comes of it, what stands is read again. */
export function useSending<Answer extends Sent>(): Sending<Answer> {
  const seat = useSeat();
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [recorded, setRecorded] = useState<Schemas["Receipt"]>();
  const [approvals, setApprovals] = useState<readonly string[]>([]);
  const [sent, setSent] = useState<Answer>();
  const send = async (work: () => Promise<{ readonly value: Answer }>): Promise<Answer | undefined> => {
    if (isSending) return undefined;
    setSending(true);
    setFailure(undefined);
    setRecorded(undefined);
    try {
      const { value } = await work();
      const waits = waitingIn(value);
      setApprovals(waits);
      if (waits.length === 0) setSent(value);
      return value;
    } catch (error) {
      setFailure(failureText(error));
      setRecorded(error instanceof ApiProblem ? error.problem.receipt : undefined);
      return undefined;
    } finally {
      await queries.invalidateQueries({ queryKey: [seatName(seat)] });
      setSending(false);
    }
  };
  const at = sent?.data?.updatedAt;
  return {
    isSending,
    failure,
    recorded,
    sent,
    approvals,
    ownAt: at === undefined ? undefined : Date.parse(at),
    send,
    clear: () => {
      setFailure(undefined);
      setRecorded(undefined);
    },
  };
}
