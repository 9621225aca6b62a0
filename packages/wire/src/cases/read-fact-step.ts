import type { CommandBody } from "@offtake/core/book";
import type { AgreementId, BlockId, OfferId, PartyId } from "@offtake/core/kernel";
import { unreachable } from "@offtake/core/kernel";
import {
  readBlock,
  readCalendar,
  readOffer,
  readParty,
  readPolicy,
  readRate,
  readStandingAnswer,
} from "../book/index.ts";
import type { NamedKind } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { Script } from "./script.ts";
import type { StepOf } from "./step-document.ts";

export type FactStep = StepOf<
  | "default"
  | "cure"
  | "eligibility"
  | "outage"
  | "record-rate"
  | "record-index-value"
  | "record-block"
  | "withdraw-block"
  | "list-offer"
  | "withdraw-offer"
  | "record-calendar"
  | "record-party"
  | "set-policy"
  | "standing-answer"
  | "revoke-standing-answer"
  | "consent-resale"
  | "wait"
>;

export function readFactCommand(step: FactStep, path: Path, script: Script): CommandBody | undefined {
  const { context } = script;
  const check = (kind: NamedKind, name: string, key: string): boolean => context.checkName(kind, name, [...path, key]);
  switch (step.do) {
    case "default":
    case "cure":
      check("party", step.party, "party");
      check("agreement", step.agreement, "agreement");
      return {
        type: "recordDefault",
        party: step.party as PartyId,
        agreement: step.agreement as AgreementId,
        cured: step.do === "cure",
      };
    case "eligibility":
      check("party", step.party, "party");
      return {
        type: "recordEligibility",
        party: step.party as PartyId,
        eligibility: { from: step.from ?? step.at, eligible: step.eligible, reason: step.reason },
      };
    case "outage":
      return { type: "recordOutage", window: context.span(step.from, step.to, [...path, "to"]) };
    case "record-rate":
      return { type: "recordExchangeRate", rate: readRate(step, path, context) };
    case "record-index-value": {
      const { index, date, value, source } = step;
      return { type: "recordIndexValue", value: { index, date, value, source } };
    }
    case "record-block": {
      const block = readBlock(step.block, [...path, "block"], context, script.parents);
      script.introduceBlock(step.block);
      return block === undefined ? undefined : { type: "recordBlock", block };
    }
    case "withdraw-block":
      check("block", step.block, "block");
      return { type: "withdrawBlock", block: step.block as BlockId };
    case "list-offer": {
      const offer = readOffer(step.offer, [...path, "offer"], context);
      script.introduce("offer", step.offer.id);
      return offer === undefined ? undefined : { type: "listOffer", offer };
    }
    case "withdraw-offer":
      check("offer", step.offer, "offer");
      return { type: "withdrawOffer", offer: step.offer as OfferId };
    case "record-calendar": {
      const calendar = readCalendar(step.calendar, [...path, "calendar"], context);
      script.introduce("calendar", step.calendar.id);
      return calendar === undefined ? undefined : { type: "recordCalendar", calendar };
    }
    case "record-party":
      script.introduce("party", step.party.id);
      return { type: "recordParty", party: readParty(step.party, [...path, "party"], context).party };
    case "set-policy":
      return { type: "recordPolicy", policy: readPolicy(step.policy, [...path, "policy"], context) };
    case "standing-answer":
      script.introduce("standing answer", step.answer.id);
      return { type: "giveStandingAnswer", standing: readStandingAnswer(step.answer, [...path, "answer"], context) };
    case "revoke-standing-answer":
      check("standing answer", step.answer, "answer");
      return { type: "revokeStandingAnswer", id: step.answer };
    case "consent-resale":
      check("party", step.host, "host");
      check("party", step.to, "to");
      return { type: "consentResale", host: step.host as PartyId, to: step.to as PartyId };
    case "wait":
      return { type: "passTime" };
    default:
      return unreachable(step);
  }
}
