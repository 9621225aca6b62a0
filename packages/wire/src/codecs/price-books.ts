import type {
  PlainPrice,
  PriceEntry,
  PriceForm,
  ResetPeriod,
  TakenVolume,
  VolumePeriod,
  VolumeTier,
} from "@offtake/core/agreements";
import type { ZoneId } from "@offtake/core/calendar";
import type { PartyId } from "@offtake/core/kernel";
import { type Codec, list, optional, struct, tagged } from "./codec.ts";
import { scope } from "./scopes.ts";
import { big, fraction, instant, rate, text, whole, word } from "./values.ts";

type Plain<Form extends PlainPrice["form"]> = Extract<PlainPrice, { form: Form }>;
type Volume = Extract<PriceForm, { form: "volume" }>;

const reset = word<ResetPeriod>(["month", "quarter", "year"]);

const plainForms = {
  fixed: struct<Plain<"fixed">>({ form: word(["fixed"] as const), rate }),
  list: struct<Plain<"list">>({
    form: word(["list"] as const),
    provider: text<PartyId>(),
    kind: text(),
    discountBp: whole,
    asOf: optional(text()),
  }),
  index: struct<Plain<"index">>({
    form: word(["index"] as const),
    index: text(),
    base: rate,
    baseValue: fraction,
    share: fraction,
    floor: optional(rate),
    cap: optional(rate),
    reset,
    zone: text<ZoneId>(),
  }),
};

const plainPrice: Codec<PlainPrice> = tagged<PlainPrice, "form">("form", plainForms);

const civil = struct<Extract<VolumePeriod, { unit: ResetPeriod }>>({ unit: reset, zone: text<ZoneId>() });

const period = tagged<VolumePeriod, "unit">("unit", {
  month: civil,
  quarter: civil,
  year: civil,
  span: struct<Extract<VolumePeriod, { unit: "span" }>>({ unit: word(["span"] as const), from: instant, to: instant }),
  order: struct<Extract<VolumePeriod, { unit: "order" }>>({ unit: word(["order"] as const) }),
});

const price = tagged<PriceForm, "form">("form", {
  ...plainForms,
  steps: struct<Extract<PriceForm, { form: "steps" }>>({
    form: word(["steps"] as const),
    steps: list(struct<Extract<PriceForm, { form: "steps" }>["steps"][number]>({ from: instant, price: plainPrice })),
  }),
  volume: struct<Volume>({
    form: word(["volume"] as const),
    mode: word(["marginal", "retroactive"] as const),
    measure: word(["accelerator-hours", "money"] as const),
    period,
    tiers: list(struct<VolumeTier>({ from: big(), price: plainPrice })),
    taken: list(struct<TakenVolume>({ from: instant, to: instant, volume: big() })),
  }),
});

export const priceEntry = struct<PriceEntry>({
  id: text(),
  order: optional(whole),
  scope,
  from: optional(instant),
  to: optional(instant),
  termDaysMin: optional(whole),
  termDaysBelow: optional(whole),
  price,
});
