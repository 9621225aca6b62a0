import { ApiProblem, type Operations } from "@offtake/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "../../app/acting.ts";
import { waitingIn } from "../../app/approvals.ts";
import { seatName, useBroker, useSeat } from "../../app/broker.ts";
import { type Draft, useDraft } from "../../app/drafts.ts";
import { answersOf, type MonthFields, type MonthRow, NO_MONTHS } from "./months.ts";

/** What became of one month. */
type Answered = Operations["noticeAnswerSeveral"]["answer"]["data"][number];

export interface MonthsAnswering {
  readonly fields: MonthFields;
  readonly set: (part: Partial<MonthFields>) => void;
  readonly draft: Draft<MonthFields>;
  readonly isSending: boolean;
  readonly failure: string | undefined;
  readonly answered: readonly Answered[];
  /** Held back until others of one's own party agree. */
  readonly approvals: readonly string[];
  readonly send: (rows: readonly MonthRow[]) => Promise<void>;
}

/** Several months, answered in one call: kept as a draft until it is recorded, and sent once however often it is pressed. */
export function useMonthsAnswering(request: string): MonthsAnswering {
  const { client } = useBroker();
  const seat = useSeat();
  const queries = useQueryClient();
  const [draft, change, drop] = useDraft(`months ${request}`, NO_MONTHS);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [answered, setAnswered] = useState<readonly Answered[]>([]);
  const [approvals, setApprovals] = useState<readonly string[]>([]);
  const { fields, key } = draft;
  const send = async (rows: readonly MonthRow[]): Promise<void> => {
    if (isSending) return;
    setSending(true);
    setFailure(undefined);
    try {
      const body = { answers: answersOf(rows, fields) };
      const { value } = await client.call("noticeAnswerSeveral", { params: { book: seat.book }, body, key });
      const waits = waitingIn(value);
      setApprovals(waits);
      if (waits.length === 0) setAnswered(value.data);
      drop();
    } catch (error) {
      setFailure(textOf(error));
    } finally {
      await queries.invalidateQueries({ queryKey: [seatName(seat)] });
      setSending(false);
    }
  };
  return {
    fields,
    set: (part) => {
      setFailure(undefined);
      change({ ...fields, ...part });
    },
    draft,
    isSending,
    failure,
    answered,
    approvals,
    send,
  };
}

/** Which of the answers is wrong, where the broker says it of one. */
function textOf(error: unknown): string {
  const problems = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  return [failureText(error), ...problems.map(({ detail }) => detail)].join(" ");
}
