import type { RevenueShareClause } from "@offtake/core/agreements";
import type { PartyId } from "@offtake/core/kernel";
import { z } from "zod";
import { idText, moneyText, shareText, whenText, zoneText } from "../scalars/index.ts";
import { readScope, scopeDocument } from "../scope/index.ts";
import { type ReadingContext, strict } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { REVENUE_BASES } from "../words/index.ts";
import { Defaults } from "./defaults.ts";
import { clauseKeys } from "./evidence.ts";
import { type ClauseFrame, clauseBase, readParties } from "./frame.ts";

export const revenueShareDocument = strict({
  ...clauseKeys,
  kind: z.literal("revenue-share"),
  payer: idText.optional().describe("Default: the buyer."),
  payee: idText.optional().describe("Default: the provider."),
  scope: scopeDocument.optional().describe("Which revenue is shared. Default: everything."),
  share: shareText.optional().describe("Left out where it is not known."),
  base: z
    .enum(REVENUE_BASES)
    .optional()
    .describe(
      "Of what. net-revenue: after credits, refunds and taxes. gross-revenue: as invoiced. profit: less the costs that the text names. spend: what is bought under the agreement. Default: net-revenue.",
    ),
  period: z
    .enum(["month", "quarter", "year"])
    .optional()
    .describe("Calendar periods, each counted and paid by itself. Default: quarter."),
  zone: zoneText.optional().describe("Zone in which periods begin and end. Default: that of the agreement."),
  cap: moneyText.optional().describe("What is paid in all at most; reaching it ends the share. Default: no cap."),
  paid: moneyText.optional().describe("Paid to date, in the currency of the cap. Default: nothing."),
  ends: whenText
    .optional()
    .describe("Last day, or first instant after it, of what is shared. Default: the end of the agreement."),
}).meta({
  id: "RevenueShare",
  description:
    "A part of revenue that one party owes the other: on record and shown; its money is not counted in awards.",
});

export function readRevenueShare(
  document: z.output<typeof revenueShareDocument>,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): RevenueShareClause {
  const defaults = new Defaults();
  readParties(document, ["payer", "payee"], path, context);
  const payer = defaults.take("payer", document.payer, frame.buyer) as PartyId;
  const payee = defaults.take("payee", document.payee, frame.provider) as PartyId;
  if (payer === payee)
    context.report.add([...path, "payee"], "conflicting_keys", "payer and payee are one party", {
      expected: "two parties",
    });
  checkMoney(document, path, context);
  const ends = defaults.absent("ends", document.ends === undefined ? undefined : context.until(document.ends));
  const until = ends ?? frame.to;
  const shareBp = defaults.absent("share", document.share);
  const cap = defaults.absent("cap", document.cap);
  const paid = cap === undefined ? document.paid : defaults.absent("paid", document.paid);
  return {
    ...clauseBase(document, frame),
    kind: "revenue-share",
    payer,
    payee,
    scope: readScope(defaults.take("scope", document.scope, "everything" as const), [...path, "scope"], context),
    ...(shareBp === undefined ? {} : { shareBp }),
    base: defaults.take("base", document.base, "net-revenue"),
    period: defaults.take("period", document.period, "quarter"),
    zone: document.zone ?? context.zone,
    ...(cap === undefined ? {} : { cap }),
    ...(paid === undefined ? {} : { paid }),
    ...(until === undefined ? {} : { until }),
    defaults: defaults.names,
  };
}

/** What has been paid counts against the cap: it needs one, in its currency. More than the cap is nobody's share. */
function checkMoney({ cap, paid }: z.output<typeof revenueShareDocument>, path: Path, context: ReadingContext): void {
  if (paid === undefined) return;
  if (cap !== undefined && cap.currency !== paid.currency)
    context.report.add([...path, "paid"], "wrong_unit", "the cap has another currency", {
      expected: `an amount in ${cap.currency}`,
    });
  else if (cap !== undefined && paid.micros > cap.micros)
    context.report.add([...path, "paid"], "out_of_range", "more has been paid than the cap", {
      expected: "at most the cap",
    });
}
