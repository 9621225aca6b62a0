import type { Schemas } from "@offtake/client";
import { countText } from "../../amounts/counts.ts";
import { moneyText, type MoneyTold } from "../../amounts/money.ts";
import { stateOf } from "../../states/state-of.ts";
import type { Change } from "../../surface/changed-since.tsx";
import { type Scenario, scenarioName, type Standing } from "./choices.ts";

/** Another one where anything of it is otherwise. */
export const nameOfStanding = ({ request, awards, choices }: Standing): string =>
  [request, ...awards].map(({ id, updatedAt }) => `${id} ${updatedAt}`).join(" ") + choices.etag;

/** When the last of what stands happened, in milliseconds since 1970. */
export const lastChange = ({ request, awards }: Standing): number =>
  Math.max(...[request, ...awards].map(({ updatedAt }) => Date.parse(updatedAt)));

/** What is otherwise than it was when somebody looked: awards, bids, and what each way to choose comes to. */
export function changesBetween(before: Standing, now: Standing, nameOf: (party: string) => string): readonly Change[] {
  if (nameOfStanding(before) === nameOfStanding(now)) return [];
  return [
    ...awardChanges(before.awards, now.awards, nameOf),
    ...(before.request.status === now.request.status
      ? []
      : [
          {
            what: "The request:",
            before: stateOf("requests", before.request.status).word,
            now: stateOf("requests", now.request.status).word,
          },
        ]),
    ...bidChanges(before.request, now.request, nameOf),
    ...scenarioChanges(before.choices.scenarios, now.choices.scenarios),
  ];
}

function awardChanges(
  before: Standing["awards"],
  now: Standing["awards"],
  nameOf: (party: string) => string,
): readonly Change[] {
  return now.flatMap(({ id, status, view }): Change[] => {
    const was = before.find((one) => one.id === id);
    const word = stateOf("awards", status).word;
    if (was?.status === status || view.as !== "keeper") return [];
    if (was !== undefined) return [{ what: `Award ${id}:`, before: stateOf("awards", was.status).word, now: word }];
    const lines = view.award.lines.map(({ provider, host, count }) => {
      const through = host === undefined ? "" : `, run by ${nameOf(host)}`;
      return `${nameOf(provider)} ${countText(count)}${through}`;
    });
    return [{ what: "Somebody has awarded it:", now: `${lines.join("; ")} (${word})`, family: "secured" }];
  });
}

function bidChanges(
  before: Schemas["Request"],
  now: Schemas["Request"],
  nameOf: (party: string) => string,
): readonly Change[] {
  const opened = ({ view }: Schemas["Request"]) => view.tenders.flatMap((tender) => tender.opened);
  const known = new Set(opened(before).map(({ id }) => id));
  const still = new Set(opened(now).map(({ id }) => id));
  return [
    ...opened(now)
      .filter(({ id }) => !known.has(id))
      .map(({ bidder }) => ({ what: `A bid of ${nameOf(bidder)}`, now: "is opened" })),
    ...opened(before)
      .filter(({ id }) => !still.has(id))
      .map(({ bidder }) => ({ what: `The bid of ${nameOf(bidder)}`, now: "stands no more" })),
  ];
}

const costText = ({ cost, value }: { readonly cost?: MoneyTold; readonly value: MoneyTold }): string =>
  moneyText(cost ?? value);

function scenarioChanges(before: readonly Scenario[], now: readonly Scenario[]): readonly Change[] {
  if (before.length > 0 && now.length === 0) return [{ what: "Nothing is left to choose." }];
  return before.flatMap((was): Change[] => {
    const is = now.find(({ scenario }) => scenario === was.scenario);
    const what = `${scenarioName(was)}:`;
    if (is === undefined || costText(is) === costText(was)) return [];
    return [{ what, before: costText(was), now: costText(is) }];
  });
}
