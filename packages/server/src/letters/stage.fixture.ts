import { type BookEvent, BookState, type CommandBody, type Decision, run } from "@offtake/core/book";
import { type DisclosedEvent, feedOf, foldView } from "@offtake/core/disclosure";
import { addMs, type Instant, type NoticeId, parseInstant, type PartyId } from "@offtake/core/kernel";
import { parseBook, worldCommands } from "@offtake/wire/book";
import { parseRequest } from "@offtake/wire/requests";
import type { NoticeForm } from "./address.ts";
import type { LetterSource } from "./letter.ts";

export const LAB = "lab" as PartyId;
export const MERIDIAN = "meridian" as PartyId;
export const NORTHLIGHT = "northlight" as PartyId;

const book = (channels: string, rule: string): string => `
schema: offtake/book@1
keeper: lab
zone: America/Los_Angeles
parties:
  - { id: lab, name: Aurora Labs, roles: buyer }
  - { id: meridian, name: Meridian Cloud, roles: [provider, holder], notice: { channels: ${channels} }, signatories: [{ name: Ada Park }] }
  - { id: northlight, name: Northlight, roles: provider }
policy: { tenderWindow: 2 hours, tie: none, awardConfirmation: at-once }
agreements:
  - name: lab-meridian
    title: Master capacity agreement
    parties: { buyer: lab, provider: meridian }
    effective: { from: 2026-01-01, to: 2030-12-31 }
    holidays: us-federal
    clauses:
      - id: first
        kind: first-refusal
        scope: { accelerators: [H100] }
        window: 5 business days
        partial: { allowed: true, block: 8, minimum: 64 }
        delivery: { rule: ${rule} }
        text: >-
          Before Customer procures Covered Capacity from any third party, Customer shall first offer it to Provider, and Provider shall
          have five Business Days from receipt of such notice to accept it in whole or in part.
capacity:
  - { id: m1, provider: meridian, accelerator: H100, region: us-west, count: 2048, window: { from: 2026-01-01, to: 2030-12-31 } }
  - { id: n1, provider: northlight, accelerator: H100, region: us-west, count: 4096, window: { from: 2026-01-01, to: 2030-12-31 } }
offers:
  - { id: list, provider: northlight, accelerator: H100, region: us-west, price: 2.40 USD/h, blocks: n1, standing: true }
`;

const REQUEST = `
schema: offtake/request@1
id: req_autumn
buyer: lab
accelerators: H100
count: 1024
regions: us-west
window: { from: 2027-01-01, to: 2027-12-31 }
purpose: inference
cap: 3 USD/h
unfilled: close
`;

/** A book of one right, played by its commands; its holder may be reached by any channels. */
export class Stage {
  readonly history: BookEvent[] = [];
  readonly state = new BookState();
  now: Instant;
  private count = 0;

  constructor({ channels = "[courier, portal]", rule = "delivered", at = "2026-11-20T18:30:00Z" } = {}) {
    const parsed = parseBook({ name: "book.yaml", text: book(channels, rule) });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    this.now = instant(at);
    for (const { actor, body } of worldCommands(parsed.value)) this.must(body, actor);
  }

  send(body: CommandBody, actor: PartyId): Decision {
    this.count += 1;
    const decision = run(this.state, {
      ...body,
      at: this.now,
      actor,
      key: `key ${this.count}`,
      nonce: `nonce ${this.count}`,
    });
    this.history.push(...decision.events);
    return decision;
  }

  must(body: CommandBody, actor: PartyId): readonly BookEvent[] {
    const { events, rejection } = this.send(body, actor);
    if (rejection !== undefined) throw new Error(`${rejection.code}: ${rejection.detail}`);
    return events;
  }

  wait(hours: number): void {
    this.now = addMs(this.now, hours * 3_600_000);
    this.must({ type: "passTime" }, LAB);
  }

  /** Submits the request; the notice that goes out for it. */
  ask(text = REQUEST): NoticeId {
    const parsed = parseRequest({ name: "request.yaml", text });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    for (const event of this.must({ type: "submitRequest", request: parsed.value }, LAB))
      if (event.type === "noticeSent") return event.notice.id;
    throw new Error("No notice was sent.");
  }

  feed(party: PartyId): DisclosedEvent[] {
    return feedOf(this.history, party);
  }

  /** What a party knows of a notice of its own; undefined where it is not its own. */
  source(party: PartyId, id: NoticeId): LetterSource | undefined {
    const { notices, agreements, parties } = foldView(this.feed(party));
    const known = notices.get(id);
    if (known?.as !== "party") return undefined;
    const { notice, clock } = known;
    const agreement = agreements.get(notice.agreement)?.agreement;
    const names = new Map([...parties].map(([one, { name }]) => [one, name ?? one] as const));
    return { notice, names, ...(clock && { clock }), ...(agreement && { agreement }) };
  }
}

function instant(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(text);
  return at;
}

export const SENDER = {
  name: "Aurora Labs, Inc.",
  lines: ["500 Harbor Way", "Oakland, CA 94607", "United States"],
  email: "notices@aurora.example",
};

export const FORM: NoticeForm = {
  addressee: {
    name: "General Counsel",
    lines: ["Meridian Cloud LLC", "1 Meridian Plaza", "Reno, NV 89501", "United States"],
  },
  copies: [{ name: "Żółć & Ønsker LLP", lines: ["ul. Długa 7", "00-263 Warszawa"], email: "copies@counsel.example" }],
  language: "en",
  method: "courier with proof of delivery",
  clause: "section 14.2 (Notices)",
};
