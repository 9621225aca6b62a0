import type { BookEvent } from "@offtake/core/book";
import { endText, type ZoneId } from "@offtake/core/calendar";
import { codesText, codeText, countText, moneyText, rateText } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import type { Chronicle } from "@offtake/sim/cases";
import { Names, resolutionOf } from "@offtake/sim/stories";
import { askedText, basisText, deadlineText, OUTCOME_TEXT, whenText, wishText } from "./phrases.ts";

/** One thing that happened, under the word of the first hour that it belongs to. */
export interface Told {
  readonly label: string;
  readonly text: string;
}

/** Tells events to whoever keeps the book: what a reader of the first hour needs, and no more. The reasons stand elsewhere. */
export class Teller {
  private readonly chronicle: Chronicle;
  private readonly names: Names;
  private readonly zone: ZoneId;

  constructor(chronicle: Chronicle, zone: ZoneId) {
    this.chronicle = chronicle;
    this.names = new Names(chronicle);
    this.zone = zone;
  }

  tell(events: readonly BookEvent[]): Told[] {
    const standing = events.reduce(
      (sum, event) => (event.type === "listBidsReceived" ? sum + event.bids.length : sum),
      0,
    );
    const told = events.flatMap((event) => this.one(event) ?? []);
    if (standing === 0) return told;
    const place = told.findLastIndex(({ label }) => label === "market") + 1;
    return told.toSpliced(place, 0, {
      label: "market",
      text: `${countText(standing)} price ${standing === 1 ? "list bids by itself" : "lists bid by themselves"}`,
    });
  }

  private one(event: BookEvent): Told | undefined {
    switch (event.type) {
      case "agreementRecorded":
        return {
          label: "agreement",
          text: `${event.agreement.title}, version ${event.agreement.version}, in force from ${whenText(event.agreement.zone, event.agreement.effectiveFrom)}`,
        };
      case "agreementTerminated":
        return {
          label: "agreement",
          text: `${event.clauses === undefined ? event.agreement : `${event.clauses.join(", ")} of ${event.agreement}`} ends on ${whenText(this.zone, event.effectiveAt)}`,
        };
      case "renewalNoticeGiven":
        return { label: "agreement", text: this.stopped(event) };
      case "agreementRenewed":
        return {
          label: "agreement",
          text: `${event.agreement} has renewed${event.to === undefined ? ": it runs until somebody gives notice" : ` until ${this.ends(event.to)}`}`,
        };
      case "agreementStatusChanged":
        return event.status === "active"
          ? undefined
          : { label: "agreement", text: `${event.agreement} is ${event.status}: ${codeText(event.why)}` };
      case "requestSubmitted":
        return this.request(event.request.id);
      case "requestRevised":
        return { label: "request", text: `${event.request.id} is changed` };
      case "requestHeld":
        return {
          label: "request",
          text: `${event.request} waits for ${event.rights.length > 0 ? "a person" : "the keeper's papers"}: ${codeText(event.why)}`,
        };
      case "approvalAwaited":
        return {
          label: "request",
          text: `before the ${event.before} it needs an approval: ${event.approvals.join(", ")}`,
        };
      default:
        return this.oneOfNotice(event) ?? this.oneOfMarket(event) ?? this.outcome(event);
    }
  }

  private stopped({ agreement, notice }: Extract<BookEvent, { type: "renewalNoticeGiven" }>): string {
    const who = this.names.of(notice.by);
    if (notice.endsAt === undefined) return `${who} gave notice for ${agreement} too late: it counts for nothing`;
    return `${who} gave notice: ${agreement} ends ${this.ends(notice.endsAt)}${notice.late ? "; it was too late for the end before" : ""}`;
  }

  private ends(at: Instant): string {
    return endText(this.zone, at);
  }

  private request(id: string): Told | undefined {
    const resolution = resolutionOf(this.chronicle, id, this.names);
    if (resolution === undefined) return undefined;
    return {
      label: "request",
      text: `${id} of ${resolution.buyer}: ${resolution.wish.map((wish) => wishText(wish, this.zone)).join("; ")}`,
    };
  }

  private oneOfNotice(event: BookEvent): Told | undefined {
    switch (event.type) {
      case "noticeSent": {
        const asked = this.askedBy(event.notice.id, event.notice.request);
        if (asked === undefined) return undefined;
        const received = this.chronicle.notices.get(event.notice.id)?.received;
        const zone = (received?.zone as ZoneId | undefined) ?? this.zone;
        const by = received === undefined ? "" : `; answer by ${deadlineText(received.respondBy, zone)}`;
        return { label: "notice", text: `to ${asked.holderName}, ${askedText(asked)}${by}` };
      }
      case "answerReceived":
        return { label: "answer", text: this.answer(event) };
      case "noticeClosed": {
        if (event.status !== "lapsed") return undefined;
        return { label: "answer", text: `${this.holderOf(event.notice)} has not answered in time: its notice lapses` };
      }
      case "deadlineExtended":
        return {
          label: "notice",
          text: `${this.holderOf(event.notice)} may answer until ${deadlineText(event.respondBy, this.zone)}: ${event.why}`,
        };
      case "answerRatified":
        return { label: "answer", text: `${event.signer} ratifies the answer of ${this.names.of(event.by)}` };
      default:
        return undefined;
    }
  }

  private askedBy(notice: string, request: string) {
    const tale = this.chronicle.notices.get(notice);
    const resolution = resolutionOf(this.chronicle, request, this.names);
    const place = [...this.chronicle.notices.values()]
      .filter(({ sent }) => sent.notice.request === request)
      .findIndex((one) => one === tale);
    return resolution?.asked[place];
  }

  private holderOf(notice: string): string {
    const holder = this.chronicle.notices.get(notice)?.sent.notice.holder;
    return holder === undefined ? "the holder" : this.names.of(holder);
  }

  private answer({ by, answer, notice }: Extract<BookEvent, { type: "answerReceived" }>): string {
    const { answer: given, verdict, defects } = answer;
    const noticed = this.chronicle.notices.get(notice)?.sent.notice.count ?? 0;
    const who = this.names.of(by);
    if (given.type !== "accept")
      return `${who} ${given.type === "refuse" ? "refuses" : "objects to the notice"}${verdict === "refusal" || verdict === "objection" ? "" : ` (${codeText(verdict)})`}`;
    const count = given.count ?? noticed;
    const part = count < noticed ? `${countText(count)} of ${countText(noticed)}` : countText(count);
    const price = given.price === undefined ? "" : ` at ${rateText(given.price)}`;
    const host =
      given.host === undefined
        ? ""
        : `, ${given.hostCount === undefined ? "all" : countText(given.hostCount)} of them run by ${this.names.of(given.host)}`;
    const worth = verdict === "binding" ? "" : `; it does not bind: ${codesText([verdict, ...defects])}`;
    return `${who} accepts ${part}${price}${host}${worth}`;
  }

  private oneOfMarket(event: BookEvent): Told | undefined {
    switch (event.type) {
      case "tenderOpened": {
        const count = event.tender.lots.reduce((sum, lot) => sum + lot.count, 0);
        return {
          label: "market",
          text: `${countText(count)} open to ${event.invitations.length} providers; bids by ${deadlineText(event.tender.closesAt, this.zone)}`,
        };
      }
      case "bidReceived":
        return {
          label: "market",
          text: `bid of ${this.names.of(event.bid.bidder)}, ${event.verdict === "sealed" ? "sealed until the close" : `not taken: ${codeText(event.verdict)}`}`,
        };
      case "bidWithdrawn":
        return { label: "market", text: `${this.names.of(event.bidder)} withdraws its bid` };
      case "improvementAsked":
        return {
          label: "market",
          text: `${event.bidders.map((id) => this.names.of(id)).join(" and ")} are tied and may improve until ${deadlineText(event.closesAt, this.zone)}`,
        };
      default:
        return undefined;
    }
  }

  private outcome(event: BookEvent): Told | undefined {
    switch (event.type) {
      case "awardIssued":
        return { label: "award", text: event.award.lines.map((line) => this.line(line)).join("; ") };
      case "awardHeldForDecision":
        return { label: "award", text: `it waits for a person: ${codeText(event.why)}` };
      case "awardDefaulted":
        return { label: "award", text: `${this.names.of(event.provider)} does not keep it: ${event.why}` };
      case "requestRested":
      case "requestClosed":
        if (event.outcome === "awarded_full") return undefined;
        return {
          label: "request",
          text: `${event.request}: ${OUTCOME_TEXT[event.outcome]}${event.why === undefined ? "" : `, ${codeText(event.why)}`}`,
        };
      default:
        return undefined;
    }
  }

  private line(line: Extract<BookEvent, { type: "awardIssued" }>["award"]["lines"][number]): string {
    const host = line.host === undefined ? "" : `, run by ${this.names.of(line.host)}`;
    const price = line.price === undefined ? "" : ` at ${rateText(line.price)}`;
    const cost = line.cost === undefined ? "" : `, ${moneyText(line.cost)}`;
    const offered = line.offered === undefined ? "" : ` as ${countText(line.offered)} ${line.acceleratorType}`;
    const extras = line.extras === undefined ? "" : `, with ${line.extras.what.join(", ")}`;
    return `${this.names.of(line.provider)} ${countText(line.count)}${offered}${price}${cost}${extras}${host} (${basisText(line.basis)})`;
  }
}
