import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  type AgreementVersion,
  agreementParameter,
  type Clause,
  isRight,
  parameterOf,
  takenText,
} from "@offtake/core/agreements";
import { civilAt, dayText } from "@offtake/core/calendar";
import { RIGHT_EFFECT } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import { plainValue, type SourceNode } from "@offtake/wire/source";
import { flowText } from "@offtake/wire/templates";
import { Page } from "../../telling/page.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { instantOf, lookAt, type LookedAt } from "./looked-at.ts";
import { chosenVersions, statusOf } from "./status.ts";

export interface ShowOptions {
  readonly at?: string;
  readonly all?: true;
  readonly json?: true;
}

const isFileName = (text: string): boolean => /[/\\]|\.ya?ml$/i.test(text);

/** One agreement in words: who, when, and each clause with its text, its reading and what it leaves open. */
export async function showAgreement(
  io: Io,
  typed: string | undefined,
  typedPath: string,
  options: ShowOptions,
): Promise<ExitCode> {
  const json = options.json === true;
  // `show frame.yaml` means the file: an agreement alone, or the only one of a book.
  const isFile = typed !== undefined && typedPath === "." && isFileName(typed) && existsSync(resolve(io.cwd, typed));
  const [name, path] = isFile ? [undefined, typed] : [typed, typedPath];
  const at = instantOf(options.at);
  if (!at.ok) return tellFailure(io, at.failure, json);
  const looked = lookAt(path, at.value, io.cwd);
  if (!looked.ok) return tellFailure(io, looked.failure, json);
  const chosen = chosenVersions(looked.value);
  const found = name === undefined && chosen.length === 1 ? chosen[0] : chosen.find(({ id }) => id === name);
  if (found === undefined) {
    const names = chosen.map(({ id }) => id).join(", ") || "none";
    const message =
      name === undefined
        ? `say which agreement: ${names}`
        : `there is no agreement ${name.slice(0, 60)} in ${path}; there are ${names}`;
    return tellFailure(io, { code: "unknown_agreement", message, exit: EXIT.notFound }, json);
  }
  if (json) io.out(jsonText({ ...found, status: statusOf(found, looked.value) }));
  else tell(new Page(io), found, looked.value, options.all === true);
  return EXIT.ok;
}

function tell(page: Page, version: AgreementVersion, looked: LookedAt, all: boolean): void {
  const { nameOf, placeOf } = looked;
  const place = placeOf({ agreement: version.id, version: version.version });
  page.line(page.style.strong(`${version.id}: ${version.title}`));
  page.item("status", statusOf(version, looked));
  page.item("parties", `${nameOf(version.buyer)} buys, ${nameOf(version.provider)} sells`);
  page.item("term", termText(version));
  page.item("days", daysText(version));
  if (version.owner !== undefined) page.item("owner", version.owner);
  page.item("file", `${place.file}:${place.line}`);
  tellDefaults(page, version.defaults ?? [], (known) => agreementParameter(known), all);
  for (const clause of version.clauses) tellClause(page, version, clause, looked, all);
}

const firstDay = ({ zone }: AgreementVersion, at: Instant): string => dayText(civilAt(zone, at).epochDay);
/** What ends at an instant has that of a millisecond before as its last day. */
const lastDay = ({ zone }: AgreementVersion, at: Instant): string =>
  dayText(civilAt(zone, (at - 1) as Instant).epochDay);

function termText(version: AgreementVersion): string {
  const { effectiveFrom, effectiveTo, renewal, zone } = version;
  const begin = `from ${firstDay(version, effectiveFrom)}`;
  const end = effectiveTo === undefined ? ", without an end" : ` to ${lastDay(version, effectiveTo)}`;
  const then = renewal === undefined ? (effectiveTo === undefined ? "" : "; it ends then") : renewalText(renewal);
  return `${begin}${end}${then} (${zone})`;
}

function renewalText(renewal: NonNullable<AgreementVersion["renewal"]>): string {
  const notice = `${renewal.notice.n} ${renewal.notice.unit.replace("-", " ")} before`;
  if (renewal.kind === "evergreen") return `; it runs on until somebody gives notice, ${notice}`;
  return `; then it renews for ${renewal.term.n} ${renewal.term.unit} each time, unless somebody gives notice ${notice}`;
}

function daysText({ calendars, closeMs, cutoffMs }: AgreementVersion): string {
  const holidays = calendars.filter((id) => id !== "none").join(", ");
  const days = holidays === "" ? "Monday to Friday, no holidays" : `business days by ${holidays}`;
  return `${days}; a notice after ${clock(cutoffMs)} counts for the next; a day closes at ${clock(closeMs)}`;
}

const clock = (ms: number): string =>
  `${String(Math.floor(ms / 3_600_000)).padStart(2, "0")}:${String(Math.floor((ms % 3_600_000) / 60_000)).padStart(2, "0")}`;

/** Keys that are told in words of their own. */
const TOLD: ReadonlySet<string> = new Set(["id", "kind", "text", "reading", "evidence", "assumed", "owner", "about"]);

function tellClause(page: Page, version: AgreementVersion, clause: Clause, looked: LookedAt, all: boolean): void {
  const spot = { agreement: version.id, version: version.version, clause: clause.id };
  const { file, line } = looked.placeOf(spot);
  page.heading(`Clause ${clause.id}, ${clause.kind.replaceAll("-", " ")} (${file}:${line})`);
  if (isRight(clause)) page.item("means", `${looked.nameOf(clause.holder)} ${RIGHT_EFFECT[clause.kind]}`);
  if (clause.kind === "record") page.item("record", clause.about);
  if (clause.text === undefined) page.item("text", "not quoted");
  else page.quote("text", `"${clause.text}"`);
  page.item(
    "reading",
    clause.reading === undefined
      ? "nobody has confirmed that the fields say what the text says"
      : `confirmed by ${clause.reading.by}, ${clause.reading.at}`,
  );
  for (const [key, node] of statedIn(looked.clauseOf(spot))) {
    page.quote(parameterOf(clause.kind, key)?.term ?? key, flowText(plainValue(node)), "  ", 24);
  }
  for (const { what, at } of datesOf(clause)) page.item("date", `${what} ${lastDay(version, at)}`);
  tellDefaults(page, clause.defaults, (name) => parameterOf(clause.kind, name), all, clause.kind);
}

function statedIn(node: SourceNode | undefined): [string, SourceNode][] {
  return node?.kind === "map"
    ? [...node.entries].filter(([key]) => !TOLD.has(key)).map(([key, entry]) => [key, entry.node])
    : [];
}

function datesOf(clause: Clause): { what: string; at: Instant }[] {
  if (isRight(clause))
    return clause.option === undefined ? [] : [{ what: "the last day to take it up is", at: clause.option.until }];
  if (clause.kind === "commitment") return clause.schedule.map(({ to }) => ({ what: "a period ends on", at: to }));
  if (clause.kind !== "entitlement" && clause.kind !== "revenue-share") return [];
  return clause.until === undefined ? [] : [{ what: "its last day is", at: clause.until }];
}

type Known = ReturnType<typeof agreementParameter>;

/** What nobody stated: that which says who is asked or by when, and the rest as a number. */
function tellDefaults(
  page: Page,
  names: readonly string[],
  known: (name: string) => Known,
  all: boolean,
  kind?: Clause["kind"],
): void {
  const found = names.flatMap((name) => known(name) ?? []);
  const told = found.filter(({ weight }) => all || weight === 1);
  for (const one of told) page.item("open", `${one.asks} Meanwhile: ${takenText(one, kind)} (${one.name})`);
  const rest = found.length - told.length;
  if (rest > 0)
    page.item("open", `${countOf(rest, told.length === 0 ? "point" : "more point")} of less weight (--all)`);
}
