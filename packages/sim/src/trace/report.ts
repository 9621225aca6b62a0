import type { BookEvent, RejectionCode } from "@offtake/core/book";
import {
  acceleratorSeconds,
  type AcceleratorSeconds,
  type Currency,
  type Money,
  type NoticeId,
  type PartyId,
  type RequestId,
  type TimeWindow,
  windowSeconds,
} from "@offtake/core/kernel";

/** So many requests or parts, and how many accelerator-seconds they come to. */
export interface Amount {
  count: number;
  acceleratorSeconds: AcceleratorSeconds;
}

/** What one holder of a right made of what it was asked. */
export interface HolderRow {
  readonly holder: PartyId;
  readonly asked: Amount;
  readonly taken: Amount;
  /** Not taken: refused, or not answered in time. */
  readonly refused: Amount;
}

/** What one group of jobs (a tenant, a purpose) asked for and got, and what that costs. */
export interface GroupRow {
  readonly name: string;
  readonly asked: Amount;
  readonly awarded: Amount;
  readonly cost: readonly Money[];
}

export interface TraceReport {
  readonly jobs: number;
  readonly asked: Amount;
  /** What holders of rights were asked and took; one request may be put to several. */
  readonly holders: readonly HolderRow[];
  readonly awarded: Amount;
  readonly unfilled: Amount;
  /** Requests by how they ended. */
  readonly outcomes: Readonly<Record<"awarded_full" | "awarded_part" | "unfilled" | "withdrawn" | "open", number>>;
  /** Why less was awarded than asked, by stable code. */
  readonly reasons: ReadonlyMap<string, number>;
  /** What providers were awarded, in the order of their ids. */
  readonly providers: readonly { readonly provider: PartyId; readonly awarded: Amount }[];
  /** Requests that the core did not admit. */
  readonly rejected: ReadonlyMap<RejectionCode, number>;
  /** In the order of currencies; currencies are never added. */
  readonly cost: readonly Money[];
  readonly tenants: readonly GroupRow[];
  readonly purposes: readonly GroupRow[];
  readonly events: number;
}

interface Group {
  readonly asked: Amount;
  readonly awarded: Amount;
  readonly cost: Costs;
}

type Costs = Map<Currency, bigint>;

interface OpenRequest {
  readonly tenant: Group;
  readonly purpose: Group;
  readonly asked: AcceleratorSeconds;
  awarded: bigint;
}

interface OpenNotice {
  readonly holder: PartyId;
  readonly count: number;
  readonly window: TimeWindow;
}

/** Folds the events of a replay into its report; keeps only what is open. */
export class TraceCounter {
  private events = 0;
  private readonly asked = nothing();
  private readonly awarded = nothing();
  private readonly unfilled = nothing();
  private readonly outcomes = { awarded_full: 0, awarded_part: 0, unfilled: 0, withdrawn: 0, open: 0 };
  private readonly reasons = new Map<string, number>();
  private readonly rejected = new Map<RejectionCode, number>();
  private readonly cost: Costs = new Map();
  private readonly holders = new Map<PartyId, { asked: Amount; taken: Amount; refused: Amount }>();
  private readonly providers = new Map<PartyId, Amount>();
  private readonly tenants = new Map<string, Group>();
  private readonly purposes = new Map<string, Group>();
  private readonly requests = new Map<RequestId, OpenRequest>();
  private readonly notices = new Map<NoticeId, OpenNotice>();

  reject(code: RejectionCode): void {
    this.rejected.set(code, (this.rejected.get(code) ?? 0) + 1);
  }

  take(event: BookEvent): void {
    this.events += 1;
    switch (event.type) {
      case "requestSubmitted":
        return this.submitted(event);
      case "noticeSent":
        return this.sent(event);
      case "noticeClosed":
        return this.closed(event);
      case "awardIssued":
        return this.issued(event);
      case "requestClosed":
        return this.ended(event);
      default:
    }
  }

  private submitted({ request }: Extract<BookEvent, { type: "requestSubmitted" }>): void {
    let asked = 0n;
    for (const line of request.lines) asked += acceleratorSeconds(line.count, windowSeconds(line.window));
    const purpose = request.lines[0]?.purposes[0]?.purpose ?? "";
    const open: OpenRequest = {
      tenant: groupOf(this.tenants, request.project ?? ""),
      purpose: groupOf(this.purposes, purpose),
      asked: asked as AcceleratorSeconds,
      awarded: 0n,
    };
    this.requests.set(request.id, open);
    for (const amount of [this.asked, open.tenant.asked, open.purpose.asked]) add(amount, asked);
  }

  private sent({ notice }: Extract<BookEvent, { type: "noticeSent" }>): void {
    if (notice.kind === "information") return;
    const window = notice.thirdParty?.window ?? notice.terms.window;
    this.notices.set(notice.id, { holder: notice.holder, count: notice.count, window });
    add(this.holderOf(notice.holder).asked, acceleratorSeconds(notice.count, windowSeconds(window)));
  }

  private closed(event: Extract<BookEvent, { type: "noticeClosed" }>): void {
    const notice = this.notices.get(event.notice);
    if (notice === undefined) return;
    this.notices.delete(event.notice);
    const row = this.holderOf(notice.holder);
    const seconds = windowSeconds(notice.window);
    if (event.count > 0) add(row.taken, acceleratorSeconds(event.count, seconds));
    if (event.count < notice.count) add(row.refused, acceleratorSeconds(notice.count - event.count, seconds));
  }

  private holderOf(holder: PartyId): { asked: Amount; taken: Amount; refused: Amount } {
    const known = this.holders.get(holder) ?? { asked: nothing(), taken: nothing(), refused: nothing() };
    this.holders.set(holder, known);
    return known;
  }

  private issued({ award }: Extract<BookEvent, { type: "awardIssued" }>): void {
    const request = this.requests.get(award.request);
    if (request === undefined) return;
    for (const line of award.lines) {
      const seconds = acceleratorSeconds(line.count, windowSeconds(line.window));
      const provider = this.providers.get(line.provider) ?? nothing();
      this.providers.set(line.provider, provider);
      for (const amount of [this.awarded, provider, request.tenant.awarded, request.purpose.awarded])
        add(amount, seconds);
      request.awarded += seconds;
      if (line.cost === undefined) continue;
      for (const costs of [this.cost, request.tenant.cost, request.purpose.cost]) pay(costs, line.cost);
    }
  }

  private ended(event: Extract<BookEvent, { type: "requestClosed" }>): void {
    const request = this.requests.get(event.request);
    if (request === undefined) return;
    this.requests.delete(event.request);
    // A job asks for compute: none announces the release of a product.
    if (event.outcome === "announced") return;
    this.outcomes[event.outcome] += 1;
    if (event.outcome === "awarded_full") return;
    add(this.unfilled, request.asked - request.awarded);
    const why = event.why ?? event.outcome;
    this.reasons.set(why, (this.reasons.get(why) ?? 0) + 1);
  }

  report(jobs: number): TraceReport {
    return {
      jobs,
      asked: this.asked,
      holders: [...this.holders].map(([holder, row]) => ({ holder, ...row })).sort(by((row) => row.holder)),
      awarded: this.awarded,
      unfilled: this.unfilled,
      outcomes: { ...this.outcomes, open: this.requests.size },
      reasons: this.reasons,
      providers: [...this.providers]
        .map(([provider, awarded]) => ({ provider, awarded }))
        .sort(by((row) => row.provider)),
      rejected: this.rejected,
      cost: moneyOf(this.cost),
      tenants: rowsOf(this.tenants),
      purposes: rowsOf(this.purposes),
      events: this.events,
    };
  }
}

function nothing(): Amount {
  return { count: 0, acceleratorSeconds: 0n as AcceleratorSeconds };
}

function add(amount: Amount, seconds: bigint): void {
  amount.count += 1;
  amount.acceleratorSeconds = (amount.acceleratorSeconds + seconds) as AcceleratorSeconds;
}

function pay(costs: Costs, { micros, currency }: Money): void {
  costs.set(currency, (costs.get(currency) ?? 0n) + micros);
}

function groupOf(groups: Map<string, Group>, name: string): Group {
  const known = groups.get(name) ?? { asked: nothing(), awarded: nothing(), cost: new Map() };
  groups.set(name, known);
  return known;
}

function rowsOf(groups: ReadonlyMap<string, Group>): GroupRow[] {
  return [...groups]
    .map(([name, group]) => ({ name, asked: group.asked, awarded: group.awarded, cost: moneyOf(group.cost) }))
    .sort(by((row) => row.name));
}

function moneyOf(costs: Costs): Money[] {
  return [...costs].map(([currency, micros]) => ({ micros, currency })).sort(by((one) => one.currency));
}

/** By code unit: the same order everywhere. */
function by<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (text(a) < text(b) ? -1 : 1);
}
