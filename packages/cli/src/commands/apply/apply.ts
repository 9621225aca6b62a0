import { relative, resolve } from "node:path";
import { changeText } from "../../broker/changes.ts";
import { agreedTo } from "../../broker/confirm.ts";
import { type BrokerOptions, type Line, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { tellJson } from "../../broker/shown.ts";
import { kindOf } from "../../documents/kinds.ts";
import { yamlFiles } from "../../documents/files.ts";
import { writeText } from "../../documents/write.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import {
  countOf,
  done,
  failed,
  type Failure,
  fileFailure,
  type Outcome,
  tellFailure,
} from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { type AgreementPlan, type Files, readPlan, type SavedPlan, sealed } from "./saved.ts";

export interface ApplyOptions extends BrokerOptions {
  readonly dryRun?: true;
  readonly out?: string;
  readonly detailedExitcode?: true;
  readonly yes?: true;
}

/** Shows what files would change at the broker, asks, and records just that: where anything has moved in between, nothing. */
export async function apply(io: Io, paths: readonly string[], options: ApplyOptions): Promise<ExitCode> {
  const json = options.json === true;
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const [only = ""] = paths;
  const saved = paths.length === 1 ? readPlan(only, io.cwd) : done(undefined);
  if (!saved.ok) return tellFailure(io, saved.failure, json);
  if (saved.value !== undefined) return applySaved(io, saved.value, line.value, options);
  const files = filesOf(paths, io.cwd);
  if (!files.ok) return tellFailure(io, files.failure, json);
  const planned = await planAt(line.value, files.value);
  if (!planned.ok) return tellFailure(io, planned.failure, json);
  const { plan, etag } = planned.value;
  const changes = plan.add + plan.change > 0;
  if (options.out !== undefined) {
    const { address, book, party } = line.value;
    const kept = sealed({ address, book, party, etag, files: [...files.value] });
    const written = writeText(options.out, jsonText(kept), io.cwd);
    if (!written.ok) return tellFailure(io, fileFailure(written.problem), json);
    io.err(`offtake: the plan is ${written.value}; offtake apply ${written.value} records just this\n`);
  }
  const isPlan = options.dryRun === true || options.out !== undefined;
  if (json && isPlan) tellJson(io, { changes, ...plan }, options.fields);
  else if (!json) io.out(planText(plan));
  if (isPlan || !changes) return changes && options.detailedExitcode === true ? EXIT.changes : EXIT.ok;
  const stop = await agreedTo(
    io,
    options,
    `Record ${countOf(plan.add + plan.change, "agreement")} in ${line.value.book}?`,
  );
  return stop ?? record(io, line.value, files.value, etag, options);
}

async function applySaved(io: Io, plan: SavedPlan, line: Line, options: ApplyOptions): Promise<ExitCode> {
  const json = options.json === true;
  const elsewhere = plan.address !== line.address || plan.book !== line.book || plan.party !== line.party;
  if (elsewhere)
    return tellFailure(
      io,
      {
        code: "usage",
        message: `the plan is for ${plan.party} in ${plan.book} at ${plan.address}, and you act for ${line.party} in ${line.book} at ${line.address}; --context chooses another`,
        exit: EXIT.usage,
      },
      json,
    );
  // It was looked at when it was saved: it is applied without being asked about again.
  return record(io, line, plan.files, plan.etag, options);
}

async function record(io: Io, line: Line, files: Files, etag: string, options: ApplyOptions): Promise<ExitCode> {
  const json = options.json === true;
  const params = { book: line.book };
  const answer = await asked(line, async () => {
    const { value } = await line.client.call("agreementApply", { params, body: { files: [...files] }, ifMatch: etag });
    return value;
  });
  if (!answer.ok) return tellFailure(io, moved(answer.failure), json);
  if (json) tellJson(io, answer.value, options.fields);
  else io.out(changeText(answer.value, "Recorded", "offtake agreement list --broker"));
  return EXIT.ok;
}

function moved(failure: Failure): Failure {
  if (failure.code !== "precondition_failed") return failure;
  const message =
    "the book has moved on since this was planned, and nothing was recorded; look at what it would change now, with --dry-run";
  return { ...failure, message };
}

function planAt({ client, book }: Line, files: Files) {
  const line = { address: "", client, book };
  return asked(line, async () => {
    const { value, etag = "" } = await client.call("agreementPlan", { params: { book }, body: { files: [...files] } });
    return { plan: value.data, etag };
  });
}

/** The agreement files among what was named; a folder gives those in it. */
function filesOf(paths: readonly string[], cwd: string): Outcome<Files> {
  const files: { readonly name: string; readonly text: string }[] = [];
  for (const path of paths) {
    const found = yamlFiles(path, cwd);
    if (!found.ok) return failed(fileFailure(found.problem));
    const agreements = found.value.filter((file) => kindOf(file) === "agreement");
    if (agreements.length === 0) {
      const message = `${path} holds no agreement: an agreement begins with schema: offtake/agreement@1`;
      return failed({ code: "no_documents", message, exit: EXIT.notFound });
    }
    files.push(...agreements.map(({ name, text }) => ({ name: relative(cwd, resolve(cwd, name)) || name, text })));
  }
  return done(files);
}

const SIGNS = { add: "+", change: "~", none: " " } as const;

/** What would be new, what would change, what becomes of what is open, and one closing line. */
export function planText({ agreements, add, change, consequences }: AgreementPlan): string {
  const lines = agreements.map(({ agreement, change: how, from, to, differs, file }) => {
    const versions =
      how === "add" ? `version ${to}` : how === "none" ? `version ${to}, as it is` : `version ${from ?? "?"} to ${to}`;
    const keys = differs.length === 0 ? "" : `: ${differs.join(", ")}`;
    return `${SIGNS[how]} ${agreement}, ${versions}${keys} (${file})\n`;
  });
  return [
    ...lines,
    ...(consequences === undefined ? [] : consequenceLines(consequences)),
    `Plan: ${add} to add, ${change} to change, ${agreements.length - add - change} as they are.\n`,
  ].join("");
}

function consequenceLines({
  summary,
  changed,
  notices,
}: NonNullable<AgreementPlan["consequences"]>): readonly string[] {
  return [
    `  what is open: ${summary}\n`,
    ...changed.flatMap(({ request, asked: holders, awarded }) => [
      `  ~ request ${request}${awarded === undefined ? "" : `: ${awarded.before ?? 0} awarded become ${awarded.after ?? 0}`}\n`,
      ...holders.map(({ holder, count, clause }) => `      ${holder} would be asked for ${count} (${clause})\n`),
    ]),
    ...notices.map(
      ({ notice, holder, before, after }) => `  ~ notice ${notice} to ${holder}: ${after} instead of ${before}\n`,
    ),
  ];
}
