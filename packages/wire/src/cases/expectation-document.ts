import type { z } from "zod";
import { strict } from "../shape/index.ts";
import { noticeExpectations } from "./expect-notices.ts";
import { outcomeExpectations } from "./expect-outcomes.ts";
import { recordExpectations } from "./expect-records.ts";
import { tellingExpectations } from "./expect-telling.ts";

/** Every kind of expectation by its name. */
export const expectationKinds = {
  ...noticeExpectations,
  ...outcomeExpectations,
  ...recordExpectations,
  ...tellingExpectations,
} as const;

export type ExpectationKind = keyof typeof expectationKinds;

type KindShape = { [Kind in ExpectationKind]: z.ZodOptional<(typeof expectationKinds)[Kind]> };

/** Each kind under its own name in the published schema, so that `not` needs no copy of them. */
function byKind(): KindShape {
  const named = Object.entries(expectationKinds).map(([kind, schema]) => {
    const id = `Expect-${kind}`;
    return [kind, (schema as z.ZodType).meta({ id }).optional()] as const;
  });
  return Object.fromEntries(named) as unknown as KindShape;
}

const kinds = byKind();
const positive = strict(kinds);

export const expectationDocument = strict({
  ...kinds,
  not: positive.optional().describe("The thing exists, and this does not hold of it."),
}).meta({ id: "Expectation", description: "Exactly one key: what is expected." });

export type ExpectationDocument = z.output<typeof expectationDocument>;
export type PositiveDocument = z.output<typeof positive>;
