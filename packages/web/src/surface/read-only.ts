import { createContext, use } from "react";

/** Why nothing can be changed now; undefined while it can. */
export const ReadOnlyContext = createContext<string | undefined>(undefined);

/** Why something cannot be sent now: because nothing can be changed at all, or for a reason of its own. */
export function useWriteReason(own: string | undefined): string | undefined {
  return use(ReadOnlyContext) ?? own;
}
