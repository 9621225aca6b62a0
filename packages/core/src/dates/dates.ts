import type { AgreementState } from "../agreements/timeline.ts";
import { compareText, type TimeWindow } from "../kernel/index.ts";
import { addClauseDates } from "./clause-dates.ts";
import { Collector } from "./collector.ts";
import { type ContractDate, type Dates, dueAt } from "./model.ts";
import { addRenewals } from "./renewal-dates.ts";
import { type Reign, reignsOf } from "./reigns.ts";
import { addRunning } from "./running-dates.ts";
import type { DatesWorld } from "./world.ts";

/**
 * Every date that agreements cause, and what runs under them, for which something must be done before the window ends and that is not
 * over when it begins.
 *
 * @returns dates by when somebody must act at the latest; and what cannot be worked out, with the reason, of those that might be inside
 * @source Rules DAT1 to DAT8 in ./SPEC.md
 */
export function datesOf(world: DatesWorld, window: TimeWindow): Dates {
  const into = new Collector(world, window);
  for (const agreement of world.agreements) {
    for (const [index, reign] of reignsOf(agreement).entries()) {
      addTerm(into, agreement, reign, index === 0);
      addRenewals(into, agreement, reign);
      for (const clause of reign.version.clauses) addClauseDates(into, agreement, reign, clause);
    }
  }
  addRunning(into);
  return { dates: into.dates.sort(soonestFirst), unknown: into.unknown };
}

function addTerm(into: Collector, agreement: AgreementState, reign: Reign, isFirst: boolean): void {
  const { version, from, to, ends } = reign;
  const place = { agreement, version };
  const number = isFirst ? 1 : version.version;
  into.add(place, version.version, { what: { kind: "start", number }, form: "begins", at: from });
  if (ends !== undefined && to !== undefined)
    into.add(place, version.version, { what: { kind: "end", why: ends }, form: "ends", at: to });
}

function soonestFirst(a: ContractDate, b: ContractDate): number {
  return dueAt(a) - dueAt(b) || a.at - b.at || compareText(a.id, b.id);
}
