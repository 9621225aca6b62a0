import { clauseText, codeText, countText, moneyText } from "@offtake/core/explanation";
import type { Money } from "@offtake/core/kernel";
import type { CommitmentEffect, Obstacle, Plan, PlannedSource, RestsOn } from "@offtake/core/planning";
import { dayAt, roundRate, shortRate } from "@offtake/wire/planned";
import type { Column } from "../../terminal/table.ts";

/** Sources that a page shows; a machine gets all. */
const SOURCES_MAX = 12;

export const SOURCE_COLUMNS: readonly Column[] = [
  { title: "" },
  { title: "SOURCE" },
  { title: "COUNT", align: "right" },
  { title: "LIST", align: "right" },
  { title: "OWN", align: "right" },
  { title: "EFFECTIVE", align: "right" },
  { title: "EFFECTIVE COST", align: "right" },
  { title: "NOTE" },
];

/** Sources as rows of a table; an arrow before those that are awarded. */
export function sourceRows(plan: Plan): { readonly rows: readonly (readonly string[])[]; readonly more: number } {
  const shown = plan.sources.slice(0, SOURCES_MAX);
  const rows = shown.map((source) => {
    const { quote, count, listPrice, ownPrice, effectivePrice, effective } = source;
    return [
      isAwarded(plan, source) ? ">" : " ",
      sourceName(source),
      count === 0 ? "–" : countText(count),
      shortRate(listPrice),
      roundRate(ownPrice),
      roundRate(effectivePrice),
      effective === undefined ? "–" : moneyText(effective.effective),
      [KINDS[quote.kind], ...source.obstacles.map((code) => OBSTACLES[code])].join("; "),
    ];
  });
  return { rows, more: plan.sources.length - shown.length };
}

export function isAwarded({ awards }: Plan, { quote }: PlannedSource): boolean {
  return awards.some(
    ({ provider, accelerator, region, basis }) =>
      provider === quote.provider &&
      accelerator === quote.acceleratorType &&
      region === quote.region &&
      (basis === "entitlement") === (quote.kind === "entitlement"),
  );
}

/** "Pine Compute, us-east", with the accelerator where several are asked for. */
export function sourceName({ providerName, hostName, quote }: PlannedSource): string {
  const host = hostName === undefined ? "" : ` (run by ${hostName})`;
  return `${providerName}${host}, ${quote.region}`;
}

const KINDS: Readonly<Record<PlannedSource["quote"]["kind"], string>> = {
  entitlement: "contracted",
  agreement: "under agreement",
  market: "list",
};

export const OBSTACLES: Readonly<Record<Obstacle, string>> = {
  no_price: "no price known",
  price_incomplete: "no price on record for it",
  no_capacity: "nothing free",
  too_few: "not enough alone",
  above_cap: "above the cap",
  not_invited: "not invited to bid",
  rate_missing: "no exchange rate",
};

/** One line for each period of a commitment that is running or that the purchase draws on. */
export function commitmentLines(plan: Plan): string[] {
  return plan.commitments.flatMap((effect) =>
    effect.periods
      .filter((period) => period.to > plan.at || drawsOn(period))
      .map((period) => periodText(effect, period)),
  );
}

const drawsOn = ({ draws, drawsSeconds }: CommitmentEffect["periods"][number]): boolean =>
  (draws?.micros ?? 0n) > 0n || (drawsSeconds ?? 0n) > 0n;

function periodText(effect: CommitmentEffect, period: CommitmentEffect["periods"][number]): string {
  const { zone } = effect;
  const until = `${dayAt(zone, period.from)} to ${dayAt(zone, (period.to - 1) as typeof period.to)}`;
  const how = amountText(period.committed, period.committedSeconds);
  const expected = amountText(period.expected, period.expectedSeconds);
  const draws = drawsOn(period) ? `this draws ${amountText(period.draws, period.drawsSeconds)}` : "this draws nothing";
  const scenario = effect.counted ? "" : " (not in force yet: shown, not counted)";
  return `${clauseText(effect)}, ${how} for ${until}${scenario}: ${expected} drawn and expected besides; ${draws}; ${shortfallText(period)}`;
}

function amountText(money: Money | undefined, seconds: bigint | undefined): string {
  if (money !== undefined) return moneyText(money);
  return `${countText((seconds ?? 0n) / 3600n)} accelerator-hours`;
}

function shortfallText({ shortfallBefore, shortfallAfter }: CommitmentEffect["periods"][number]): string {
  if (shortfallBefore === undefined || shortfallAfter === undefined) return "what a shortfall costs is not stated";
  if (shortfallBefore.micros === 0n) return "no shortfall is expected";
  if (shortfallBefore.micros === shortfallAfter.micros)
    return `expected shortfall stays at ${moneyText(shortfallBefore)}`;
  return `expected shortfall falls from ${moneyText(shortfallBefore)} to ${moneyText(shortfallAfter)}`;
}

/** Clauses of one kind that a page names one by one. */
const RESTS_MAX = 6;

/** What the plan rests on, the values that were used under one clause together. */
export function restsOnLines(plan: Plan): string[] {
  const defaults = new Map<string, string[]>();
  const lines: string[] = [];
  let unread = 0;
  for (const one of plan.restsOn) {
    if (one.kind === "default") {
      const key = whereOf(one);
      defaults.set(key, [...(defaults.get(key) ?? []), `${one.name ?? ""} (${one.value ?? ""})`]);
    } else if (one.kind === "reading" && ++unread > RESTS_MAX) continue;
    else lines.push(restText(plan, one));
  }
  if (unread > RESTS_MAX)
    lines.push(
      `and ${countText(unread - RESTS_MAX)} more clauses whose reading nobody has confirmed (--json names them)`,
    );
  return [
    ...lines,
    ...[...defaults].map(
      ([where, names]) => `${where} does not state what this answer used: ${names.join(", ")} are defaults`,
    ),
  ];
}

const whereOf = ({ agreement, clause }: RestsOn): string =>
  agreement === undefined
    ? "the book"
    : clause === undefined
      ? `agreement ${agreement}`
      : clauseText({ agreement, clause });

const SUPPOSED: Readonly<Record<string, (plan: Plan, one: RestsOn) => string>> = {
  bid_at_own_price: ({ sources }, { value }) =>
    `that ${sources.find(({ quote }) => quote.provider === value)?.providerName ?? value ?? ""} bids at its price on record: its list does not bid by itself`,
  delivered_when_sent: (_, one) =>
    `that a notice by ${one.value ?? "its channel"} under ${whereOf(one)} is delivered the moment it is sent: a day later moves all that follows`,
  approval_given: (_, { value }) => `that approval ${value ?? ""} is given as soon as it is asked for`,
  best_bid_chosen: () =>
    "that you choose the best bid the moment bids are opened: your policy leaves the choice to you",
  no_lead_time: () => "no lead time between award and start: --lead 14d counts one",
};

export function restText(plan: Plan, one: RestsOn): string {
  switch (one.kind) {
    case "reading":
      return `nobody has confirmed that the fields of ${whereOf(one)} say what its text says`;
    case "undeclared":
      return `${one.name?.replace(/^x_/, "").toLowerCase() ?? "a fact"} was not declared: ${whereOf(one)} is read as if it applied`;
    case "assumed":
      return `assumed by whoever wrote the book, in ${whereOf(one)}: ${one.name ?? ""}`;
    case "evidence":
      return `the evidence for ${whereOf(one)} is ${one.name ?? "unknown"}: ${one.value ?? ""}`;
    case "default":
      return `${whereOf(one)} does not state ${one.name ?? ""}: the default stands`;
    case "supposed":
      return SUPPOSED[one.name ?? ""]?.(plan, one) ?? codeText(one.name ?? "");
  }
}
