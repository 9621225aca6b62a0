import type { EntitlementClause, RecordClause, ResaleClause } from "@offtake/core/agreements";
import type { BlockId } from "@offtake/core/kernel";
import { z } from "zod";
import { acceleratorText, countNumber, freeText, idText, rateText, truth, whenText } from "../scalars/index.ts";
import { acceleratorType, readScope, scopeDocument } from "../scope/index.ts";
import { oneOrMany, type ReadingContext, strict } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { Defaults } from "./defaults.ts";
import { clauseKeys } from "./evidence.ts";
import { type ClauseFrame, clauseBase } from "./frame.ts";

export const entitlementDocument = strict({
  ...clauseKeys,
  kind: z.literal("entitlement"),
  act: z.enum(["call-off", "renewal"]).optional().describe("Default: call-off."),
  accelerator: acceleratorText,
  count: countNumber.describe("How many accelerators may be called or renewed in all."),
  price: rateText.describe("The preset price."),
  blocks: oneOrMany(idText).optional().describe("Out of these blocks. Default: none named."),
  until: whenText.optional().describe("Last day, or first instant after it. Default: the end of the agreement."),
  statedIn: idText
    .optional()
    .describe("The request whose notice stated this option: then it is part of what was cleared."),
}).meta({
  id: "Entitlement",
  description: "Contracted capacity that the buyer may call or renew by its own act, at a preset price.",
});

export function readEntitlement(
  document: z.output<typeof entitlementDocument>,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): EntitlementClause | undefined {
  const defaults = new Defaults();
  const type = acceleratorType(document.accelerator, [...path, "accelerator"], context);
  for (const block of document.blocks ?? []) context.checkName("block", block, [...path, "blocks"]);
  if (type === undefined) return undefined;
  const until =
    defaults.absent("until", document.until === undefined ? undefined : context.until(document.until)) ??
    (frame.renews ? undefined : frame.to);
  return {
    ...clauseBase(document, frame),
    kind: "entitlement",
    act: defaults.take("act", document.act, "call-off"),
    acceleratorType: type,
    count: document.count,
    price: document.price,
    blocks: defaults.take("blocks", document.blocks, []) as BlockId[],
    ...(until === undefined ? {} : { until }),
    ...(document.statedIn === undefined ? {} : { statedIn: document.statedIn }),
    defaults: defaults.names,
  };
}

export const resaleDocument = strict({
  ...clauseKeys,
  kind: z.literal("resale"),
  allowed: truth
    .optional()
    .describe("false: capacity of this agreement must not be resold without consent. Default: false."),
  scope: scopeDocument.optional().describe("Default: everything."),
}).meta({ id: "Resale", description: "Whether capacity of this agreement may be sold on to others." });

export function readResale(
  document: z.output<typeof resaleDocument>,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): ResaleClause {
  const defaults = new Defaults();
  return {
    ...clauseBase(document, frame),
    kind: "resale",
    allowed: defaults.take("allowed", document.allowed, false),
    scope: readScope(defaults.take("scope", document.scope, "everything" as const), [...path, "scope"], context),
    defaults: defaults.names,
  };
}

export const recordDocument = strict({
  ...clauseKeys,
  kind: z.literal("record"),
  about: freeText.describe("What is on record: a licence, an investment, a pledge."),
}).meta({ id: "Record", description: "A fact that stands on record and that nothing computes yet." });

export function readRecord(document: z.output<typeof recordDocument>, frame: ClauseFrame): RecordClause {
  return { ...clauseBase(document, frame), kind: "record", about: document.about, defaults: [] };
}
