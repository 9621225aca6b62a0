import type { Evidence } from "@offtake/core/agreements";
import type { CommandBody } from "@offtake/core/book";
import type { AgreementId, ClauseId, Instant, Money, PartyId, Rate, RequestId, TimeWindow } from "@offtake/core/kernel";
import type { Answer, NoticeKind } from "@offtake/core/notices";
import type { StatedTerms } from "@offtake/core/requests";
import type { Tier } from "@offtake/core/tenders";
import type { Book } from "../book/index.ts";
import type { Origin } from "../source/index.ts";
import type { Expectation } from "./expectation.ts";
import type { Verb } from "./step-document.ts";

/** A case: given a book, when these things happen, then this holds. */
export interface CaseDocument {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly tags: readonly string[];
  readonly world: Book;
  readonly script: readonly Step[];
  /** What holds at the end. */
  readonly expect: readonly Expectation[];
  readonly origin: Origin;
}

export interface ClauseName {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
}

/** Which notice is meant: the newest one that fits everything stated. */
export interface NoticeHandle {
  readonly right?: ClauseName;
  readonly holder?: PartyId;
  readonly request?: RequestId;
  /** Label of the lot. */
  readonly lot?: string;
  readonly kind?: NoticeKind;
  readonly round?: number;
}

/** Which bid is meant: the newest standing one that fits. */
export interface BidHandle {
  readonly bidder: PartyId;
  readonly request?: RequestId;
  readonly lot?: string;
}

/** Which award is meant: the newest one that fits. */
export interface AwardHandle {
  readonly request?: RequestId;
  readonly provider?: PartyId;
}

export interface BidDraftLine {
  /** Label of the lot; the only lot of the tender where it is absent. */
  readonly lot?: string;
  readonly countMin: number;
  /** All of the lot where it is absent. */
  readonly countMax?: number;
  readonly multiple: number;
  /** Empty where only the package has a price. */
  readonly tiers: readonly Tier[];
  readonly tierMode: "all-units" | "marginal";
  readonly window?: TimeWindow;
  readonly stated: StatedTerms;
  readonly rootBlocks: readonly string[];
  readonly host?: PartyId;
  readonly region?: string;
  readonly acceleratorType?: string;
}

export interface BidDraft {
  readonly lines: readonly BidDraftLine[];
  readonly package?: {
    readonly price?: Money;
    readonly extras: readonly string[];
    readonly listPrices: readonly (Money | undefined)[];
  };
  readonly contingency?: { readonly party?: PartyId; readonly until: Instant };
  readonly validUntil: Instant;
  readonly discloseIdentity: boolean;
}

export interface ProposalLine {
  readonly lot?: string;
  readonly provider: PartyId;
  readonly host?: PartyId;
  readonly count: number;
  readonly price: Rate;
  readonly window?: TimeWindow;
  readonly stated: StatedTerms;
  readonly rootBlocks: readonly string[];
}

/** What a step does. `command` is ready; the others name things whose ids the run gives. */
export type StepAction =
  | { readonly kind: "command"; readonly command: CommandBody }
  | { readonly kind: "answer"; readonly notice: NoticeHandle; readonly answer: Answer }
  | { readonly kind: "ratify"; readonly notice: NoticeHandle; readonly signer: string }
  | { readonly kind: "waive-lateness"; readonly notice: NoticeHandle }
  | { readonly kind: "decide-offer"; readonly notice: NoticeHandle; readonly take: boolean }
  | {
      readonly kind: "delivery";
      readonly notice: NoticeHandle;
      readonly event: "delivered" | "acknowledged" | "bounced";
    }
  | { readonly kind: "open-tender"; readonly request: RequestId; readonly lots?: readonly string[] }
  | { readonly kind: "bid"; readonly request?: RequestId; readonly bid: BidDraft }
  | { readonly kind: "withdraw-bid"; readonly bid: BidHandle }
  | { readonly kind: "extend-bid"; readonly bid: BidHandle; readonly validUntil: Instant }
  | { readonly kind: "propose"; readonly request: RequestId; readonly lines: readonly ProposalLine[] }
  | { readonly kind: "decide-award"; readonly award: AwardHandle; readonly confirm: boolean; readonly person: string }
  | { readonly kind: "report-default"; readonly award: AwardHandle; readonly provider: PartyId; readonly why: string };

export interface Step {
  /** From 1. */
  readonly number: number;
  readonly at: Instant;
  readonly by: PartyId;
  readonly verb: Verb;
  readonly action: StepAction;
  /** Retry key; a key of its own where it is absent. */
  readonly key?: string;
  readonly receivedAt?: Instant;
  readonly note?: string;
  readonly evidence?: Evidence;
  /** What holds just after it. */
  readonly expect: readonly Expectation[];
  readonly origin: Origin;
}
