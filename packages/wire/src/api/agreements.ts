import type { CommandBody } from "@offtake/core/book";
import type { AgreementId, ClauseId, PartyId } from "@offtake/core/kernel";
import { z } from "zod";
import { clauseRefText, freeText, idText, truth, whenText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { asItIs, type Body } from "./body.ts";

type Of<Type extends CommandBody["type"]> = Extract<CommandBody, { readonly type: Type }>;

export const agreementStatusBody = asItIs(
  strict({
    status: z.enum(["active", "suspended"]).describe("active: a signed agreement comes into force, or back into it."),
    why: freeText,
  }).meta({ id: "AgreementStatusBody" }),
);

export const readingConfirmationBody = asItIs(
  strict({
    clause: idText.describe("Its id."),
    by: freeText.optional().describe("Who compared it with the contract. Default: the caller, by name."),
  }).meta({
    id: "ReadingConfirmation",
    description: "That the fields of a clause say what the contract says.",
  }),
);

const termination = strict({
  effective: whenText.describe("First instant at which it no longer is in force."),
  accruedRightsSurvive: truth.optional().describe("Default: as the agreement says."),
  clauses: oneOrMany(idText).optional().describe("Only these clauses. Default: all of it."),
}).meta({ id: "AgreementTermination" });

export const terminationBody: Body<typeof termination, Omit<Of<"terminateAgreement">, "agreement">> = {
  schema: termination,
  read: ({ effective, accruedRightsSurvive, clauses }, _path, context) => ({
    type: "terminateAgreement",
    effectiveAt: context.from(effective),
    ...(accruedRightsSurvive === undefined ? {} : { accruedRightsSurvive }),
    ...(clauses === undefined ? {} : { clauses: clauses as ClauseId[] }),
  }),
};

const renewalStop = strict({
  by: idText.optional().describe("Who gives the notice. Default: the caller's party."),
  delivered: whenText.optional().describe("When it was delivered, where that was before."),
}).meta({ id: "RenewalStop", description: "Notice that an agreement is not to renew, or that it is to end." });

export const renewalStopBody: Body<typeof renewalStop, Partial<Pick<Of<"giveRenewalNotice">, "by" | "deliveredAt">>> = {
  schema: renewalStop,
  read: ({ by, delivered }, _path, context) => ({
    ...(by === undefined ? {} : { by: by as PartyId }),
    ...(delivered === undefined ? {} : { deliveredAt: context.from(delivered) }),
  }),
};

export const assignmentBody = asItIs(
  strict({ from: idText, to: idText, consented: truth.describe("Whether the other side has consented.") }).meta({
    id: "AgreementAssignment",
  }),
);

const conflict = strict({
  clause: clauseRefText,
  other: clauseRefText,
  prevails: idText.describe("The agreement that prevails."),
  reason: freeText,
}).meta({ id: "ConflictDecision", description: "Which of two clauses prevails. Both are written agreement/clause." });

export const conflictBody: Body<typeof conflict, Omit<Of<"decideConflict">, "by">> = {
  schema: conflict,
  read: (document, path, context) => {
    const clause = context.clause(document.clause, [...path, "clause"]);
    const other = context.clause(document.other, [...path, "other"]);
    if (clause === undefined || other === undefined) return undefined;
    return {
      type: "decideConflict",
      agreement: clause.agreement,
      clause: clause.clause,
      withAgreement: other.agreement,
      withClause: other.clause,
      prevails: document.prevails as AgreementId,
      reason: document.reason,
    };
  },
};
