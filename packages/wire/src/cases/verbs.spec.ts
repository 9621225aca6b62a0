import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CommandType } from "../codecs/index.ts";
import { expectationKinds, stepDocuments, type Verb } from "./index.ts";

/** The verb of every command but the first, which the world of a case gives. What it makes is tried in cases.spec.ts. */
const VERB_OF: Readonly<Record<Exclude<CommandType, "openBook">, Verb>> = {
  recordParty: "record-party",
  recordEligibility: "eligibility",
  recordDefault: "default",
  recordCalendar: "record-calendar",
  recordExchangeRate: "record-rate",
  recordIndexValue: "record-index-value",
  recordPolicy: "set-policy",
  recordBlock: "record-block",
  withdrawBlock: "withdraw-block",
  listOffer: "list-offer",
  withdrawOffer: "withdraw-offer",
  giveStandingAnswer: "standing-answer",
  revokeStandingAnswer: "revoke-standing-answer",
  consentResale: "consent-resale",
  recordAgreement: "sign",
  changeAgreementStatus: "activate",
  terminateAgreement: "terminate",
  giveRenewalNotice: "stop-renewal",
  assignAgreement: "assign",
  recordControlChange: "control-change",
  decideConflict: "decide-conflict",
  grantWaiver: "waive",
  revokeWaiver: "revoke-waiver",
  submitRequest: "submit",
  reviseRequest: "revise",
  withdrawRequest: "withdraw",
  closeRequest: "close",
  giveApproval: "approve",
  denyApproval: "disapprove",
  confirmDelivery: "deliver",
  answerNotice: "accept",
  ratifyAnswer: "ratify",
  decideOffer: "take-offer",
  waiveLateness: "waive-lateness",
  openTender: "open-tender",
  placeBid: "bid",
  withdrawBid: "withdraw-bid",
  extendBid: "extend-bid",
  proposeAward: "propose",
  decideAward: "decide-award",
  reportDefault: "report-default",
  recordPurposeUse: "report-use",
  recordOutage: "outage",
  passTime: "wait",
};

test("[WIR19] every command has a verb, and every verb is tried", () => {
  const verbs = Object.keys(stepDocuments);
  expect(Object.values(VERB_OF).filter((verb) => !verbs.includes(verb))).toEqual([]);
  const tried = new Set(
    readFileSync("packages/wire/src/cases/cases.spec.ts", "utf8")
      .match(/\bdo: [a-z-]+/g)
      ?.map((text) => text.slice(4)),
  );
  expect(verbs.filter((verb) => !tried.has(verb))).toEqual([]);
});

test("[WIR19 WIR20] the reference shows every verb and every kind of expectation", () => {
  const text = readFileSync("docs/reference/case-files.md", "utf8");
  const headings = new Set(text.match(/^#### \S+$/gm)?.map((line) => line.slice(5)));
  const known = [...Object.keys(stepDocuments), ...Object.keys(expectationKinds)];
  expect(known.filter((name) => !headings.has(name))).toEqual([]);
});
