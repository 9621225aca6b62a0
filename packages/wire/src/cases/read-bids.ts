import { DAY_MS } from "@offtake/core/kernel";
import type { Instant, PartyId } from "@offtake/core/kernel";
import { readTiers } from "../book/index.ts";
import { readSpan, readTerms } from "../requests/index.ts";
import { acceleratorType } from "../scope/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { BidDraft, BidDraftLine, ProposalLine } from "./model.ts";
import type { StepOf } from "./step-document.ts";

/** How long a bid stands that does not say. */
const VALID_DAYS = 60;

/** What a bid is read from, in a case or from a bidder. */
export type BidStep = Pick<
  StepOf<"bid">,
  (typeof PART_KEYS)[number] | "lines" | "package" | "contingency" | "validUntil" | "discloseIdentity" | "at"
>;
type BidPart = NonNullable<BidStep["lines"]>[number];

const PART_KEYS = [
  "lot",
  "count",
  "min",
  "multiple",
  "price",
  "tiers",
  "tierMode",
  "window",
  "terms",
  "blocks",
  "host",
  "region",
  "accelerator",
] as const;

export function readBid(step: BidStep, path: Path, context: ReadingContext): BidDraft {
  const parts = partsOf<BidPart>(step, PART_KEYS, path, context);
  const { package: whole, contingency, validUntil } = step;
  if (contingency?.party !== undefined)
    context.checkName("party", contingency.party, [...path, "contingency", "party"]);
  return {
    lines: parts.map(({ part, at }) => readPart(part, at, context, whole?.price !== undefined)),
    ...(whole === undefined
      ? {}
      : {
          package: {
            ...(whole.price === undefined ? {} : { price: whole.price }),
            extras: whole.extras ?? [],
            listPrices: (whole.listPrices ?? []).map((price) => (price === "none" ? undefined : price)),
          },
        }),
    ...(contingency === undefined
      ? {}
      : {
          contingency: {
            ...(contingency.party === undefined ? {} : { party: contingency.party as PartyId }),
            until: contingency.until,
          },
        }),
    validUntil: validUntil === undefined ? ((step.at + VALID_DAYS * DAY_MS) as Instant) : context.until(validUntil),
    discloseIdentity: step.discloseIdentity ?? true,
  };
}

/** The lines of a step: those under `lines`, or the step's own keys as the only one. */
function partsOf<Part extends object>(
  step: Part & { readonly lines?: readonly Part[] | undefined },
  keys: readonly string[],
  path: Path,
  context: ReadingContext,
): { part: Part; at: Path }[] {
  if (step.lines === undefined) return [{ part: step, at: path }];
  for (const key of keys) {
    if (key in step)
      context.report.addAtKey(path, key, "conflicting_keys", `\`${key}\` belongs to a line`, {
        expected: "all lines under `lines`",
      });
  }
  return step.lines.map((part, index) => ({ part, at: [...path, "lines", index] }));
}

function readPart(part: BidPart, path: Path, context: ReadingContext, isPackage: boolean): BidDraftLine {
  const tiers = readTiers(part, path, context);
  if (tiers === undefined && !isPackage)
    context.report.add([...path, "price"], "missing_key", "this is missing", { expected: "a price, or tiers" });
  for (const block of part.blocks ?? []) context.checkName("block", block, [...path, "blocks"]);
  if (part.host !== undefined) context.checkName("party", part.host, [...path, "host"]);
  const type =
    part.accelerator === undefined ? undefined : acceleratorType(part.accelerator, [...path, "accelerator"], context);
  const multiple = part.multiple ?? 1;
  if (part.count !== undefined && part.min !== undefined && part.min > part.count) {
    context.report.add([...path, "min"], "invalid_count", "the least is more than the most", {
      expected: `at most ${part.count}`,
    });
  }
  return {
    ...(part.lot === undefined ? {} : { lot: part.lot }),
    countMin: part.min ?? multiple,
    ...(part.count === undefined ? {} : { countMax: part.count }),
    multiple,
    tiers: tiers ?? [],
    tierMode: part.tierMode ?? "all-units",
    ...(part.window === undefined ? {} : { window: readSpan(part.window, [...path, "window"], context) }),
    stated: readTerms(part.terms, [...path, "terms"], context),
    rootBlocks: part.blocks ?? [],
    ...(part.host === undefined ? {} : { host: part.host as PartyId }),
    ...(part.region === undefined ? {} : { region: part.region }),
    ...(type === undefined ? {} : { acceleratorType: type }),
  };
}

export type ProposeStep = Pick<StepOf<"propose">, (typeof LINE_KEYS)[number] | "lines">;
type ProposePart = NonNullable<ProposeStep["lines"]>[number];

const LINE_KEYS = ["lot", "to", "host", "count", "price", "window", "terms", "blocks"] as const;

export function readProposal(step: ProposeStep, path: Path, context: ReadingContext): ProposalLine[] {
  return partsOf<ProposePart>(step, LINE_KEYS, path, context).flatMap(
    ({ part, at }) => readProposalLine(part, at, context) ?? [],
  );
}

function readProposalLine(part: ProposePart, path: Path, context: ReadingContext): ProposalLine | undefined {
  const { to, count, price, host } = part;
  for (const key of ["to", "count", "price"] as const) {
    if (part[key] === undefined)
      context.report.add([...path, key], "missing_key", "this is missing", {
        expected: "whom, how many and at what price",
      });
  }
  if (to !== undefined) context.checkName("party", to, [...path, "to"]);
  if (host !== undefined) context.checkName("party", host, [...path, "host"]);
  for (const block of part.blocks ?? []) context.checkName("block", block, [...path, "blocks"]);
  if (to === undefined || count === undefined || price === undefined) return undefined;
  return {
    ...(part.lot === undefined ? {} : { lot: part.lot }),
    provider: to as PartyId,
    ...(host === undefined ? {} : { host: host as PartyId }),
    count,
    price,
    ...(part.window === undefined ? {} : { window: readSpan(part.window, [...path, "window"], context) }),
    stated: readTerms(part.terms, [...path, "terms"], context),
    rootBlocks: part.blocks ?? [],
  };
}
