import type {
  AgreementVersionView,
  AgreementView,
  AnswerView,
  AwardView,
  BidView,
  ClockView,
  HostingView,
  InvitationView,
  NoticeView,
} from "@offtake/core/disclosure";
import type { BidId, ClauseId, InvitationId, PartyId } from "@offtake/core/kernel";
import { agreement } from "../codecs/clauses.ts";
import { type Fields, list, optional, struct, tagged } from "../codecs/codec.ts";
import { renewalNotice } from "../codecs/events.ts";
import { award } from "../codecs/market.ts";
import { answerFields, deliveryBasis, notice } from "../codecs/notices.ts";
import {
  holderNotice,
  hostedPart,
  invitedLine,
  ownAwardLine,
  ownBid,
  partFields,
  publishedRules,
} from "../codecs/own-events.ts";
import { partyAgreement } from "../codecs/party-agreements.ts";
import { flag, instant, text, texts, whole, window, word } from "../codecs/values.ts";
import { AGREEMENT_STATUSES, EXTENSION_REASONS, NOTICE_STATUSES } from "../words/index.ts";

/** Fields that an object has for whoever it is shown to. */
type Common<Value extends { readonly as: string }, Own extends string> = Fields<Omit<Value, "as" | Own>>;
type ForKeeper<Value> = Extract<Value, { readonly as: "keeper" }>;
type ForParty<Value> = Extract<Value, { readonly as: "party" }>;

const asKeeper = word(["keeper"] as const);
const asParty = word(["party"] as const);

const versionFields: Common<ForKeeper<AgreementVersionView>, "agreement"> = { recordedAt: instant };

export const agreementVersionView = tagged<AgreementVersionView, "as">("as", {
  keeper: struct<ForKeeper<AgreementVersionView>>({ as: asKeeper, agreement, ...versionFields }),
  party: struct<ForParty<AgreementVersionView>>({ as: asParty, agreement: partyAgreement, ...versionFields }),
});

const course: Common<ForKeeper<AgreementView>, "agreement"> = {
  status: optional(word(AGREEMENT_STATUSES)),
  ended: optional(
    struct<NonNullable<AgreementView["ended"]>>({
      effectiveAt: instant,
      accruedRightsSurvive: flag,
      clauses: optional(list(text<ClauseId>())),
    }),
  ),
  renewalNotices: list(renewalNotice),
  renewed: optional(
    struct<NonNullable<AgreementView["renewed"]>>({ number: whole, from: instant, to: optional(instant) }),
  ),
  assignments: list(
    struct<AgreementView["assignments"][number]>({ from: text<PartyId>(), to: text<PartyId>(), effective: flag }),
  ),
};

export const agreementView = tagged<AgreementView, "as">("as", {
  keeper: struct<ForKeeper<AgreementView>>({ as: asKeeper, agreement, ...course }),
  party: struct<ForParty<AgreementView>>({ as: asParty, agreement: partyAgreement, ...course }),
});

const clock = struct<ClockView>({
  deliveredAt: instant,
  deemedReceivedAt: instant,
  respondBy: instant,
  objectBy: optional(instant),
  zone: text(),
  trail: texts,
  basis: deliveryBasis,
  extended: optional(word(EXTENSION_REASONS)),
});

const noticeFields: Common<ForKeeper<NoticeView>, "notice"> = {
  status: word(NOTICE_STATUSES),
  clock: optional(clock),
  failed: texts,
  answers: list(struct<AnswerView>({ ...answerFields, by: text<PartyId>(), ratifiedBy: optional(text()) })),
  offer: optional(word(["taken", "declined"] as const)),
  taken: optional(whole),
};

export const noticeView = tagged<NoticeView, "as">("as", {
  keeper: struct<ForKeeper<NoticeView>>({ as: asKeeper, notice, ...noticeFields }),
  party: struct<ForParty<NoticeView>>({ as: asParty, notice: holderNotice, ...noticeFields }),
});

export const bidView = struct<BidView>({
  bid: ownBid,
  status: word(["sealed", "not_accepted", "withdrawn", "void"] as const),
  why: texts,
  extensionAsked: optional(struct<NonNullable<BidView["extensionAsked"]>>({ until: instant, answerBy: instant })),
});

export const invitationView = struct<InvitationView>({
  id: text<InvitationId>(),
  buyer: text<PartyId>(),
  buyerName: text(),
  closesAt: instant,
  zone: text(),
  lines: list(invitedLine),
  rules: publishedRules,
  improving: flag,
  lists: list(bidView),
  bids: list(text<BidId>()),
  selected: optional(whole),
});

const awardCourse: Common<ForKeeper<AwardView>, "award"> = {
  status: word(["issued", "held", "confirmed", "defaulted"] as const),
  why: optional(text()),
};

export const awardView = tagged<AwardView, "as">("as", {
  keeper: struct<ForKeeper<AwardView>>({ as: asKeeper, award, ...awardCourse }),
  party: struct<ForParty<AwardView>>({
    as: asParty,
    award: text(),
    supplied: list(ownAwardLine),
    bought: list(ownAwardLine),
    hosted: list(hostedPart),
    conditionalUntil: optional(instant),
    ...awardCourse,
  }),
});

export const hostingView = struct<HostingView>({ ...partFields, window, awarded: flag });
