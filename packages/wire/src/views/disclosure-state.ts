import {
  type AgreementOnRecord,
  type BidOnRecord,
  type DisclosureOptions,
  type DisclosureState,
  type Dossier,
  emptyDisclosure,
  type NamedHost,
  type NoticeOnRecord,
} from "@offtake/core/disclosure";
import type {
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  HoldId,
  InvitationId,
  LotId,
  NoticeId,
  OfferId,
  PartyId,
  RequestId,
  TenderId,
} from "@offtake/core/kernel";
import { agreement } from "../codecs/clauses.ts";
import { BAD, type Codec, Decoder, type Json, list, optional, struct } from "../codecs/codec.ts";
import { policy } from "../codecs/documents.ts";
import type { Restored } from "../codecs/index.ts";
import { award, bid, invitation, tender } from "../codecs/market.ts";
import { notice } from "../codecs/notices.ts";
import { lot } from "../codecs/requests.ts";
import { flag, text, texts, whole, window, word } from "../codecs/values.ts";
import { AGREEMENT_STATUSES, BID_VERDICTS } from "../words/index.ts";

/** A map as a list of pairs, in its order. */
function pairs<Id extends string, Value>(value: Codec<Value>): Codec<Map<Id, Value>> {
  const items = list(struct<{ readonly id: Id; readonly value: Value }>({ id: text<Id>(), value }));
  return {
    encode: (map, style) =>
      items.encode(
        [...map].map(([id, one]) => ({ id, value: one })),
        style,
      ),
    decode: (json, decoder) => {
      const read = items.decode(json, decoder);
      return read === BAD ? BAD : new Map(read.map(({ id, value: one }) => [id, one]));
    },
    samples: () => items.samples().map((sample) => new Map(sample.map(({ id, value: one }) => [id, one]))),
    schema: items.schema,
  };
}

const partyId = text<PartyId>();

const agreementOnRecord = struct<AgreementOnRecord>({
  versions: list(agreement),
  parties: list(partyId),
  assigned: list(struct<AgreementOnRecord["assigned"][number]>({ from: partyId, to: partyId })),
  told: optional(word(AGREEMENT_STATUSES)),
});

const noticeOnRecord = struct<NoticeOnRecord>({
  notice,
  assignees: list(partyId),
  open: flag,
  named: optional(struct<NamedHost>({ host: partyId, seller: partyId, count: whole, window })),
  hosted: flag,
});

const bidOnRecord = struct<BidOnRecord>({
  bid,
  verdict: word([...BID_VERDICTS, "voided"] as const),
  why: texts,
  opened: flag,
});

const dossier = struct<Dossier>({
  buyer: partyId,
  saleTo: optional(partyId),
  lots: pairs<LotId, Parameters<Dossier["lots"]["set"]>[1]>(lot),
  notices: pairs<NoticeId, NoticeOnRecord>(noticeOnRecord),
  holds: pairs<HoldId, PartyId>(partyId),
  tenders: pairs<TenderId, Parameters<Dossier["tenders"]["set"]>[1]>(
    struct<Parameters<Dossier["tenders"]["set"]>[1]>({ tender, invitations: list(invitation) }),
  ),
  bids: pairs<BidId, BidOnRecord>(bidOnRecord),
  awards: pairs<AwardId, Parameters<Dossier["awards"]["set"]>[1]>(award),
});

/** All of the state but how handles are made. */
interface Kept extends Omit<DisclosureState, "handleOf" | "keeper" | "policy"> {
  readonly keeper?: PartyId;
  readonly policy?: NonNullable<DisclosureState["policy"]>;
}

const kept = struct<Kept>({
  keeper: optional(partyId),
  zone: text(),
  policy: optional(policy),
  names: pairs<PartyId, string>(text()),
  agreements: pairs<AgreementId, AgreementOnRecord>(agreementOnRecord),
  waivers: pairs<string, PartyId>(partyId),
  blocks: pairs<BlockId, PartyId>(partyId),
  offers: pairs<OfferId, PartyId>(partyId),
  standing: pairs<string, PartyId>(partyId),
  requests: pairs<RequestId, Dossier>(dossier),
  invitations: pairs<InvitationId, RequestId>(text<RequestId>()),
});

/** Version of the form below; a state in another one is not read, but made again from the log. */
export const DISCLOSURE_STATE_VERSION = 1;

/** A state of disclosure as JSON, so that whoever tells feeds need not begin at the first record. */
export function encodeDisclosureState(state: DisclosureState): Json {
  const { keeper, policy: rules, ...rest } = state;
  return kept.encode(
    { ...rest, ...(keeper === undefined ? {} : { keeper }), ...(rules === undefined ? {} : { policy: rules }) },
    "stored",
  );
}

export function decodeDisclosureState(json: unknown, options: DisclosureOptions): Restored<DisclosureState> {
  const decoder = new Decoder();
  const value = kept.decode(json, decoder);
  if (value !== BAD) return { ok: true, value: { ...emptyDisclosure(options), ...value } };
  const { path, message } = decoder.problem ?? { path: "", message: "this cannot be read" };
  return { ok: false, problem: { code: "stored_malformed", path, message } };
}
