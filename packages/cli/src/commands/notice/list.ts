import { statusText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import type { Instant } from "@offtake/core/kernel";
import { allLines, type BrokerOptions, type Line, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { limitOf } from "../../broker/limit.ts";
import { formatOf, idsText, ndjsonText, tellJson } from "../../broker/shown.ts";
import { clauseText, leftText, rateText, supplyText, whenText, windowText } from "../../broker/texts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

export interface NoticesOptions extends BrokerOptions {
  readonly all?: true;
  readonly allContexts?: true;
  readonly limit: string;
  readonly format?: string;
}

interface Found {
  readonly line: Line;
  readonly notice: Schemas["Notice"];
}

export async function listNotices(io: Io, options: NoticesOptions): Promise<ExitCode> {
  const json = options.json === true;
  const lines = linesOf(io, options);
  if (!lines.ok) return tellFailure(io, lines.failure, json);
  const limit = limitOf(options.limit);
  if (!limit.ok) return tellFailure(io, limit.failure, json);
  const format = formatOf(options.format);
  if (!format.ok) return tellFailure(io, format.failure, json);
  const found: Found[] = [];
  for (const line of lines.value) {
    const { client, book } = line;
    // What falls due first, and among all of them what changed last.
    const query =
      options.all === true
        ? { limit: limit.value }
        : ({ limit: limit.value, status: "sent,open", order: "next" } as const);
    const answer = await asked(line, async () => (await client.call("noticeList", { params: { book }, query })).value);
    if (!answer.ok) return tellFailure(io, answer.failure, json);
    found.push(...answer.value.data.map((notice) => ({ line, notice })));
  }
  if (options.all !== true) found.sort((a, b) => compareTexts(a.notice.deadline ?? LAST, b.notice.deadline ?? LAST));
  const data = found.map(({ line: { context, book, party }, notice }) => ({ context, book, party, ...notice }));
  if (json) tellJson(io, { data }, options.fields);
  else if (format.value === "ndjson") io.out(ndjsonText(data));
  else if (format.value === "ids") io.out(idsText(data));
  else if (found.length === 0) io.err("Nothing waits for an answer. Next: offtake notices --all\n");
  else io.out(textOf(found, options.allContexts === true, Date.now() as Instant));
  return EXIT.ok;
}

/** What has no deadline yet comes behind what has one. */
const LAST = "~";

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function linesOf(io: Io, options: NoticesOptions): Outcome<readonly Line[]> {
  if (options.allContexts === true) return allLines(io);
  const line = lineOf(io, options);
  return line.ok ? done([line.value]) : line;
}

function textOf(found: readonly Found[], withParty: boolean, now: Instant): string {
  const columns = [
    ...(withParty ? [{ title: "FOR" }] : []),
    { title: "NOTICE" },
    { title: "WITH" },
    { title: "ASK" },
    { title: "WHEN" },
    { title: "PRICE" },
    { title: "UNDER" },
    { title: "DEADLINE" },
    { title: "LEFT" },
    { title: "STATUS" },
  ];
  return tableText(
    columns,
    found.map(({ line, notice: { id, status, deadline, view } }) => {
      const isKeeper = view.as === "keeper";
      return [
        ...(withParty ? [line.party] : []),
        id,
        isKeeper ? view.notice.holder : view.notice.fromName,
        supplyText({ ...view.notice.terms, count: view.notice.count }),
        windowText(view.notice.terms.window, view.clock?.zone),
        rateText(view.notice.terms.price),
        clauseText(isKeeper ? view.notice.right : view.notice),
        whenText(deadline, view.clock?.zone),
        leftText(deadline, now),
        statusText(status),
      ];
    }),
  );
}
