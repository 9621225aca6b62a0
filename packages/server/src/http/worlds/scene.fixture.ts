import { Random } from "@offtake/core/kernel";
import { parseBook, type WorldCommand, worldCommands } from "@offtake/wire/book";

/**
 * A market in two parts. What is open is the same in both worlds of a pair: a keeper, two holders' clauses, the parties that look on, what
 * they do, and how it ends for them. What is secret is drawn for each world: which rivals there are, what they own, ask, bid and answer, what
 * the keeper keeps to itself.
 */
export interface Scene {
  readonly seed: string;
  readonly requests: readonly OpenRequest[];
  /** Awards are done when issued, or wait for the keeper's signature. */
  readonly confirmation: "at-once" | "by-signature";
}

/** What of a request its holder and bidders may know, and what they do about it. */
export interface OpenRequest {
  readonly id: string;
  /** The first holder is asked at it; bidders are not shown it. */
  readonly cap: string;
  /** First day, of a week of its own. */
  readonly from: string;
  /** What the first holder is asked for. */
  readonly noticed: number;
  /** What invitations show: a multiple of `STEP`. */
  readonly shown: number;
  /** Of the holder that looks on. */
  readonly answer: "accept" | "refuse" | "silence";
  readonly accepted: number;
  /** Of the bidder that looks on: how it comes out, in every world. */
  readonly bid: "wins" | "loses" | "none";
  readonly withdraws: boolean;
  /**
   * What the second holder does. Nobody is told, but ids are drawn for what is held of it, and those behind them would be others: what it
   * accepts and why it refuses is secret.
   */
  readonly second: "accept" | "refuse";
}

/** What a world does not share with the other one. */
export interface Secrets {
  readonly rivals: readonly Rival[];
  readonly requests: readonly SecretRequest[];
  /** Requests that wait for an approval: nobody but the keeper knows of them. */
  readonly waiting: readonly string[];
  readonly noise: number;
}

export interface Rival {
  readonly id: string;
  readonly name: string;
  readonly blocks: number;
  readonly agreement: boolean;
  /** A list price for another accelerator. */
  readonly listed: boolean;
}

export interface SecretRequest {
  /** Below a step: what is left beyond what is shown. */
  readonly left: number;
  /** Why the second holder refuses, where it does. When it answers is not drawn: the tender opens by it, and that is told. */
  readonly reason: string;
  readonly bids: readonly RivalBid[];
  readonly unfilled: "close" | "keep";
}

export interface RivalBid {
  readonly rival: string;
  readonly cents: number;
  readonly count: number;
  readonly minute: number;
  readonly fate: "stands" | "replaced" | "withdrawn" | "late";
}

export const STEP = 32;
export const WATCHERS = ["meridian", "northlight", "quill"] as const;
/** Of the second holder, who is in every world, and whose answers are nobody's business. */
export const SECOND = "vesta";
/** Ids that requests may have of which nobody is told. */
export const WAITING = ["w-0", "w-1", "w-2"] as const;
export const RIVALS = ["wolfram", "xenon", "yttria", "zircon"] as const;

export function drawScene(seed: string): Scene {
  const random = new Random(`scene ${seed}`);
  const requests = Array.from({ length: random.between(1, 2) }, (_, index): OpenRequest => {
    const shown = STEP * random.between(1, 4);
    const accepted = 8 * random.between(1, 8);
    const answer = random.pick(["accept", "refuse", "silence"] as const);
    return {
      id: `q-${index}`,
      cap: `${random.between(300, 350) / 100} USD/h`,
      from: `2036-0${3 + index}-03`,
      shown,
      noticed: shown + STEP - 1 + (answer === "accept" ? accepted : 0),
      answer,
      accepted,
      bid: random.pick(["wins", "wins", "loses", "loses", "none"] as const),
      withdraws: random.chance(1, 5),
      second: random.pick(["accept", "accept", "refuse"] as const),
    };
  });
  return { seed, requests, confirmation: random.pick(["at-once", "by-signature"] as const) };
}

/** @param draw of a pair the two worlds have two */
export function drawSecrets(scene: Scene, draw: string): Secrets {
  const random = new Random(`secrets ${scene.seed} ${draw}`);
  // Where the one who looks on is to lose, somebody has to win.
  const least = scene.requests.some(({ bid }) => bid === "loses") ? 1 : 0;
  const rivals = RIVALS.slice(0, random.between(least, RIVALS.length)).map(
    (id): Rival => ({
      id,
      name: random.pick([id.toUpperCase(), `${id} Compute`, `${id} & Sons, Inc.`]),
      blocks: random.between(1, 2),
      agreement: random.chance(1, 2),
      listed: random.chance(1, 3),
    }),
  );
  const requests = scene.requests.map((open) => drawSecretRequest(random, open, rivals));
  const waiting = WAITING.filter(() => random.chance(1, 2));
  return { rivals, requests, waiting, noise: random.below(4) };
}

function drawSecretRequest(random: Random, open: OpenRequest, rivals: readonly Rival[]): SecretRequest {
  const left = open.second === "refuse" ? STEP - 1 : random.below(STEP - 1);
  const loses = open.bid === "loses" && !open.withdraws;
  const bids = rivals.flatMap(({ id }, at): RivalBid[] => {
    const must = loses && at === 0;
    if (!must && random.chance(1, 3)) return [];
    const all = open.shown + left;
    return [
      {
        rival: id,
        // Between what wins always and what loses always.
        cents: random.between(120, 240),
        count: must ? open.shown + STEP : random.between(1, all),
        minute: random.between(1, 600),
        fate: must ? "stands" : random.pick(["stands", "stands", "replaced", "withdrawn", "late"] as const),
      },
    ];
  });
  return {
    left,
    reason: random.pick(["full", "no power", "not at that price"]),
    bids,
    unfilled: random.pick(["close", "keep"] as const),
  };
}

/** Price of the bidder that looks on, in cents. */
export const priceOf = ({ bid }: Pick<OpenRequest, "bid">): number => (bid === "wins" ? 101 : 291);

const clause = (id: string, rank: number): string =>
  `      - { id: ${id}, kind: first-refusal, rank: ${rank}, scope: { accelerators: [H100] }, window: 48 hours, partial: { allowed: true, block: 1 } }`;

function agreement(provider: string, lines: readonly string[]): string {
  return [
    `  - name: lab-${provider}`,
    `    parties: { buyer: lab, provider: ${provider} }`,
    `    effective: { from: 2026-01-01, to: 2040-12-31 }`,
    `    holidays: us-federal`,
    `    clauses:`,
    ...lines,
  ].join("\n");
}

const block = (id: string, provider: string, count: number, accelerator = "H100"): string =>
  `  - { id: ${id}, provider: ${provider}, accelerator: ${accelerator}, region: us, count: ${count}, window: { from: 2026-01-01, to: 2040-12-31 } }`;

/** What the book of a world begins with. */
export function beginningOf(scene: Scene, { rivals, noise }: Secrets): readonly WorldCommand[] {
  const a100 = (id: string): string =>
    `      - { id: other, kind: first-refusal, holder: ${id}, scope: { accelerators: [A100] }, window: 3 days }`;
  const offers = rivals.flatMap(({ id, listed }) =>
    listed ? [`  - { id: list-${id}, provider: ${id}, accelerator: A100, region: us, price: 1.7${noise} USD/h }`] : [],
  );
  const text = `
schema: offtake/book@1
keeper: lab
zone: UTC
parties:
  - { id: lab, name: Lab, roles: buyer }
  - { id: meridian, name: Meridian, roles: [provider, holder] }
  - { id: northlight, name: Northlight, roles: provider }
  - { id: quill, name: Quill, roles: provider }
  - { id: vesta, name: Vesta, roles: [provider, holder] }
${rivals.map(({ id, name }) => `  - { id: ${id}, name: ${JSON.stringify(name)}, roles: [provider, holder] }`).join("\n")}
policy: { tenderWindow: 24 hours, tie: none, awardConfirmation: ${scene.confirmation}, shownCountStep: ${STEP} }
agreements:
${agreement("meridian", [clause("first", 1)])}
${agreement(SECOND, [clause("second", 2)])}
${rivals
  .filter((one) => one.agreement)
  .map(({ id }) => agreement(id, [a100(id)]))
  .join("\n")}
capacity:
${block("m1", "meridian", 512)}
${block("n1", "northlight", 512)}
${block("v1", SECOND, 512)}
${rivals.flatMap(({ id, blocks }) => Array.from({ length: blocks }, (_, at) => block(`${id}-${at}`, id, 512))).join("\n")}
${offers.length === 0 ? "" : `offers:\n${offers.join("\n")}`}
`;
  const book = parseBook({ name: "book.yaml", text });
  if (!book.ok) throw new Error(JSON.stringify(book.problems));
  return worldCommands(book.value);
}
