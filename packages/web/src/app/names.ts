import { useSeat } from "./broker.ts";
import { mayCall } from "./may.ts";
import { useReading } from "./queries.ts";

/** The names of the parties that one knows of; the id of one that nobody told of. */
export function useNames(): (party: string) => string {
  const { roles } = useSeat();
  const { data } = useReading("partyList", { query: { limit: 1_000 } }, mayCall(roles, "partyList"));
  const names = new Map(data?.data.map(({ view }) => [view.id, view.name ?? view.party?.name ?? view.id]));
  return (party) => names.get(party) ?? party;
}
