import type { Json, Schema } from "@offtake/wire/codecs";
import { z } from "zod";
import { FileProblem } from "../../files/index.ts";
import { MissingGlyphs } from "../../letters/index.ts";
import type { Office } from "../../office/index.ts";
import { WebhookProblem } from "../../webhooks/index.ts";
import type { AnyCall } from "../call.ts";
import type { AnswerSpec, BodySpec } from "../operation.ts";
import { notFound, problem } from "../problems.ts";

/** What reaches out of the broker. */
export function officeOf({ services }: Pick<AnyCall, "services">): Office {
  if (services.office === undefined) throw notFound();
  return services.office;
}

const FILE_STATUS = {
  file_empty: "malformed",
  file_too_large: "body_too_large",
  media_type_not_taken: "unsupported_media_type",
  file_on_hold: "file_kept",
  file_kept_by_rule: "file_kept",
} as const;

/** What files, letters and endpoints say no with, as a problem of the API. */
export async function withProblems<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FileProblem)
      throw error.code === "not_found" ? notFound() : problem(FILE_STATUS[error.code], { detail: error.message });
    if (error instanceof MissingGlyphs) throw problem("letter_font_missing", { detail: error.message });
    if (error instanceof WebhookProblem) throw problem("address_not_taken", { detail: error.message });
    throw error;
  }
}

/** A body by its schema, written where it stands. */
export function bodyOf(schema: z.ZodType): BodySpec {
  const { $schema: _, ...inline } = z.toJSONSchema(schema, { io: "input" }) as unknown as Readonly<
    Record<string, Json>
  >;
  return { schema: { inline } };
}

/** An answer of plain fields; anything where no shape is given. */
export const valueAnswer = (description: string, data: Schema = {}): AnswerSpec => ({
  description,
  schema: { inline: { type: "object", properties: { data }, required: ["data"], additionalProperties: false } },
});

/** A page of plain things. */
export const pagedAnswer = (items: Schema, more: Readonly<Record<string, Schema>> = {}): AnswerSpec => ({
  description: "A page; `nextCursor` is null on the last one.",
  schema: {
    inline: {
      type: "object",
      properties: { data: { type: "array", items }, nextCursor: { type: ["string", "null"] }, ...more },
      required: ["data", "nextCursor"],
      additionalProperties: false,
    },
  },
});

export const NOTHING: AnswerSpec = { description: "Done." };

export const done = (): Response => new Response(null, { status: 204 });
