import type { BidTale, TenderTale } from "../chronicle.ts";
import { same, sameKeys, sameMembers, someMembers, type Thing } from "../match.ts";
import type { Scene } from "../scene.ts";
import type { Kind } from "./kind.ts";
import { labelOf } from "./names.ts";

function tenderThing({ opened, improvements }: TenderTale): Thing {
  const { tender, invitations } = opened;
  const last = improvements.at(-1);
  return {
    title: `the tender of request ${tender.request}`,
    fields: {
      request: tender.request,
      openedAt: opened.at,
      closesAt: last?.closesAt ?? tender.closesAt,
      count: tender.lots.reduce((sum, lot) => sum + lot.count, 0),
      invited: invitations.map(({ provider }) => provider),
      round: tender.round + improvements.length,
    },
  };
}

export const tenderKind: Kind = {
  things: ({ chronicle }) => [...chronicle.tenders.values()].map(tenderThing),
  handles: ["request"],
  comparers: { invited: sameMembers },
};

/** A bid once for each lot that it is for, and for each reason that is recorded about it. */
function bidThings(scene: Scene, tale: BidTale): Thing[] {
  const { bid, request, verdict, why } = tale.received;
  const { events } = scene.chronicle;
  const asked = events.findLast((event) => event.type === "extensionAsked" && event.bid === bid.id);
  const closed = scene.chronicle.tenders.get(bid.tender)?.invitationsClosed.at(-1)?.closed;
  const reasons = [...why, ...tale.voided.map((event) => event.why)];
  const fields = {
    by: bid.bidder,
    request,
    verdict,
    selected: closed?.find(({ provider }) => provider === bid.bidder)?.selected,
    standing: bid.standing,
    validUntil: tale.extended.at(-1)?.validUntil ?? bid.validUntil,
    askedToExtendUntil: asked?.type === "extensionAsked" ? asked.until : undefined,
    withdrawn: tale.withdrawn !== undefined,
  };
  const title = `the bid of ${bid.bidder} for request ${request}`;
  const lots = bid.lines.length === 0 ? [undefined] : bid.lines.map(({ lot }) => labelOf(scene, lot));
  return lots.flatMap((lot) =>
    (reasons.length === 0 ? [undefined] : reasons).map((reason) => ({
      title,
      fields: { ...fields, lot, why: reason },
    })),
  );
}

export const bidKind: Kind = {
  things: (scene) => [...scene.chronicle.bids.values()].flatMap((tale) => bidThings(scene, tale)),
  handles: ["by", "request", "lot"],
};

/** The last comparison of each request. */
export const evaluationKind: Kind = {
  things: ({ chronicle }) => {
    const last = new Map<string, Thing>();
    for (const { request, evaluation } of chronicle.all("evaluated")) {
      const incremental: Record<string, unknown> = {};
      const infeasible: Record<string, string> = {};
      for (const item of evaluation.considered) {
        if (item.incremental !== undefined) incremental[item.provider] = item.incremental;
        if (item.verdict === "infeasible") infeasible[item.provider] = item.why;
      }
      for (const part of evaluation.chosen) incremental[part.provider] ??= part.incremental;
      last.set(request, {
        title: `the comparison of bids for request ${request}`,
        fields: {
          request,
          value: evaluation.value,
          order: evaluation.chosen.map(({ provider }) => provider),
          incremental,
          infeasible,
          runnerUp: evaluation.runnerUp,
          binding: evaluation.binding,
        },
      });
    }
    return [...last.values()];
  },
  handles: ["request"],
  comparers: { order: same, incremental: sameKeys, infeasible: sameKeys, runnerUp: sameKeys, binding: someMembers },
};
