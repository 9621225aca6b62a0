import type { ListPrice } from "@offtake/core/prices";
import type { ListOffer } from "./offer.ts";

/**
 * Imported prices as the lists that price books refer to.
 *
 * @param providerOf the party whose list it is, by the name under which its list is known; undefined leaves the list out
 */
export function listPricesOf(
  offers: readonly ListOffer[],
  providerOf: (provider: string) => string | undefined = (provider) => provider,
): ListPrice[] {
  return offers.flatMap((offer) => {
    const {
      acceleratorType,
      region,
      regionId,
      regionGroups,
      kind,
      unitPrice: rate,
      asOf,
      instanceType,
      source,
    } = offer;
    const provider = providerOf(offer.provider);
    if (provider === undefined) return [];
    // A price for a whole area holds wherever it is asked for there.
    const regions =
      regionGroups.length > 1 ? [] : [...new Set([region, regionId, ...regionGroups])].filter((one) => one !== "");
    const where = `${source.file}:${source.line} (${instanceType})`;
    return [{ provider, acceleratorType, regions, kind, rate, ...(asOf === undefined ? {} : { asOf }), source: where }];
  });
}
