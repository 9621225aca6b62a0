import type { ComputeRequest } from "@offtake/core/requests";
import { z } from "zod";
import { readRequest, type RequestDefaults, requestKeys } from "../requests/index.ts";
import { wordText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import type { Body } from "./body.ts";

export const requestBodyDocument = strict({
  schema: z.literal("offtake/request@1").optional().describe("May be left out: the address says what it is."),
  ...requestKeys,
}).meta({ id: "RequestBody", description: "A request for compute, as in a request file." });

/** A request as in a file, whose first line may be left out. */
export function requestBody(defaults: RequestDefaults): Body<typeof requestBodyDocument, ComputeRequest> {
  return {
    schema: requestBodyDocument,
    read: ({ schema: _, ...request }, path, context) => readRequest(request, path, context, defaults),
  };
}

const acceleratorSeconds = z
  .string()
  .regex(/^\d{1,24}$/)
  .transform((digits) => BigInt(digits));

export const purposeUseDocument = strict({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .describe("Which month, such as 2026-05."),
  uses: z
    .array(strict({ purpose: wordText, acceleratorSeconds }))
    .min(1)
    .max(100),
}).meta({ id: "PurposeUse", description: "What was used for which purpose in a month." });

export type PurposeUseReading = z.output<typeof purposeUseDocument>;

export const purposeUseBody: Body<typeof purposeUseDocument, PurposeUseReading> = {
  schema: purposeUseDocument,
  read: (document) => document,
};
