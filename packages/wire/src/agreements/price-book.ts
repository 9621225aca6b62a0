import type {
  PlainPrice,
  PriceBookClause,
  PriceEntry,
  PriceForm,
  TakenVolume,
  VolumePeriod,
  VolumeTier,
} from "@offtake/core/agreements";
import type { Currency, Instant, PartyId, Rate } from "@offtake/core/kernel";
import { rational } from "@offtake/core/kernel";
import type { z } from "zod";
import type { Length, Quantity } from "../scalars/index.ts";
import { readScope } from "../scope/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { Defaults } from "./defaults.ts";
import { type ClauseFrame, clauseBase, readParties } from "./frame.ts";
import type { plainDocument, priceBookDocument, priceEntryDocument } from "./price-document.ts";

type EntryDocument = z.output<typeof priceEntryDocument>;
type PlainDocument = z.output<typeof plainDocument>;
type VolumeDocument = NonNullable<EntryDocument["volume"]>;

export function readPriceBook(
  document: z.output<typeof priceBookDocument>,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): PriceBookClause {
  const defaults = new Defaults();
  readParties(document, ["seller"], path, context);
  const seller = defaults.take("seller", document.seller, frame.provider) as PartyId;
  const seen = new Set<string>();
  const entries = document.entries.flatMap((entry, index) => {
    const at = [...path, "entries", index];
    if (seen.has(entry.id))
      context.report.add([...at, "id"], "duplicate_id", `there is an entry \`${entry.id}\` in this price book already`);
    seen.add(entry.id);
    return new EntryReader(at, context, frame, seller).read(entry);
  });
  return { ...clauseBase(document, frame), kind: "price-book", seller, entries, defaults: defaults.names };
}

/** Reads one entry; what is wrong with it is reported at its place, and it is left out. */
class EntryReader {
  private readonly path: Path;
  private readonly context: ReadingContext;
  private readonly frame: ClauseFrame;
  private readonly seller: PartyId;

  constructor(path: Path, context: ReadingContext, frame: ClauseFrame, seller: PartyId) {
    this.path = path;
    this.context = context;
    this.frame = frame;
    this.seller = seller;
  }

  read(document: EntryDocument): PriceEntry[] {
    const { context, path } = this;
    const { id, order, term } = document;
    const from = document.from === undefined ? undefined : context.from(document.from);
    const to = document.to === undefined ? undefined : context.until(document.to);
    if (from !== undefined && to !== undefined) context.span(from, to, path);
    const scope = readScope(document.scope ?? "everything", [...path, "scope"], context);
    const termDaysMin = this.days(term?.atLeast, "atLeast");
    const termDaysBelow = this.days(term?.below, "below");
    const price = this.form(document, { from, to });
    if (price === undefined) return [];
    return [
      {
        id,
        ...(order === undefined ? {} : { order }),
        scope,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(termDaysMin === undefined ? {} : { termDaysMin }),
        ...(termDaysBelow === undefined ? {} : { termDaysBelow }),
        price,
      },
    ];
  }

  private days(length: Length | undefined, key: string): number | undefined {
    if (length === undefined || length.unit === "days") return length?.n;
    this.context.report.add([...this.path, "term", key], "wrong_unit", "the length of a use is counted in days", {
      expected: "such as 180 days",
    });
    return undefined;
  }

  private form(
    document: EntryDocument,
    valid: { from: Instant | undefined; to: Instant | undefined },
  ): PriceForm | undefined {
    const { steps, volume } = document;
    const stated = ["price", "discount", "index", "steps", "volume"].filter(
      (key) => document[key as keyof EntryDocument] !== undefined,
    );
    if (!this.isOne(stated, this.path, "price, discount, index, steps or volume")) return undefined;
    if (steps !== undefined) return this.steps(steps);
    return volume === undefined ? this.plain(document, this.path) : this.volume(volume, valid);
  }

  private isOne(stated: readonly string[], at: Path, expected: string): boolean {
    if (stated.length === 1) return true;
    const [first, second] = stated;
    if (first === undefined) this.context.report.add([...at, "price"], "missing_key", "this is missing", { expected });
    else if (second !== undefined)
      this.context.report.addAtKey(at, second, "conflicting_keys", `\`${first}\` says a price already`, {
        expected: "one of the two",
      });
    return false;
  }

  private plain(document: PlainDocument, at: Path): PlainPrice | undefined {
    const { price, discount, index, list } = document;
    const stated = (["price", "discount", "index"] as const).filter((key) => document[key] !== undefined);
    if (!this.isOne(stated, at, "price, discount or index")) return undefined;
    if (list !== undefined && discount === undefined)
      this.context.report.addAtKey(at, "list", "conflicting_keys", "a list is what a `discount` is taken off");
    if (price !== undefined) return { form: "fixed", rate: price };
    if (index !== undefined) return this.index(index, [...at, "index"]);
    if (list?.provider !== undefined) this.context.checkName("party", list.provider, [...at, "list", "provider"]);
    const provider = (list?.provider ?? this.seller) as PartyId;
    const dated = list?.asOf === undefined ? {} : { asOf: list.asOf };
    return { form: "list", provider, kind: list?.kind ?? "on_demand", discountBp: discount ?? 0, ...dated };
  }

  private index(document: NonNullable<PlainDocument["index"]>, at: Path): PlainPrice | undefined {
    const { name, base, baseValue, share = rational(1n), floor, cap, reset = "quarter" } = document;
    const { report, zone } = this.context;
    for (const [key, bound] of [
      ["floor", floor],
      ["cap", cap],
    ] as const) {
      if (bound !== undefined && bound.currency !== base.currency)
        report.add([...at, key], "wrong_unit", "this is in another currency than the base price", {
          expected: base.currency,
        });
    }
    if (floor !== undefined && cap !== undefined && floor.microsPerHour > cap.microsPerHour)
      report.add([...at, "floor"], "out_of_range", "the floor is above the cap");
    if (share.num <= 0n || share.num > share.den)
      report.add([...at, "share"], "out_of_range", "a part of the price is above 0% and at most 100%");
    return {
      form: "index",
      index: name,
      base,
      baseValue,
      share,
      ...(floor === undefined ? {} : { floor }),
      ...(cap === undefined ? {} : { cap }),
      reset,
      zone,
    };
  }

  private steps(documents: NonNullable<EntryDocument["steps"]>): PriceForm | undefined {
    let before = -Infinity;
    const steps = documents.flatMap((document, index) => {
      const at = [...this.path, "steps", index];
      const from = this.context.from(document.from);
      if (from <= before)
        this.context.report.add([...at, "from"], "out_of_range", "steps go forward in time", {
          expected: "a later date",
        });
      before = from;
      const price = this.plain(document, at);
      return price === undefined ? [] : [{ from, price }];
    });
    return steps.length === documents.length ? { form: "steps", steps } : undefined;
  }

  private volume(
    document: VolumeDocument,
    valid: { from: Instant | undefined; to: Instant | undefined },
  ): PriceForm | undefined {
    const [first] = document.tiers;
    if (first === undefined) return undefined;
    const unit = first.from;
    const tiers = this.tiers(document.tiers, unit);
    const period = this.period(document.per ?? "year", valid);
    const taken = (document.taken ?? []).map((item, index): TakenVolume => {
      const at = [...this.path, "volume", "taken", index];
      const window = this.context.span(this.context.from(item.from), this.context.until(item.to), at);
      return { ...window, volume: this.inUnit(item.volume, unit, [...at, "volume"]) };
    });
    if (tiers === undefined || period === undefined) return undefined;
    const measure = unit.kind === "money" ? "money" : "accelerator-hours";
    return { form: "volume", mode: document.mode, measure, period, tiers, taken };
  }

  private tiers(documents: VolumeDocument["tiers"], unit: Quantity): VolumeTier[] | undefined {
    const at = [...this.path, "volume", "tiers"];
    let before = -1n;
    const tiers = documents.flatMap((document, index): VolumeTier[] => {
      const from = this.inUnit(document.from, unit, [...at, index, "from"]);
      if (index === 0 && from !== 0n)
        this.context.report.add([...at, 0, "from"], "out_of_range", "the first tier is from 0");
      else if (from <= before)
        this.context.report.add([...at, index, "from"], "out_of_range", "tiers go up", {
          expected: "more than the tier before",
        });
      before = from;
      const price = this.plain(document, [...at, index]);
      return price === undefined ? [] : [{ from, price }];
    });
    this.checkCurrencies(tiers, unit, at);
    return tiers.length === documents.length ? tiers : undefined;
  }

  /** Money that is counted is the money that is paid. A price off a list has its currency from the list: it is found when priced. */
  private checkCurrencies(tiers: readonly VolumeTier[], unit: Quantity, at: Path): void {
    const stated = tiers.map(({ price }) => (price.form === "list" ? undefined : currencyOf(price)));
    const wanted: Currency | undefined =
      unit.kind === "money" ? unit.money.currency : stated.find((one) => one !== undefined);
    for (const [index, currency] of stated.entries()) {
      if (currency !== undefined && currency !== wanted)
        this.context.report.add([...at, index], "wrong_unit", "tiers are of one currency", { expected: wanted ?? "" });
    }
  }

  private inUnit(quantity: Quantity, unit: Quantity, at: Path): bigint {
    const isSame =
      quantity.kind === unit.kind &&
      (quantity.kind !== "money" || unit.kind !== "money" || quantity.money.currency === unit.money.currency);
    if (!isSame)
      this.context.report.add(at, "wrong_unit", "the amount has another unit", {
        expected: "the unit of the first tier",
      });
    return quantity.kind === "money" ? quantity.money.micros : quantity.acceleratorSeconds;
  }

  private period(
    per: NonNullable<VolumeDocument["per"]>,
    valid: { from: Instant | undefined; to: Instant | undefined },
  ): VolumePeriod | undefined {
    if (per === "order") return { unit: "order" };
    if (per !== "term") return { unit: per, zone: this.context.zone };
    const { from = this.frame.from, to = this.frame.to } = valid;
    if (to !== undefined) return { unit: "span", from, to };
    this.context.report.add(
      [...this.path, "volume", "per"],
      "missing_key",
      "neither the entry nor the agreement has an end",
      {
        expected: "an end, or another `per`",
      },
    );
    return undefined;
  }
}

function currencyOf(price: Exclude<PlainPrice, { form: "list" }>): Currency {
  const rate: Rate = price.form === "fixed" ? price.rate : price.base;
  return rate.currency;
}
