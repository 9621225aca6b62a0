import { agreement, party, r1, r2 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { Party } from "../agreements/party.ts";
import type { ZoneId } from "../calendar/index.ts";
import type { Instant, PartyId } from "../kernel/index.ts";
import type { Answer } from "../notices/notice.ts";
import { at, q1, USD, usd } from "../requests/f0.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Bid } from "../tenders/bid.ts";
import type { CommandBody, RejectionCode } from "./commands.ts";
import type { Policy } from "./documents.ts";
import type { BookEvent, BookEventType } from "./events.ts";
import { run } from "./run.ts";
import { BookState, type NoticeState } from "./state.ts";

/** Maker for specs of the book: the fixture F0 as a state that takes commands, after the conformance table. */

export const POLICY: Policy = {
  version: 1,
  tenderWindow: { n: 48, unit: "hours" },
  tie: "improve",
  improveWindow: { n: 24, unit: "hours" },
  inseparable: "reject",
  showCap: false,
  minimumUsable: 8,
  autoAward: true,
  awardConfirmation: "by-signature",
  relatedPartyApproval: "related-party",
  ownBuild: ["delta" as PartyId],
};

export interface F0Options {
  readonly r1?: Partial<RightClause>;
  readonly r2?: Partial<RightClause>;
  readonly policy?: Partial<Policy>;
  readonly without?: readonly ("r1" | "r2")[];
}

function provider(id: string, owners: Readonly<Record<string, number>> = {}): Party {
  return { ...party(id, owners), roles: [{ role: "provider" }] };
}

const made: F0[] = [];

/**
 * Audits every world made since the last call; throws where something is found. After each test, so that no history of a spec
 * goes unaudited.
 */
export function auditMade(audit: (history: readonly BookEvent[]) => readonly { readonly message: string }[]): void {
  const findings = made.splice(0).flatMap((world) => audit(world.events));
  if (findings.length > 0) throw new Error(`The audit found: ${findings.map((finding) => finding.message).join("; ")}`);
}

/** A running book with a clock. Commands are sent at an instant; what they led to is kept. */
export class F0 {
  readonly state = new BookState();
  readonly events: BookEvent[] = [];
  rejected: RejectionCode | undefined;
  private sent = 0;

  constructor(options: F0Options = {}) {
    made.push(this);
    const start = "2026-01-02T00:00:00Z";
    this.send(start, "lab", {
      type: "openBook",
      header: { keeper: "lab" as PartyId, kind: "buyer", currency: USD, zone: "America/Los_Angeles" as ZoneId },
    });
    const parties = [
      party("lab"),
      provider("alfa"),
      provider("beta"),
      provider("gamma"),
      provider("delta", { lab: 40 }),
    ];
    for (const item of parties) this.send(start, "lab", { type: "recordParty", party: item });
    this.send(start, "lab", { type: "recordPolicy", policy: { ...POLICY, ...options.policy } });
    if (options.without?.includes("r1") !== true) {
      this.send(start, "lab", {
        type: "recordAgreement",
        activate: true,
        agreement: agreement("lab-alfa", { clauses: [r1(options.r1)] }),
      });
    }
    if (options.without?.includes("r2") !== true) {
      this.send(start, "lab", {
        type: "recordAgreement",
        activate: true,
        agreement: agreement("lab-beta", { provider: "beta" as PartyId, clauses: [r2(options.r2)] }),
      });
    }
  }

  send(time: string | Instant, actor: string, body: CommandBody, key?: string, fingerprint?: string): this {
    const instant = typeof time === "string" ? at(time) : time;
    this.sent += 1;
    const decision = run(this.state, {
      ...body,
      at: instant,
      actor: actor as PartyId,
      key: key ?? `k${this.sent}`,
      ...(fingerprint === undefined ? {} : { fingerprint }),
      nonce: `n${this.sent}`,
    });
    this.events.push(...decision.events);
    this.rejected = decision.rejection?.code;
    return this;
  }

  submit(
    time = "2026-09-14T17:00:00Z",
    changed: Partial<ComputeRequest> = {},
    line: Parameters<typeof q1>[1] = {},
  ): this {
    return this.send(time, "lab", { type: "submitRequest", request: q1(changed, line) });
  }

  wait(time: string): this {
    return this.send(time, "lab", { type: "passTime" });
  }

  answer(time: string, by: string, answer: Partial<Answer> & { type: Answer["type"] }, kind?: string): this {
    const notice = this.open(by, kind);
    return this.send(time, by, {
      type: "answerNotice",
      notice: notice.id,
      answer: { orLess: false, rootBlocks: [], ...answer },
    });
  }

  bid(
    time: string,
    by: string,
    price: number,
    changed: Partial<Bid["lines"][number]> = {},
    bid: Partial<Bid> = {},
  ): this {
    const request = this.state.requests.sortedValues()[0];
    const tender = request?.market?.tender;
    if (tender === undefined) throw new Error("Broken belief: a tender is open");
    const [first] = tender.lots;
    if (first === undefined) throw new Error("Broken belief: a tender has a lot");
    return this.send(time, by, {
      type: "placeBid",
      tender: tender.id,
      bid: {
        lines: [
          {
            lot: first.lot,
            countMin: 8,
            countMax: first.count,
            multiple: 8,
            tiers: [{ from: 8, rate: usd(price) }],
            tierMode: "all-units",
            stated: {},
            rootBlocks: [],
            ...changed,
          },
        ],
        validUntil: at("2027-01-01T00:00:00Z"),
        discloseIdentity: true,
        ...bid,
      },
    });
  }

  /** The newest notice to a party, of a kind where one is named. */
  open(to: string, kind?: string): NoticeState {
    const found = this.state.notices
      .sortedValues()
      .filter(
        (notice) =>
          (notice.holder === to || notice.assignees.some((party) => party === to)) &&
          (kind === undefined || notice.kind === kind),
      );
    const newest = found
      .sort((a, b) => a.sentAt - b.sentAt || Number(a.closedAt === undefined) - Number(b.closedAt === undefined))
      .at(-1);
    if (newest === undefined) throw new Error(`Broken belief: ${to} has a notice`);
    return newest;
  }

  of<Type extends BookEventType>(type: Type): Extract<BookEvent, { type: Type }>[] {
    return this.events.filter((event): event is Extract<BookEvent, { type: Type }> => event.type === type);
  }

  /** Awarded counts by provider, in the order of the award's lines. */
  awards(): [string, number][] {
    return this.of("awardIssued").flatMap((event) =>
      event.award.lines.map((line): [string, number] => [line.provider, line.count]),
    );
  }
}
