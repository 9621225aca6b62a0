import { agreement, party, r1, r2 } from "../agreements/f0.ts";
import type { ZoneId } from "../calendar/index.ts";
import {
  addMs,
  type BlockId,
  DAY_MS,
  HOUR_MS,
  type Instant,
  type PartyId,
  Random,
  type RequestId,
} from "../kernel/index.ts";
import { at, q1, USD, usd } from "../requests/f0.ts";
import type { Command, CommandBody } from "./commands.ts";
import { POLICY } from "./f0.ts";
import { run } from "./run.ts";
import { BookState } from "./state.ts";

const OPENS = at("2026-01-05T15:00:00Z");
const PROVIDERS = ["alfa", "beta", "gamma"] as const;

/** A book and a script of commands for it, drawn from a seed: what holders, bidders and a buyer may do, right or wrong. */
export class Script {
  readonly commands: Command[] = [];
  private readonly state = new BookState();
  private readonly random: Random;
  private readonly seed: string;
  private now: Instant = OPENS;

  constructor(seed: string, length: number) {
    this.seed = seed;
    this.random = new Random(seed);
    for (const body of opening()) this.send("lab", body);
    while (this.commands.length < length) this.step();
  }

  private send(actor: string, body: CommandBody, key = `k${this.commands.length}`): void {
    const command: Command = {
      ...body,
      at: this.now,
      actor: actor as PartyId,
      key,
      nonce: `${this.seed} ${this.commands.length}`,
    };
    run(this.state, command);
    this.commands.push(command);
  }

  private step(): void {
    const { random } = this;
    this.now = addMs(this.now, random.between(0, 30) * random.pick([60_000, HOUR_MS]));
    const acts = [
      () => this.request(),
      () => this.answer(),
      () => this.answer(),
      () => this.bid(),
      () => this.change(),
      () => this.fact(),
    ];
    random.pick(acts)();
  }

  private request(): void {
    const { random } = this;
    const count = random.between(1, 64) * 8;
    const from = addMs(at("2027-01-01T00:00:00Z"), random.between(0, 30) * DAY_MS);
    const line = {
      count,
      window: { from, to: addMs(from, random.between(1, 90) * DAY_MS) },
      cap: usd(random.between(20, 35) / 10),
    };
    const unfilled = random.pick(["keep", "close"] as const);
    this.send("lab", {
      type: "submitRequest",
      request: q1({ id: `q${this.commands.length}` as RequestId, unfilled }, line),
    });
  }

  /** All, a part, too much, half a block; by the holder or by somebody else. */
  private answer(): void {
    const { random } = this;
    const open = this.state.notices.sortedValues().filter((notice) => notice.closedAt === undefined);
    if (open.length === 0) return;
    const notice = random.pick(open);
    const counts = [notice.count, notice.count, Math.max(8, notice.count - 8), notice.count + 8, notice.count - 1];
    const type = random.pick(["accept", "accept", "refuse"] as const);
    const answer = {
      type,
      orLess: random.chance(1, 2),
      rootBlocks: random.chance(1, 3) ? ["a1" as BlockId] : [],
      count: random.pick(counts),
    };
    this.send(random.chance(5, 6) ? notice.holder : random.pick(PROVIDERS), {
      type: "answerNotice",
      notice: notice.id,
      answer,
    });
  }

  private bid(): void {
    const { random } = this;
    const market = random.pick([...this.state.requests.sortedValues(), undefined])?.market;
    const lot = market?.tender.lots[0];
    if (market === undefined || lot === undefined) return;
    const rate = usd(random.between(18, 34) / 10);
    const line = {
      lot: lot.lot,
      countMin: 8,
      countMax: lot.count,
      multiple: 8,
      tiers: [{ from: 1, rate }],
      tierMode: "all-units" as const,
      stated: {},
      rootBlocks: [],
    };
    const bid = {
      lines: [line],
      validUntil: addMs(this.now, random.between(1, 90) * DAY_MS),
      discloseIdentity: random.chance(1, 2),
    };
    this.send(random.pick(PROVIDERS), { type: "placeBid", tender: market.tender.id, bid });
  }

  private change(): void {
    const { random } = this;
    const request = random.pick([...this.state.requests.sortedValues(), undefined])?.request;
    if (request === undefined) return;
    const [line] = request.lines;
    const revised = {
      ...request,
      version: request.version + 1,
      lines: line === undefined ? [] : [{ ...line, count: line.count + 8, purposes: [] }],
    };
    const bodies: CommandBody[] = [
      { type: "withdrawRequest", request: request.id },
      { type: "closeRequest", request: request.id },
      { type: "reviseRequest", request: revised },
      { type: "submitRequest", request },
    ];
    this.send("lab", random.pick(bodies));
  }

  private fact(): void {
    const { random } = this;
    const party = random.pick(PROVIDERS) as string as PartyId;
    const bodies: CommandBody[] = [
      {
        type: "recordEligibility",
        party,
        eligibility: {
          from: addMs(this.now, random.between(-2, 2) * DAY_MS),
          eligible: random.chance(1, 2),
          reason: "checked",
        },
      },
      {
        type: "recordOutage",
        window: { from: addMs(this.now, -5 * HOUR_MS), to: addMs(this.now, -random.below(4) * HOUR_MS) },
      },
      {
        type: "recordPolicy",
        policy: {
          ...POLICY,
          version: this.commands.length,
          awardConfirmation: random.pick(["at-once", "by-signature"]),
        },
      },
      { type: "passTime" },
    ];
    this.send("lab", random.pick(bodies), random.chance(1, 8) ? "k3" : undefined);
  }
}

function opening(): CommandBody[] {
  const provider = (id: string) => ({ ...party(id), roles: [{ role: "provider" as const }] });
  const block = {
    id: "a1" as BlockId,
    rootId: "a1" as BlockId,
    provider: "alfa" as PartyId,
    acceleratorType: "gb200" as never,
    region: "us-central",
    quantity: 512,
    window: { from: OPENS, to: addMs(OPENS, 900 * DAY_MS) },
    firmness: "firm" as const,
    blockSize: 8,
  };
  return [
    {
      type: "openBook",
      header: { keeper: "lab" as PartyId, kind: "buyer", currency: USD, zone: "America/Los_Angeles" as ZoneId },
    },
    ...[party("lab"), ...PROVIDERS.map(provider)].map((item): CommandBody => ({ type: "recordParty", party: item })),
    { type: "recordPolicy", policy: POLICY },
    { type: "recordBlock", block },
    { type: "recordAgreement", activate: true, agreement: agreement("lab-alfa", { clauses: [r1()] }) },
    {
      type: "recordAgreement",
      activate: true,
      agreement: agreement("lab-beta", { provider: "beta" as PartyId, clauses: [r2()] }),
    },
  ];
}
