import type { Schemas } from "@offtake/client";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { seatName, useBroker, useSeat } from "../../app/broker.ts";

export type Scenario = Schemas["AwardScenario"];
export type Part = Schemas["BidParts"]["parts"][number];

/** What can be chosen between, and the name of just that: what a choice rests on. */
export interface Choices {
  readonly scenarios: readonly Scenario[];
  readonly etag: string;
}

/** All that a choice rests on, as it stood at one moment. */
export interface Standing {
  readonly request: Schemas["Request"];
  readonly awards: readonly Schemas["Award"][];
  readonly choices: Choices;
}

/** The request is read before and after the rest: what moved in between is read again, so many times. */
const READINGS = 4;

/** A request with its awards and the ways to award it, of one moment, kept up with the feed. */
export function useStanding(request: string): UseQueryResult<Standing> {
  const { client } = useBroker();
  const seat = useSeat();
  const params = { book: seat.book, request };
  return useQuery({
    queryKey: [seatName(seat), "awardScenarios", { request }],
    queryFn: async ({ signal }): Promise<Standing> => {
      const readRequest = async () => (await client.call("requestRead", { params, signal })).value.data;
      for (let reading = 1, before = await readRequest(); ; reading += 1) {
        const { value, etag = "" } = await client.call("awardScenarios", { params, signal });
        const awards = await client.call("awardList", { params, query: { limit: 1_000 }, signal });
        const after = await readRequest();
        if (after.updatedAt === before.updatedAt || reading >= READINGS) {
          const own = awards.value.data.filter(({ view }) => view.as === "keeper" && view.award.request === request);
          return { request: after, awards: own, choices: { scenarios: value.data, etag } };
        }
        before = after;
      }
    },
    placeholderData: keepPreviousData,
  });
}

/** What a choice by hand comes to, beside the others; of none the broker is never asked. */
export function useByHand(request: string, parts: readonly Part[]): UseQueryResult<Scenario | null> {
  const { client } = useBroker();
  const seat = useSeat();
  const params = { book: seat.book, request };
  return useQuery({
    queryKey: [seatName(seat), "awardScenarios", { request }, parts],
    queryFn: async ({ signal }) => {
      const { value } = await client.call("awardScenariosManual", { params, body: { parts: [...parts] }, signal });
      // A query has to come to something.
      return value.data.find(({ scenario }) => scenario === "manual") ?? null;
    },
    enabled: parts.length > 0,
    placeholderData: keepPreviousData,
  });
}

const NAMES: Readonly<Record<Scenario["scenario"], string>> = {
  cheapest: "Cheapest",
  "fewest-providers": "Fewest providers",
  "commitment-first": "Commitment first",
  manual: "By hand",
};

export const scenarioName = ({ scenario }: Pick<Scenario, "scenario">): string => NAMES[scenario];
