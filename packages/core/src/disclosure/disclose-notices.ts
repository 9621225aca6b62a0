import type { NoticeEvent } from "../book/events.ts";
import { unreachable } from "../kernel/index.ts";
import { dossierOf } from "./about.ts";
import { namedHost } from "./advance-requests.ts";
import { noticeFor } from "./notice-shown.ts";
import type { DisclosedEvent } from "./own-events.ts";
import type { DisclosureState, NamedHost, NoticeOnRecord } from "./state.ts";
import { Told } from "./told.ts";

type StageEvent = Extract<NoticeEvent, { type: "stageClosed" | "holdPlaced" | "holdReleased" | "noticeSent" }>;
type AboutNotice = Exclude<NoticeEvent, StageEvent>;

/** A notice and what becomes of it goes to its holder, and to whom the right was assigned; never that others were asked. */
export function noticeDisclosures(state: DisclosureState, event: NoticeEvent): Told {
  const told = new Told().to(state.keeper, event);
  const dossier = dossierOf(state, event);
  const { at } = event;
  switch (event.type) {
    case "stageClosed":
      return told;
    case "noticeSent": {
      const { holder } = event.notice;
      return told.to(holder, { type: "ownNoticeSent", at, notice: noticeFor(state, event.notice, holder) });
    }
    case "holdPlaced": {
      const { hold, notice, count, blocks, window } = event;
      const own = { type: "ownHoldPlaced" as const, at, hold, count, blocks, window };
      return told.to(event.holder, notice === undefined ? own : { ...own, notice });
    }
    case "holdReleased":
      return told.to(dossier?.holds.get(event.hold), { type: "ownHoldReleased", at, hold: event.hold });
    default:
      return aboutNotice(told, state, event, dossier?.notices.get(event.notice));
  }
}

function aboutNotice(told: Told, state: DisclosureState, event: AboutNotice, known: NoticeOnRecord | undefined): Told {
  const shown = shownToHolder(event);
  if (known !== undefined) {
    told.to(known.notice.holder, shown);
    for (const party of known.assignees) told.to(party, shown);
  }
  // Whoever answers keeps what it answered, also where it had no right to.
  if (event.type === "answerReceived" || event.type === "answerRatified") told.to(event.by, shown);
  const host = known === undefined ? undefined : newlyNamed(event, known);
  return host === undefined ? told : told.to(host.host, hostEvent(state, event, host));
}

function shownToHolder(event: AboutNotice): DisclosedEvent {
  const { at, notice } = event;
  switch (event.type) {
    case "noticeReceived": {
      const { deliveredAt, deemedReceivedAt, respondBy, objectBy, zone, trail, tzdata, basis } = event;
      const clock = { deliveredAt, deemedReceivedAt, respondBy, zone, trail, tzdata, basis };
      return { type: "ownNoticeReceived", at, notice, ...clock, ...(objectBy === undefined ? {} : { objectBy }) };
    }
    case "deliveryFailed": {
      const { channel, nextChannel } = event;
      return { type: "ownDeliveryFailed", at, notice, channel, ...(nextChannel === undefined ? {} : { nextChannel }) };
    }
    case "deadlineExtended":
      return { type: "ownDeadlineExtended", at, notice, respondBy: event.respondBy, why: event.why };
    case "answerReceived":
      return { type: "ownAnswerRecorded", at, notice, by: event.by, answer: event.answer };
    case "answerRatified": {
      const { by, signer, verdict } = event;
      return { type: "ownAnswerRatified", at, notice, by, signer, verdict };
    }
    case "latenessWaived":
      return { type: "ownLatenessWaived", at, notice };
    case "offerDecided":
      return { type: "ownOfferDecided", at, notice, taken: event.taken };
    case "noticeClosed":
      return { type: "ownNoticeClosed", at, notice, status: event.status, count: event.count };
    default:
      return unreachable(event);
  }
}

/** The host that an acceptance names learns of it when the acceptance binds: when it comes, is ratified, or its lateness waived. */
function newlyNamed(event: AboutNotice, known: NoticeOnRecord): NamedHost | undefined {
  if (event.type === "answerReceived") {
    return event.answer.verdict === "binding" ? namedHost(known, event) : undefined;
  }
  const binds =
    event.type === "latenessWaived" ||
    (event.type === "offerDecided" && event.taken) ||
    (event.type === "answerRatified" && event.verdict === "binding");
  return binds && !known.hosted ? known.named : undefined;
}

function hostEvent(state: DisclosureState, event: AboutNotice, named: NamedHost): DisclosedEvent {
  const { host, seller, count, window } = named;
  return {
    type: "hostNamed",
    at: event.at,
    part: state.handleOf(host, "hst", event.notice),
    seller,
    count,
    window,
  };
}
