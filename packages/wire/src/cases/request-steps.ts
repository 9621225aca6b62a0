import { z } from "zod";
import { requestDocument } from "../requests/index.ts";
import { clauseRefText, freeText, hoursText, idText, monthText, truth } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { common, person, request } from "./step-common.ts";

const asked = {
  request: z.union([idText, requestDocument]).describe("A request of the world by its id, or a request in place."),
  with: requestDocument.optional().describe("Keys that differ from it; `id` gives it a name of its own."),
};

/** What buyers do with requests. */
export const requestSteps = {
  submit: strict({ do: z.literal("submit"), ...common, ...asked }, "A buyer sends a request."),
  call: strict(
    {
      do: z.literal("call"),
      ...common,
      ...asked,
      under: clauseRefText.describe("The entitlement that is called."),
      negotiated: truth.optional(),
    },
    "A buyer calls capacity that is contracted already.",
  ),
  renew: strict(
    {
      do: z.literal("renew"),
      ...common,
      ...asked,
      under: clauseRefText.describe("The entitlement that is renewed."),
      negotiated: truth.optional(),
    },
    "A buyer renews by its own act, or on negotiated terms.",
  ),
  revise: strict(
    { do: z.literal("revise"), ...common, request, with: requestDocument.describe("Keys that change.") },
    "The buyer changes a request.",
  ),
  withdraw: strict({ do: z.literal("withdraw"), ...common, request }, "The buyer withdraws a request."),
  close: strict(
    { do: z.literal("close"), ...common, request },
    "The buyer ends a request that is still open for its rest.",
  ),
  approve: strict(
    { do: z.literal("approve"), ...common, request, approval: freeText, person },
    "Somebody gives an approval.",
  ),
  disapprove: strict(
    { do: z.literal("disapprove"), ...common, request, approval: freeText, person },
    "Somebody denies an approval.",
  ),
  "report-use": strict(
    {
      do: z.literal("report-use"),
      ...common,
      request,
      month: monthText,
      uses: z.record(z.string(), hoursText).describe("Use by purpose."),
      newRequest: idText.describe("Name of the request that an excess becomes."),
    },
    "The use of a month is reported by purpose.",
  ),
} as const;
