import type { Policy } from "./documents.ts";
import type { BookState } from "./state.ts";
import { reject } from "./turn.ts";

/** The buyer's policy, without which no request comes to its end. */
export function policyOf(state: BookState): Policy {
  return state.policy ?? reject("malformed", "The book has no policy.");
}
