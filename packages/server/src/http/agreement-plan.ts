import { createHash } from "node:crypto";
import type { AgreementVersion, Party } from "@offtake/core/agreements";
import { type Command, decide } from "@offtake/core/book";
import { canonicalText, type PartyId } from "@offtake/core/kernel";
import { type AgreementReading, parseAgreement } from "@offtake/wire/agreements";
import { partyBody, readBody } from "@offtake/wire/api";
import { encodeView } from "@offtake/wire/views";
import { z } from "zod";
import type { Receipt } from "@offtake/store/feeds";
import { type AnyCall, json } from "./call.ts";
import { consequencesFor } from "./consequences.ts";
import { heldBack, type Wanted } from "./follow.ts";
import { findObject } from "./shown.ts";
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
  /** Clauses whose reading nobody has confirmed, as they are afterwards: what rests on them says so. */
  readonly unconfirmed: readonly string[];
  /** Of a change, for the keeper: the version on record and the one that would follow, as the API tells them. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface AgreementPlan {
  readonly agreements: readonly PlannedAgreement[];
  /** Parties that would be recorded before. */
  readonly parties: readonly PartyId[];
  readonly add: number;
  readonly change: number;
}

/** A whole list of agreements is one call. */
const FILES_MAX = 1_000;
const posted = z.strictObject({
  files: postedFiles(FILES_MAX),
  parties: z.array(z.unknown()).max(FILES_MAX).optional(),
});

interface Step {
  readonly planned: PlannedAgreement;
  readonly version: AgreementVersion;
  readonly activate: boolean;
}

interface Planned {
  readonly plan: AgreementPlan;
  /** What would record them, one after the other. */
  readonly wanted: readonly Wanted[];
  /** Over the files and over what they meet. */
  readonly etag: string;
}

/** What the files of a call would change, as things stand for its caller. */
export async function planAgreements(call: AnyCall): Promise<Planned> {
  const { readings, parties } = await readAll(call);
  const met = await Promise.all(readings.map(({ reading }) => findObject(call, "agreements", reading.agreement.id)));
  const compared = await Promise.all(readings.map(({ reading }) => call.supposed(recordOf(reading))));
  const newest = new Map<string, AgreementVersion>();
  const steps = readings.map(({ file, reading }, index) => {
    const { id } = reading.agreement;
    const before = newest.get(id) ?? (met[index]?.view.agreement as AgreementVersion | undefined);
    const hidden = compared[index]?.agreement ?? reading.agreement;
    const step = stepOf(file, reading, before, hidden, met[index]?.view.as === "keeper");
    // What comes next is compared as the log would have it, too.
    newest.set(id, { ...hidden, version: step.version.version });
    return step;
  });
  const count = (change: PlannedAgreement["change"]): number =>
    steps.filter(({ planned }) => planned.change === change).length;
  const agreements = steps.map(({ planned }) => planned);
  const hash = createHash("sha256").update(
    canonicalText(steps.map(({ version, activate }) => ({ version, activate }))),
  );
  hash.update(canonicalText(parties));
  for (const one of met) hash.update(`\n${one?.object.version ?? "-"}`);
  const changing = steps.filter(({ planned }) => planned.change !== "none");
  return {
    plan: { agreements, parties: parties.map(({ id }) => id), add: count("add"), change: count("change") },
    wanted: [
      ...parties.map((party): Wanted => ({ subject: party.id, command: { type: "recordParty", party } })),
      ...changing.map(wantedOf),
    ],
    etag: `"${hash.digest("hex").slice(0, 40)}"`,
  };
}

interface Posted {
  readonly readings: readonly { readonly file: string; readonly reading: AgreementReading }[];
  /** Those that the caller does not know yet. */
  readonly parties: readonly Party[];
}

async function readAll(call: AnyCall): Promise<Posted> {
  const { files, parties = [] } = readPosted(call, posted);
  const zone = await call.zone();
  const parsed = files.map((file) => ({ file: file.name, parsed: parseAgreement(file, { zone }) }));
  const read = parties.map((party, index) =>
    readBody({ name: `parties[${index}]`, text: JSON.stringify(party) }, partyBody, { zone }),
  );
  const problems = [...parsed.map((one) => one.parsed), ...read].flatMap((one) => (one.ok ? [] : one.problems));
  if (problems.length > 0) throw invalidDocument(problems);
  const readings = parsed.flatMap(({ file, parsed: one }) => (one.ok ? [{ file, reading: one.value }] : []));
  assertInOrder(readings.map(({ reading }) => reading));
  const named = read.flatMap((one) => (one.ok ? [one.value.party] : []));
  const known = await Promise.all(named.map(({ id }) => findObject(call, "parties", id)));
  return { readings, parties: named.filter((_, index) => known[index] === undefined) };
}

/** Several files about one agreement are versions of it, from the older to the newer: each says which. */
function assertInOrder(readings: readonly AgreementReading[]): void {
  const before = new Map<string, AgreementReading>();
  for (const one of readings) {
    const { id, version } = one.agreement;
    const earlier = before.get(id);
    if (earlier !== undefined && (one.defaults.includes("version") || version <= earlier.agreement.version))
      throw problem("duplicate_id", {
        detail: `Two files are about the agreement ${id}, and the second does not say that it is a later version.`,
      });
    before.set(id, one);
  }
}

/**
 * A file that does not say its version is the next one of what it changes.
 *
 * @param before the version on record, or that of a file before this one
 * @param compared the agreement as the log would have it
 * @param isWhole whether the caller knows the version on record whole
 */
function stepOf(
  file: string,
  { agreement, activate, defaults }: AgreementReading,
  before: AgreementVersion | undefined,
  compared: AgreementVersion,
  isWhole: boolean,
): Step {
  const says = !defaults.includes("version");
  const same: AgreementVersion = before === undefined || says ? agreement : { ...agreement, version: before.version };
  const differs = before === undefined ? [] : differencesOf(before, { ...compared, version: same.version });
  const change = before === undefined ? "add" : differs.length === 0 ? "none" : "change";
  const version = change === "change" && !says ? { ...agreement, version: (before?.version ?? 0) + 1 } : same;
  const planned: PlannedAgreement = {
    file,
    agreement: agreement.id,
    change,
    ...(before === undefined ? {} : { from: before.version }),
    to: version.version,
    differs,
    unconfirmed: version.clauses.flatMap(({ id, reading }) => (reading === undefined ? [id] : [])),
    ...(change === "change" && before !== undefined && isWhole
      ? { before: toldOf(before), after: toldOf({ ...compared, version: version.version }) }
      : {}),
  };
  return { planned, version, activate };
}

/** A version as it is told; what the log has references for is told in words on its way out. */
function toldOf(agreement: AgreementVersion): unknown {
  const view = { as: "keeper", agreement, recordedAt: agreement.effectiveFrom } as const;
  return (encodeView("agreementVersions", view, "told") as { readonly agreement: unknown }).agreement;
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
  const { plan, wanted, etag } = await planAgreements(call);
  const match = call.header("if-match");
  if (match === undefined) throw problem("precondition_required");
  // Sent again after it was done, there is nothing left to do.
  if (wanted.length === 0) return json(200, { data: plan, receipt: null });
  if (match !== etag) throw problem("precondition_failed", { headers: { etag } });
  const { key } = call;
  await tryOut(call, wanted);
  const waits = await heldBack(call, "agreementApply", wanted);
  if (waits !== undefined) return waits;
  let receipt: Receipt | null = null;
  for (const [index, { command }] of wanted.entries()) {
    const done = await call.submit(command, `${key} ${index}`);
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

/** @throws HttpProblem with the first that the book would not take; the keeper's are tried as if those before had been recorded */
async function tryOut(call: AnyCall, wanted: readonly Wanted[]): Promise<void> {
  const { services, book, principal } = call;
  const commands = wanted.map(({ command }) => command);
  const found = await consequencesFor(call, commands);
  if (found !== undefined) {
    if ("rejection" in found) throw rejected(found.rejection, true);
    return;
  }
  if ((await services.keeperOf(book)) === undefined) throw notFound();
  const { view } = await call.node();
  for (const [index, body] of commands.entries()) {
    const command: Command = { ...body, actor: principal.party, at: view.now, key: `try ${index}`, nonce: "try" };
    const { rejection } = decide(view, command);
    if (rejection !== undefined) throw rejected(rejection, false);
  }
}
