import type { CommandBody } from "@offtake/core/book";
import type { AgreementId, ClauseId, PartyId } from "@offtake/core/kernel";
import { unreachable } from "@offtake/core/kernel";
import { readWaiver } from "../book/index.ts";
import type { NamedKind } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { isRejected } from "./read-request-step.ts";
import type { Script } from "./script.ts";
import type { StepOf } from "./step-document.ts";

export type AgreementStep = StepOf<
  | "sign"
  | "activate"
  | "suspend"
  | "amend"
  | "terminate"
  | "stop-renewal"
  | "assign"
  | "control-change"
  | "decide-conflict"
  | "waive"
  | "revoke-waiver"
>;

export function readAgreementCommand(step: AgreementStep, path: Path, script: Script): CommandBody | undefined {
  const { context } = script;
  const check = (kind: NamedKind, name: string, key: string): boolean => context.checkName(kind, name, [...path, key]);
  switch (step.do) {
    case "sign":
      return script.sign(step.agreement, path);
    case "amend":
      return check("agreement", step.agreement, "agreement") ? script.amend(step, path, isRejected(step)) : undefined;
    case "activate":
    case "suspend":
      check("agreement", step.agreement, "agreement");
      return {
        type: "changeAgreementStatus",
        agreement: step.agreement as AgreementId,
        status: step.do === "activate" ? "active" : "suspended",
        why: step.why ?? step.do,
      };
    case "terminate": {
      check("agreement", step.agreement, "agreement");
      for (const clause of step.clauses ?? [])
        context.clause({ agreement: step.agreement, clause }, [...path, "clauses"]);
      return {
        type: "terminateAgreement",
        agreement: step.agreement as AgreementId,
        effectiveAt: script.zoned(step.agreement).from(step.effective ?? { kind: "instant", at: step.at }),
        ...(step.accruedRightsSurvive === undefined ? {} : { accruedRightsSurvive: step.accruedRightsSurvive }),
        ...(step.clauses === undefined ? {} : { clauses: step.clauses as ClauseId[] }),
      };
    }
    case "stop-renewal":
      check("agreement", step.agreement, "agreement");
      if (step.by !== undefined) check("party", step.by, "by");
      return {
        type: "giveRenewalNotice",
        agreement: step.agreement as AgreementId,
        by: (step.by ?? script.actor(step)) as PartyId,
        ...(step.delivered === undefined ? {} : { deliveredAt: script.zoned(step.agreement).from(step.delivered) }),
      };
    case "assign":
      check("agreement", step.agreement, "agreement");
      check("party", step.from, "from");
      check("party", step.to, "to");
      return {
        type: "assignAgreement",
        agreement: step.agreement as AgreementId,
        from: step.from as PartyId,
        to: step.to as PartyId,
        consented: step.consented,
      };
    case "control-change":
      check("party", step.party, "party");
      return {
        type: "recordControlChange",
        party: step.party as PartyId,
        effectiveAt: context.from(step.effective ?? { kind: "instant", at: step.at }),
      };
    case "decide-conflict": {
      check("agreement", step.prevails, "prevails");
      const clause = context.clause(step.clause, [...path, "clause"]);
      const other = context.clause(step.other, [...path, "other"]);
      if (clause === undefined || other === undefined) return undefined;
      return {
        type: "decideConflict",
        agreement: clause.agreement,
        clause: clause.clause,
        withAgreement: other.agreement,
        withClause: other.clause,
        prevails: step.prevails as AgreementId,
        by: step.person ?? script.actor(step),
        reason: step.reason,
      };
    }
    case "waive": {
      const id = step.id ?? `waiver-${script.number}`;
      script.introduce("waiver", id);
      const waiver = readWaiver({ ...step, id }, path, context, step.at);
      return waiver === undefined ? undefined : { type: "grantWaiver", waiver };
    }
    case "revoke-waiver":
      check("waiver", step.waiver, "waiver");
      return { type: "revokeWaiver", waiver: step.waiver };
    default:
      return unreachable(step);
  }
}
