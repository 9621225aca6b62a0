import type { CommandBody, CommandEnvelope } from "@offtake/core/book";
import type {
  AcceleratorType,
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  ClauseId,
  LotId,
  NoticeId,
  OfferId,
  PartyId,
  RequestId,
  TenderId,
} from "@offtake/core/kernel";
import type { Answer, Recording } from "@offtake/core/notices";
import { AGREEMENT_STATUSES } from "../words/index.ts";
import { agreement } from "./clauses.ts";
import { type Codec, type Fields, list, optional, struct } from "./codec.ts";
import { capacityBlock, exchangeRate, indexValue, header, offer, policy, standingAnswer } from "./documents.ts";
import { statedBid } from "./market.ts";
import { answer, statedRecordingFields } from "./notices.ts";
import { calendar, eligibility, party } from "./parties.ts";
import { request, stated, waiver } from "./requests.ts";
import { big, flag, instant, rate, text, whole, window, word } from "./values.ts";

export type CommandType = CommandBody["type"];
export type CommandOf<Type extends CommandType> = CommandEnvelope & Extract<CommandBody, { readonly type: Type }>;

const agreementId = text<AgreementId>();
const lotId = text<LotId>();
const noticeId = text<NoticeId>();
const partyId = text<PartyId>();
const requestId = text<RequestId>();
const clauseId = text<ClauseId>();
const bidId = text<BidId>();

const envelope: Fields<CommandEnvelope> = {
  at: instant,
  receivedAt: optional(instant),
  actor: partyId,
  key: text(),
  fingerprint: optional(text()),
  nonce: text(),
};

type Own<Type extends CommandType> = Fields<Omit<Extract<CommandBody, { readonly type: Type }>, "type">>;

function command<Type extends CommandType>(type: Type, own: Own<Type>): Codec<CommandOf<Type>> {
  return struct({ type: word([type]), ...envelope, ...own } as unknown as Fields<CommandOf<Type>>);
}

type ProposedLine = CommandOf<"proposeAward">["lines"][number];
type BidPart = NonNullable<CommandOf<"proposeAward">["parts"]>[number];
type PurposeUse = CommandOf<"recordPurposeUse">["uses"][number];

const approval = { request: requestId, approval: text(), by: text(), askedAt: optional(instant) };
const asking = { request, askedBy: optional(text()) };

/** A codec for every type of command: one without does not compile. */
export const COMMANDS: { readonly [Type in CommandType]: Codec<CommandOf<Type>> } = {
  openBook: command("openBook", { header }),
  recordParty: command("recordParty", { party }),
  recordEligibility: command("recordEligibility", { party: partyId, eligibility }),
  recordDefault: command("recordDefault", { party: partyId, agreement: agreementId, cured: flag }),
  recordCalendar: command("recordCalendar", { calendar }),
  recordExchangeRate: command("recordExchangeRate", { rate: exchangeRate }),
  recordIndexValue: command("recordIndexValue", { value: indexValue }),
  recordPolicy: command("recordPolicy", { policy }),
  recordBlock: command("recordBlock", { block: capacityBlock }),
  withdrawBlock: command("withdrawBlock", { block: text<BlockId>() }),
  listOffer: command("listOffer", { offer }),
  withdrawOffer: command("withdrawOffer", { offer: text<OfferId>() }),
  giveStandingAnswer: command("giveStandingAnswer", { standing: standingAnswer }),
  revokeStandingAnswer: command("revokeStandingAnswer", { id: text() }),
  consentResale: command("consentResale", { host: partyId, to: partyId }),

  recordAgreement: command("recordAgreement", { agreement, activate: flag }),
  changeAgreementStatus: command("changeAgreementStatus", {
    agreement: agreementId,
    status: word(AGREEMENT_STATUSES),
    why: text(),
  }),
  terminateAgreement: command("terminateAgreement", {
    agreement: agreementId,
    effectiveAt: instant,
    accruedRightsSurvive: optional(flag),
    clauses: optional(list(clauseId)),
  }),
  giveRenewalNotice: command("giveRenewalNotice", {
    agreement: agreementId,
    by: partyId,
    deliveredAt: optional(instant),
  }),
  assignAgreement: command("assignAgreement", { agreement: agreementId, from: partyId, to: partyId, consented: flag }),
  recordControlChange: command("recordControlChange", { party: partyId, effectiveAt: instant }),
  decideConflict: command("decideConflict", {
    agreement: agreementId,
    clause: clauseId,
    withAgreement: agreementId,
    withClause: clauseId,
    prevails: agreementId,
    by: text(),
    reason: text(),
  }),
  grantWaiver: command("grantWaiver", { waiver }),
  revokeWaiver: command("revokeWaiver", { waiver: text() }),

  submitRequest: command("submitRequest", asking),
  reviseRequest: command("reviseRequest", asking),
  withdrawRequest: command("withdrawRequest", { request: requestId }),
  closeRequest: command("closeRequest", { request: requestId }),
  giveApproval: command("giveApproval", approval),
  denyApproval: command("denyApproval", approval),

  confirmDelivery: command("confirmDelivery", {
    notice: noticeId,
    event: word(["delivered", "acknowledged", "bounced"] as const),
    channel: optional(text()),
    deliveredAt: optional(instant),
    proof: optional(text()),
  }),
  answerNotice: command("answerNotice", {
    notice: noticeId,
    answer,
    further: optional(list(struct<{ notice: NoticeId; answer: Answer }>({ notice: noticeId, answer }))),
    recorded: optional(struct<Omit<Recording, "by">>(statedRecordingFields)),
  }),
  ratifyAnswer: command("ratifyAnswer", { notice: noticeId, signer: text() }),
  decideOffer: command("decideOffer", { notice: noticeId, take: flag }),
  waiveLateness: command("waiveLateness", { notice: noticeId }),

  openTender: command("openTender", { request: requestId, lots: optional(list(lotId)) }),
  placeBid: command("placeBid", {
    tender: text<TenderId>(),
    bid: statedBid,
    recorded: optional(
      struct<Omit<Recording, "by"> & { readonly bidder: PartyId }>({ ...statedRecordingFields, bidder: partyId }),
    ),
  }),
  withdrawBid: command("withdrawBid", { bid: bidId }),
  extendBid: command("extendBid", { bid: bidId, validUntil: instant }),
  proposeAward: command("proposeAward", {
    request: requestId,
    lines: list(
      struct<ProposedLine>({
        lot: optional(lotId),
        provider: partyId,
        host: optional(partyId),
        count: whole,
        price: rate,
        acceleratorType: optional(text<AcceleratorType>()),
        region: optional(text()),
        window: optional(window),
        stated,
        rootBlocks: list(text<BlockId>()),
      }),
    ),
    parts: optional(list(struct<BidPart>({ bid: bidId, line: whole, count: whole }))),
  }),
  decideAward: command("decideAward", { award: text<AwardId>(), confirm: flag, by: text() }),
  reportDefault: command("reportDefault", { award: text<AwardId>(), provider: partyId, why: text() }),
  recordPurposeUse: command("recordPurposeUse", {
    request: requestId,
    month: text(),
    uses: list(struct<PurposeUse>({ purpose: text(), acceleratorSeconds: big() })),
    newRequest: requestId,
  }),
  recordOutage: command("recordOutage", { window }),
  passTime: command("passTime", {}),
};
