import type { Renewal, RenewalTerm } from "@offtake/core/agreements";
import { z } from "zod";
import { periodText, wholeNumber } from "../scalars/index.ts";
import { type ReadingContext, strict } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { Defaults } from "./defaults.ts";

const notice = periodText.describe(
  "How long before the end a notice must have been received: day 0 is the day of receipt, and the last day must end at or before the end.",
);
const noticeBy = z.enum(["either", "buyer", "provider"]).optional().describe("Who may give notice. Default: either.");

const automaticDocument = strict({
  kind: z.literal("automatic"),
  term: periodText.describe("Length of each renewal, in days or months: 12 months, 1 year, 90 days."),
  notice,
  to: z
    .enum(["term", "month", "quarter"])
    .optional()
    .describe(
      "To what a notice may bring it after its first term: the end of a term, of a calendar month, of a calendar quarter. Default: term.",
    ),
  noticeBy,
  late: z
    .enum(["next-end", "void"])
    .optional()
    .describe("A notice after the last day counts for the next end it can reach, or for nothing. Default: next-end."),
  max: wholeNumber.optional().describe("Renewals at most. Default: without end."),
}).meta({
  id: "AutomaticRenewal",
  description: "At each end it runs on for another term, unless a notice was received in time.",
});

const evergreenDocument = strict({
  kind: z.literal("evergreen"),
  notice,
  to: z
    .enum(["day", "month", "quarter"])
    .optional()
    .describe(
      "To what a notice brings it: the end of its own last day, of a calendar month, of a calendar quarter. Default: day.",
    ),
  noticeBy,
}).meta({
  id: "Evergreen",
  description: "It ends by notice alone, and not before the last day under `effective`, where one is stated.",
});

export const renewalDocument = z
  .union([z.literal("none"), z.discriminatedUnion("kind", [automaticDocument, evergreenDocument])])
  .meta({ id: "Renewal", description: "What becomes of an agreement at the end of its term." });

type RenewalDocument = z.output<typeof renewalDocument>;

/** How an agreement goes on; undefined where it simply ends. */
export function readRenewal(
  document: RenewalDocument | undefined,
  hasEnd: boolean,
  path: Path,
  context: ReadingContext,
  defaults: Defaults,
): Renewal | undefined {
  if (document === undefined && !hasEnd) return undefined;
  const stated = defaults.take("renewal", document, "none");
  if (stated === "none") return undefined;
  const by = defaults.take("renewal.noticeBy", stated.noticeBy, "either");
  if (stated.kind === "evergreen")
    return {
      kind: "evergreen",
      notice: stated.notice,
      to: defaults.take("renewal.to", stated.to, "day"),
      noticeBy: by,
    };
  if (!hasEnd) {
    context.report.add([...path, "kind"], "conflicting_keys", "an agreement without an end has nothing to renew", {
      expected: "`effective.to`, or `kind: evergreen`",
    });
  }
  if (stated.term.unit === "business-days") {
    context.report.add([...path, "term"], "wrong_unit", "a term runs in days or months", {
      expected: "a length such as 12 months",
    });
  }
  if (stated.max === 0) {
    context.report.add([...path, "max"], "out_of_range", "with no renewal it simply ends", {
      expected: "at least 1, or `renewal: none`",
    });
  }
  return {
    kind: "automatic",
    term: stated.term as RenewalTerm,
    notice: stated.notice,
    to: defaults.take("renewal.to", stated.to, "term"),
    noticeBy: by,
    late: defaults.take("renewal.late", stated.late, "next-end"),
    ...(stated.max === undefined ? {} : { max: stated.max }),
  };
}
