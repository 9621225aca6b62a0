export { evidenceDocument, readEvidence } from "./evidence.ts";
export { indexValueDocument } from "./price-document.ts";
export { type AgreementDocument, agreementDocument, agreementFile, type ClauseDocument } from "./document.ts";
export { type AgreementReading, readAgreement } from "./read.ts";
export { calendarKeys, readCalendars, readWindow, type WindowDocument, windowDocument } from "./window.ts";
export { parseAgreement, parseAgreementTree, type SingleOptions } from "./parse.ts";
