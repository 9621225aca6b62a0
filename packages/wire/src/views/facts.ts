import type {
  BlockView,
  BookView,
  CommitmentView,
  ConflictView,
  ConsentView,
  HoldView,
  OfferView,
  KnownParty,
  StandingView,
  WaiverView,
} from "@offtake/core/disclosure";
import type { CommitmentClause } from "@offtake/core/agreements";
import type { AgreementId, ClauseId, HoldId, NoticeId, PartyId, RequestId } from "@offtake/core/kernel";
import { CONFLICT_KINDS } from "../words/index.ts";
import { commitment } from "../codecs/clauses.ts";
import { type Codec, list, optional, struct } from "../codecs/codec.ts";
import { capacityBlock, header, offer, policy, standingAnswer } from "../codecs/documents.ts";
import { heldBlocks, ownBlock, ownParty } from "../codecs/own-events.ts";
import { eligibility, party } from "../codecs/parties.ts";
import { partyCommitment } from "../codecs/party-agreements.ts";
import { waiver } from "../codecs/requests.ts";
import { flag, instant, text, whole, window, word } from "../codecs/values.ts";
import { either } from "./either.ts";

const agreementId = text<AgreementId>();
const clauseId = text<ClauseId>();
const partyId = text<PartyId>();

export const partyView = struct<KnownParty>({
  id: partyId,
  name: optional(text()),
  party: optional(either(party, ownParty, (one) => "competitors" in one)),
  eligibility: list(eligibility),
  defaults: list(agreementId),
  controlChangesAt: optional(instant),
});

export const bookView = struct<BookView>({
  header: optional(header),
  policy: optional(policy),
  outages: list(window),
});

const isKept = (clause: object): boolean => "defaults" in clause;

export const commitmentView = struct<CommitmentView>({
  agreement: agreementId,
  version: whole,
  clause: either<CommitmentClause, CommitmentView["clause"]>(commitment, partyCommitment, isKept),
});

export const conflictView = struct<ConflictView>({
  agreement: agreementId,
  clause: clauseId,
  withAgreement: agreementId,
  withClause: clauseId,
  kind: word(CONFLICT_KINDS),
  certain: flag,
  decided: optional(
    struct<NonNullable<ConflictView["decided"]>>({ prevails: agreementId, by: text(), reason: text(), at: instant }),
  ),
});

export const waiverView = struct<WaiverView>({ waiver, revokedAt: optional(instant) });

export const blockView = struct<BlockView>({
  block: either(capacityBlock, ownBlock, (one) => "rootId" in one),
  withdrawn: flag,
  cyclic: optional(flag),
});

export const offerView = struct<OfferView>({ offer, withdrawn: flag });

export const standingView = struct<StandingView>({
  id: text(),
  party: partyId,
  standing: optional(standingAnswer),
  revoked: flag,
});

export const holdView = struct<HoldView>({
  hold: text<HoldId>(),
  notice: optional(text<NoticeId>()),
  request: optional(text<RequestId>()),
  holder: optional(partyId),
  host: optional(partyId),
  count: whole,
  blocks: heldBlocks,
  window,
  released: flag,
});

export const consentView: Codec<ConsentView> = struct<ConsentView>({ by: partyId, host: partyId, to: partyId });
