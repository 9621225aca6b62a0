import { acceleratorSecondsOf } from "../../amounts/counts.ts";
import { blendedRate, costAt, type MoneyTold, type RateTold, sumOf } from "../../amounts/money.ts";
import type { Told } from "../requests/request-page.tsx";
import type { Scenario } from "./choices.ts";

/** A part of a request that somebody is to supply: how many, for how long, at which cost where that is known. */
export interface SettledPart {
  readonly provider: string;
  readonly host?: string;
  readonly count: number;
  readonly seconds: bigint;
  readonly cost?: MoneyTold;
}

/** What is decided of a request before anything more is chosen: what was awarded, and what holders of rights accepted. */
export function settledOf({ notices, awards }: Pick<Told, "notices" | "awards">): readonly SettledPart[] {
  const lines = awards.flatMap(({ view }) =>
    view.as === "keeper" && view.status !== "defaulted" ? view.award.lines : [],
  );
  const awarded = lines.map(({ provider, host, count, window, cost }) => ({
    provider,
    ...(host === undefined ? {} : { host }),
    count,
    seconds: acceleratorSecondsOf(count, window),
    ...(cost === undefined ? {} : { cost }),
  }));
  return [...awarded, ...notices.flatMap((notice) => acceptedIn(notice, lines))];
}

type LineTold = Extract<Told["awards"][number]["view"], { as: "keeper" }>["award"]["lines"][number];

function acceptedIn({ id, view }: Told["notices"][number], lines: readonly LineTold[]): readonly SettledPart[] {
  if (view.as !== "keeper" || view.taken === undefined || view.taken === 0) return [];
  if (lines.some(({ notice }) => notice === id)) return [];
  const answer = view.answers.findLast(({ verdict }) => verdict === "binding")?.answer;
  const rate = answer?.price ?? view.notice.terms.price;
  const window = answer?.window ?? view.notice.terms.window;
  const through = answer?.host === undefined ? 0 : (answer.hostCount ?? view.taken);
  const part = (count: number, host?: string): readonly SettledPart[] => {
    if (count === 0) return [];
    const seconds = acceleratorSecondsOf(count, window);
    const cost = rate === undefined ? {} : { cost: costAt(rate, seconds) };
    return [{ provider: view.notice.holder, ...(host === undefined ? {} : { host }), count, seconds, ...cost }];
  };
  return [...part(view.taken - through), ...part(through, answer?.host)];
}

export interface Whole {
  readonly count: number;
  readonly cost?: MoneyTold;
  readonly blended?: RateTold;
}

/** What the whole request comes to with a scenario: what is settled and what it adds. No sum where one is not known. */
export function wholeOf(
  settled: readonly SettledPart[],
  { parts, filled }: Pick<Scenario, "parts" | "filled">,
  secondsOf: (lot: string, count: number) => bigint,
): Whole {
  const count = settled.reduce((sum, part) => sum + part.count, 0) + filled;
  const costs = [...settled, ...parts].flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const cost = costs.length === settled.length + parts.length ? sumOf(costs) : undefined;
  if (cost === undefined) return { count };
  const seconds =
    settled.reduce((sum, part) => sum + part.seconds, 0n) +
    parts.reduce((sum, { lot, fills }) => sum + secondsOf(lot, fills), 0n);
  const blended = blendedRate(cost, seconds);
  return { count, cost, ...(blended === undefined ? {} : { blended }) };
}
