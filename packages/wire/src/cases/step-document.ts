import { z } from "zod";
import { agreementSteps } from "./agreement-steps.ts";
import { factSteps } from "./fact-steps.ts";
import { marketSteps } from "./market-steps.ts";
import { noticeSteps } from "./notice-steps.ts";
import { requestSteps } from "./request-steps.ts";

/** Every verb with its fields. */
export const stepDocuments = {
  ...requestSteps,
  ...noticeSteps,
  ...marketSteps,
  ...agreementSteps,
  ...factSteps,
} as const;

export type Verb = keyof typeof stepDocuments;
export type StepOf<Name extends Verb> = z.output<(typeof stepDocuments)[Name]>;
export type StepDocument = { [Name in Verb]: StepOf<Name> }[Verb];

type Options = [(typeof stepDocuments)[Verb], ...(typeof stepDocuments)[Verb][]];

export const stepDocument = z
  .discriminatedUnion("do", Object.values(stepDocuments) as unknown as Options)
  .meta({ id: "Step" }) as unknown as z.ZodType<StepDocument>;
