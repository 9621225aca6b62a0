import { createHash } from "node:crypto";
import type { Schemas } from "@offtake/client";
import { readText } from "../../documents/files.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome } from "../../terminal/failures.ts";

/** A plan that was looked at: the files as they were, and what they met. Applied exactly, or not at all. */
export interface SavedPlan {
  readonly schema: "offtake/apply@1";
  readonly address: string;
  readonly book: string;
  readonly party: string;
  readonly etag: string;
  readonly files: Files;
  readonly sha256: string;
}

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
  // What was saved here hashes to what stands in it; what does not is not ours to apply.
  const plan = json as SavedPlan;
  return hashOf(plan) === plan.sha256 ? done(plan) : wrong("the plan was changed after it was saved");
}

export type AgreementPlan = Schemas["AgreementPlan"];
