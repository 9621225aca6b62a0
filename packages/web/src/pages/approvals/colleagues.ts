import type { Schemas } from "@offtake/client";
import { useReading } from "../../app/queries.ts";

export type Colleague = Schemas["Colleague"];

export interface Colleagues {
  /** Those who act for the party now. */
  readonly members: readonly Colleague[];
  /** The name of a person of the party; its id where there is none any more. */
  readonly nameOf: (person: string) => string;
}

/** Who else acts for the party: approvals, rules and deputies name people by their ids. */
export function useColleagues(): Colleagues {
  const { data } = useReading("colleagueList", {});
  const all = data?.data ?? [];
  const names = new Map(all.map(({ person, name }) => [person, name ?? person]));
  return { members: all.filter(({ isMember }) => isMember), nameOf: (person) => names.get(person) ?? person };
}
