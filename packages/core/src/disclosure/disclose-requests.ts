import type { AwardLine } from "../awards/award.ts";
import type { AwardEvent, RequestEvent } from "../book/events.ts";
import { type PartyId, unreachable } from "../kernel/index.ts";
import { dossierOf } from "./about.ts";
import { replacing } from "../requests/offered.ts";
import type { DisclosedEvent, HostedPart, OwnAwardLine } from "./own-events.ts";
import { clauseOf, type DisclosureState, type Dossier } from "./state.ts";
import { Told } from "./told.ts";

/** How a request is resolved is the keeper's. A buyer who is not the keeper sees its request and how it ended. */
export function requestDisclosures(state: DisclosureState, event: RequestEvent): Told {
  const told = new Told().to(state.keeper, event);
  switch (event.type) {
    case "requestSubmitted":
    case "requestRevised":
      return told.to(event.request.buyer, event);
    case "requestWithdrawn":
      return told.to(dossierOf(state, event)?.buyer, event);
    case "requestRested":
    case "requestClosed": {
      const { at, request, outcome, awarded, asked } = event;
      const closed = event.type === "requestClosed";
      const dossier = dossierOf(state, event);
      const ended: DisclosedEvent = { type: "ownRequestEnded", at, request, outcome, awarded, asked, closed };
      return told.to(dossier?.buyer, ended);
    }
    case "requestHeld":
    case "approvalGiven":
    case "approvalDenied":
    case "approvalAwaited":
    case "approvalsVoided":
    case "lotFormed":
    case "lotRestated":
    case "lotDropped":
    case "lotReassessed":
    case "rightsAssessed":
    case "clearanceIssued":
    case "clearanceVoided":
    case "deMinimisCounted":
    case "shareBreached":
    case "shareMeasured":
      return told;
    default:
      return unreachable(event);
  }
}

/** A party to an award sees its own lines of it. */
export function awardDisclosures(state: DisclosureState, event: AwardEvent): Told {
  const told = new Told().to(state.keeper, event);
  const { at } = event;
  switch (event.type) {
    case "awardProposed":
    case "awardBlocked":
    case "awardHeldForDecision":
      return told;
    case "awardIssued":
      return issued(told, state, event);
    case "awardConfirmed": {
      const award = dossierOf(state, event)?.awards.get(event.award);
      for (const line of award?.lines ?? []) {
        told.to(line.provider, {
          type: "ownAwardConfirmed",
          at,
          award: awardHandle(state, line.provider, event.award),
        });
      }
      return told;
    }
    case "awardDefaulted": {
      const { provider, why } = event;
      return told.to(provider, {
        type: "ownAwardDefaulted",
        at,
        award: awardHandle(state, provider, event.award),
        why,
      });
    }
    default:
      return unreachable(event);
  }
}

const awardHandle = (state: DisclosureState, party: PartyId, award: string): string =>
  state.handleOf(party, "awd", award);

interface OwnParts {
  readonly supplied: OwnAwardLine[];
  readonly bought: OwnAwardLine[];
  readonly hosted: HostedPart[];
  conditional: boolean;
}

function issued(told: Told, state: DisclosureState, event: Extract<AwardEvent, { type: "awardIssued" }>): Told {
  const { award, at } = event;
  const dossier = dossierOf(state, event);
  const parts = new Map<PartyId, OwnParts>();
  const of = (party: PartyId): OwnParts => {
    const own = parts.get(party) ?? { supplied: [], bought: [], hosted: [], conditional: false };
    parts.set(party, own);
    return own;
  };
  for (const line of award.lines) {
    const supplier = of(line.provider);
    supplier.supplied.push(lineFor(line));
    // Another supplier's contingency is no business of this one.
    supplier.conditional ||= line.bid !== undefined && dossier?.bids.get(line.bid)?.bid.contingency !== undefined;
    const buyer = buyerOf(state, dossier, line);
    if (buyer !== undefined) of(buyer).bought.push(boughtLine(line));
    const hosted = hostedPart(state, dossier, line);
    if (hosted !== undefined) of(hosted.host).hosted.push(hosted.part);
  }
  for (const [party, { supplied, bought, hosted, conditional }] of parts) {
    const until = conditional ? award.conditionalUntil : undefined;
    told.to(party, {
      type: "ownAwardIssued",
      at,
      award: awardHandle(state, party, award.id),
      supplied,
      bought,
      hosted,
      ...(until === undefined ? {} : { conditionalUntil: until }),
    });
  }
  return told;
}

function lineFor(line: AwardLine): OwnAwardLine {
  const { lot: _1, clearances: _2, costReported: _3, ...own } = line;
  return own;
}

/** The buyer knows from whom it buys, and not by which bid or notice: these are between the keeper and the supplier. */
function boughtLine(line: AwardLine): OwnAwardLine {
  const { bid: _1, notice: _2, ...own } = lineFor(line);
  return own;
}

/** Who buys a line, where that is not the keeper: the holder that takes up its right to capacity, or whom it is sold to. */
function buyerOf(state: DisclosureState, dossier: Dossier | undefined, line: AwardLine): PartyId | undefined {
  const taken = line.notice === undefined ? undefined : dossier?.notices.get(line.notice)?.notice;
  if (taken !== undefined && clauseOf(state, taken.right)?.burdens === "capacity") return taken.holder;
  return dossier?.saleTo ?? dossier?.buyer;
}

/** The host of a line is told its own count, the window and who sells: no price, and nothing of what the seller runs itself. */
function hostedPart(
  state: DisclosureState,
  dossier: Dossier | undefined,
  line: AwardLine,
): { readonly host: PartyId; readonly part: HostedPart } | undefined {
  const named = line.notice === undefined ? undefined : dossier?.notices.get(line.notice)?.named;
  const { host } = line;
  if (host === undefined || host === line.provider) return undefined;
  const some = named?.host === host ? Math.min(named.count, line.count) : line.count;
  // What it runs are machines of the type that was offered.
  const { offered } = line;
  const count = offered === undefined ? some : replacing(some, { num: BigInt(offered), den: BigInt(line.count) });
  const origin = line.notice ?? line.bid ?? line.lot;
  const part = state.handleOf(host, "hst", origin);
  return { host, part: { part, seller: line.provider, count, window: line.window } };
}
