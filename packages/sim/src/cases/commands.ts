import type { CommandBody } from "@offtake/core/book";
import {
  type AwardId,
  type BidId,
  type BlockId,
  type LotId,
  type NoticeId,
  type PartyId,
  type TenderId,
  unreachable,
} from "@offtake/core/kernel";
import type { AwardHandle, BidDraft, BidHandle, NoticeHandle, ProposalLine, StepAction } from "@offtake/wire/cases";
import type { MemoryBook } from "../memory-book/index.ts";
import type { BidTale, Chronicle, NoticeTale, TenderTale } from "./chronicle.ts";

/** Where readable names are looked up. */
export interface Known {
  readonly book: MemoryBook;
  readonly chronicle: Chronicle;
}

/** Stands for a thing that is not there: the core answers to it as to anything that does not exist. */
const NOBODYS = "none_00000000000000000000";

/** The command of a step: names that a reader gives become the ids that the run has given. */
export function commandOf(action: StepAction, by: PartyId, known: Known): CommandBody {
  switch (action.kind) {
    case "command":
      return action.command;
    case "answer":
      return { type: "answerNotice", notice: noticeOf(action.notice, by, known), answer: action.answer };
    case "ratify":
      return { type: "ratifyAnswer", notice: noticeOf(action.notice, by, known), signer: action.signer };
    case "decide-offer":
      return { type: "decideOffer", notice: noticeOf(action.notice, undefined, known), take: action.take };
    case "waive-lateness":
      return { type: "waiveLateness", notice: noticeOf(action.notice, undefined, known, (tale) => isLate(tale)) };
    case "delivery":
      return {
        type: "confirmDelivery",
        notice: noticeOf(action.notice, undefined, known, (tale) => tale.received === undefined),
        event: action.event,
      };
    case "open-tender": {
      const lots = action.lots?.map((label) => lotOf(label, action.request, known));
      return { type: "openTender", request: action.request, ...(lots === undefined ? {} : { lots }) };
    }
    case "bid":
      return bidCommand(action.request, action.bid, by, known);
    case "withdraw-bid":
      return { type: "withdrawBid", bid: bidOf(action.bid, known) };
    case "extend-bid":
      return { type: "extendBid", bid: bidOf(action.bid, known), validUntil: action.validUntil };
    case "propose":
      return {
        type: "proposeAward",
        request: action.request,
        lines: action.lines.map((line) => proposalLine(line, action.request, known)),
      };
    case "decide-award":
      return { type: "decideAward", award: awardOf(action.award, known), confirm: action.confirm, by: action.person };
    case "report-default":
      return { type: "reportDefault", award: awardOf(action.award, known), provider: action.provider, why: action.why };
    default:
      return unreachable(action);
  }
}

function isLate(tale: NoticeTale): boolean {
  return tale.answers.some(({ answer }) => answer.verdict === "late");
}

/**
 * The newest notice that fits everything stated: one that is as the act needs it before any other, an open one before one that is
 * closed, and one of the acting party before one of others.
 */
function noticeOf(
  handle: NoticeHandle,
  by: PartyId | undefined,
  { chronicle }: Known,
  suits: (tale: NoticeTale) => boolean = isOpen,
): NoticeId {
  const { right, holder, request, lot, kind, round } = handle;
  const fitting = [...chronicle.notices.values()].filter(({ sent: { notice } }) => {
    if (kind === undefined && notice.kind === "information") return false;
    return (
      (right === undefined || (notice.right.agreement === right.agreement && notice.right.clause === right.clause)) &&
      (holder === undefined || notice.holder === holder) &&
      (request === undefined || notice.request === request) &&
      (lot === undefined || chronicle.lots.get(notice.lot)?.formed.lot.label === lot) &&
      (kind === undefined || notice.kind === kind) &&
      (round === undefined || notice.round === round)
    );
  });
  const own = by === undefined ? [] : fitting.filter(({ sent }) => sent.notice.holder === by);
  const candidates = own.length > 0 ? own : fitting;
  const found = candidates.findLast(suits) ?? candidates.at(-1);
  return found?.sent.notice.id ?? (NOBODYS as NoticeId);
}

function isOpen(tale: NoticeTale): boolean {
  return tale.closed === undefined;
}

function lotOf(label: string, request: string, { chronicle }: Known): LotId {
  const found = [...chronicle.lots].findLast(
    ([, { formed, dropped }]) =>
      formed.lot.request === request && formed.lot.label === label && dropped?.why !== "superseded",
  );
  return (found?.[0] ?? NOBODYS) as LotId;
}

/** The newest tender in which the bidder may bid; of that request where one is named. */
function tenderFor(request: string | undefined, by: PartyId, { chronicle }: Known): TenderTale | undefined {
  const tenders = [...chronicle.tenders.values()].filter(
    ({ opened }) => request === undefined || opened.tender.request === request,
  );
  return tenders.findLast(({ opened }) => opened.invitations.some(({ provider }) => provider === by)) ?? tenders.at(-1);
}

function bidCommand(request: string | undefined, draft: BidDraft, by: PartyId, known: Known): CommandBody {
  const tender = tenderFor(request, by, known)?.opened.tender;
  const lines = draft.lines.map(({ lot: label, countMax, rootBlocks, ...line }) => {
    const labelled = label === undefined || tender === undefined ? undefined : lotOf(label, tender.request, known);
    const lot =
      tender?.lots.find((item) => item.lot === labelled) ?? (label === undefined ? tender?.lots[0] : undefined);
    return {
      ...line,
      lot: lot?.lot ?? labelled ?? (NOBODYS as LotId),
      countMax: countMax ?? lot?.count ?? line.countMin,
      rootBlocks: rootBlocks as readonly BlockId[],
    };
  });
  return { type: "placeBid", tender: tender?.id ?? (NOBODYS as TenderId), bid: { ...draft, lines } };
}

function stands(tale: BidTale): boolean {
  return tale.received.verdict === "sealed" && tale.withdrawn === undefined && tale.voided.length === 0;
}

function bidOf({ bidder, request, lot }: BidHandle, { chronicle }: Known): BidId {
  const fitting = [...chronicle.bids.values()].filter(
    ({ received: { bid, request: of } }) =>
      bid.bidder === bidder &&
      (request === undefined || of === request) &&
      (lot === undefined || bid.lines.some((line) => chronicle.lots.get(line.lot)?.formed.lot.label === lot)),
  );
  return (fitting.findLast(stands) ?? fitting.at(-1))?.received.bid.id ?? (NOBODYS as BidId);
}

function awardOf({ request, provider }: AwardHandle, { chronicle }: Known): AwardId {
  const found = [...chronicle.awards.values()].findLast(
    ({ issued: { award } }) =>
      (request === undefined || award.request === request) &&
      (provider === undefined || award.lines.some((line) => line.provider === provider)),
  );
  return found?.issued.award.id ?? (NOBODYS as AwardId);
}

type ProposedPart = Extract<CommandBody, { readonly type: "proposeAward" }>["lines"][number];

function proposalLine({ lot, rootBlocks, ...line }: ProposalLine, request: string, known: Known): ProposedPart {
  return {
    ...line,
    rootBlocks: rootBlocks as readonly BlockId[],
    ...(lot === undefined ? {} : { lot: lotOf(lot, request, known) }),
  };
}
