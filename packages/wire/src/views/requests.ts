import type { ApprovalView, LotView, RequestView, TenderView } from "@offtake/core/disclosure";
import type { AwardId, BidId, PartyId } from "@offtake/core/kernel";
import { list, mapped, optional, struct } from "../codecs/codec.ts";
import { bid, evaluation, invitation, proposedLine, tender } from "../codecs/market.ts";
import { clearanceFields } from "../codecs/notices.ts";
import { assessment, lot, request, rightRef } from "../codecs/requests.ts";
import { flag, instant, text, whole, word } from "../codecs/values.ts";

const lotView = struct<LotView>({
  lot,
  dropped: optional(text()),
  assessments: list(assessment),
  clearances: list(struct<LotView["clearances"][number]>({ ...clearanceFields, voided: optional(text()) })),
  stages: list(struct<LotView["stages"][number]>({ stage: text(), closedAt: instant, taken: whole, left: whole })),
  held: optional(struct<NonNullable<LotView["held"]>>({ why: text(), rights: list(rightRef) })),
  blocked: optional(struct<NonNullable<LotView["blocked"]>>({ why: text(), right: optional(rightRef) })),
});

const tenderView = struct<TenderView>({
  tender,
  invitations: list(invitation),
  sealed: list(struct<TenderView["sealed"][number]>({ bid: text<BidId>(), bidder: text<PartyId>(), late: flag })),
  opened: list(bid),
});

const approvalView = struct<ApprovalView>({
  approval: text(),
  status: word(["awaited", "given", "denied", "voided"] as const),
  before: optional(word(["notice", "award"] as const)),
  by: optional(text()),
});

export const requestView = struct<RequestView>({
  request,
  askedAt: instant,
  askedBy: optional(text()),
  lots: mapped(lotView, ({ lot: { id } }) => id),
  tenders: mapped(tenderView, ({ tender: { id } }) => id),
  evaluations: list(evaluation),
  approvals: list(approvalView),
  proposal: optional(
    struct<NonNullable<RequestView["proposal"]>>({
      lines: list(proposedLine),
      by: word(["evaluation", "buyer", "sale", "entitlement"] as const),
    }),
  ),
  awards: list(text<AwardId>()),
  outcome: optional(word(["awarded_full", "awarded_part", "unfilled", "withdrawn", "announced"] as const)),
  awarded: optional(whole),
  asked: optional(whole),
  why: optional(text()),
  nearest: optional(text()),
  until: optional(instant),
  closed: flag,
});
