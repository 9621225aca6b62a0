import { createContext, use } from "react";

/** Why nothing can be changed now; undefined while it can. */
export const ReadOnlyContext = createContext<string | undefined>(undefined);

/** Why who is logged in may not call an operation at all; undefined where it may. */
export const MayContext = createContext<(operation: string) => string | undefined>(() => undefined);

/** Why a call cannot be made: for whom it is not, and otherwise a reason of its own. */
export function useCallReason(own: string | undefined, operation: string | undefined): string | undefined {
  const whyNot = use(MayContext);
  return (operation === undefined ? undefined : whyNot(operation)) ?? own;
}

/** Why something cannot be sent now: it is not for who is logged in, nothing can be changed at all, or for a reason of its own. */
export function useWriteReason(own: string | undefined, operation?: string): string | undefined {
  return useCallReason(use(ReadOnlyContext) ?? own, operation);
}
