import { z } from "zod";
import { acceleratorText, freeText, idText, regionText, truth, wordText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";

const valuesOrExcept = <Schema extends z.ZodType>(schema: Schema, what: string) =>
  z
    .union([oneOrMany(schema), strict({ except: oneOrMany(schema) })])
    .describe(what)
    .optional();

const dimensions = {
  accelerators: valuesOrExcept(acceleratorText, "Accelerators. A family such as H100 means all of its forms."),
  regions: valuesOrExcept(regionText, "Regions, or prefixes such as us-*."),
  purposes: valuesOrExcept(wordText, "Purposes of use."),
  channels: valuesOrExcept(wordText, "Channels through which the product is sold."),
  products: valuesOrExcept(wordText, "Products that it is launched or served for."),
  sourceClasses: valuesOrExcept(wordText, "Where the capacity comes from: market, own_build, or a word of your own."),
  providers: valuesOrExcept(idText, "Sellers of record."),
  hosts: valuesOrExcept(idText, "Who runs the machines."),
  services: valuesOrExcept(freeText, "Services by name."),
  projects: valuesOrExcept(freeText, "Projects of the buyer."),
  blocks: valuesOrExcept(idText, "Capacity blocks."),
};

const part = strict(dimensions, "All of these together.");

/** The short form: each key limits the scope further; a key that is left out limits nothing. */
export const shortScope = strict(
  {
    ...dimensions,
    newCapacityOnly: truth.optional().describe("Only capacity that is not contracted yet."),
    except: oneOrMany(part).optional().describe("Taken out of the scope: each entry by all of its keys together."),
  },
  "What is meant, by dimension. All keys must hold; a key that is left out limits nothing.",
);

/** The long form: the JSON of FOCUS 1.4, checked by the core. */
const focusScope = strict(
  {
    IsGlobalScope: z.unknown().optional(),
    IsComplexScope: z.unknown().optional(),
    Applicability: z.unknown().optional(),
    InclusionOperator: z.unknown().optional(),
    Inclusions: z.unknown().optional(),
    ExclusionOperator: z.unknown().optional(),
    Exclusions: z.unknown().optional(),
  },
  "The applicability grammar of FOCUS 1.4, word for word.",
);

export const scopeDocument = z
  .union([z.literal("everything"), shortScope, focusScope])
  .meta({ id: "Scope", description: "What a right, a carve-out or a commitment is about." });

export type ShortScope = z.output<typeof shortScope>;
export type ScopeDocument = z.output<typeof scopeDocument>;
export type ScopePart = z.output<typeof part>;
