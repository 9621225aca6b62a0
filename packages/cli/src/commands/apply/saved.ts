import { createHash } from "node:crypto";
import type { Schemas } from "@offtake/client";
import { z } from "zod";
import { readText } from "../../documents/files.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome } from "../../terminal/failures.ts";

/** A plan that was looked at: the files as they were, and what they met. Applied exactly, or not at all. */
const savedPlan = z.strictObject({
  schema: z.literal("offtake/apply@1"),
  address: z.string(),
  book: z.string(),
  party: z.string(),
  etag: z.string(),
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })).min(1),
  sha256: z.string(),
});

export type SavedPlan = z.output<typeof savedPlan>;
export type Files = readonly { readonly name: string; readonly text: string }[];

/** Over all that is applied: a plan that somebody has changed is no plan. */
const hashOf = ({ sha256: _, ...plan }: Omit<SavedPlan, "sha256"> & { readonly sha256?: string }): string =>
  createHash("sha256").update(JSON.stringify(plan)).digest("hex");

export function sealed(plan: Omit<SavedPlan, "sha256" | "schema">): SavedPlan {
  const whole = { schema: "offtake/apply@1", ...plan } as const;
  return { ...whole, sha256: hashOf(whole) };
}

/** A saved plan, where the file is one; undefined where it is an agreement. */
export function readPlan(path: string, cwd: string): Outcome<SavedPlan | undefined> {
  if (!path.endsWith(".json")) return done(undefined);
  const file = readText(path, cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const wrong = (why: string) =>
    failed({
      code: "not_a_plan",
      message: `${path}: ${why}; make it anew with offtake apply FILES --dry-run --out ${path}`,
      exit: EXIT.invalid,
    });
  let json: unknown;
  try {
    json = JSON.parse(file.value.text);
  } catch {
    return wrong("this is no JSON document, and a saved plan is one");
  }
  if ((json as { readonly schema?: unknown } | null)?.schema !== "offtake/apply@1") return done(undefined);
  const parsed = savedPlan.safeParse(json);
  if (!parsed.success) return wrong(`this is no saved plan (${parsed.error.issues[0]?.path.join(".") ?? ""})`);
  return hashOf(parsed.data) === parsed.data.sha256
    ? done(parsed.data)
    : wrong("the plan was changed after it was saved");
}

export type AgreementPlan = Schemas["AgreementPlan"];
