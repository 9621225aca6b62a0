import type { CommitmentClause } from "@offtake/core/agreements";
import type {
  PartyAgreement,
  PartyClause,
  PartyCommitment,
  PartyEntitlement,
  PartyRight,
} from "@offtake/core/disclosure";
import {
  agreementFields,
  commitmentFields,
  dateFields,
  entitlementFields,
  periodFields,
  priceBookFields,
  recordFields,
  resaleFields,
  revenueShareFields,
  rightFields,
} from "./clauses.ts";
import { type Codec, list, optional, struct, tagged, without } from "./codec.ts";
import { text } from "./values.ts";

/** What the keeper noted for itself, and nobody else is told. */
const NOTES = ["reading", "evidence", "owner", "assumed", "defaults"] as const;

const right = struct<PartyRight>(without(rightFields, ...NOTES, "rank", "sameRank", "weight", "parallel"));

export const partyCommitment: Codec<PartyCommitment> = struct<PartyCommitment>({
  ...without(commitmentFields, ...NOTES, "schedule", "projected", "stackPriority"),
  schedule: list(
    struct<Omit<CommitmentClause["schedule"][number], "expectedOther" | "expectedOtherSeconds">>(
      without(periodFields, "expectedOther", "expectedOtherSeconds"),
    ),
  ),
});

const clause = tagged<PartyClause, "kind">("kind", {
  exclusivity: right,
  "first-offer": right,
  "first-refusal": right,
  match: right,
  consent: right,
  "first-ship": right,
  option: right,
  "soft-hold": right,
  "minimum-share": right,
  "most-favoured": right,
  entitlement: struct<PartyEntitlement>(without(entitlementFields, ...NOTES, "statedIn")),
  commitment: partyCommitment,
  "price-book": struct(without(priceBookFields, ...NOTES)),
  resale: struct(without(resaleFields, ...NOTES)),
  "revenue-share": struct(without(revenueShareFields, ...NOTES)),
  record: struct(without(recordFields, ...NOTES)),
  date: struct(without(dateFields, ...NOTES)),
});

export const partyAgreement = struct<PartyAgreement>({
  ...without(agreementFields, "clauses", "defaults", "evidence", "owner", "document"),
  clauses: list(clause),
  document: optional(struct<NonNullable<PartyAgreement["document"]>>({ sha256: text() })),
});
