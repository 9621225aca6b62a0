import type {
  AcceleratorType,
  AgreementId,
  BlockId,
  ClauseId,
  LotId,
  PartyId,
  Rational,
  RequestId,
} from "@offtake/core/kernel";
import type {
  Alternative,
  ComputeRequest,
  Lot,
  LotAlternative,
  RequestLine,
  ShareOverride,
  Terms,
} from "@offtake/core/requests";
import type { Assessment, RightRef, Waiver } from "@offtake/core/rights";
import { RIGHT_VERDICTS } from "../words/index.ts";
import { BAD, byName, type Codec, list, optional, pack, struct } from "./codec.ts";
import { big, flag, fraction, instant, money, rate, text, texts, whole, window, word } from "./values.ts";

const partyId = text<PartyId>();
const acceleratorType = text<AcceleratorType>();

const marked = struct<{ readonly number: Rational }>({ number: fraction });

/** A stated term is an exact number or a text; the log marks a number, so that the text "30" stays a text. */
const term: Codec<Rational | string> = {
  encode: (value, style) => {
    if (typeof value === "string") return value;
    return style === "stored" ? marked.encode({ number: value }, style) : fraction.encode(value, style);
  },
  pack: (value, packer) => (typeof value === "string" ? packer.text(value) : pack(marked, { number: value }, packer)),
  decode: (json, decoder) => {
    if (typeof json === "string") return json;
    const decoded = marked.decode(json, decoder);
    return decoded === BAD ? BAD : decoded.number;
  },
  samples: () => [...fraction.samples(), "none"],
  schema: () => ({ type: "string" }),
};

export const stated = byName(term);

const alternative = struct<Alternative>({ acceleratorType, factor: fraction });

const line = struct<RequestLine>({
  accelerators: list(alternative),
  count: whole,
  blockSize: whole,
  gangMin: whole,
  divisible: flag,
  regions: texts,
  window,
  purposes: list(struct<RequestLine["purposes"][number]>({ purpose: text(), count: optional(whole) })),
  channel: optional(text()),
  product: optional(text()),
  sourceClass: optional(text()),
  cap: optional(rate),
  latestStart: optional(instant),
  stated,
  under: optional(
    struct<NonNullable<RequestLine["under"]>>({
      agreement: text<AgreementId>(),
      clause: text<ClauseId>(),
      negotiated: flag,
    }),
  ),
  switchingCosts: list(struct<RequestLine["switchingCosts"][number]>({ provider: partyId, cost: money })),
  incumbent: optional(partyId),
});

export const shareOverride = struct<ShareOverride>({
  agreement: text<AgreementId>(),
  clause: text<ClauseId>(),
  cost: money,
  by: text(),
  reason: text(),
});

export const request = struct<ComputeRequest>({
  id: text<RequestId>(),
  version: whole,
  buyer: partyId,
  project: optional(text()),
  lines: list(line),
  budget: optional(money),
  bidsCloseAt: optional(instant),
  unfilled: word(["keep", "close"] as const),
  approvals: texts,
  overrides: optional(list(shareOverride)),
  notes: optional(text()),
  sale: optional(
    struct<NonNullable<ComputeRequest["sale"]>>({ to: partyId, price: rate, blocks: list(text<BlockId>()) }),
  ),
  release: optional(text()),
});

export const terms = struct<Terms>({
  acceleratorType,
  alternatives: optional(list(alternative)),
  count: whole,
  blockSize: whole,
  gangMin: whole,
  divisible: flag,
  regions: texts,
  window,
  purpose: optional(text()),
  purposes: optional(texts),
  channel: optional(text()),
  product: optional(text()),
  sourceClass: optional(text()),
  price: optional(rate),
  latestStart: optional(instant),
  stated,
});

export const lotAlternative = struct<LotAlternative>({ acceleratorType, factor: fraction, region: text() });

export const lot = struct<Lot>({
  id: text<LotId>(),
  request: text<RequestId>(),
  requestVersion: whole,
  lineIndex: whole,
  label: text(),
  side: word(["demand", "capacity"] as const),
  count: whole,
  window,
  alternatives: list(lotAlternative),
  purposes: texts,
  purposeDeclared: flag,
  newCapacity: flag,
  terms,
  termsText: text(),
  sources: optional(list(partyId)),
  warnings: texts,
});

export const rightRef = struct<RightRef>({ agreement: text<AgreementId>(), clause: text<ClauseId>(), version: whole });

export const assessment = struct<Assessment>({
  right: rightRef,
  verdict: word(RIGHT_VERDICTS),
  facts: texts,
  undeclared: texts,
  alternatives: optional(list(whole)),
  limit: optional(whole),
  unconfirmedReading: flag,
  defaults: optional(texts),
});

export const waiver = struct<Waiver>({
  id: text(),
  right: struct<Waiver["right"]>({ agreement: text<AgreementId>(), clause: text<ClauseId>() }),
  standing: flag,
  from: instant,
  to: optional(instant),
  limits: struct<Waiver["limits"]>({
    provider: optional(text()),
    countMax: optional(whole),
    priceMaxMicros: optional(big()),
    purposes: optional(texts),
  }),
  infoNotice: flag,
});
