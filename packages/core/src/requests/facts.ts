import { declareFacts, type Facts, type FactValue } from "../scope/index.ts";
import type { Lot, LotAlternative } from "./lot.ts";
import { parseSourceClass } from "./source-class.ts";

/**
 * What is known of one alternative of a lot, for the scopes of rights and carve-outs. A purpose of which several are
 * declared is one of them, which one unknown; a purpose, channel, product or source class that nobody declared is undeclared, and
 * read as the most burdened. Of a region `us-*` the beginning is known. Capacity that the buyer only calls is known not to
 * be new.
 *
 * @param extra Further dimensions, or others in place of these (the seller at award, the block on sale).
 */
export function lotFacts(
  lot: Lot,
  alternative: LotAlternative,
  extra?: Readonly<Record<string, FactValue | undefined>>,
): Facts {
  const { channel, product, sourceClass } = lot.terms;
  const known: Record<string, FactValue | undefined> = {
    RegionId: alternative.region,
    x_AcceleratorClass: alternative.acceleratorType,
    x_Purpose: lot.purposes.length === 1 ? lot.purposes[0] : lot.purposes,
    x_SourceClass: sourceClass === undefined ? undefined : parseSourceClass(sourceClass).name,
    x_Channel: channel,
    x_Product: product,
    x_NewCapacity: lot.newCapacity ? "true" : "false",
  };
  return declareFacts(extra === undefined ? known : Object.assign(known, extra));
}

/** Whether a region is one that the alternative asks for: the same, or one that its pattern begins. */
export function fitsRegion(alternative: LotAlternative, region: string): boolean {
  const wanted = alternative.region;
  return wanted.endsWith("*") ? region.startsWith(wanted.slice(0, -1)) : region === wanted;
}
