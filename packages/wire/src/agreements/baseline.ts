import type { CommitmentClause } from "@offtake/core/agreements";
import { monthWindow } from "@offtake/core/calendar";
import { type BaselineSpan, withBaseline } from "@offtake/core/commitments";
import type { Instant } from "@offtake/core/kernel";
import { z } from "zod";
import { freeText, monthText, quantityText } from "../scalars/index.ts";
import { type ReadingContext, strict } from "../shape/index.ts";
import type { Path } from "../source/index.ts";

/** A hundred years of months. */
const MONTHS_MAX = 1_200;

export const baselineDocument = strict({
  months: z
    .array(strict({ month: monthText, amount: quantityText }))
    .max(MONTHS_MAX)
    .optional()
    .describe("Month by month,"),
  file: freeText.optional().describe("or a CSV file with the columns month and amount, from the place of this file."),
}).meta({
  id: "Baseline",
  description:
    "Other spend, or use, that counts and is expected besides the request at hand; it is added to `expectedOther`.",
});

type Schedule = CommitmentClause["schedule"];

/** A file that is still named is not here: whoever reads one agreement by itself has no other files. */
export function readBaseline(
  document: z.output<typeof baselineDocument>,
  schedule: Schedule,
  asOf: Instant | undefined,
  clause: Path,
  context: ReadingContext,
): Schedule {
  const path = [...clause, "baseline"];
  const { months, file } = document;
  if (months !== undefined && file !== undefined)
    context.report.add([...path, "file"], "conflicting_keys", "`months` says the same", { expected: "one of the two" });
  if (months === undefined && file === undefined)
    context.report.add([...path, "months"], "missing_key", "this is missing", { expected: "months, or a file" });
  const seen = new Set<string>();
  const spans = (months ?? []).map(({ month, amount }, index): BaselineSpan => {
    const at = [...path, "months", index];
    if (seen.has(month)) context.report.add([...at, "month"], "duplicate_id", `\`${month}\` stands there already`);
    seen.add(month);
    const [period] = schedule;
    const isMoney = amount.kind === "money" && amount.money.currency === period?.amount?.currency;
    const isUse = amount.kind === "use" && period?.acceleratorSeconds !== undefined;
    if (period !== undefined && !isMoney && !isUse)
      context.report.add([...at, "amount"], "wrong_unit", "the amount has another unit than the commitment", {
        expected: "the unit of the commitment",
      });
    const window = monthWindow(context.zone, Number(month.slice(0, 4)), Number(month.slice(5)));
    const own = amount.kind === "money" ? { amount: amount.money } : { acceleratorSeconds: amount.acceleratorSeconds };
    return { from: window.from, to: window.to, ...own };
  });
  return withBaseline(schedule, spans, asOf);
}
