import type { BookEvent } from "../book/events.ts";
import type {
  AgreementId,
  BlockId,
  ClauseId,
  HoldId,
  Instant,
  NoticeId,
  PartyId,
  Rate,
  TimeWindow,
} from "../kernel/index.ts";
import type {
  DeliveryBasis,
  Notice,
  NoticeStatus,
  RatifiedVerdict,
  RecordedAnswer,
  ThirdPartyOffer,
} from "../notices/notice.ts";
import type { Own } from "./own.ts";

/** A notice as its holder sees it: no lot, no bid, no other holder. */
export interface HolderNotice
  extends Pick<
    Notice,
    | "id"
    | "kind"
    | "holder"
    | "count"
    | "terms"
    | "round"
    | "finalRound"
    | "contingent"
    | "missing"
    | "sentAt"
    | "channel"
  > {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly version: number;
  /** The holder's own name for the request. */
  readonly request: string;
  readonly from: PartyId;
  readonly fromName: string;
  readonly thirdParty?: Omit<ThirdPartyOffer, "bid" | "price"> & { readonly price?: Rate };
}

export type HolderEvent =
  | (Own<"ownNoticeSent"> & { readonly notice: HolderNotice })
  | (Own<"ownNoticeReceived"> & {
      readonly notice: NoticeId;
      readonly deliveredAt: Instant;
      readonly deemedReceivedAt: Instant;
      readonly respondBy: Instant;
      readonly objectBy?: Instant;
      readonly zone: string;
      readonly trail: readonly string[];
      readonly tzdata: string;
      readonly basis: DeliveryBasis;
    })
  | (Own<"ownDeliveryFailed"> & { readonly notice: NoticeId; readonly channel: string; readonly nextChannel?: string })
  | (Own<"ownDeadlineExtended"> & {
      readonly notice: NoticeId;
      readonly respondBy: Instant;
      readonly why: Extract<BookEvent, { type: "deadlineExtended" }>["why"];
    })
  | (Own<"ownAnswerRecorded"> & { readonly notice: NoticeId; readonly by: PartyId; readonly answer: RecordedAnswer })
  | (Own<"ownAnswerRatified"> & {
      readonly notice: NoticeId;
      readonly by: PartyId;
      readonly signer: string;
      readonly verdict: RatifiedVerdict;
    })
  | (Own<"ownLatenessWaived"> & { readonly notice: NoticeId })
  /** The buyer takes, or declines, what a holder that was asked to offer first has named. */
  | (Own<"ownOfferDecided"> & { readonly notice: NoticeId; readonly taken: boolean })
  | (Own<"ownNoticeClosed"> & { readonly notice: NoticeId; readonly status: NoticeStatus; readonly count: number })
  | (Own<"ownHoldPlaced"> & {
      readonly hold: HoldId;
      readonly notice?: NoticeId;
      readonly count: number;
      readonly blocks: readonly { readonly block: BlockId; readonly count: number }[];
      readonly window: TimeWindow;
    })
  | (Own<"ownHoldReleased"> & { readonly hold: HoldId })
  /** Somebody who was asked answers with this party as the one that runs it: its own part, and no price. */
  | (Own<"hostNamed"> & {
      readonly part: string;
      readonly seller: PartyId;
      readonly count: number;
      readonly window: TimeWindow;
    });
