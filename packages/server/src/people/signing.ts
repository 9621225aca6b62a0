import type { Principal } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";

/**
 * In whose name an answer goes out: a signatory's own, and nobody's for everybody else. What that name may bind, and up to which amount,
 * the core judges by the party's signatories: without one of them the answer waits until a signatory stands behind it (`answerRatify`).
 *
 * @param stated the `signer` that came with the answer, if any
 * @throws PeopleProblem `signer_not_you` where it names anybody else
 */
export function signerOf(caller: Pick<Principal, "roles" | "signsAs">, stated: string | undefined): string | undefined {
  const own = caller.roles.includes("signatory") ? caller.signsAs : undefined;
  if (stated !== undefined && stated !== own) throw new PeopleProblem("signer_not_you");
  return own;
}
