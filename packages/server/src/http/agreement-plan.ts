import { createHash } from "node:crypto";
import type { AgreementVersion } from "@offtake/core/agreements";
import { type Command, type CommandBody, decide } from "@offtake/core/book";
import { canonicalText } from "@offtake/core/kernel";
import { type AgreementReading, parseAgreement } from "@offtake/wire/agreements";
import { z } from "zod";
import type { Receipt } from "@offtake/store/feeds";
import { type AnyCall, json } from "./call.ts";
import { heldBack, type Wanted } from "./follow.ts";
import { findObject, type Shown } from "./objects.ts";
import { postedFiles, readPosted } from "./posted.ts";
import { invalidDocument, notFound, problem, rejected } from "./problems.ts";

/** What would become of one file. */
export interface PlannedAgreement {
  readonly file: string;
  readonly agreement: string;
  readonly change: "add" | "change" | "none";
  /** The version that is on record. */
  readonly from?: number;
  /** The version that it is afterwards. */
  readonly to: number;
  /** Keys of the agreement, and clauses, that differ. */
  readonly differs: readonly string[];
}

export interface AgreementPlan {
  readonly agreements: readonly PlannedAgreement[];
  readonly add: number;
  readonly change: number;
}

const posted = z.strictObject({ files: postedFiles });

interface Step {
  readonly planned: PlannedAgreement;
  readonly version: AgreementVersion;
  readonly activate: boolean;
}

interface Planned {
  readonly plan: AgreementPlan;
  readonly steps: readonly Step[];
  /** What would record them. */
  readonly commands: readonly CommandBody[];
  /** Over the files and over what they meet. */
  readonly etag: string;
}

/** What the files of a call would change, as things stand for its caller. */
export async function planAgreements(call: AnyCall): Promise<Planned> {
  const readings = await readFiles(call);
  const met = await Promise.all(readings.map(({ reading }) => findObject(call, "agreements", reading.agreement.id)));
  const compared = await Promise.all(readings.map(({ reading }) => call.supposed(recordOf(reading))));
  const steps = readings.map(({ file, reading }, index) =>
    stepOf(file, reading, met[index], compared[index]?.agreement ?? reading.agreement),
  );
  const count = (change: PlannedAgreement["change"]): number =>
    steps.filter(({ planned }) => planned.change === change).length;
  const agreements = steps.map(({ planned }) => planned);
  const hash = createHash("sha256").update(
    canonicalText(steps.map(({ version, activate }) => ({ version, activate }))),
  );
  for (const one of met) hash.update(`\n${one?.object.version ?? "-"}`);
  const changing = steps.filter(({ planned }) => planned.change !== "none");
  return {
    plan: { agreements, add: count("add"), change: count("change") },
    steps: changing,
    commands: changing.map((step) => wantedOf(step).command),
    etag: `"${hash.digest("hex").slice(0, 40)}"`,
  };
}

async function readFiles(
  call: AnyCall,
): Promise<readonly { readonly file: string; readonly reading: AgreementReading }[]> {
  const { files } = readPosted(call, posted);
  const zone = await call.zone();
  const parsed = files.map((file) => ({ file: file.name, parsed: parseAgreement(file, { zone }) }));
  const problems = parsed.flatMap((one) => (one.parsed.ok ? [] : one.parsed.problems));
  if (problems.length > 0) throw invalidDocument(problems);
  const readings = parsed.flatMap(({ file, parsed: one }) => (one.ok ? [{ file, reading: one.value }] : []));
  const names = readings.map(({ reading }) => reading.agreement.id);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw problem("duplicate_id", { detail: `Two files are about the agreement ${twice}.` });
  return readings;
}

/**
 * A file that does not say its version is the next one of what it changes.
 *
 * @param compared the agreement as the log would have it
 */
function stepOf(
  file: string,
  { agreement, activate, defaults }: AgreementReading,
  met: Shown<"agreements"> | undefined,
  compared: AgreementVersion,
): Step {
  const before = met?.view.agreement;
  const says = !defaults.includes("version");
  const same: AgreementVersion = before === undefined || says ? agreement : { ...agreement, version: before.version };
  const differs =
    before === undefined ? [] : differencesOf(before as AgreementVersion, { ...compared, version: same.version });
  const change = before === undefined ? "add" : differs.length === 0 ? "none" : "change";
  const version = change === "change" && !says ? { ...agreement, version: (before?.version ?? 0) + 1 } : same;
  const planned: PlannedAgreement = {
    file,
    agreement: agreement.id,
    change,
    ...(before === undefined ? {} : { from: before.version }),
    to: version.version,
    differs,
  };
  return { planned, version, activate };
}

/** Names of keys that differ; of clauses their ids. */
function differencesOf(before: AgreementVersion, after: AgreementVersion): readonly string[] {
  const { clauses: old, ...rest } = before;
  const { clauses, ...others } = after;
  const keys = [...new Set([...Object.keys(rest), ...Object.keys(others)])].filter(
    (key) => textOf(rest[key as keyof typeof rest]) !== textOf(others[key as keyof typeof others]),
  );
  const ids = [...new Set([...old, ...clauses].map(({ id }) => id))].filter(
    (id) => textOf(old.find((one) => one.id === id)) !== textOf(clauses.find((one) => one.id === id)),
  );
  return [...keys, ...ids.map((id) => `clauses.${id}`)];
}

const textOf = (value: unknown): string => (value === undefined ? "" : canonicalText(value));

/** Records what was planned. What the core would reject is found before anything is recorded. */
export async function applyAgreements(call: AnyCall): Promise<Response> {
  const { plan, steps, etag } = await planAgreements(call);
  const wanted = call.header("if-match");
  if (wanted === undefined) throw problem("precondition_required");
  // Sent again after it was done, there is nothing left to do.
  if (steps.length === 0) return json(200, { data: plan, receipt: null });
  if (wanted !== etag) throw problem("precondition_failed", { headers: { etag } });
  const { key } = call;
  await tryOut(call, steps);
  const waits = await heldBack(call, "agreementApply", steps.map(wantedOf));
  if (waits !== undefined) return waits;
  let receipt: Receipt | null = null;
  for (const [index, step] of steps.entries()) {
    const done = await call.submit(wantedOf(step).command, `${key} ${index}`);
    receipt = done.receipt;
  }
  return json(200, { data: plan, receipt });
}

const recordOf = ({ agreement, activate }: Pick<AgreementReading, "agreement" | "activate">) =>
  ({ type: "recordAgreement", agreement, activate }) as const;

const wantedOf = ({ version, activate }: Step): Wanted => ({
  subject: version.id,
  command: recordOf({ agreement: version, activate }),
});

async function tryOut(call: AnyCall, steps: readonly Step[]): Promise<void> {
  const { services, book, principal } = call;
  const { view } = await call.node();
  const keeper = await services.keeperOf(book);
  if (keeper === undefined) throw notFound();
  for (const [index, { version, activate }] of steps.entries()) {
    const command: Command = {
      ...recordOf({ agreement: version, activate }),
      actor: principal.party,
      at: view.now,
      key: `try ${index}`,
      nonce: "try",
    };
    const { rejection } = decide(view, command);
    if (rejection !== undefined) throw rejected(rejection, principal.party === keeper);
  }
}
