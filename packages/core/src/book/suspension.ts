import type { Instant } from "../kernel/index.ts";
import type { LiveRight } from "../rights/live.ts";
import { isEligible } from "./eligible.ts";
import { holderNow } from "./lookup.ts";
import type { BookState } from "./state.ts";

/** Why the holder of a right may not use it now; undefined where it may. */
export function suspensionOf(
  state: BookState,
  right: LiveRight,
  at: Instant,
): "holder_in_default" | "holder_not_eligible" | undefined {
  const holder = holderNow(state, right);
  if (
    right.clause.suspendOnDefault &&
    state.defaults.size > 0 &&
    state.defaults.has(`${holder} ${right.ref.agreement}`)
  )
    return "holder_in_default";
  return isEligible(state, holder, at) ? undefined : "holder_not_eligible";
}
