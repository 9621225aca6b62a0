import type { DroppedPrice, ListOffer } from "./offer.ts";

const keyOf = (offer: ListOffer): string =>
  [offer.instanceType, offer.region, offer.regionId, offer.kind, offer.unitPrice.currency].join("\n");

/**
 * A price stated again for the same node, place, kind and currency is dropped; where the figures differ, nobody can say which one
 * holds, so all of them are.
 */
export function settleRepeats(offers: readonly ListOffer[]): { offers: ListOffer[]; dropped: DroppedPrice[] } {
  const groups = new Map<string, ListOffer[]>();
  for (const offer of offers) {
    const key = keyOf(offer);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [offer]);
    else group.push(offer);
  }
  const kept: ListOffer[] = [];
  const dropped: DroppedPrice[] = [];
  for (const group of groups.values()) {
    const [first, ...rest] = group;
    if (first === undefined) continue;
    if (rest.every((offer) => sameOffer(offer, first))) {
      kept.push(first);
      dropped.push(
        ...rest.map((offer) => dropRepeat(offer, "repeated_price", `stated before in line ${first.source.line}`)),
      );
    } else {
      const lines = group.map((offer) => offer.source.line).join(", ");
      dropped.push(
        ...group.map((offer) => dropRepeat(offer, "conflicting_price", `lines ${lines} state different prices`)),
      );
    }
  }
  return { offers: kept, dropped };
}

function sameOffer(a: ListOffer, b: ListOffer): boolean {
  return (
    a.nodePrice.microsPerHour === b.nodePrice.microsPerHour &&
    a.acceleratorType === b.acceleratorType &&
    a.acceleratorCount === b.acceleratorCount
  );
}

function dropRepeat(offer: ListOffer, code: "repeated_price" | "conflicting_price", reason: string): DroppedPrice {
  const where = offer.region === "" ? offer.regionId : offer.region;
  const { instanceType, kind, source } = offer;
  return { line: source.line, instanceType, code, reason, text: `${instanceType}, ${where}, ${kind}` };
}
