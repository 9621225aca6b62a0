import type { BidId, BlockId, ClearanceId, LotId, NoticeId, PartyId, RequestId } from "@offtake/core/kernel";
import type {
  Answer,
  Clearance,
  DeliveryBasis,
  Notice,
  RecordedAnswer,
  Recording,
  Release,
  ThirdPartyOffer,
} from "@offtake/core/notices";
import { ANSWER_VERDICTS, CLEARANCE_REASONS, NOTICE_KINDS, RECORDED_MEDIA } from "../words/index.ts";
import { type Fields, list, optional, struct } from "./codec.ts";
import { rightRef, stated, terms } from "./requests.ts";
import { big, flag, instant, rate, text, texts, whole, window, word } from "./values.ts";

export const thirdPartyFields: Fields<ThirdPartyOffer> = {
  bid: text<BidId>(),
  price: rate,
  count: whole,
  window,
  stated,
  countMin: whole,
  provider: optional(text<PartyId>()),
  acceleratorType: optional(text()),
  region: optional(text()),
};
const thirdParty = struct<ThirdPartyOffer>(thirdPartyFields);

export const noticeFields: Fields<Notice> = {
  id: text<NoticeId>(),
  kind: word(NOTICE_KINDS),
  right: rightRef,
  lineageId: text(),
  request: text<RequestId>(),
  lot: text<LotId>(),
  holder: text<PartyId>(),
  count: whole,
  terms,
  termsText: text(),
  round: whole,
  finalRound: flag,
  thirdParty: optional(thirdParty),
  contingent: flag,
  missing: texts,
  sentAt: instant,
  channel: text(),
  fallbackAt: optional(instant),
};
export const notice = struct<Notice>(noticeFields);

export const answer = struct<Answer>({
  type: word(["accept", "refuse", "object"] as const),
  count: optional(whole),
  price: optional(rate),
  window: optional(window),
  stated: optional(stated),
  orLess: flag,
  rootBlocks: list(text<BlockId>()),
  host: optional(text<PartyId>()),
  hostCount: optional(whole),
  signer: optional(text()),
  condition: optional(text()),
  reason: optional(text()),
});

/** What whoever records says; by whom it is recorded is the broker's. */
export const statedRecordingFields: Fields<Omit<Recording, "by">> = {
  medium: word(RECORDED_MEDIA),
  file: text(),
  arrivedAt: optional(instant),
};

export const recording = struct<Recording>({ by: text<PartyId>(), ...statedRecordingFields });

export const deliveryBasis = struct<DeliveryBasis>({
  event: word(["sent", "delivered", "acknowledged"] as const),
  channel: text(),
  reportedBy: optional(text<PartyId>()),
  proof: optional(text()),
});

export const answerFields: Fields<RecordedAnswer> = {
  id: text(),
  answer,
  recording: optional(recording),
  receivedAt: instant,
  verdict: word(ANSWER_VERDICTS),
  defects: texts,
};
export const recordedAnswer = struct<RecordedAnswer>(answerFields);

export const clearanceFields: Fields<Clearance> = {
  id: text<ClearanceId>(),
  lot: text<LotId>(),
  request: text<RequestId>(),
  right: rightRef,
  lineageId: text(),
  holder: text<PartyId>(),
  reason: word(CLEARANCE_REASONS),
  why: optional(text()),
  count: whole,
  terms: optional(terms),
  notice: optional(text<NoticeId>()),
  thirdParty: optional(text<PartyId>()),
  limits: optional(
    struct<NonNullable<Clearance["limits"]>>({
      provider: optional(text()),
      countMax: optional(whole),
      priceMaxMicros: optional(big()),
    }),
  ),
  startsFrom: optional(instant),
  release: optional(
    struct<Release>({ product: text(), channel: optional(text()), planned: instant, until: optional(instant) }),
  ),
  finalRound: flag,
  issuedAt: instant,
  validUntil: optional(instant),
};
export const clearance = struct<Clearance>(clearanceFields);
