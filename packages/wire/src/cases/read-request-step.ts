import type { CommandBody } from "@offtake/core/book";
import type { RequestId } from "@offtake/core/kernel";
import { unreachable } from "@offtake/core/kernel";
import type { Path } from "../source/index.ts";
import type { Script } from "./script.ts";
import type { StepDocument, StepOf } from "./step-document.ts";

export type RequestStep = StepOf<
  "submit" | "call" | "renew" | "revise" | "withdraw" | "close" | "approve" | "disapprove" | "report-use"
>;

export function readRequestCommand(step: RequestStep, path: Path, script: Script): CommandBody | undefined {
  if (step.do === "submit" || step.do === "call" || step.do === "renew") {
    const under =
      step.do === "submit"
        ? {}
        : { under: step.under, ...(step.negotiated === undefined ? {} : { negotiated: step.negotiated }) };
    const submitted = script.submit(step.request, { ...step.with, ...under }, path);
    return submitted === undefined ? undefined : { type: "submitRequest", request: submitted };
  }
  const request = script.request(step.request, path);
  if (request === undefined) return undefined;
  switch (step.do) {
    case "revise": {
      const revised = script.revise(request, step.with, path, isRejected(step));
      return revised === undefined ? undefined : { type: "reviseRequest", request: revised };
    }
    case "withdraw":
      return { type: "withdrawRequest", request };
    case "close":
      return { type: "closeRequest", request };
    case "approve":
      return { type: "giveApproval", request, approval: step.approval, by: step.person ?? script.actor(step) };
    case "disapprove":
      return { type: "denyApproval", request, approval: step.approval, by: step.person ?? script.actor(step) };
    case "report-use": {
      script.introduce("request", step.newRequest);
      const uses = Object.entries(step.uses).map(([purpose, acceleratorSeconds]) => ({ purpose, acceleratorSeconds }));
      return { type: "recordPurposeUse", request, month: step.month, uses, newRequest: step.newRequest as RequestId };
    }
    default:
      return unreachable(step);
  }
}

/** Whether the step is expected to be rejected, so that it changes nothing. */
export function isRejected(step: Pick<StepDocument, "expect">): boolean {
  const expected = step.expect === undefined ? [] : Array.isArray(step.expect) ? step.expect : [step.expect];
  return expected.some((one) => one.rejected !== undefined);
}
