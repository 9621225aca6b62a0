import { ApiProblem } from "@offtake/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { tell } from "../toasts/toasts.tsx";
import { seatName, useBroker } from "./broker.ts";

/** What went wrong, in the broker's own words where it said any. */
export function failureText(error: unknown): string {
  if (error instanceof ApiProblem) return `${error.problem.title}. ${error.problem.detail}`;
  return "The broker could not be reached. Nothing is known to have changed; try again.";
}

export interface Acting {
  /** True while something is on its way: what would do it again waits. */
  readonly isBusy: boolean;
  /** Does it, reads again what it may have changed, and says what went wrong if it did. True where it worked. */
  readonly act: (work: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

/** Something that a person does on a page and that changes something: one at a time. */
export function useActing(): Acting {
  const queries = useQueryClient();
  const { seat } = useBroker();
  const [isBusy, setIsBusy] = useState(false);
  const act = async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
    if (isBusy) return false;
    setIsBusy(true);
    try {
      await work();
      if (done !== undefined) tell({ family: "secured", title: done });
      return true;
    } catch (error) {
      tell({ family: "breach", title: "That did not work", detail: failureText(error) });
      return false;
    } finally {
      setIsBusy(false);
      if (seat !== undefined) await queries.invalidateQueries({ queryKey: [seatName(seat)] });
    }
  };
  return { isBusy, act };
}
