import type { Operations, Schemas } from "@offtake/client";
import { monthOf, parseZone, UTC } from "@offtake/core/calendar";
import { codesText, countText } from "@offtake/core/explanation";
import { type Instant, parseInstant } from "@offtake/core/kernel";
import type { Problem } from "@offtake/wire/problems";
import { changeText } from "../../broker/changes.ts";
import { agreedTo } from "../../broker/confirm.ts";
import { type Line, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { pricedIn } from "../../broker/price.ts";
import { allOf } from "../../broker/run.ts";
import { csvText, tellJson } from "../../broker/shown.ts";
import { receiptText } from "../../broker/texts.ts";
import { readSheetFile } from "../../documents/sheet.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, invalidDocument, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { tableText } from "../../terminal/table.ts";
import type { AnswerOptions } from "./answer.ts";

export interface MonthOptions extends AnswerOptions {
  /** "2026-05=2500", each its own option. */
  readonly month?: readonly string[];
  readonly from?: string;
  readonly sheet?: true;
}

/** A month that one is asked about, by its own notice. */
interface Asked {
  /** "2026-05"; with a dot and a number where there are several notices about it. */
  readonly month: string;
  readonly notice: Schemas["Notice"];
}

/** How many of which notice: 0 refuses it. */
type Taken = ReadonlyMap<string, number>;

const COLUMNS = ["month", "notice", "from", "to", "asked", "count"] as const;

/** Answers what a request asks for month by month, all of it in one call; or writes the sheet in which it is filled in. */
export async function answerMonths(io: Io, request: string, options: MonthOptions): Promise<ExitCode> {
  const json = options.json === true;
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const found = await asked(line.value, () => openMonths(line.value, request));
  if (!found.ok) return tellFailure(io, found.failure, json);
  if (found.value.length === 0)
    return tellFailure(
      io,
      {
        code: "not_found",
        message: `nothing of ${request} waits for your answer; see offtake notices`,
        exit: EXIT.notFound,
      },
      json,
    );
  if (options.sheet === true) {
    io.out(sheetOf(found.value));
    return EXIT.ok;
  }
  const taken =
    options.from === undefined
      ? typedCounts(options.month ?? [], found.value)
      : readSheet(options.from, io.cwd, found.value);
  if (!taken.ok) return tellFailure(io, taken.failure, json);
  const said = found.value.flatMap(({ month, notice: { id } }) => {
    const count = taken.value.get(id);
    return count === undefined ? [] : [`${month}: ${count === 0 ? "none" : countText(count)}`];
  });
  const body = async () => ({ answers: await answersOf(line.value, taken.value, options) });
  if (options.dryRun === true) {
    const shown = await asked(line.value, body);
    if (!shown.ok) return tellFailure(io, shown.failure, json);
    io.out(jsonText(shown.value));
    io.err("Nothing was sent.\n");
    return EXIT.ok;
  }
  const stop = await agreedTo(io, options, `Answer ${request} with ${said.join(", ")}? An answer in time binds.`);
  if (stop !== undefined) return stop;
  const answer = await asked<Answered>(line.value, async () => {
    const params = { book: line.value.book };
    return (await line.value.client.call("noticeAnswerSeveral", { params, body: await body() })).value;
  });
  if (!answer.ok) return tellFailure(io, answer.failure, json);
  if (json) tellJson(io, answer.value, options.fields);
  else io.out(toldText(answer.value, found.value));
  return isDone(answer.value) ? EXIT.ok : EXIT.conflict;
}

/** Answers with what became of each; or, where others of one's own have to agree first, what it waits for. */
type Answered = Operations["noticeAnswerSeveral"]["answer"] | { readonly data: Schemas["ApprovalsWaiting"] };

/** What waits for an answer of one's party about a request, in order of time. */
async function openMonths({ client, book }: Line, request: string): Promise<readonly Asked[]> {
  const all = await allOf(
    async (cursor) =>
      (
        await client.call("noticeList", {
          params: { book },
          query: { status: "sent,open", ...(cursor === undefined ? {} : { cursor }) },
        })
      ).value,
  );
  const own = all
    .filter(({ view }) => view.as === "party" && view.notice.request === request && view.notice.kind !== "information")
    .sort((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0));
  const names = own.map(monthName);
  return own.map((notice, index) => {
    const [name, before] = [names[index] ?? "", names.slice(0, index).filter((one) => one === names[index]).length];
    return { month: before === 0 ? name : `${name}.${before + 1}`, notice };
  });
}

const startOf = ({ view }: Schemas["Notice"]): string => view.notice.terms.window.from;

/** The month in which the middle of its window lies: an hour of the month before, in another zone, does not name it. */
function monthName({ view: { notice, clock } }: Schemas["Notice"]): string {
  const { from, to } = notice.terms.window;
  const middle = Math.floor(((parseInstant(from) ?? 0) + (parseInstant(to) ?? 0)) / 2) as Instant;
  const { year, month } = monthOf(parseZone(clock?.zone ?? UTC) ?? UTC, middle);
  return `${year}-${String(month).padStart(2, "0")}`;
}

const rowOf = ({ month, notice: { id, view } }: Asked): string[] => {
  const { window } = view.notice.terms;
  return [month, id, window.from, window.to, String(view.notice.count)];
};

const sheetOf = (months: readonly Asked[]): string => csvText([COLUMNS, ...months.map((one) => [...rowOf(one), ""])]);

function typedCounts(typed: readonly string[], months: readonly Asked[]): Outcome<Taken> {
  const taken = new Map<string, number>();
  for (const text of typed) {
    const [, month, count] = /^([^=]+)=([\d,]+)$/.exec(text) ?? [];
    const of = months.find((one) => one.month === month);
    if (count === undefined)
      return failed(usage(`--month takes a month and a count, such as 2026-05=2500, not ${text.slice(0, 40)}`));
    if (of === undefined)
      return failed(usage(`${month} is not asked about; open are ${months.map((one) => one.month).join(", ")}`));
    if (taken.has(of.notice.id)) return failed(usage(`${month} is answered twice`));
    taken.set(of.notice.id, Number(count.replaceAll(",", "")));
  }
  return done(taken);
}

/** A sheet as it comes back, all of it or nothing: a row without a count is left open, 0 refuses. */
function readSheet(path: string, cwd: string, months: readonly Asked[]): Outcome<Taken> {
  const table = readSheetFile(path, cwd);
  if (!table.ok) return table;
  const { columns, rows, ragged, name } = table.value;
  const problems: Problem[] = [];
  const taken = new Map<string, number>();
  const wrong = (code: Problem["code"], line: number, column: string, message: string, expected: string): void => {
    const place = Math.max(1, columns.indexOf(column) + 1);
    problems.push({ code, file: name, line, column: place, path: column, message, expected });
  };
  for (const column of ["notice", "count"].filter((one) => !columns.includes(one)))
    wrong("missing_key", 1, column, `the sheet has no column ${column}`, `a header such as ${COLUMNS.join(",")}`);
  for (const { line } of ragged)
    wrong("malformed", line, "", `the row has not ${columns.length} values`, "as many as the header has");
  if (problems.length > 0) return failed(invalidDocument(problems));
  for (const row of rows) {
    const id = row.get("notice").replace(/^'/, "");
    const typed = row.get("count").replaceAll(/[\s,']/g, "");
    if (typed === "") continue;
    if (!months.some(({ notice }) => notice.id === id))
      wrong(
        "unknown_value",
        row.line,
        "notice",
        `${id} does not wait for an answer`,
        "one of those that --sheet writes",
      );
    else if (taken.has(id)) wrong("duplicate_key", row.line, "notice", `${id} stands twice`, "one row for each");
    else if (!/^\d{1,9}$/.test(typed))
      wrong(
        "malformed",
        row.line,
        "count",
        `${typed} is no whole number`,
        "a number such as 512, 0 to refuse, or nothing",
      );
    else taken.set(id, Number(typed));
  }
  if (problems.length === 0 && taken.size === 0)
    wrong("too_few", 1, "count", "no month is answered", "a count in one row at least");
  return problems.length > 0 ? failed(invalidDocument(problems)) : done(taken);
}

async function answersOf(line: Line, taken: Taken, { price, orLess, reason }: AnswerOptions) {
  const priced = price === undefined ? {} : { price: await pricedIn(line, price) };
  const less = orLess === true ? { orLess } : {};
  return [...taken].map(([notice, count]) =>
    count === 0
      ? { notice, type: "refuse" as const, ...(reason === undefined ? {} : { reason }) }
      : { notice, type: "accept" as const, count, ...priced, ...less },
  );
}

/** Each has its effect, or waits for others of one's own. */
const isDone = ({ data }: Answered): boolean =>
  "approvals" in data || data.every(({ problem, data: { view } }) => problem === undefined && stands(view));

const stands = ({ answers }: Schemas["Notice"]["view"]): boolean => COUNTS.has(answers.at(-1)?.verdict ?? "");
const COUNTS: ReadonlySet<string> = new Set(["binding", "refusal"]);

function toldText(answer: Answered, months: readonly Asked[]): string {
  const { data } = answer;
  if ("approvals" in data) return changeText({ data }, "Recorded");
  const rows = data.map(({ data: notice, problem }) => {
    const last = notice.view.answers.at(-1);
    const month = months.find((one) => one.notice.id === notice.id)?.month ?? "";
    const count = last?.answer.type === "accept" ? countText(last.answer.count ?? 0) : "none";
    const defects = last === undefined ? [] : [last.verdict, ...last.defects];
    return [month, notice.id, count, problem?.detail ?? codesText(defects)];
  });
  const [last] = data.slice(-1);
  const proof = last === undefined ? "" : `Recorded, ${receiptText(last.receipt)}\n`;
  return `${tableText([{ title: "MONTH" }, { title: "NOTICE" }, { title: "TAKEN", align: "right" }, { title: "WORTH" }], rows)}${proof}`;
}

const usage = (message: string) => ({ code: "usage", message, exit: EXIT.usage });
