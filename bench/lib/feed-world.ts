import type { CommandBody } from "@offtake/core/book";
import type { ZoneId } from "@offtake/core/calendar";
import type { AcceleratorType, Currency, OfferId, PartyId } from "@offtake/core/kernel";

/** Twenty parties: the keeper, and nineteen that sell. */
export const PARTIES: readonly PartyId[] = Array.from(
  { length: 20 },
  (_, index) => (index === 0 ? "lab" : `seller-${index}`) as PartyId,
);

/** A book with the parties and nothing else. */
export function keeperFacts(): CommandBody[] {
  return [
    {
      type: "openBook",
      header: { keeper: "lab" as PartyId, kind: "buyer", currency: "USD" as Currency, zone: "UTC" as ZoneId },
    },
    ...PARTIES.map(
      (id, index): CommandBody => ({
        type: "recordParty",
        party: { id, name: id, roles: index === 0 ? [] : [{ role: "provider" }], owners: [], competitors: [] },
      }),
    ),
  ];
}

/** The `index`-th price list: an event that its seller and the keeper are told. */
export function partyFact(index: number): { readonly body: CommandBody; readonly id: string } {
  const id = `x${index}`;
  return {
    id,
    body: {
      type: "listOffer",
      offer: {
        id: id as OfferId,
        provider: PARTIES[1 + (index % (PARTIES.length - 1))] as PartyId,
        acceleratorType: "h100-sxm-80gb" as AcceleratorType,
        region: "us-central",
        tiers: [{ from: 8, rate: { microsPerHour: 2_000_000n + BigInt(index), currency: "USD" as Currency } }],
        blockSize: 8,
        blocks: [],
        source: "bench",
        standing: false,
      },
    },
  };
}
